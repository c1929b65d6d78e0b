"""A ladder's expectations sorted another way: `/ladder staff by five responsibilities`.

A lens of the ladder itself names its competencies. One of another ladder is laid over it by families: a
competency falls under every group that shares one of its families.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.ladder.blocks import name_group, name_source, offer, offers, show_cell
from bot.ladder.messages import FILE
from bot.ladder.model import Competency, Group, Ladder, Lens, Level
from bot.ladder.naming import find_named
from bot.ladder.service import Reader
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import escape, shorten
from bot.slack.payloads import Answer
from bot.wording import Wording

MOST_LEVELS = 20  # buttons; a row of them takes 25

Sorted = Sequence[tuple[Group | None, Sequence[Competency]]]
"""Groups with the competencies under them; None for those that have no place."""


@dataclass(frozen=True, slots=True)
class OfLadder:
    """A lens, and the ladder it comes from."""

    lens: Lens
    origin: Ladder


def list_lenses(ladder: Ladder, ladders: Mapping[str, Ladder]) -> list[OfLadder]:
    """The ladder's own, then those of others that say by families what belongs where; a name comes once."""
    own = [OfLadder(lens, ladder) for lens in ladder.lenses]
    others = [
        OfLadder(lens, other)
        for other in ladders.values()
        if other.id != ladder.id
        for lens in other.lenses
        if all(group.families for group in lens.groups)
    ]
    named: dict[str, OfLadder] = {}
    for one in (*own, *others):
        named.setdefault(_command_of(one), one)
    return list(named.values())


def find_lenses(known: Sequence[OfLadder], asked: str, own: Ladder) -> list[OfLadder]:
    """By name; else by id or alias, those of one's own ladder first; else those that come near."""
    wanted = asked.strip().lower()
    if same := [one for one in known if wanted == _command_of(one)]:
        return same
    found = find_named(asked, [(one, _names_of(one.lens)) for one in known])
    return [one for one in found if one.origin is own] or found


def _names_of(lens: Lens) -> list[str]:
    return [name.lower() for name in (lens.name, lens.id, *lens.aliases)]


def _command_of(one: OfLadder) -> str:
    """The words that name this lens and no other."""
    return one.lens.name.lower()


def sort_competencies(one: OfLadder, ladder: Ladder, competencies: Iterable[Competency]) -> Sorted:
    """Every group of the lens, empty ones too; what falls under none comes last."""
    given = list(competencies)
    found = [(group, [c for c in given if _belongs(one, ladder, group, c)]) for group in one.lens.groups]
    placed = {c.id for _, members in found for c in members}
    rest = [c for c in given if c.id not in placed]
    return [*found, (None, rest)] if rest else found


def _belongs(one: OfLadder, ladder: Ladder, group: Group, competency: Competency) -> bool:
    if one.origin is ladder and any(competency.id in other.competencies for other in one.lens.groups):
        return competency.id in group.competencies
    return not set(group.families).isdisjoint(competency.families)


def show_level_by(
    reader: Reader, level: Level, one: OfLadder, known: Sequence[OfLadder], words: Wording, note: str = ""
) -> Answer:
    """What the level expects, under the groups of the lens. What stands under two is told under the first."""
    ladder = reader.ladder
    title = f"{level.title} by {_in_a_sentence(one)}"
    shown = [
        *([blocks.context(note)] if note else []),
        blocks.header(title),
        blocks.section(_introduce(one, ladder, words)),
        offers(ladder, [(f"All of {level.title}", level.id), *_others(known, one, level.id)]),
    ]
    told: dict[str, str] = {}
    for group, members in sort_competencies(one, ladder, ladder.competencies_of(level.track)):
        shown += _show_group(reader, level, group, members, told, words)
    return Answer(escape(title), [*shown, name_source(ladder)])


