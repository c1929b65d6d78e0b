"""Where someone stands: the map of levels, what follows from a target, the form for both levels."""

from __future__ import annotations

from collections.abc import Mapping

from bot.ladder.blocks import name_level, name_source, offers
from bot.ladder.messages import FILE
from bot.ladder.model import Ladder, Level
from bot.ladder.service import LevelField, Reader, count_expectations, find_news
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape
from bot.slack.payloads import Answer
from bot.wording import Wording

FORM = "ladder:levels"


def show_whereabouts(reader: Reader, words: Wording, *, note: str = "") -> Answer:
    """Current and target level on the map of tracks and parallel levels."""
    shown = [
        *([blocks.section(note)] if note else []),
        blocks.header("Where you are"),
        blocks.section(_summarize(reader, words)),
        *_draw_map(reader),
        _buttons(reader, ("As a picture", "picture")),
        name_source(reader.ladder),
    ]
    return Answer("Where you are on the ladder", shown)


def explain_levels(reader: Reader, words: Wording, changed: LevelField) -> Mrkdwn:
    """What follows from a level just set or cleared."""
    level = reader.target if changed == "target" else reader.current
    if level is None:
        return words.say(FILE, f"{changed}_cleared")
    said = [words.say(FILE, f"{changed}_set", level=name_level(level)), _distance(reader, words)]
    if not reader.is_theirs:
        said.append(words.say(FILE, "ladder_used", ladder=reader.ladder.name))
    return Mrkdwn(" ".join(filter(None, said)))


def confirm_level(reader: Reader, words: Wording, changed: LevelField) -> Answer:
    """Says what was set and what follows, with the next steps as buttons."""
    said = explain_levels(reader, words, changed)
    return Answer(said, [blocks.section(said), _buttons(reader)])


def show_standing(reader: Reader, words: Wording) -> list[Block]:
    """Both levels without the map."""
    row = _buttons(reader, ("The map", ""))
    return [blocks.header("Where you are"), blocks.section(_summarize(reader, words)), row]


def levels_form(reader: Reader) -> Block:
    """The modal in which both levels are chosen."""
    fields = level_fields(reader)
    return blocks.modal("My levels", fields, callback=FORM, data=reader.ladder.id, submit="Save")


def level_fields(reader: Reader) -> list[Block]:
    """Level now, level next."""
    options = [
        blocks.option_group(track.name, [blocks.option(_label(level), level.id) for level in levels])
        for track in reader.ladder.tracks.values()
        if (levels := reader.ladder.levels_of(track.id))
    ]
    current, target = reader.current, reader.target
    return [
        blocks.field(
            "current",
            "The level I am at",
            blocks.select("choose", options, current.id if current else None, "Not sure yet"),
            optional=True,
        ),
        blocks.field(
            "target",
            "The level I aim for",
            blocks.select("choose", options, target.id if target else None, "Choose a level"),
            hint="It may be the one you are at: growing where you are is fine.",
            optional=True,
        ),
    ]


def read_levels_form(ladder: Ladder, fields: Mapping[str, str]) -> dict[LevelField, Level | None]:
    """The levels chosen; a level that left the ladder meanwhile counts as not chosen."""
    return {
        "current": ladder.levels.get(fields.get("current", "")),
        "target": ladder.levels.get(fields.get("target", "")),
    }


def _summarize(reader: Reader, words: Wording) -> str:
    if reader.lost:
        return words.say(FILE, "level_lost", lost=", ".join(reader.lost), ladder=reader.ladder.name)
    if not reader.current and not reader.target:
        return words.say(FILE, "nothing_set", ladder=reader.ladder.name)
    current = name_level(reader.current) if reader.current else "not said yet"
    target = name_level(reader.target) if reader.target else "not said yet"
    return f"*Now:* {current}\n*Aiming for:* {target}\n{_distance(reader, words)}".rstrip()


def _distance(reader: Reader, words: Wording) -> Mrkdwn | str:
    """How far the two levels are apart, in expectations; empty where that cannot be said."""
    current, target = reader.current, reader.target
    if not current or not target:
        return ""
    if current == target:
        return words.say(FILE, "target_is_current")
    if target.status == "named":
        return words.say(FILE, "target_is_named", level=name_level(target))
    news = [entry for entry in find_news(reader.ladder, current, target) if entry.new]
    most = max(news, key=lambda entry: len(entry.new), default=None)
    return words.say(
        FILE,
        "distance",
        count=count_expectations(news),
        competencies=len(news),
        most=most.competency.name if most else "",
    )


def _draw_map(reader: Reader) -> list[Block]:
    """Highest first; parallel levels on one line, tracks without any side by side."""
    ladder = reader.ladder
    branches = [
        f"_{escape(track.name)} opens at {escape(ladder.levels[track.branches_from].title)}._"
        for track in ladder.tracks.values()
        if track.branches_from
    ]
    opens = [blocks.context("\n".join(branches))] if branches else []
    if any(ladder.parallels(level) for level in ladder.levels.values()):
        return [*blocks.sections("\n".join(_draw_rows(reader))), *opens]
    return [blocks.fields(*_draw_columns(reader)), *opens]


def _draw_rows(reader: Reader) -> list[str]:
    ladder = reader.ladder
    ranks = sorted({level.rank for level in ladder.levels.values()}, reverse=True)
    title = "  ∥  ".join(f"_{escape(track.name)}_" for track in ladder.tracks.values())
    rows = [
        "  ∥  ".join(_mark(reader, level) for level in ladder.levels.values() if level.rank == rank)
        for rank in ranks
    ]
    return [title, *rows]


def _draw_columns(reader: Reader) -> list[str]:
    ladder = reader.ladder
    columns = []
    for track in ladder.tracks.values():
        levels = [_mark(reader, level) for level in reversed(ladder.levels_of(track.id))]
        columns.append("\n".join([f"_{escape(track.name)}_", *levels]))
    return columns


def _mark(reader: Reader, level: Level) -> str:
    title = escape(level.title)
    marks = [
        words
        for words, marked in (("you are here", reader.current), ("your target", reader.target))
        if level == marked
    ]
    return f"*▸ {title}* ({', '.join(marks)})" if marks else title


def _buttons(reader: Reader, *more: tuple[str, str]) -> Block:
    """What helps next, `more` as labels and commands; setting the levels comes first until both are set."""
    is_set = bool(reader.current and reader.target)
    set_levels = blocks.button("Set my levels", "ladder:levels", reader.ladder.id, primary=not is_set)
    row = offers(reader.ladder, [*_wishes(reader), *more])
    found = [*row["elements"], set_levels] if is_set else [set_levels, *row["elements"]]
    return {**row, "elements": found}


def _wishes(reader: Reader) -> list[tuple[str, str]]:
    current, target = reader.current, reader.target
    if goal := target or current:
        wishes = [(f"What {goal.title} expects", goal.id)]
        if target and current and target != current:
            wishes.insert(0, ("Compare the two", f"compare {current.id} {target.id}"))
        if goal.status == "described":
            wishes.append(("Questions to ask myself", f"questions {goal.id}"))
        return wishes
    return [("The ladders there are", "list"), ("The guide", "guide"), ("Help", "help")]


def _label(level: Level) -> str:
    return level.title if level.id == level.title.lower() else f"{level.title} ({level.id.upper()})"
