"""What `/ladder compare senior staff` shows: two levels side by side, and what is new on the way."""

from __future__ import annotations

from bot.ladder.blocks import list_statements, name_level, name_source, offers, say_count
from bot.ladder.kept import keep
from bot.ladder.model import Guidance, Ladder, Level
from bot.ladder.service import News, Reader, count_expectations, find_news
from bot.slack import blocks
from bot.slack.blocks import FIELD_TEXT, Block
from bot.slack.mrkdwn import escape
from bot.slack.payloads import Answer


def compare(reader: Reader, one: Level, other: Level) -> Answer:
    """Both levels, the lower one first; levels of two tracks as what is left behind and what comes new."""
    start, goal = (one, other) if one.rank <= other.rank else (other, one)
    return keep(reader.ladder, ("compare", start.id, goal.id), lambda: _compare(reader.ladder, start, goal))


def _compare(ladder: Ladder, start: Level, goal: Level) -> Answer:
    title = f"{start.title} → {goal.title}"
    if "named" in (start.status, goal.status):
        return _cannot_compare(ladder, start, goal)
    news = find_news(ladder, start, goal)
    shown = [
        blocks.header(title),
        blocks.section(_summarize(start, goal, news)),
        offers(ladder, [(start.title, start.id), (goal.title, goal.id)]),
        *_bridges(ladder, start, goal),
        blocks.divider(),
    ]
    for entry in news:
        if entry.new:
            shown += _side_by_side(ladder, start, entry)
    return Answer(escape(title), [*shown, *_rest(ladder, start, goal, news), name_source(ladder)])


def _summarize(start: Level, goal: Level, news: list[News]) -> str:
    changed = sum(bool(entry.new) for entry in news)
    lines = [f"{name_level(level)}: {escape(level.scope or level.summary)}" for level in (start, goal)]
    count = say_count(count_expectations(news), "expectation is", "expectations are")
    lines.append(f"{count} new, in {say_count(changed, 'competency', 'competencies')}.")
    if start.track != goal.track:
        lines.append("_These are two tracks: one does not lead up to the other, it is another job._")
    return "\n".join(lines)


def _side_by_side(ladder: Ladder, start: Level, entry: News) -> list[Block]:
    left = f"_{escape(start.title)}_\n{list_statements(entry.before)}" if entry.before else ""
    right = _by_level(ladder, entry)
    title = f"*{escape(entry.competency.name)}*"
    if not left:
        return blocks.sections(f"{title}\n{right}")
    if max(len(left), len(right)) > FIELD_TEXT:
        return [*blocks.sections(f"{title}\n{left}"), *blocks.sections(right)]
    return [{**blocks.section(title), **blocks.fields(left, right)}]


def _by_level(ladder: Ladder, entry: News) -> str:
    """The new statements under the level they come with, those on the way among them."""
    parts: list[str] = []
    for level_id in dict.fromkeys(statement.level for statement in entry.new):
        own = [statement for statement in entry.new if statement.level == level_id]
        parts.append(f"_New at {escape(ladder.levels[level_id].title)}_\n{list_statements(own)}")
    return "\n".join(parts)


def _rest(ladder: Ladder, start: Level, goal: Level, news: list[News]) -> list[Block]:
    """What stays as it is, and what belongs to the other track alone."""
    same = [entry.competency.name for entry in news if not entry.new]
    shown = [blocks.context(f"Nothing new in: {escape(', '.join(same))}.")] if same else []
    left = [c.name for c in ladder.competencies_of(start.track) if goal.track not in c.tracks]
    if left:
        track = escape(ladder.tracks[start.track].name)
        shown.append(blocks.context(f"Asked on the track {track} only: {escape(', '.join(left))}."))
    return shown


def _bridges(ladder: Ladder, start: Level, goal: Level) -> list[Block]:
    """What the source says about this very step."""
    return [
        block
        for guidance in ladder.guidance
        if (guidance.from_level, guidance.to_level) == (start.id, goal.id)
        for block in blocks.sections(show_guidance(guidance))
    ]


def show_guidance(guidance: Guidance) -> str:
    points = "\n".join(f"• *{escape(point.title)}:* {escape(point.text)}" for point in guidance.points)
    return f"*{escape(guidance.title)}*\n{escape(guidance.summary)}\n{points}".strip()


def _cannot_compare(ladder: Ladder, start: Level, goal: Level) -> Answer:
    """No cells to set side by side, but perhaps a word about the step."""
    named = [level for level in (start, goal) if level.status == "named"]
    names = " and ".join(name_level(level) for level in named)
    them = "them" if len(named) > 1 else "it"
    text = f"The source names {names} but does not describe {them} yet, so nothing can stand side by side."
    shown = [blocks.section(text), *_bridges(ladder, start, goal)]
    return Answer(
        "Nothing to compare yet",
        [*shown, offers(ladder, [(start.title, start.id), (goal.title, goal.id)])],
    )
