"""What `/ladder staff` shows: a level, some competencies of it, a competency over the levels, a role."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ladder.agreed import NOTHING, AgreedWords
from bot.ladder.blocks import (
    list_cell,
    list_facts,
    name_group,
    name_level,
    name_source,
    offers,
    say_count,
    show_cell,
)
from bot.ladder.kept import keep
from bot.ladder.model import Competency, Ladder, Level, Role
from bot.ladder.service import Reader, count_expectations, find_base, find_news
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import escape, shorten
from bot.slack.payloads import Answer

# The first screen of a phone holds about a dozen lines; the news takes half of them.
NEWS_LINES = 4
NEWS_LENGTH = 64


def show_level(
    reader: Reader,
    level: Level,
    *,
    note: str = "",
    public: bool = False,
    shareable: bool = True,
    sortable: bool = False,
) -> Answer:
    """The whole level; `note` stands on top, `public` leaves out whatever is about the reader.

    `sortable`: lenses show it in another order.
    """
    shown = [
        *([blocks.context(note)] if note else []),
        blocks.header(level.title),
        blocks.section(_introduce(reader, level, public=public)),
        *([blocks.section(list_facts(level.facts))] if level.facts else []),
        *([] if public else _news(reader, level)),
        _public_buttons(reader.ladder, level) if public else _buttons(reader, level, shareable=shareable),
        *_body(reader.ladder, level, NOTHING if public else reader.agreed),
        *_footnotes(reader.ladder, level, sortable=sortable),
        name_source(reader.ladder),
    ]
    return Answer(escape(f"{level.title}: {level.summary or level.scope}"), shown, public=public)


def recall_level(reader: Reader, level: Level, *, sortable: bool = False) -> Answer:
    """The same as `show_level`, kept: but for agreed words it depends on the levels of the reader alone."""
    if reader.agreed:
        return show_level(reader, level, sortable=sortable)
    asked = ("level", level.id, sortable, *(own and own.id for own in (reader.current, reader.target)))
    return keep(reader.ladder, asked, lambda: show_level(reader, level, sortable=sortable))


def show_competencies(reader: Reader, level: Level, wanted: Sequence[Competency]) -> Answer:
    """Only these competencies of the level."""
    ladder = reader.ladder
    names = ", ".join(competency.name for competency in wanted)
    shown = [blocks.header(f"{level.title}: {names}")]
    for competency in wanted:
        shown += show_cell(ladder, level, competency, reader.agreed)
    wishes = [(f"All of {level.title}", level.id), ("Questions to ask myself", f"questions {level.id}")]
    if len(wanted) == 1:
        wishes = [
            ("Questions to ask myself", f"questions {level.id} {wanted[0].id}"),
            (f"{wanted[0].name} over all levels", wanted[0].id),
            (f"All of {level.title}", level.id),
        ]
    return Answer(escape(f"{level.title}: {names}"), [*shown, offers(ladder, wishes), name_source(ladder)])


def show_progression(reader: Reader, competency: Competency) -> Answer:
    """One competency from the first level to the last."""
    ladder = reader.ladder
    shown = [blocks.header(competency.name)]
    if competency.summary:
        shown.append(blocks.section(escape(competency.summary)))
    for track in competency.tracks:
        for level in ladder.levels_of(track):
            if level.status == "described":
                text = f"{name_level(level)}\n{list_cell(ladder, level, competency, reader.agreed)}"
                shown += blocks.sections(text)
    return Answer(escape(f"{competency.name}, level by level"), [*shown, name_source(ladder)])


def show_role(reader: Reader, role: Role) -> Answer:
    """Something people hold beside their level."""
    ladder = reader.ladder
    near = [ladder.levels[level_id] for level_id in role.near]
    duties = f"\n\n*What it takes on*\n{blocks.bullets(role.duties)}" if role.duties else ""
    shown = [
        blocks.header(role.name),
        blocks.section(f"_A role, not a level._ {escape(role.summary)}{duties}"),
        *([blocks.section(blocks.bullets(role.notes))] if role.notes else []),
    ]
    if near:
        shown.append(blocks.context("Usually held by: " + ", ".join(name_level(level) for level in near)))
        shown.append(offers(ladder, [(level.title, level.id) for level in near]))
    return Answer(escape(f"{role.name}: {role.summary}"), [*shown, name_source(ladder)])


def _introduce(reader: Reader, level: Level, *, public: bool) -> str:
    ladder = reader.ladder
    place = [f"*{escape(level.id.upper())}*", escape(ladder.tracks[level.track].name)]
    if parallels := ladder.parallels(level):
        place.append("beside " + ", ".join(escape(other.title) for other in parallels))
    if not public:
        place += ["*you are here*"] if level == reader.current else []
        place += ["*your target*"] if level == reader.target else []
    lines = [" · ".join(place)]
    if level.summary:
        lines.append(escape(level.summary))
    if level.scope:
        lines.append(f"*Scope:* {escape(level.scope)}")
    if level.status == "named":
        lines.append("_The source names this level but does not describe it yet._")
    return "\n".join(lines)


def _news(reader: Reader, level: Level) -> list[Block]:
    """What is new against the reader's level, or against the one below."""
    base = find_base(reader, level)
    if level.status == "named" or base is None or level == reader.current:
        return []
    news = [entry for entry in find_news(reader.ladder, base, level) if entry.new]
    whose = "your level" if base == reader.current else "the level before"
    count = say_count(count_expectations(news), "expectation", "expectations")
    title = f"*New against {escape(base.title)}*, {whose}: {count}"
    lines = [
        f"• _{escape(entry.competency.name)}:_ {escape(shorten(entry.new[0].text, NEWS_LENGTH))}"
        for entry in news[:NEWS_LINES]
    ]
    left = say_count(len(news) - NEWS_LINES, "more competency", "more competencies")
    more = [f"… and in {left}"] if len(news) > NEWS_LINES else []
    return [blocks.section("\n".join([title, *lines, *more]))]


