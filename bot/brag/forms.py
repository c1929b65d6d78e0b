"""The forms of the brag document: an entry, new or changed, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.brag.filling import chosen_of
from bot.brag.model import KINDS, REACHES, Entry, Kind, Visibility, Words
from bot.brag.receipts import FILE, REACH_NAMES, quote
from bot.ladder.model import Ladder, Level
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import shorten
from bot.wording import Wording

ENTRY, RESULT, PLAN = "brag:entry", "brag:result", "brag:plan"
MOST_OPTIONS = 100
MOST_QUOTED = 1000  # characters of a plan that stand above the new one

KIND_NAMES: dict[Kind, str] = {
    "win": "A win",
    "learning": "Something learned",
    "failure": "A failure worth remembering",
}


def entry_form(
    ladder: Ladder | None,
    track: str | None,
    today: date,
    words: Wording,
    entry: Entry | None = None,
    usual: Visibility = "private",
    data: str = "",
) -> Block:
    """A new entry, or one to change, as far as it is known already; `usual`: who sees new ones."""
    known = entry.words if entry else Words("")
    chosen = chosen_of(entry, ladder) if entry else []
    fields = [
        _text_field("text", "What happened?", known.text, words, "The way you'd tell a colleague"),
        _text_field(
            "result", "What came of it?", known.result, words, "Before → after, in a line", optional=True
        ),
        *_competency_field(ladder, track, chosen),
        blocks.field(
            "reach",
            "How far did it reach?",
            blocks.select(
                "choose",
                [blocks.option(REACH_NAMES[reach].capitalize(), reach) for reach in REACHES],
                entry.reach if entry else None,
                "Who noticed?",
            ),
            optional=True,
        ),
        blocks.field(
            "day", "When?", blocks.date_input("choose", (entry.happened_on if entry else today).isoformat())
        ),
        blocks.field(
            "kind",
            "What was it?",
            blocks.select(
                "choose",
                [blocks.option(KIND_NAMES[kind], kind) for kind in KINDS],
                entry.kind if entry else "win",
                "Kind",
            ),
        ),
        blocks.field("project", "Project", blocks.text_input("write", known.project), optional=True),
        blocks.field("goal", "Goal it belongs to", blocks.text_input("write", known.goal), optional=True),
        _text_field("links", "Links", "\n".join(known.links), words, optional=True),
        blocks.field(
            "people",
            "Who was part of it?",
            blocks.people_input("choose", known.people, "Colleagues"),
            optional=True,
        ),
        blocks.field(
            "visibility",
            "Who may see it?",
            blocks.select(
                "choose",
                [
                    blocks.option("Only I", "private"),
                    blocks.option("Whom I'm linked with, such as my manager", "shared"),
                ],
                entry.visibility if entry else usual,
                "Who?",
            ),
        ),
    ]
    title = "Edit entry" if entry else "New entry"
    return blocks.modal(title, fields, callback=ENTRY, data=data, submit="Keep")


def result_form(entry: Entry, question: str, data: str) -> Block:
    """One field: what came of it."""
    label = shorten(question, blocks.LABEL_TEXT)
    return blocks.modal(
        "What came of it?",
        [
            blocks.section(f">{quote(entry)}"),
            blocks.field("result", label, blocks.text_input("write", lines=True)),
        ],
        callback=RESULT,
        data=data,
        submit="Add",
    )


def plan_form(
    ladder: Ladder,
    level: Level,
    known: Mapping[str, str],
    words: Wording,
    chosen: str = "",
    typed: str | None = None,
) -> Block:
    """An if-then plan for an expectation of the level; an empty text removes the one that is shown.

    `typed` while another one was shown, it stands below the plan there is.
    """
    options = [
        blocks.option(f"{ladder.competencies[s.competency].name}: {s.text}", s.id)
        for competency in ladder.competencies_of(level.track)
        for s in ladder.expected_at(level, competency)
        if s.kind == "expectation"
    ][:MOST_OPTIONS]
    offered = [option["value"] for option in options]
    first = chosen if chosen in offered else "".join(offered[:1])
    hint = words.say(FILE, "plan_hint")
    if typed is not None and first in known:
        hint = words.say(FILE, "plan_there", plan=shorten(known[first], MOST_QUOTED))
    return blocks.modal(
        "A plan",
        [
            blocks.section(hint),
            blocks.field(
                "expectation",
                "For which expectation?",
                blocks.select("choose", options, first, "Expectation"),
            ),
            blocks.field(
                "plan",
                "When …, I will …",
                blocks.text_input(
                    "write",
                    typed or known.get(first, ""),
                    lines=True,
                    placeholder="When a design review opens, I will …",
                ),
                optional=True,
                hint="Empty removes a plan.",
            ),
        ],
        callback=PLAN,
        data=f"{ladder.id}|{first if first in known else ''}",
        submit="Keep",
    )


def _text_field(
    name: str, label: str, text: str, words: Wording, placeholder: str = "", *, optional: bool = False
) -> Block:
    """What does not fit a form stays as it is, instead of being cut."""
    if len(text) > blocks.INPUT_TEXT:
        return blocks.context(
            words.say(FILE, "too_long_here" if name == "text" else "too_much_here", what=label)
        )
    return blocks.field(
        name, label, blocks.text_input("write", text, lines=True, placeholder=placeholder), optional=optional
    )


def _competency_field(ladder: Ladder | None, track: str | None, chosen: list[str]) -> list[Block]:
    """Those it is evidence for already, and those of their own track; all where the track is not known."""
    if ladder is None or not ladder.competencies:
        return []
    offered = ladder.competencies_of(track) if track else ladder.competencies.values()
    known = [ladder.competencies[one] for one in chosen if one in ladder.competencies]
    names = {c.id: c.name for c in (*known, *offered)}
    options = [blocks.option(name, competency) for competency, name in names.items()][:MOST_OPTIONS]
    return [
        blocks.field(
            "competencies",
            "What is it evidence for?",
            blocks.multi_select("choose", options, chosen, "Competencies"),
            optional=True,
        )
    ]
