"""Everything every shipped ladder holds can be asked for, and each answer is one Slack takes."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from bot.contents import open_ladders, open_prompts
from bot.ladder import whereabouts
from bot.ladder.answers import Answers
from bot.ladder.choices import LETTERS
from bot.ladder.guide import list_topics
from bot.ladder.lenses import list_lenses
from bot.ladder.model import Ladder, Level
from bot.ladder.picture import describe_picture
from bot.ladder.service import Reader
from bot.people.model import PersonId
from bot.playground.limits import check_blocks, check_view
from bot.playground.world import Json
from bot.preview import Whom, preview
from bot.settings import ROOT
from bot.slack import blocks
from bot.slack.payloads import Answer
from bot.slack.uploads import LONGEST_ALT_TEXT
from bot.wording import Wording, fill

LADDERS = open_ladders(ROOT / "ladders")
PROMPTS = open_prompts(ROOT / "prompts")
WORDS = Wording(PROMPTS.messages)
ANSWERS = Answers(WORDS, lambda: LADDERS.in_force)
BROKEN = re.compile(
    r"\{\{|\}\}|\{%|\bNone\b(?! (?:of|is|are))|\[\]|\(\)|\bUndefined\b"  # what a program says by mistake
    r"|  {7}| ,|\.\.(?![.\d])|\b1 expectations|\*\*|__"  # and what a careful writer would not
)
LONGEST_TEXT = 3000  # more than this and Slack begins to cut the words of a notification


@pytest.fixture(params=sorted(LADDERS.in_force))
def ladder(request: pytest.FixtureRequest) -> Ladder:
    return LADDERS.in_force[request.param]


def read_as(ladder: Ladder, current: Level | None = None, target: Level | None = None) -> Reader:
    return Reader(PersonId("T", "U"), ladder, current, target)


def ask(ladder: Ladder, text: str, current: Level | None = None, target: Level | None = None) -> Answer:
    """The answer, which is sound."""
    answer = ANSWERS.answer(read_as(ladder, current, target), text)
    check(answer, text)
    return answer


def check(answer: Answer, asked: str) -> None:
    assert 0 < len(answer.text.strip()) <= LONGEST_TEXT, asked
    check_blocks(list(answer.blocks))
    texts = [answer.text, *texts_of(list(answer.blocks))]
    assert all(text.strip() for text in texts), asked
    assert [text for text in texts if BROKEN.search(text)] == [], asked


def texts_of(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from texts_of(item)
    elif isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "plain_text"):
            yield part["text"]
        for value in part.values():
            yield from texts_of(value)


def commands_of(answer: Answer) -> list[str]:
    """What the buttons of an answer would type."""
    rows = [block for block in answer.blocks if block["type"] == "actions"]
    buttons: list[Json] = [button for row in rows for button in row["elements"]]
    buttons += [block["accessory"] for block in answer.blocks if "accessory" in block]
    runs = [button["value"] for button in buttons if button["action_id"].startswith("ladder:run")]
    return [value.partition(" ")[2] for value in runs]


def test_every_level_is_shown_under_its_id_and_its_title(ladder: Ladder) -> None:
    for level in ladder.levels.values():
        for name in (level.id, level.title):
            assert ask(ladder, name).blocks[0]["text"]["text"] == level.title


def test_every_level_is_shown_to_people_of_every_level(ladder: Ladder) -> None:
    for level, current in product(ladder.levels.values(), repeat=2):
        ask(ladder, level.id, current, level)


def test_every_pair_of_levels_can_be_compared(ladder: Ladder) -> None:
    for one, other in product(ladder.levels.values(), repeat=2):
        ask(ladder, f"compare {one.id} {other.id}")


def test_every_competency_of_every_level_is_shown(ladder: Ladder) -> None:
    for level, competency in product(ladder.levels.values(), ladder.competencies.values()):
        if level.status == "described":
            ask(ladder, f"{level.id} {competency.name}")


def test_every_competency_and_every_group_is_found_by_name(ladder: Ladder) -> None:
    for competency in ladder.competencies.values():
        assert ask(ladder, competency.id).blocks[0]["text"]["text"] == competency.name
        answer = ask(ladder, competency.name)
        is_asking = "could be several competencies" in answer.text and competency.id in commands_of(answer)
        assert is_asking or answer.blocks[0]["text"]["text"] == competency.name
    for group in (group for lens in ladder.lenses for group in lens.groups):
        for level in ladder.levels.values():
            ask(ladder, f"{level.id} {group.name}")


def test_every_role_is_shown(ladder: Ladder) -> None:
    for role in ladder.roles.values():
        assert ask(ladder, role.name).blocks[0]["text"]["text"] == role.name


def test_every_page_of_the_guide_opens_by_id_title_and_alias(ladder: Ladder) -> None:
    ask(ladder, "guide")
    ask(ladder, "guide terms")
    for topic in list_topics(ladder, WORDS):
        for name in (topic.id, topic.title, *topic.aliases):
            assert ask(ladder, f"guide {name}").blocks[0]["text"]["text"] == topic.title


def test_every_level_has_its_questions(ladder: Ladder) -> None:
    for level in ladder.levels.values():
        ask(ladder, f"questions {level.id}")
        for competency in ladder.competencies_of(level.track):
            ask(ladder, f"questions {level.id} {competency.id}")


def test_every_competency_can_be_searched_for_to_the_last_page(ladder: Ladder) -> None:
    for competency in ladder.competencies.values():
        more = [f"search {competency.name}"]
        while more:
            answer = ask(ladder, more[0])
            more = [command for command in commands_of(answer) if command.startswith("search +")]


def test_every_place_on_the_map_is_shown_and_told_and_every_choice_of_levels_can_be_made(
    ladder: Ladder,
) -> None:
    levels = [None, *ladder.levels.values()]
    for current, target in product(levels, repeat=2):
        ask(ladder, "", current, target)
        ask(ladder, "picture", current, target)
        reader = read_as(ladder, current, target)
        assert len(" ".join(describe_picture(reader))) <= LONGEST_ALT_TEXT
        check_view(whereabouts.levels_form(reader))
        check_view(blocks.modal("My levels", whereabouts.show_whereabouts(reader, WORDS).blocks))


def test_every_button_leads_somewhere(ladder: Ladder) -> None:
    seen, ahead = set[str](), ["", "help", "list", "guide"]
    while ahead:
        command = ahead.pop()
        if command not in seen:
            seen.add(command)
            answer = ask(ladder, command)
            assert "I couldn't find" not in answer.text, command
            ahead += commands_of(answer)
    assert lens_commands(ladder) | ends_of_choices(ladder) <= seen


def lens_commands(ladder: Ladder) -> set[str]:
    """Each lens, of every ladder, over this ladder and over each of its levels."""
    described = [level for level in ladder.levels.values() if level.status == "described"]
    names = [one.lens.name.lower() for one in list_lenses(ladder, LADDERS.in_force)]
    return {
        command
        for name in names
        for command in (f"lens {name}", *(f"{level.id} by {name}" for level in described))
    }


def ends_of_choices(ladder: Ladder) -> set[str]:
    """Every way through every page that asks something."""
    return {
        f"guide {topic.id} {''.join(path)}"
        for topic in ladder.topics.values()
        if topic.choices
        for path in product(*(LETTERS[: len(choice.options)] for choice in topic.choices))
    }


def check_text(text: str, where: str) -> None:
    assert 0 < len(text.strip()) <= LONGEST_TEXT, where
    assert not BROKEN.search(text), f"{where}: {text}"


def test_every_weekly_question_and_every_step_of_a_programme_reads_well_at_every_level(
    ladder: Ladder,
) -> None:
    plain = [question for question in PROMPTS.weekly_questions if question.kind != "expectation"]
    steps = [step for programme in PROMPTS.programmes_by_id.values() for step in programme.steps]
    for level in ladder.levels.values():
        for question in plain:
            check_text(fill(question.ask, level=level.title), question.id)
        for step in steps:
            check_text(fill(step.text, level=level.title, current=level.title), step.id)


def test_every_frame_reads_well_around_everything_a_ladder_asks(ladder: Ladder) -> None:
    frames = [question for question in PROMPTS.weekly_questions if question.kind == "expectation"]
    for statement, frame in product(ladder.statements(), frames):
        if statement.kind == "expectation":
            level = ladder.levels[statement.level].title
            competency = ladder.competencies[statement.competency].name
            asked = fill(frame.ask, level=level, competency=competency, ask=ANSWERS.ask(ladder, statement))
            check_text(asked, f"{frame.id} around {statement.id}")


def test_the_preview_of_every_level_and_of_all_is_one_slack_would_take(ladder: Ladder) -> None:
    for whom in (None, *(Whom(ladder, level) for level in ladder.levels.values())):
        for block in preview(PROMPTS, [], whom):
            check_blocks([block])
            for text in texts_of(block):
                check_text(text, str(block))