def _buttons(reader: Reader, level: Level, *, shareable: bool) -> Block:
    ladder, elements = reader.ladder, []
    if level.status == "described":
        if reader.current and reader.current.status == "described" and level != reader.current:
            elements.append(("Compare with my level", f"compare {reader.current.id} {level.id}"))
        elif (below := ladder.below(level)) and below.status == "described":
            elements.append((f"Compare with {below.title}", f"compare {below.id} {level.id}"))
    else:
        elements += [(other.title, other.id) for other in _neighbours(ladder, level)]
    row = offers(ladder, elements)
    if level != reader.target:
        row["elements"].append(
            blocks.button("Make it my target", "ladder:target", f"{ladder.id} {level.id}", primary=True)
        )
    if level.status == "described":
        asks = offers(ladder, [("Questions to ask myself", f"questions {level.id}")])["elements"][0]
        row["elements"].append({**asks, "action_id": "ladder:run:questions"})
    if shareable:
        row["elements"].append(blocks.button("Share here", "ladder:share", f"{ladder.id} {level.id}"))
    return row


def _public_buttons(ladder: Ladder, level: Level) -> Block:
    return offers(ladder, [("See it against my level", level.id)])


def _neighbours(ladder: Ladder, level: Level) -> list[Level]:
    """The nearest described levels below and above on the same track."""
    described = [lv for lv in ladder.levels_of(level.track) if lv.status == "described"]
    below = [lv for lv in described if lv.rank < level.rank]
    above = [lv for lv in described if lv.rank > level.rank]
    return [*below[-1:], *above[:1]]


def _body(ladder: Ladder, level: Level, agreed: AgreedWords) -> list[Block]:
    if level.status == "named":
        return []
    shown = [blocks.divider()]
    for group, competencies in ladder.sections_of(level.track):
        if group:
            shown.append(blocks.context(name_group(group)))
        for competency in competencies:
            shown += show_cell(ladder, level, competency, agreed)
    return shown


def _footnotes(ladder: Ladder, level: Level, *, sortable: bool) -> list[Block]:
    """The level's notes, the pages of the guide that speak of it, and the way to another order."""
    shown = [blocks.context("\n".join(map(escape, level.notes)))] if level.notes else []
    topics = [topic for topic in ladder.topics.values() if level.id in topic.levels]
    wishes = [(topic.title, f"guide {topic.id}") for topic in topics[:5]]
    if sortable and level.status == "described":
        wishes.append(("Sort it another way", f"{level.id} by"))
    return [*shown, *([offers(ladder, wishes)] if wishes else [])]
