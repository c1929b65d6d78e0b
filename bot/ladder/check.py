"""What a ladder file gets wrong although every part of it has the right shape: ids, references, gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from bot.content import Finding, Place
from bot.ladder.check_guide import check_guide
from bot.ladder.file import CompetencyFile, LadderFile, LevelFile, StatementFile
from bot.shape import Names, find_repeated, suggest


def check_ladder(ladder: LadderFile) -> Iterator[Finding]:
    """Everything that is wrong, in no order."""
    yield from _check_ids(ladder)
    yield from _check_former_ids(ladder)
    yield from _check_references(ladder)
    yield from _check_aliases(ladder.levels)
    yield from _check_ranks(ladder.levels)
    yield from _check_branches(ladder)
    yield from _check_guidance(ladder)
    yield from check_guide(ladder)
    for position, level in enumerate(ladder.levels):
        yield from _check_cells(ladder, level, ("levels", position))


def _check_ids(ladder: LadderFile) -> Iterator[Finding]:
    for field in ("tracks", "competencies", "lenses", "levels", "roles", "topics"):
        yield from find_repeated(
            [((field, i, "id"), part.id) for i, part in enumerate(getattr(ladder, field))]
        )
    yield from find_repeated([((*at, "id"), group) for at, group in _groups(ladder)])
    yield from find_repeated([((*at, "id"), statement.id) for at, statement in _statements(ladder)])
    yield from find_repeated([(("terms", i, "name"), term.name) for i, term in enumerate(ladder.terms)])
    for i, level in enumerate(ladder.levels):
        yield from find_repeated(
            [(("levels", i, "facts", j, "id"), fact.id) for j, fact in enumerate(level.facts)]
        )


def _check_former_ids(ladder: LadderFile) -> Iterator[Finding]:
    for field in ("levels", "competencies"):
        yield from _find_revived([((field, i), part) for i, part in enumerate(getattr(ladder, field))])
    yield from _find_revived(list(_statements(ladder)))


def _find_revived(
    parts: Sequence[tuple[Place, LevelFile | CompetencyFile | StatementFile]],
) -> Iterator[Finding]:
    """Evidence of a former id goes to one place; so it may be in use nowhere else."""
    used = Counter(part.id for _, part in parts) + Counter(old for _, part in parts for old in part.was)
    for at, part in parts:
        for i, old in enumerate(part.was):
            if used[old] > 1:
                message = f"the former id `{old}` is also in use elsewhere"
                yield Finding(
                    (*at, "was", i), message, "name it in one `was` only, and give no new part this id"
                )


def _check_references(ladder: LadderFile) -> Iterator[Finding]:
    levels = [level.id for level in ladder.levels]
    tracks = [track.id for track in ladder.tracks]
    competencies = [competency.id for competency in ladder.competencies]
    yield from _find_unknown("level", _level_references(ladder), levels)
    yield from _find_unknown("track", _track_references(ladder), tracks)
    yield from _find_unknown("competency", _competency_references(ladder), competencies)
    used = {level.track for level in ladder.levels}
    for i, track in enumerate(ladder.tracks):
        if track.id not in used:
            yield Finding(
                ("tracks", i), f"no level is on the track `{track.id}`", "add its levels, or leave it out"
            )


def _find_unknown(kind: str, names: Names, known: Collection[str]) -> Iterator[Finding]:
    for at, name in names:
        if name not in known:
            yield Finding(at, f"there is no {kind} `{name}`", suggest(name, known))


def _level_references(ladder: LadderFile) -> Iterator[tuple[Place, str]]:
    for i, track in enumerate(ladder.tracks):
        if track.branches_from is not None:
            yield ("tracks", i, "branches_from"), track.branches_from
    for i, role in enumerate(ladder.roles):
        yield from ((("roles", i, "near", j), name) for j, name in enumerate(role.near))
    for i, step in enumerate(ladder.guidance):
        yield ("guidance", i, "from_level"), step.from_level
        yield ("guidance", i, "to_level"), step.to_level
    for i, topic in enumerate(ladder.topics):
        yield from ((("topics", i, "levels", j), name) for j, name in enumerate(topic.levels))


def _track_references(ladder: LadderFile) -> Iterator[tuple[Place, str]]:
    for i, level in enumerate(ladder.levels):
        yield ("levels", i, "track"), level.track
    for i, competency in enumerate(ladder.competencies):
        yield from ((("competencies", i, "tracks", j), name) for j, name in enumerate(competency.tracks))


def _competency_references(ladder: LadderFile) -> Iterator[tuple[Place, str]]:
    for i, lens in enumerate(ladder.lenses):
        for j, group in enumerate(lens.groups):
            place = ("lenses", i, "groups", j, "competencies")
            yield from (((*place, k), name) for k, name in enumerate(group.competencies))
    for i, level in enumerate(ladder.levels):
        yield from ((("levels", i, "expects", name), name) for name in level.expects)


def _check_aliases(levels: Sequence[LevelFile]) -> Iterator[Finding]:
    """An alias leads to one level, or the finder would have to guess."""
    owners: dict[str, set[str]] = {}
    for level in levels:
        for name in (level.id, level.title, *level.aliases):
            owners.setdefault(_plain(name), set()).add(level.id)
    for i, level in enumerate(levels):
        for j, alias in enumerate(level.aliases):
            others = sorted(owners[_plain(alias)] - {level.id})
            if others:
                hint = "leave it out: Rung asks which one is meant when a word fits several levels"
                yield Finding(("levels", i, "aliases", j), f"`{alias}` also names `{others[0]}`", hint)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _check_ranks(levels: Sequence[LevelFile]) -> Iterator[Finding]:
    seen: dict[tuple[str, int], str] = {}
    for i, level in enumerate(levels):
        other = seen.setdefault((level.track, level.rank), level.id)
        if other != level.id:
            message = f"`{level.id}` has the rank of `{other}`, on the same track"
            yield Finding(("levels", i, "rank"), message, "the ranks of a track rise from level to level")


def _check_branches(ladder: LadderFile) -> Iterator[Finding]:
    track_of = {level.id: level.track for level in ladder.levels}
    parents = {track.id: track_of.get(track.branches_from or "") for track in ladder.tracks}
    for i, track in enumerate(ladder.tracks):
        seen, parent = set[str](), parents[track.id]
        while parent is not None and parent not in seen:
            seen.add(parent)
            parent = parents.get(parent)
        if track.id in seen:
            message = f"the track `{track.id}` branches off itself"
            yield Finding(
                ("tracks", i, "branches_from"), message, "name a level of a track that starts lower"
            )


def _check_guidance(ladder: LadderFile) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for i, step in enumerate(ladder.guidance):
        pair = (step.from_level, step.to_level)
        if step.from_level == step.to_level:
            yield Finding(
                ("guidance", i, "to_level"), "a step needs two levels", "name the level it leads to"
            )
        if pair in seen:
            message = f"the step from `{pair[0]}` to `{pair[1]}` stands here twice"
            yield Finding(("guidance", i), message, "bring both together")
        seen.add(pair)


def _check_cells(ladder: LadderFile, level: LevelFile, at: Place) -> Iterator[Finding]:
    if level.status == "named":
        if level.expects:
            hint = "leave `expects` out, or write `status: described`"
            yield Finding((*at, "expects"), f"`{level.id}` is only named and cannot expect anything", hint)
        return
    if level.track not in {track.id for track in ladder.tracks}:
        return  # told by the reference; what belongs to the level is not known
    for competency in ladder.competencies:
        cell: Place = (*at, "expects", competency.id)
        if level.track in competency.tracks and competency.id not in level.expects:
            hint = f"add `{competency.id}: []` if the source leaves it empty, `undefined` if it does not say"
            yield Finding(cell, f"`{level.id}` says nothing of `{competency.id}`", hint)
        if level.track not in competency.tracks and competency.id in level.expects:
            message = f"`{competency.id}` does not belong to the track `{level.track}`"
            yield Finding(cell, message, "remove it here, or add the track to the competency")


def _groups(ladder: LadderFile) -> Iterator[tuple[Place, str]]:
    for i, lens in enumerate(ladder.lenses):
        yield from ((("lenses", i, "groups", j), group.id) for j, group in enumerate(lens.groups))


def _statements(ladder: LadderFile) -> Iterator[tuple[Place, StatementFile]]:
    for i, level in enumerate(ladder.levels):
        for competency, cell in level.expects.items():
            if not isinstance(cell, str):
                place = ("levels", i, "expects", competency)
                yield from (((*place, j), statement) for j, statement in enumerate(cell))
