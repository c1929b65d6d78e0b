"""What someone sees right after something was kept: what, as what, who can see it, and how to change it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.brag.model import REACHES, Entry, Evidence, Kind
from bot.brag.visibility import say_who, say_who_of_several
from bot.ladder.model import Band, Ladder, Level, Reach
from bot.people.relations import Relation
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape, shorten, show
from bot.slack.payloads import Answer
from bot.wording import Wording

FILE = "brag/messages"
QUOTE = 280  # characters of an entry that a receipt repeats
MOST_SHOWN = 10
MOST_SECTIONS = 40  # of the fifty blocks a message may have
MOST_WORDS = 2  # of those that a suggestion stands on
EXPECTATION = 110  # characters of an expectation beside its suggestion

REACH_NAMES: dict[Reach, str] = {
    "me": "me",
    "team": "my team",
    "teams": "several teams",
    "organization": "the organization",
    "outside": "outside",
}
RESULT_QUESTIONS: dict[Band, str] = {
    "starting": "result_starting",
    "independent": "result_starting",
    "senior": "result_senior",
    "staff": "result_staff",
    "manager": "result_manager",
    "director": "result_manager",
}
QUESTIONS_BESIDE_WINS: dict[Kind, str] = {"failure": "result_failure", "learning": "result_learning"}


def show_receipt(
    entries: Sequence[Entry],
    ladder: Ladder | None,
    target: Level | None,
    words: Wording,
    today: date,
    seers: Sequence[Relation] = (),
) -> Answer:
    """The receipt of a capture as it stands now; `seers` see what its owner shares."""
    if not entries:
        return say(words.say(FILE, "undone"))
    if len(entries) > 1:
        return _show_several(entries, ladder, words, today, seers)
    return show_entry(entries[0], ladder, target, words, today, seers)


def show_entry(
    entry: Entry,
    ladder: Ladder | None,
    target: Level | None,
    words: Wording,
    today: date,
    seers: Sequence[Relation] = (),
    note: str = "",
) -> Answer:
    """One entry with everything that can be done to it; `note` instead of the line that it was kept."""
    said = note or words.say(FILE, "kept", pick=entry.id, who=say_who(entry, seers, words, today))
    result = f"\n>*What came of it:* {_on_one_line(entry.words.result, QUOTE)}" if entry.words.result else ""
    shown: list[Block] = [blocks.section(f"{said}\n>{quote(entry)}{result}")]
    if facts := say_facts(entry, today):
        shown.append(blocks.context(" · ".join(facts)))
    if suggested := _say_suggested(entry, ladder, words):
        shown.append(blocks.section(suggested))
    evidence = say_evidence(entry, ladder, words)
    shown += [blocks.section(line) for line in evidence]
    if confirm := _confirm_row(entry, ladder):
        more = [blocks.context(words.say(FILE, "suggested_more"))] if evidence else []
        shown += [*more, blocks.actions(confirm)]
    if entry.result == "open" and (question := ask_for_result(target, words, entry.kind)):
        shown.append(blocks.section(f"*{question}*", blocks.button("Say it", "brag:result", entry.id)))
    shown.append(_row(entry))
    return Answer(said, shown)


def ask_for_results(entries: Sequence[Entry], words: Wording, note: str = "") -> Answer:
    """What came of these? Each button knows the others, so that they stay when one is answered."""
    text = words.say(FILE, "results_ask", pick=entries[0].id, count=len(entries))
    shown = [blocks.section(line) for line in (note, text) if line]
    for n, entry in enumerate(entries):
        others = ",".join(each.id for each in entries if each is not entry)
        row = [
            blocks.button("Say it", f"brag:result:{n}", entry.id),
            blocks.button("Nothing yet", f"brag:not-yet:{n}", f"{entry.id}|{others}"),
            blocks.button("Don't ask again", f"brag:no-result:{n}", f"{entry.id}|{others}"),
        ]
        shown += [blocks.section(f">{quote(entry)}"), blocks.actions(row)]
    return Answer(text, shown)


def show_preview(drafts: Sequence[Entry], known: int, words: Wording) -> Answer:
    """An old brag document as it would be kept; `known` of its items are kept already."""
    if not drafts:
        return say(words.say(FILE, "document_known"))
    days = sorted(entry.happened_on for entry in drafts)
    first, last = (f"{day:%B %Y}" for day in (days[0], days[-1]))
    text = words.say(FILE, "document_found", count=len(drafts), first=first, last=last, known=known)
    lines = [f"*{entry.happened_on:%b %Y}*  {quote(entry, 140)}" for entry in drafts]
    capture = drafts[0].capture
    row = [
        blocks.button(f"Keep all {len(drafts)}", "brag:drafts", capture, primary=True),
        blocks.button("Keep none", "brag:no-drafts", capture),
    ]
    return Answer(
        text, [blocks.section(text), *blocks.sections("\n".join(lines))[:MOST_SECTIONS], blocks.actions(row)]
    )


def say(text: Mrkdwn) -> Answer:
    return Answer(text, [blocks.section(text)])


def quote(entry: Entry, length: int = QUOTE) -> Mrkdwn:
    """The entry's words on one line, shortened."""
    return _on_one_line(entry.words.text, length)


