"""What a source says beside its levels: `/ladder guide`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ladder import choices, promotions
from bot.ladder.blocks import name_source, offer, offers
from bot.ladder.comparison import show_guidance
from bot.ladder.messages import FILE
from bot.ladder.model import Ladder, Topic
from bot.ladder.naming import find_named
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape
from bot.slack.payloads import Answer
from bot.wording import Wording

TERMS = "terms"


def show_contents(ladder: Ladder, words: Wording, more: Sequence[Block] = ()) -> Answer:
    """The pages there are; `more` stands below them."""
    title = f"The guide of {ladder.name}"
    if not ladder.topics and not ladder.terms:
        return Answer(words.say(FILE, "guide_empty", ladder=ladder.name))
    shown = [blocks.header(title)]
    for topic in list_topics(ladder, words):
        first = _as_mrkdwn(topic.text.split("\n", 1)[0])
        read = offer(ladder, "Read", f"guide {topic.id}")
        shown.append(blocks.section(f"*{escape(topic.title)}*\n{first}", read))
    if ladder.terms:
        names = escape(", ".join(term.name for term in ladder.terms))
        shown.append(blocks.section(f"*Terms*\n{names}", offer(ladder, "Read", f"guide {TERMS}")))
    return Answer(escape(title), [*shown, *more, name_source(ladder)])


def list_topics(ladder: Ladder, words: Wording) -> list[Topic]:
    """The ladder's pages; one on promotions is among them whether or not the ladder has it."""
    topics = ladder.topics.values()
    return list({topic.id: topic for topic in (*topics, promotions.find_page(ladder, words))}.values())


def show_page(ladder: Ladder, asked: str, words: Wording) -> Answer:
    """The page that was asked for, or the contents where none comes near."""
    if step := _show_step(ladder, asked, words):
        return step
    topics = _find_topics(ladder, asked, words)
    if len(topics) == 1:
        return _show_topic(ladder, topics[0], words)
    if asked.strip().lower() in (TERMS, "glossary", "words"):
        return _show_terms(ladder)
    if topics:
        return Answer(
            "Which page?",
            [
                blocks.section(words.say(FILE, "guide_several")),
                offers(ladder, [(topic.title, f"guide {topic.id}") for topic in topics[:5]]),
            ],
        )
    contents = show_contents(ladder, words)
    if not contents.blocks:
        return contents
    note = words.say(FILE, "guide_none", asked=asked[:80])
    return Answer(note, [blocks.section(note), *contents.blocks])


def _show_step(ladder: Ladder, asked: str, words: Wording) -> Answer | None:
    """`ic-or-manager aab`: where someone is who goes through a page; None when that is not what was asked."""
    name, _, last = asked.strip().rpartition(" ")
    topics = _find_topics(ladder, name, words) if name else []
    path = choices.read_path(topics[0], last) if len(topics) == 1 else None
    return None if path is None else choices.show_step(ladder, topics[0], path, words)


def _find_topics(ladder: Ladder, asked: str, words: Wording) -> list[Topic]:
    """The page of that id, title or alias; else those that come near, best first."""
    return find_named(asked, [(topic, _names_of(topic)) for topic in list_topics(ladder, words)])


def _names_of(topic: Topic) -> list[str]:
    return [name.lower() for name in (topic.title, topic.id, *topic.aliases)]


def _show_topic(ladder: Ladder, topic: Topic, words: Wording) -> Answer:
    shown = [
        blocks.header(topic.title),
        *blocks.sections(_as_mrkdwn(topic.text)),
        *choices.invite(ladder, topic, words),
        *(promotions.show_rule(ladder, words) if topic.id == promotions.PAGE else []),
        *_show_steps(ladder, topic),
        *_offer_more(ladder, topic),
    ]
    return Answer(escape(topic.title), [*shown, name_source(ladder)])


def _show_steps(ladder: Ladder, topic: Topic) -> list[Block]:
    """What is said about the step between the two levels of the page, if it is a page about a step."""
    if len(topic.levels) != 2:
        return []
    return [
        block
        for guidance in ladder.guidance
        if {guidance.from_level, guidance.to_level} == set(topic.levels)
        for block in blocks.sections(show_guidance(guidance))
    ]


def _offer_more(ladder: Ladder, topic: Topic) -> list[Block]:
    levels = [ladder.levels[level_id] for level_id in topic.levels]
    sorted_by = [
        (f"Sort by {lens.name}", f"lens {lens.name.lower()}")
        for lens in ladder.lenses
        if lens.id in topic.lenses
    ]
    wishes = [*sorted_by, *((level.title, level.id) for level in levels[:4])]
    return [offers(ladder, [*wishes, ("All pages", "guide")])]


def _show_terms(ladder: Ladder) -> Answer:
    lines = "\n".join(f"*{escape(term.name)}:* {escape(term.text)}" for term in ladder.terms)
    shown = [blocks.header("Terms"), *blocks.sections(lines or "_This ladder explains no terms._")]
    return Answer("Terms", [*shown, name_source(ladder)])


def _as_mrkdwn(text: str) -> Mrkdwn:
    """A page is written in mrkdwn; pings are the one thing it may not do."""
    return Mrkdwn(text.replace("<!", "&lt;!"))
