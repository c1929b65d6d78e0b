"""How far an entry reached, guessed from its words; nothing is guessed where they do not say."""

from __future__ import annotations

import re

from bot.ladder.model import Reach

_SOME = r"(?:two|three|four|five|six|several|both|many|multiple|other|neighbou?ring|different|more|\d+)"
_STAGE = r"(?:conferences?|meetups?|summit|podcast|university|webinar)"
_WORK = r"(?:talk|keynote|spoke|speak|speaking|presented|panel|guest|workshop|demo)"
_OTHER_TEAM = r"(?!whole|entire|rest|same|own|new|full|our|small)[\w-]+"

# Widest first: an entry reached as far as the farthest who noticed.
_SIGNS: tuple[tuple[Reach, tuple[str, ...]], ...] = (
    (
        "outside",
        (
            r"customers(?! support| success)",
            r"(?:our|for|helped|lets?|all|more) (?:\w+ )?users(?! (?:table|page|service|list|model))",
            r"users (?:can|now|asked|told|love|noticed|get|no longer)",
            rf"{_WORK}\b[^.;]{{0,50}}\b{_STAGE}",
            rf"{_STAGE} {_WORK}",
            r"open[- ]sourc(?:e|ed|ing)",
            r"upstream(?:ed)?",
            r"(?:public|company|engineering|tech) blog",
            r"(?:outside|external to) the (?:company|organi[sz]ation)",
            r"published (?:an?|the|our|my) (?:\w+ )?(?:article|paper|post|library|package|case study)",
        ),
    ),
    (
        "organization",
        (
            r"(?:company|org|organi[sz]ation|engineering)[- ]wide",
            r"(?:whole|entire|across the|everyone (?:in|at) the) (?:company|org|organi[sz]ation)\b",
            r"(?:all of|across|whole of) engineering",
            r"(?:all|every) (?:the )?(?:engineers?|teams?|departments?|squads?|offices?)",
            r"all[- ]hands",
            r"town hall",
        ),
    ),
    (
        "teams",
        (
            rf"{_SOME} (?:\w+ )?(?:teams|squads)",
            r"(?:another|a second|one other) (?:team|squad)",
            r"across (?:\w+ )?(?:teams|squads)",
            r"cross[- ]team",
            r"between (?:the )?(?:\w+ )?teams",
            rf"(?:with|for|helped|unblocked|and) the {_OTHER_TEAM} (?:team|squad)",
        ),
    ),
    (
        "team",
        (
            r"(?:the|our|my|whole|entire|new) (?:team|squad)(?:'s)?",
            r"(?:team ?mates?|colleagues?|co-?workers?)",
            r"(?:mentored|onboarded|coached|paired with|pairing with)",
            r"(?:our|the) (?:retro|retrospective|stand-?up|sprint)",
        ),
    ),
    (
        "me",
        (
            r"i (?:\w+ )?(?:learn(?:ed|t)|read|studied|practi[sc]ed|understood)",
            r"(?<![\w,] )learn(?:ed|t)",  # an entry that begins with it: “Learned how …”
            r"taught myself",
            r"(?:took|finished|completed|passed) (?:an?|the|my) (?:[\w-]+ ){0,3}(?:course|certificat|exam)",
            r"for myself",
        ),
    ),
)
_READ = tuple((reach, re.compile(rf"\b(?:{'|'.join(signs)})")) for reach, signs in _SIGNS)
_DENIED = re.compile(r"\b(?:not|never|no|nobody|without|before|until)\b[^.,;]{0,15}$|n['’]t\b[^.,;]{0,15}$")


def guess_reach(text: str) -> Reach | None:
    """The widest reach that the words name and do not deny; None where they name none."""
    said = text.lower()  # once, as patterns that take either case are several times slower
    for reach, signs in _READ:
        if any(not _DENIED.search(said[: found.start()]) for found in signs.finditer(said)):
            return reach
    return None