def _on_one_line(text: str, length: int) -> Mrkdwn:
    return show(shorten(" ".join(text.split()), length))


def say_facts(entry: Entry, today: date) -> list[str]:
    """When, what kind, how far it reached, and what it came with.

    “Today” is left out: a receipt stands in the conversation for months, below the day that Slack shows.
    """
    facts = [] if entry.happened_on == today else [say_day(entry.happened_on, today)]
    if entry.kind != "win":
        facts.append(entry.kind)
    if entry.reach:
        facts.append(f"reach: {REACH_NAMES[entry.reach]}")
    if entry.words.project:
        facts.append(f"project: {escape(entry.words.project)}")
    if entry.words.links:
        count = len(entry.words.links)
        facts.append(f"{count} link{'s' if count > 1 else ''}")
    return [*facts, *say_people(entry)]


def say_people(entry: Entry) -> list[str]:
    """With whom, or whose words they are, where there is anybody."""
    others = [each for each in entry.words.people if each.isalnum() and each != entry.person.user]
    names = ", ".join(f"<@{person}>" for person in others)
    return [f"with {names}"] if names else []


def say_day(day: date, today: date) -> str:
    if day == today:
        return "today"
    return f"{day:%A}, {day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"


def say_evidence(entry: Entry, ladder: Ladder | None, words: Wording) -> list[Mrkdwn]:
    """What it is evidence for, confirmed; on another ladder it is hidden and kept."""
    if ladder is None:
        return []
    lines = []
    for one in entry.confirmed(ladder.id):
        competency, level = ladder.competencies.get(one.competency), ladder.levels.get(one.level)
        if competency is None:
            lines.append(Mrkdwn(f"_{escape(one.competency)} is no longer on the ladder._"))
            continue
        text = find_expectation(ladder, one)
        lines.append(
            words.say(
                FILE,
                "evidence",
                competency=competency.name,
                level=level.title if level else one.level,
                expectation=f"“{shorten(text, 200)}”" if text else "",
            )
        )
    return lines


def find_expectation(ladder: Ladder, one: Evidence) -> str:
    """The words of the expectation it speaks for, also where it was renamed; empty where there is none."""
    statement = ladder.find_statement(one.expectation)
    return statement.text if statement else ""


def ask_for_result(target: Level | None, words: Wording, kind: Kind = "win") -> Mrkdwn:
    """What came of it, in the manner of the level; what went wrong, or was learned, has its own question."""
    band = target.band if target and target.band else "senior"
    return words.say(FILE, QUESTIONS_BESIDE_WINS.get(kind) or RESULT_QUESTIONS[band])


def pack(entry: Entry, one: Evidence) -> str:
    """A suggestion as the value of a button or an option, which holds 150 characters."""
    return f"{entry.id}|{one.competency}"


def reach_menu(entry: Entry) -> Block:
    options = [blocks.option(f"Reach: {REACH_NAMES[reach]}", f"{entry.id}|{reach}") for reach in REACHES]
    chosen = f"{entry.id}|{entry.reach}" if entry.reach else None
    return blocks.select("brag:reach", options, chosen, "How far did it reach?")


