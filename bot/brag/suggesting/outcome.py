"""Whether an entry says what came of it, and whether it is a win, a learning or a failure."""

from __future__ import annotations

import re

from bot.brag.model import Kind

_AMOUNT = r"(?:\d[\d.,]*|half|one|two|three|four|five|six|seven|eight|nine|ten|zero|an?)"

# Words by which people say that something is different now.
_CHANGED = (
    r"(?:→|->|=>|⇒)",
    rf"\bfrom (?:\w+ ){{0,2}}{_AMOUNT}\b[^.;]{{0,30}}\bto (?:\w+ ){{0,2}}{_AMOUNT}\b",
    r"\d ?(?:%|percent\b|per cent\b|pp\b|ms\b)",
    r"(?:[$€£] ?\d|\d ?[km]? ?(?:€|£|usd\b|eur\b|dollars\b|euros\b|pounds\b))",
    r"\b(?:\d[\d.]*|two|three|four|five|ten|twenty) ?(?:x|times|fold) (?:\w+er|less|more|as)\b",
    r"\b(?:twice|half) as\b",
    r"\b(?:halved|doubled|tripled|eliminated|reduced|saved|saves|prevented|unblocked|sped up)\b",
    r"\b(?:increased|decreased|dropped|fell|rose|grew|went (?:up|down)|cut) (?!out\b|over\b|scope\b)",
    r"\bno (?:longer|more)\b",
    r"\bfrom [^.;]{1,40} to (?:none|zero|nothing|never)\b",
    rf"\b{_AMOUNT} [^.;]{{1,40}}\binstead of\b",
    rf"\b{_AMOUNT} [^.;]{{0,40}}\bbefore\b[^.;]{{0,30}}\b{_AMOUNT}\b[^.;]{{0,20}}\b(?:since|after|now)\b",
    r"\b(?:as a result|resulting in|resulted in|led to|leading to|thanks to (?:this|that|it)|since then)\b",
    r"\bwhich (?:let|lets|means|meant|made|makes|allowed|allows|helped|saved|gave)\b",
    r"\bso (?:that )?(?:we|they|nobody|everyone|people|customers|teams) (?:now )?(?:can|are|have)\b",
    r"\b(?:now|today) (?:\w+ )?(?:can|takes?|runs?|uses?|works?|has|have|gets?|knows?|does|is|are)\b",
    r"\b(?:can|could|takes?|runs?|uses?|works?|is|are|has|have) now\b",
    r"\b(?:adopted|used|approved|accepted|signed off) by\b",
    r"\b(?:zero|no|without(?: an?| any)?) (?:incidents?|outages?|downtime|regressions?|complaints?|errors)\b",
)
# A version is no measure, though it goes from one number to another.
_VERSIONS = re.compile(r"\b(?:upgrad|updat|migrat|mov)\w* [^.;]{0,60}?\bfrom .{1,30}? to \S+")

_FAILED = (
    r"\b(?:i|we) (?:\w+ )?(?:failed|broke|messed up|missed|forgot|caused)\b",
    r"\b(?:i|we) (?:\w+ )?(?:underestimated|overlooked|misjudged)\b",
    r"\b(?:i|we) should have\b",
    r"\b(?:my|our) (?:own )?(?:mistake|fault|error|failure)\b",
    r"\b(?:missed|blew) (?:the|our|my) (?:deadline|date|goal|target)\b",
    r"\b(?:launch|migration|experiment|release|deploy|rollout|project|attempt|pilot) (?:\w+ )?failed\b",
    r"\b(?:did not|didn['’]t|does not|doesn['’]t) (?:work out|land|go well|go as planned)\b",
    r"\b(?:went (?:badly|wrong)|fell through|backfired)\b",
    r"^(?:failed|broke (?:prod|production|staging|the)|messed up|failure:|mistake:)",
)
_LEARNED = (
    r"\b(?:learn(?:ed|t)|realised|realized|taught myself)\b",
    r"\b(?:lessons?|takeaways?) (?:learn(?:ed|t)|from|:)",
    r"^(?:learning|lesson|til)\b",
    r"\bi (?:now|finally) (?:understand|know|get|see)\b",
    r"\b(?:finished|took|completed|passed) (?:an?|the|my) (?:[\w-]+ ){0,3}(?:course|certificat|exam|book)",
    r"\bnext time i\b",
)


def _any(signs: tuple[str, ...]) -> re.Pattern[str]:
    """For texts in lower case. What begins a word is looked for there alone, in a third of the time."""
    words = "|".join(sign.removeprefix(r"\b") for sign in signs if sign.startswith(r"\b"))
    others = (sign for sign in signs if not sign.startswith(r"\b"))
    return re.compile("|".join((rf"\b(?:{words})", *others)))


_OUTCOME, _FAILURE, _LEARNING = _any(_CHANGED), _any(_FAILED), _any(_LEARNED)


def names_outcome(text: str) -> bool:
    """Says what is different now: a before and after, a measure, someone who is better off.

    That something was shipped, written or improved does not say it, nor does a mere count.
    """
    return _OUTCOME.search(_VERSIONS.sub("", text.lower())) is not None


def guess_kind(text: str) -> Kind:
    """A win unless the words say otherwise; a failure that taught something is a failure."""
    said = text.strip().lower()
    if _FAILURE.search(said):
        return "failure"
    return "learning" if _LEARNING.search(said) else "win"