def _show_group(
    reader: Reader,
    level: Level,
    group: Group | None,
    members: Sequence[Competency],
    told: dict[str, str],
    words: Wording,
) -> list[Block]:
    name = escape(group.name) if group else "Elsewhere"
    again = [f"{escape(c.name)} (above, under {told[c.id]})" for c in members if c.id in told]
    shown = [blocks.divider(), blocks.context(_head(group, members, words))]
    for competency in members:
        if competency.id not in told:
            shown += show_cell(reader.ladder, level, competency, reader.agreed)
            told[competency.id] = name
    return [*shown, *([blocks.context("Also here: " + "; ".join(again))] if again else [])]


def _head(group: Group | None, members: Sequence[Competency], words: Wording) -> str:
    if group is None:
        return words.say(FILE, "lens_elsewhere")
    none = "" if members else f"\n{words.say(FILE, 'lens_empty')}"
    return f"{name_group(group)}{none}"


def _introduce(one: OfLadder, ladder: Ladder, words: Wording) -> str:
    if one.origin is ladder:
        return words.say(FILE, "lens_own", ladder=ladder.name)
    return words.say(FILE, "lens_borrowed", origin=one.origin.name, ladder=ladder.name)


def _in_a_sentence(one: OfLadder) -> str:
    return one.lens.name[:1].lower() + one.lens.name[1:]


def _others(known: Sequence[OfLadder], one: OfLadder, level_id: str) -> list[tuple[str, str]]:
    return [
        (f"By {_in_a_sentence(other)}", f"{level_id} by {_command_of(other)}")
        for other in known[:6]
        if other != one
    ]


def show_lens(reader: Reader, one: OfLadder, words: Wording) -> Answer:
    """The lens over the whole ladder: which competency stands where; then the levels to see through it."""
    ladder = reader.ladder
    shown = [blocks.header(one.lens.name), blocks.section(_introduce(one, ladder, words))]
    for group, members in sort_competencies(one, ladder, ladder.competencies.values()):
        names = "\n".join(f"• {escape(c.name)}" for c in members)
        shown += blocks.sections("\n".join(filter(None, [_head(group, members, words), names])))
    described = [level for level in ladder.levels.values() if level.status == "described"][:MOST_LEVELS]
    wishes = [(level.title, f"{level.id} by {_command_of(one)}") for level in described]
    through = [blocks.section(words.say(FILE, "lens_levels")), offers(ladder, wishes)] if wishes else []
    return Answer(escape(one.lens.name), [*shown, *through, name_source(ladder)])


def choose(
    reader: Reader, asked: str, known: Sequence[OfLadder], words: Wording, level: str = ""
) -> OfLadder | Answer:
    """The lens that is meant; where that is not clear, the question which, for the same `level`."""
    if not known or (not asked and not has_other_ways(reader.ladder, known)):
        return Answer(words.say(FILE, "lens_no_lens", ladder=reader.ladder.name))
    if not asked:
        return _ask_which(reader, words.say(FILE, "lens_list"), known, level)
    found = find_lenses(known, asked, reader.ladder)
    if len(found) == 1:
        return found[0]
    said = words.say(FILE, "lens_which" if found else "lens_none", asked=shorten(asked, 80))
    return _ask_which(reader, said, found or known, level)


def _ask_which(reader: Reader, said: str, lenses: Sequence[OfLadder], level: str) -> Answer:
    shown = [blocks.section(said)]
    for one in lenses[:10]:
        groups = shorten(", ".join(group.name for group in one.lens.groups), 600)
        command = f"{level} by {_command_of(one)}" if level else f"lens {_command_of(one)}"
        line = f"*{escape(one.lens.name)}* ({escape(one.origin.name)}): {escape(groups)}"
        shown.append(blocks.section(line, offer(reader.ladder, "Sort by it", command)))
    return Answer(said, shown)


def has_other_ways(ladder: Ladder, known: Sequence[OfLadder]) -> bool:
    """Is there another lens than the ladder's first, by which its levels are shown anyway?"""
    return len(known) > bool(ladder.lenses)


def invite(ladder: Ladder, known: Sequence[OfLadder], words: Wording) -> list[Block]:
    """One line that says there are other ways to sort, with a button that shows them."""
    if not has_other_ways(ladder, known):
        return []
    return [blocks.section(words.say(FILE, "lens_list"), offer(ladder, "Show them", "lens"))]