def _confirm_row(entry: Entry, ladder: Ladder | None) -> list[Block]:
    return [
        blocks.button(ladder.competencies[one.competency].name, f"brag:confirm:{n}", pack(entry, one))
        for n, one in enumerate(_suggested(entry, ladder))
        if ladder
    ]


def _row(entry: Entry) -> Block:
    """Reach, edit, share and undo."""
    share = (
        ("Make private", "private") if entry.visibility == "shared" else ("Share with my manager", "shared")
    )
    elements = [
        reach_menu(entry),
        blocks.button("Edit", "brag:edit", entry.id),
        blocks.button(share[0], "brag:share", f"{entry.id}|{share[1]}"),
        blocks.button("Undo", "brag:undo", entry.id),
    ]
    return blocks.actions(elements)


def _show_several(
    entries: Sequence[Entry],
    ladder: Ladder | None,
    words: Wording,
    today: date,
    seers: Sequence[Relation],
) -> Answer:
    who = say_who_of_several(entries, seers, words, today)
    said = words.say(FILE, "kept_several", pick=entries[0].id, count=len(entries), who=who)
    shown = [blocks.section(said)]
    for entry in entries[:MOST_SHOWN]:
        names = [f"*{escape(name)}*" for name in _names(entry, ladder)]
        facts = " · ".join([*say_facts(entry, today), *names])
        below = f"\n_{facts}_" if facts else ""
        shown.append(blocks.section(f"• {quote(entry, 160)}{below}", _menu(entry, ladder)))
    if len(entries) > MOST_SHOWN:
        shown.append(blocks.context(f"And {len(entries) - MOST_SHOWN} more: `/brag list` shows all of them."))
    undo = blocks.button("Undo all", "brag:undo-all", entries[0].capture)
    return Answer(said, [*shown, blocks.actions([undo])])


def _menu(entry: Entry, ladder: Ladder | None) -> Block:
    """What can be done to one of several; Slack takes five choices."""
    options = [
        blocks.option(
            f"Evidence for {ladder.competencies[one.competency].name}", f"confirm|{pack(entry, one)}"
        )
        for one in _suggested(entry, ladder)[:3]
        if ladder
    ]
    options += [blocks.option("Edit", f"edit|{entry.id}"), blocks.option("Undo this one", f"undo|{entry.id}")]
    return blocks.overflow("brag:menu", options)


def _names(entry: Entry, ladder: Ladder | None) -> list[str]:
    """What it is evidence for; where nothing is confirmed, the best suggestion with a question mark."""
    if ladder is None:
        return []
    confirmed = [
        one.competency for one in entry.confirmed(ladder.id) if one.competency in ladder.competencies
    ]
    if confirmed:
        return [ladder.competencies[competency].name for competency in confirmed]
    return [f"{ladder.competencies[one.competency].name}?" for one in _suggested(entry, ladder)[:1]]


def _suggested(entry: Entry, ladder: Ladder | None) -> list[Evidence]:
    """Suggestions of their own ladder that still exist on it."""
    if ladder is None:
        return []
    return [one for one in entry.suggested(ladder.id) if one.competency in ladder.competencies]


def _say_suggested(entry: Entry, ladder: Ladder | None, words: Wording) -> Mrkdwn | None:
    """Each suggestion with the words it stands on, and the expectation that a yes would count it for."""
    if ladder is None or entry.confirmed(ladder.id):
        return None
    found = _suggested(entry, ladder)
    if not found:
        return words.say(FILE, "nothing_suggested")
    lines = "\n".join(f"• {_say_suggestion(ladder, one)}" for one in found)
    return Mrkdwn(f"{words.say(FILE, 'suggested', pick=entry.id)}\n{lines}")


def _say_suggestion(ladder: Ladder, one: Evidence) -> str:
    said, text = f"*{escape(ladder.competencies[one.competency].name)}*", find_expectation(ladder, one)
    if one.words:
        said += f", from {' and '.join(f'“{escape(word)}”' for word in one.words[:MOST_WORDS])}"
    return f"{said}: “{escape(shorten(text, EXPECTATION))}”" if text else said
