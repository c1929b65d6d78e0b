"""The brag document as Markdown: a packet to hand in, by competency of the level it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.brag.exporting import packet as arranged
from bot.brag.exporting.marks import mark, mark_line, mark_lines, name_people
from bot.brag.exporting.packet import Chapter, Expected, Packet
from bot.brag.model import Entry, Plan
from bot.brag.naming import is_everything, say_date, say_period
from bot.brag.receipts import REACH_NAMES
from bot.ladder.model import Ladder

LINE = 160  # characters of an entry that stands in full elsewhere


def write_markdown(packet: Packet) -> str:
    """CommonMark; whatever someone wrote is escaped."""
    return "\n\n".join(_Writer(packet).write()) + "\n"


def title_of(packet: Packet) -> str:
    of = "" if is_everything(packet.period) else f", {say_period(packet.period)}"
    return f"{packet.owner}: brag document{of}"


class _Writer:
    """Writes an entry in full where it first stands as evidence, and as a line everywhere else."""

    def __init__(self, packet: Packet) -> None:
        self._packet = packet
        self._in_full: dict[str, str] = {}

    def write(self) -> Iterator[str]:
        packet = self._packet
        yield f"# {mark(title_of(packet))}"
        yield "  \n".join(self._facts())
        yield from self._section("What reached furthest", self._lines(arranged.furthest(packet)))
        yield from self._evidence()
        yield from self._section("Goals", self._groups(arranged.by_name(packet, lambda e: e.words.goal)))
        yield from self._section(
            "Projects", self._groups(arranged.by_name(packet, lambda e: e.words.project))
        )
        yield from self._section("Collaboration and mentoring", self._people())
        yield from self._section("Documentation and design", self._links())
        yield from self._section("What I learned", self._learned())
        yield from self._section("Timeline", self._groups(arranged.by_month(packet)))

    def _facts(self) -> Iterator[str]:
        packet, ladder, level = self._packet, self._packet.ladder, self._packet.target
        if ladder and level:
            now = packet.current
            come_from = f", from {mark(now.title)}" if now and now is not level else ""
            named = "" if level.status == "described" else " (named on the ladder, not described yet)"
            yield f"**Level:** {mark(level.title)}{come_from}{named}"
        if ladder:
            version = f"version {mark(ladder.version)}"
            yield f"**Ladder:** {mark(ladder.name)}, {version}; source: {_source(ladder)}"
        count = len(packet.entries)
        yield f"**Period:** {say_period(packet.period)}, {count} {'entry' if count == 1 else 'entries'}"
        yield f"**Written:** {say_date(packet.made_on)}"

    def _evidence(self) -> Iterator[str]:
        chapters = arranged.chapters_of(self._packet)
        level = self._packet.target
        title = f"Evidence for {mark(level.title)}" if level else "Evidence by competency"
        parts = [part for chapter in chapters if chapter.has_evidence for part in self._chapter(chapter)]
        empty = [chapter for chapter in chapters if not chapter.has_evidence]
        if parts and empty:
            parts.append("### Other competencies")
        parts += [part for chapter in empty for part in _show_empty(chapter.expected, mark(chapter.name))]
        yield from self._section(title, parts)
        rest = arranged.unplaced(self._packet)
        title = "Not under a competency yet" if self._packet.ladder else "Entries"
        yield from self._section(title, self._entries(rest, title))

    def _chapter(self, chapter: Chapter) -> Iterator[str]:
        yield f"### {mark(chapter.name)}"
        for one in chapter.expected:
            if one.entries:
                yield f"#### {mark(one.statement.text)}"
                if one.plan:
                    yield _show_plan(one.plan)
                yield from self._entries(one.entries, chapter.name)
        if chapter.whole:
            if chapter.expected:
                yield "#### For the competency as a whole"
            yield from self._entries(chapter.whole, chapter.name)
        yield from _show_empty([one for one in chapter.expected if not one.entries])

    def _entries(self, entries: Iterable[Entry], place: str) -> Iterator[str]:
        """In full, or as a line where they stand in full already."""
        items = []
        for entry in entries:
            if first := self._in_full.get(entry.id):
                again = "in full above" if first == place else f"in full under *{mark(first)}*"
                items.append(f"{self._line(entry)} ({again})")
            else:
                self._in_full[entry.id] = place
                items.append(self._whole(entry))
        if items:
            yield "\n".join(items)

    def _whole(self, entry: Entry) -> str:
        words, names = entry.words, self._packet.names
        lines = [f"**{say_date(entry.happened_on)}**{_say_kind(entry)}  "]
        lines.append(f"  {mark_lines(name_people(words.text, names), '  ')}")
        if words.result:
            lines[-1] += f"\n\n  *What came of it:* {mark_lines(name_people(words.result, names), '  ')}"
        if facts := list(self._facts_of(entry)):
            lines[-1] += f"\n\n  {' · '.join(facts)}"
        return "- " + "\n".join(lines)

    def _facts_of(self, entry: Entry) -> Iterator[str]:
        words = entry.words
        if entry.reach:
            yield f"*Reach:* {REACH_NAMES[entry.reach]}"
        if words.people:
            yield f"*With:* {', '.join(mark(self._name(person)) for person in words.people)}"
        if words.project:
            yield f"*Project:* {mark(words.project)}"
        beside = [link for link in words.links if link not in words.text]
        if beside:
            yield f"*Links:* {', '.join(map(mark, beside))}"

    def _line(self, entry: Entry, more: str = "") -> str:
        first = entry.words.text.strip().partition("\n\n")[0]
        text = mark_line(name_people(first, self._packet.names), LINE)
        return f"- {say_date(entry.happened_on)}: {text}{more}"

    def _lines(self, entries: Iterable[Entry]) -> Iterator[str]:
        if lines := [self._line(entry) for entry in entries]:
            yield "\n".join(lines)

    def _groups(self, groups: Mapping[str, Sequence[Entry]]) -> Iterator[str]:
        for name, entries in groups.items():
            yield f"### {mark(name)}"
            yield from self._lines(entries)

    def _people(self) -> Iterator[str]:
        yield from self._groups({self._name(p): e for p, e in arranged.by_person(self._packet).items()})
        if rest := arranged.for_others(self._packet):
            yield "### With nobody named"
            yield from self._lines(rest)

    def _links(self) -> Iterator[str]:
        titles = ("Documents and designs", "Code and the rest")
        for title, entries in zip(titles, arranged.with_links(self._packet), strict=True):
            if entries:
                yield f"### {title}"
                yield "\n".join(self._line_with_links(entry) for entry in entries)

    def _line_with_links(self, entry: Entry) -> str:
        shown = " ".join(entry.words.text.split())[:LINE]
        beside = [link for link in entry.words.links if link not in shown]
        return self._line(entry, "".join(f"  \n  {mark(link)}" for link in beside))

    def _learned(self) -> Iterator[str]:
        yield from self._lines(entry for entry in self._packet.newest_first if entry.kind != "win")

    def _name(self, person: str) -> str:
        return self._packet.names.get(person, f"@{person}")

    def _section(self, title: str, parts: Iterable[str]) -> Iterator[str]:
        """Nothing where there is nothing to say."""
        if body := list(parts):
            yield f"## {title}"
            yield from body


def _show_empty(expected: Sequence[Expected], name: str = "") -> Iterator[str]:
    """What has no evidence, said as it is and no more."""
    if expected:
        yield f"**{name}**  \n*Nothing here yet:*" if name else "*Nothing here yet:*"
        yield "\n".join(map(_empty, expected))


def _empty(one: Expected) -> str:
    plan = f"  \n  {_show_plan(one.plan)}" if one.plan else ""
    return f"- {mark(one.statement.text)}{plan}"


def _say_kind(entry: Entry) -> str:
    return {"win": "", "learning": " · learned", "failure": " · a failure worth remembering"}[entry.kind]


def _source(ladder: Ladder) -> str:
    name, url = mark(ladder.source.name), ladder.source.url
    return f"[{name}](<{url}>)" if url.startswith("https://") else name


def _show_plan(plan: Plan) -> str:
    return f"*Plan:* {mark_lines(plan.text, '  ')}"
