"""When a question needs one more word: which level, which ladder; and what there is to find."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.ladder.agreed import AgreedWords
from bot.ladder.blocks import name_level, name_source, offers, say_agreed, say_count
from bot.ladder.messages import FILE
from bot.ladder.model import Competency, Ladder, Level, Statement
from bot.ladder.search import Found, Hit, highlight
from bot.ladder.service import Reader
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.mrkdwn import Mrkdwn, escape, shorten
from bot.slack.payloads import Answer
from bot.wording import Wording

PAGE = 8
MOST_CHOICES = 8
QUERY = 80  # as much of a question as is worth repeating


def ask_which_level(
    reader: Reader, asked: str, levels: Sequence[Level], command: Callable[[str], str], words: Wording
) -> Answer:
    """Several levels fit; `command` makes the command of a level's id."""
    text = words.say(FILE, "which_level", asked=shorten(asked, QUERY))
    lines = [f"• {name_level(level)}: {escape(level.summary or level.scope)}" for level in levels]
    wishes = [(level.title, command(level.id)) for level in levels]
    rows = [offers(reader.ladder, wishes[start : start + 5]) for start in range(0, len(wishes), 5)]
    return Answer(text, [blocks.section(text), *blocks.sections("\n".join(lines)), *rows])


def ask_which_competency(
    reader: Reader, asked: str, competencies: Sequence[Competency], words: Wording
) -> Answer:
    """Several competencies go by this name; each is shown over all levels."""
    text = words.say(FILE, "which_competency", asked=shorten(asked, QUERY))
    wishes = [(competency.name, competency.id) for competency in competencies[:MOST_CHOICES]]
    return Answer(text, [blocks.section(text), offers(reader.ladder, wishes)])


def offer_nearest(reader: Reader, asked: str, nearest: Sequence[tuple[str, str]], words: Wording) -> Answer:
    """Nothing fits; `nearest` are labels and commands of what comes close."""
    message = "no_level" if nearest else "no_level_at_all"
    text = words.say(FILE, message, asked=shorten(asked, QUERY), ladder=reader.ladder.name)
    wishes = [*nearest, (f"Search for “{shorten(asked, 40)}”", f"search {asked[:200]}"), ("Help", "help")]
    return Answer(text, [blocks.section(text), offers(reader.ladder, wishes)])


def explain_other_track(reader: Reader, level: Level, competency: Competency, words: Wording) -> Answer:
    """The level is there and the competency too, but not on the level's track."""
    tracks = ", ".join(reader.ladder.tracks[track].name for track in competency.tracks)
    text = words.say(FILE, "not_on_track", level=level.title, competency=competency.name, tracks=tracks)
    wishes = [(f"All of {level.title}", level.id), (f"{competency.name} over all levels", competency.id)]
    return Answer(text, [blocks.section(text), offers(reader.ladder, wishes)])


def ask_which_ladder(ladders: Mapping[str, Ladder], text: str, said: str) -> Answer:
    """Which ladder is theirs; what they asked is answered as soon as they choose."""
    return Answer(said, [blocks.section(said), *(_offer_ladder(ladder, text) for ladder in ladders.values())])


def list_ladders(ladders: Mapping[str, Ladder], own: Ladder) -> Answer:
    shown = [
        blocks.section(f"{_describe(ladder)} *(yours)*") if ladder is own else _offer_ladder(ladder, "")
        for ladder in ladders.values()
    ]
    return Answer("The ladders there are", [blocks.header("Ladders"), *shown])


def show_hits(reader: Reader, asked: str, found: Found, start: int, words: Wording) -> Answer:
    """A page of search results, best first."""
    query = shorten(asked, QUERY)
    if not found.hits and not found.topics:
        text = words.say(FILE, "nothing_found", asked=query, ladder=reader.ladder.name)
        return Answer(
            text, [blocks.section(text), offers(reader.ladder, [("The guide", "guide"), ("Help", "help")])]
        )
    page = found.hits[start : start + PAGE]
    end = start + len(page)
    title = words.say(FILE, "found", asked=query, count=len(found.hits), first=start + 1, last=end)
    shown = [blocks.section(title), *(_show_hit(reader, hit, found.stems) for hit in page)]
    topics = [reader.ladder.topics[topic] for topic in found.topics[:3]] if start == 0 else []
    wishes = [(f"Guide: {topic.title}", f"guide {topic.id}") for topic in topics]
    if end < len(found.hits):
        wishes.insert(0, ("More", f"search +{end} {asked[:200]}"))
    return Answer(
        title, [*shown, *([offers(reader.ladder, wishes)] if wishes else []), name_source(reader.ladder)]
    )


def show_questions(
    reader: Reader,
    level: Level,
    asked: Sequence[tuple[Competency, Sequence[tuple[Statement, str]]]],
    words: Wording,
) -> Answer:
    """Questions to ask oneself, by competency, each with what would count where the ladder says it."""
    shown = [
        blocks.header(f"Questions to ask yourself: {level.title}"),
        blocks.section(words.say(FILE, "questions_intro")),
    ]
    for competency, questions in asked:
        lines = [
            line
            for statement, question in questions
            for line in _question_lines(statement, question, reader.agreed)
        ]
        shown += blocks.sections("\n".join([f"*{escape(competency.name)}*", *lines]))
    wishes = [(f"All of {level.title}", level.id)]
    return Answer(f"Questions to ask yourself: {level.title}", [*shown, offers(reader.ladder, wishes)])


def _question_lines(statement: Statement, question: str, agreed: AgreedWords) -> list[str]:
    sample = [f"      _What would count: {escape(statement.sample)}_"] if statement.sample else []
    return [f"• {question}", *say_agreed(statement, agreed), *sample]


def _show_hit(reader: Reader, hit: Hit, stems: frozenset[str]) -> Block:
    ladder, statement = reader.ladder, hit.statement
    level, competency = ladder.levels[statement.level], ladder.competencies[statement.competency]
    text = "".join(
        f"*{escape(piece)}*" if wanted else escape(piece)
        for piece, wanted in highlight(statement.text, stems)
    )
    place = f"{name_level(level)} · {escape(competency.name)}"
    button = offers(ladder, [("Open", f"{level.id} {competency.id}")])["elements"][0]
    return blocks.section(f"{place}\n{text}", button)


def _describe(ladder: Ladder) -> Mrkdwn:
    described = sum(level.status == "described" for level in ladder.levels.values())
    name = f"*{escape(ladder.name)}* (`{ladder.id}`, version {escape(ladder.version)})"
    count = say_count(len(ladder.levels), "level", "levels")
    detail = f", {described} of them described" if described < len(ladder.levels) else ""
    return Mrkdwn(f"{name}: {escape(ladder.summary)} {count}{detail}.")


def _offer_ladder(ladder: Ladder, text: str) -> Block:
    """A ladder and the button to use it; `text` is answered then."""
    value = f"{ladder.id} {text[:1500]}".strip()
    return blocks.section(_describe(ladder), blocks.button(f"Use {ladder.name}", "ladder:use", value))
