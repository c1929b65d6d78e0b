"""An agenda: what stands on it, in which order, and what happens where there is little or much."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.oneonone.agenda.model import Standpoint, WinLine
from bot.oneonone.agenda.room import asked_of
from bot.oneonone.model import AskedOf, Meeting, Occasion
from tests.oneonone.agendas import (
    LADDER,
    NOW,
    PAIR,
    SENIOR_TO_STAFF,
    TODAY,
    asks,
    build,
    entry,
    item,
    kinds,
    point,
    record,
    series,
    shares,
    tell,
    texts,
)

MUCH = {
    "points": [point(f"topic {n}") for n in range(9)],
    "items": [item(f"item {n}") for n in range(9)],
    "lately": [entry(f"win {n}", f"win {n}") for n in range(9)],
    "counted": record(*(entry(f"win {n}") for n in range(9))),
}


def test_it_begins_with_what_the_engineer_wants_to_talk_about() -> None:
    points = [point("Ben's news", author="UBEN"), point("my own question")]
    agenda = build(shares(points=points, items=[item("ask Dana")], lately=[entry("w", "a win")]))
    assert kinds(agenda) == ["point", "point", "item", "win", "ask", "plate"]
    assert texts(agenda) == ["my own question", "Ben's news", "ask Dana", "a win"]


def test_every_line_says_why_it_is_there_and_what_comes_next() -> None:
    for occasion in ("usual", "first", "after-leave", "before-review", "after-a-no"):
        for told in tell(build(shares(**MUCH), occasion=occasion)) + tell(build(shares(), occasion=occasion)):
            assert all((told.head, told.text, told.why, told.step))


@pytest.mark.parametrize(("minutes", "most"), [(15, 4), (30, 6), (45, 7), (60, 7)])
def test_there_are_only_as_many_lines_as_the_meeting_has_time_for(minutes: int, most: int) -> None:
    agenda = build(shares(series=series(minutes), **MUCH))
    assert len(agenda.lines) == most
    assert kinds(agenda)[-2:] == ["ask", "plate"]


def test_where_there_is_much_each_part_gets_a_line_before_any_gets_a_second() -> None:
    agenda = build(shares(series=series(45), **MUCH))
    assert kinds(agenda) == ["point", "point", "item", "item", "win", "ask", "plate"]
    assert agenda.left_out == {"points": 7, "items": 7, "wins": 8}


def test_with_nothing_shared_it_is_made_from_the_ladder() -> None:
    agenda = build(shares())
    assert kinds(agenda) == ["opener", "ask", "outlook", "plate"]
    assert agenda.is_bare
    assert asks(agenda)[0].statement in list(LADDER.statements())


def test_an_item_whose_day_has_come_is_told_apart() -> None:
    due, later = item("due", due_on=TODAY), item("later", due_on=TODAY + timedelta(days=9))
    said = tell(build(shares(items=[due, later])))
    steps = [told.step for told in said if told.head == "Agreed and still open"]
    assert "day" in steps[0]
    assert steps[0] != steps[1]


def test_a_topic_older_than_the_last_meeting_is_one_of_several_meetings() -> None:
    [told] = [told for told in tell(build(shares(points=[point("the bet", weeks=3)]))) if "bet" in told.text]
    assert "several meetings" in told.why


def test_a_win_says_what_it_speaks_for_and_what_is_unsaid() -> None:
    done = entry("w", "Cut builds", "communication", "ic6-unambiguous", reach="me", result="open")
    agenda = build(shares(lately=[done], counted=record(done)))
    [win] = [line for line in agenda.lines if isinstance(line, WinLine)]
    assert win.competency == LADDER.competencies["communication"]
    assert win.lacks == ("outcome", "reach")
    [told] = [told for told in tell(agenda) if told.line == win]
    assert "Speaks for *Communication*" in told.why
    assert "several teams" in told.step


def test_what_is_said_to_its_end_lacks_nothing() -> None:
    done = entry("w", "Cut builds", reach="teams", result="said")
    [win] = [line for line in build(shares(lately=[done])).lines if isinstance(line, WinLine)]
    assert win.lacks == ()


def test_wins_that_speak_for_something_and_reached_far_come_first() -> None:
    lately = [
        entry("a", "plain"),
        entry("b", "near", "communication", reach="team"),
        entry("c", "far", "communication", reach="organization"),
    ]
    assert texts(build(shares(lately=lately))) == ["far", "near", "plain"]


# The growth question


def test_there_is_one_growth_question_about_the_target_level() -> None:
    [line] = asks(build(shares()))
    assert line.question
    assert line.statement
    assert line.competency
    assert line.statement.level == "ic6"
    assert line.question.side == "manager"
    assert line.question.families[0] in line.competency.families
    assert "staff" in line.question.bands


def test_it_is_about_what_little_that_is_shared_speaks_for() -> None:
    """Everything has fresh evidence but for one expectation."""
    level = LADDER.levels["ic6"]
    new = [
        one
        for competency in LADDER.competencies_of("ic")
        for one in LADDER.cell(level.id, competency.id).statements
        if one.kind == "expectation"
    ]
    left, *others = new
    counted = [entry(one.id, "", one.competency, one.id, reach="teams") for one in others]
    [line] = asks(build(shares(counted=record(*counted))))
    assert (line.statement, line.want) == (left, "none")


@pytest.mark.parametrize(
    ("age", "reach", "want"), [(200, "teams", "old"), (5, "me", "narrow"), (5, "teams", "settled")]
)
def test_it_says_what_there_is_for_it(age: int, reach: str, want: str) -> None:
    counted = [
        entry(one.id, "", one.competency, one.id, age=age, reach=reach)  # type: ignore[arg-type]
        for one in LADDER.statements()
    ]
    agenda = build(shares(counted=record(*counted)))
    [line] = asks(agenda)
    assert line.want == want
    assert all("Nothing shared" not in told.why for told in tell(agenda))


def test_it_is_the_same_for_the_same_pair_and_day_and_another_one_some_meetings_later() -> None:
    weeks = [build(shares(series=series(30, days=1 + 7 * n))) for n in range(8)]
    assert build(shares()).asked == build(shares()).asked
    assert len({agenda.asked for agenda in weeks}) > 3


def test_what_was_asked_in_the_last_weeks_does_not_come_again() -> None:
    asked: list[AskedOf] = []
    for week in range(8):
        day = TODAY + timedelta(weeks=week)
        before = [Meeting("m", PAIR, day - timedelta(days=7), NOW)]
        times = series(30, days=7 * week)
        agenda = build(shares(series=times, meetings=before, asked=list(reversed(asked))), today=day)
        one = asked_of(agenda, day)
        assert one
        asked.append(one)
    assert len({one.question for one in asked}) == 8
    assert len({one.expectation for one in asked}) == 8


def test_words_the_two_agreed_on_stand_with_the_expectation() -> None:
    [line] = asks(build(shares()))
    assert line.statement
    agenda = build(shares(), meanings={line.statement.id: "Here: <three> squads & more"})
    [told] = [told for told in tell(agenda) if told.head == "One question to grow by"]
    assert "as you two agreed: “Here: &lt;three&gt; squads &amp; more”" in told.why


def test_a_target_that_is_kept_private_is_not_spoken_of() -> None:
    agenda = build(shares(), Standpoint(LADDER, LADDER.levels["ic5"]))
    said = "\n".join(f"{told.head}{told.text}{told.why}{told.step}" for told in tell(agenda))
    assert "Staff" not in said
    assert "Senior Engineer 2" in said
    assert "outlook" not in kinds(agenda)


def test_a_level_the_ladder_only_names_has_a_question_all_the_same() -> None:
    [line] = asks(build(shares(), Standpoint(LADDER, LADDER.levels["ic6"], LADDER.levels["ic7"])))
    assert line.question
    assert line.statement is None


@pytest.mark.parametrize("standpoint", [Standpoint(), Standpoint(LADDER)])
def test_without_a_level_it_is_asked_which_one_it_is_to_be(standpoint: Standpoint) -> None:
    agenda = build(shares(), standpoint)
    assert "Which level would you like to grow towards, Ana?" in [told.text for told in tell(agenda)][-2]


# Occasions


def met(days_ago: int) -> list[Meeting]:
    return [Meeting("m1", PAIR, TODAY - timedelta(days=days_ago), NOW - timedelta(days=days_ago))]


@pytest.mark.parametrize(
    ("meetings", "every", "occasion"),
    [
        ([], 1, "first"),
        (met(7), 1, "usual"),
        (met(21), 1, "usual"),
        (met(40), 1, "after-leave"),
        (met(40), 4, "usual"),
        (met(90), 4, "after-leave"),
    ],
)
def test_the_occasion_is_told_from_the_meetings_there_were(
    meetings: list[Meeting], every: int, occasion: Occasion
) -> None:
    assert build(shares(meetings=meetings, series=series(30, every))).occasion == occasion


@pytest.mark.parametrize("occasion", ["first", "after-leave", "before-review", "after-a-no"])
def test_an_occasion_has_a_list_of_its_own(occasion: Occasion) -> None:
    agenda = build(shares(), occasion=occasion)
    assert kinds(agenda) == ["ask", "ask", "ask", "plate"]
    assert {line.question.when for line in asks(agenda) if line.question} == {occasion}
    assert len({line.question for line in asks(agenda)}) == 3


def test_topics_come_first_on_every_occasion() -> None:
    agenda = build(shares(**MUCH), occasion="before-review")
    assert kinds(agenda) == ["point", "point", "item", "win", "ask", "plate"]


# Nothing but shared facts


def test_the_same_shared_facts_give_the_same_list() -> None:
    shared = shares(**MUCH)
    assert build(shared) == build(replace(shared))


def test_without_a_time_the_list_stays_the_same_all_week() -> None:
    friday = TODAY + timedelta(days=4)
    monday = build(shares(series=None))
    assert monday.asked == build(shares(series=None), today=friday).asked
    assert monday.lines[-1] == build(shares(series=None), SENIOR_TO_STAFF, friday).lines[-1]
