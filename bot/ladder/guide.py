"""What a source says beside its levels: `/ladder guide`."""

from __future__ import annotations

from rapidfuzz import fuzz

from bot.ladder.blocks import name_source, offer, offers
from bot.ladder.comparison import show_guidance
from bot.ladder.model import Ladder, Topic
from bot.slack import blocks
from bot.slack.mrkdwn import Mrkdwn, escape
from bot.slack.payloads import Answer
from bot.wording import Wording

TERMS = "terms"
LIKELY = 75  # rapidfuzz score from which a topic's name counts as meant


def show_contents(ladder: Ladder, words: Wording) -> Answer:
    """The pages there are."""
    title = f"The guide of {ladder.name}"
    if not ladder.topics and not ladder.terms:
        return Answer(words.say("ladder/messages", "guide_empty", ladder=ladder.name))
    shown = [blocks.header(title)]
    for topic in ladder.topics.values():
        first = _as_mrkdwn(topic.text.split("\n", 1)[0])
        read = offer(ladder, "Read", f"guide {topic.id}")
        shown.append(blocks.section(f"*{escape(topic.title)}*\n{first}", read))
    if ladder.terms:
        names = escape(", ".join(term.name for term in ladder.terms))
        shown.append(blocks.section(f"*Terms*\n{names}", offer(ladder, "Read", f"guide {TERMS}")))
    return Answer(escape(title), [*shown, name_source(ladder)])


def show_page(ladder: Ladder, asked: str, words: Wording) -> Answer:
    """The page that was asked for, or the contents where none comes near."""
    topics = find_topics(ladder, asked)
    if len(topics) == 1:
        return _show_topic(ladder, topics[0])
    if asked.strip().lower() in (TERMS, "glossary", "words"):
        return _show_terms(ladder)
    if topics:
        return Answer(
            "Which page?",
            [
                blocks.section(words.say("ladder/messages", "guide_several")),
                offers(ladder, [(topic.title, f"guide {topic.id}") for topic in topics[:5]]),
            ],
        )
    contents = show_contents(ladder, words)
    if not contents.blocks:
        return contents
    note = words.say("ladder/messages", "guide_none", asked=asked[:80])
    return Answer(note, [blocks.section(note), *contents.blocks])


def find_topics(ladder: Ladder, asked: str) -> list[Topic]:
    """The page of that id, title or alias; else those that come near, best first."""
    wanted = asked.strip().lower()
    for topic in ladder.topics.values():
        if wanted in (topic.id, topic.title.lower(), *(alias.lower() for alias in topic.aliases)):
            return [topic]
    likeness = {topic: _likeness(wanted[:100], topic) for topic in ladder.topics.values()}
    most = max(likeness.values(), default=0)
    return [topic for topic, score in likeness.items() if score == most >= LIKELY]


def _likeness(wanted: str, topic: Topic) -> float:
    """Words in any order, and single names with a typo."""
    names = [name.lower() for name in (topic.id, topic.title, *topic.aliases)]
    return max(
        fuzz.token_set_ratio(wanted, " ".join(names[1:])), *(fuzz.ratio(wanted, name) for name in names)
    )


def _show_topic(ladder: Ladder, topic: Topic) -> Answer:
    levels = [ladder.levels[level_id] for level_id in topic.levels]
    shown = [blocks.header(topic.title), *blocks.sections(_as_mrkdwn(topic.text))]
    if len(levels) == 2:
        shown += [
            blocks.section(show_guidance(guidance))
            for guidance in ladder.guidance
            if {guidance.from_level, guidance.to_level} == set(topic.levels)
        ]
    wishes = [(level.title, level.id) for level in levels[:4]]
    shown.append(offers(ladder, [*wishes, ("All pages", "guide")]))
    return Answer(escape(topic.title), [*shown, name_source(ladder)])


def _show_terms(ladder: Ladder) -> Answer:
    lines = "\n".join(f"*{escape(term.name)}:* {escape(term.text)}" for term in ladder.terms)
    shown = [blocks.header("Terms"), *blocks.sections(lines or "_This ladder explains no terms._")]
    return Answer("Terms", [*shown, name_source(ladder)])


def _as_mrkdwn(text: str) -> Mrkdwn:
    """A page is written in mrkdwn; pings are the one thing it may not do."""
    return Mrkdwn(text.replace("<!", "&lt;!"))
