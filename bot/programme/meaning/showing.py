"""What engineer and manager see of the words they are looking for together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.ladder.model import Ladder, Level
from bot.programme.meaning.model import Meaning
from bot.programme.showing import FILE, quote
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape, shorten
from bot.slack.payloads import Answer
from bot.wording import Wording

MOST = 3  # expectations at once
MOST_OPTIONS = 100
LONGEST = 800  # characters of a version that are shown

CHOOSE, WRITE, SHOW_TO = "programme:means", "programme:mean", "programme:show-to"
REWRITE, COMMON = "programme:rewrite", "programme:common"


def choose_form(ladder: Ladder, level: Level, chosen: Sequence[str], data: str, words: Wording) -> Block:
    """Up to three expectations of a level."""
    options = [
        blocks.option(f"{ladder.competencies[one.competency].name}: {one.text}", one.id)
        for competency in ladder.competencies_of(level.track)
        for one in ladder.expected_at(level, competency)
        if one.kind == "expectation"
    ][:MOST_OPTIONS]
    menu = blocks.multi_select("choose", options, chosen, "Up to three") | {"max_selected_items": MOST}
    fields = [
        blocks.section(words.say(FILE, "means_choose", level=level.title)),
        blocks.field("expectations", "Expectations", menu),
    ]
    return blocks.modal("What it means here", fields, callback=CHOOSE, data=data, submit="Next")


def write_form(ladder: Ladder, known: Mapping[str, str], callback: str, data: str, words: Wording) -> Block:
    """A field for each expectation, with what was written of it so far."""
    texts = expectation_texts(ladder)
    fields = [
        blocks.field(
            expectation,
            texts.get(expectation, expectation),
            blocks.text_input("write", text[: blocks.INPUT_TEXT], lines=True, placeholder="Here, it means …"),
        )
        for expectation, text in known.items()
    ]
    hint = blocks.section(words.say(FILE, "means_write"))
    return blocks.modal("What it means here", [hint, *fields], callback=callback, data=data, submit="Keep")


def show_to_form(data: str, words: Wording) -> Block:
    """Whom to ask, and what they will see."""
    people = blocks.people_input("choose", (), "One person") | {"max_selected_items": 1}
    fields = [
        blocks.section(words.say(FILE, "show_to_what")),
        blocks.field("manager", "Who should write their version?", people),
    ]
    return blocks.modal("Show it", fields, callback=SHOW_TO, data=data, submit="Ask them")


def common_form(ladder: Ladder, meaning: Meaning, words: Wording, typed: str = "") -> Block:
    """One text for both; it begins with what there is. `typed` while the other one changed it stays."""
    text = typed or meaning.common or meaning.mine
    expectation = expectation_texts(ladder).get(meaning.expectation, meaning.expectation)
    written = blocks.text_input("write", text[: blocks.INPUT_TEXT], lines=True)
    changed = words.say(FILE, "common_changed", text=shorten(meaning.common, LONGEST)) if typed else ""
    fields = [
        blocks.section(escape(expectation)),
        *([blocks.section(changed)] if changed else []),
        blocks.field("text", "Here, for both of us", written),
    ]
    data = f"{meaning.ask}|{meaning.expectation}|{meaning.version}"
    return blocks.modal("Common words", fields, callback=COMMON, data=data, submit="Propose")


def show_asked(meanings: Sequence[Meaning], user: str, ladder: Ladder, words: Wording) -> Answer:
    """To the manager: the expectations, and none of the engineer's words. To the engineer: who was asked."""
    one = meanings[0]
    is_manager = user == one.manager
    other = Mrkdwn(f"<@{one.engineer.user if is_manager else one.manager}>")
    done = "_done" if one.theirs else ""
    said = words.say(
        FILE, f"{'asked' if is_manager else 'waiting'}{done}", person=other, level=_title(ladder, one.level)
    )
    found = [blocks.section(said)]
    if not one.theirs:
        texts = expectation_texts(ladder)
        lines = [escape(texts.get(each.expectation, each.expectation)) for each in meanings]
        found.append(blocks.section("\n".join(f"• {line}" for line in lines)))
        found.append(blocks.actions([*([_write(one.ask)] if is_manager else []), _end(one.ask, is_manager)]))
    return Answer(said, found)


def show_both(meanings: Sequence[Meaning], user: str, ladder: Ladder, words: Wording) -> Answer:
    """Both versions of each expectation, the common words, and what one can do."""
    texts, first = expectation_texts(ladder), meanings[0]
    other = first.manager if user == first.engineer.user else first.engineer.user
    said = words.say(FILE, "both_in", person=Mrkdwn(f"<@{other}>"), level=_title(ladder, first.level))
    found: list[Block] = [blocks.section(said)]
    for n, one in enumerate(meanings):
        own, others = (one.mine, one.theirs) if user == one.engineer.user else (one.theirs, one.mine)
        found += [
            blocks.divider(),
            blocks.section(f"*{escape(texts.get(one.expectation, one.expectation))}*"),
            blocks.section("You:"),
            *quote(own, LONGEST),
            blocks.section(f"<@{other}>:"),
            *quote(others, LONGEST),
            *_show_common(one, user, other, n, words),
        ]
    change = blocks.button("Change my version", "programme:rewrite", first.ask)
    return Answer(said, [*found, blocks.divider(), blocks.actions([change, _end(first.ask, False)])])


def expectation_texts(ladder: Ladder) -> dict[str, str]:
    return {one.id: one.text for one in ladder.statements()}


def _show_common(one: Meaning, user: str, other: str, n: int, words: Wording) -> list[Block]:
    value = f"{one.ask}|{one.expectation}"
    if not one.common:
        write = blocks.button("Write common words", f"programme:common:{n}", value, primary=True)
        return [blocks.actions([write])]
    message = "common_agreed" if one.agreed_at else ("common_yours" if one.has_agreed(user) else "common_ask")
    found = [
        blocks.section(words.say(FILE, message, person=Mrkdwn(f"<@{other}>"))),
        *quote(one.common, LONGEST),
    ]
    row = [blocks.button("Change these words", f"programme:common:{n}", value)]
    if not one.has_agreed(user):
        yes = blocks.button("Agreed", f"programme:agree:{n}", f"{value}|{one.version}", primary=True)
        row.insert(0, yes)
    return [*found, blocks.actions(row)]


def _title(ladder: Ladder, level: str) -> str:
    return ladder.levels[level].title if level in ladder.levels else level


def _write(ask: str) -> Block:
    return blocks.button("Write my version", "programme:rewrite", ask, primary=True)


def _end(ask: str, is_new: bool) -> Block:
    return blocks.button("I'd rather not" if is_new else "End this", "programme:end", ask)
