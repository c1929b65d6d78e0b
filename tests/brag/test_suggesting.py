"""Suggested competencies, from the words of a ladder and of the person's own confirmed entries."""

from functools import lru_cache

import pytest

from bot.brag.suggesting.confirmed import Confirmed
from bot.brag.suggesting.suggest import Suggestion, suggest
from bot.ladder.load import parse_ladder, read_ladder
from bot.ladder.model import Ladder
from bot.settings import ROOT

LITTLE = """
id: little
name: Little
version: "1.0"
summary: Two tracks, two levels.
source: {name: Our handbook}
tracks:
  - {id: ic, name: Individual contributor}
  - {id: m, name: Management}
competencies:
  - {id: helping, name: Helping others grow, tracks: [ic]}
  - {id: care, name: Care for what runs, tracks: [ic]}
  - {id: words, name: Clear words, tracks: [ic]}
  - {id: choosing, name: Choosing what to do, tracks: [ic]}
  - {id: staffing, name: Staffing, tracks: [m]}
levels:
  - id: junior
    title: Junior Engineer
    track: ic
    rank: 1
    expects:
      helping: [{id: junior-shares, text: Shows a colleague how something works.}]
      care: [{id: junior-watches, text: Keeps a dashboard open after a deploy.}]
      words: [{id: junior-writes, text: Writes down what was decided.}]
      choosing: [{id: junior-asks, text: Asks what is urgent before starting.}]
  - id: senior
    title: Senior Engineer
    track: ic
    rank: 2
    expects:
      helping: [{id: senior-mentors, text: Mentors a junior engineer over months.}]
      care: [{id: senior-incidents, text: "Runs the response to an outage, and finds the cause."}]
      words: [{id: senior-explains, text: Explains a trade-off in a design document.}]
      choosing: [{id: senior-cuts, text: Cuts the scope when time is short.}]
  - id: lead
    title: Team Lead
    track: m
    rank: 2
    expects:
      staffing: [{id: lead-hires, text: "Mentors, interviews and hires engineers."}]
"""


@pytest.fixture
def little() -> Ladder:
    return parse_ladder(LITTLE, "little.yaml")


@lru_cache
def shipped(name: str) -> Ladder:
    return read_ladder(ROOT / "ladders" / f"{name}.yaml")


def first(suggestions: tuple[Suggestion, ...]) -> str:
    return suggestions[0].competency


@pytest.mark.parametrize(
    ("entry", "competency"),
    [
        ("Mentored Ana through her first on-call week", "engineering-influence"),
        ("Interviewed three candidates for the mobile team", "engineering-influence"),
        ("Refactored the payment tests, no flaky ones left", "code-quality"),
        ("Told my manager early that the date would slip", "management-relationship"),
        ("Sat down with the designer to cut the form to two fields", "cross-functional-collaboration"),
    ],
)
def test_an_entry_finds_its_competency_in_the_ladder_that_comes_along(entry: str, competency: str) -> None:
    ladder = shipped("artsy")
    assert first(suggest(ladder, entry, ladder.levels["ic4"])) == competency


def test_words_that_stand_for_others_find_it_without_a_word_in_common(little: Ladder) -> None:
    assert first(suggest(little, "Paged at night: rolled back, postmortem held")) == "care"
    assert first(suggest(little, "Drafted an RFC")) == "words"


def test_a_word_is_known_in_all_its_forms(little: Ladder) -> None:
    assert first(suggest(little, "Kept Falcon going")) == "care"
    assert first(suggest(little, "Deploying Falcon")) == "care"


def test_words_that_only_look_alike_are_kept_apart() -> None:
    text = LITTLE.replace("Clear words", "Product").replace("Care for what runs", "Production")
    little = parse_ladder(text, "little.yaml")
    assert first(suggest(little, "A quiet night in production")) == "care"
    assert first(suggest(little, "A quiet night for the product")) == "words"


def test_a_suggestion_names_the_words_it_stands_on_as_they_were_written(little: Ladder) -> None:
    suggestion = suggest(little, "MENTORED Ana over the summer")[0]
    assert suggestion.competency == "helping"
    assert suggestion.words[0] == "MENTORED"
    assert "Ana" not in suggestion.words


def test_words_that_belong_together_are_named_together() -> None:
    suggestion = suggest(shipped("artsy"), "Improved how we do code review")[0]
    assert any("code review" in word for word in suggestion.words)


def test_it_names_the_expectation_that_comes_nearest(little: Ladder) -> None:
    assert suggest(little, "Mentored a junior engineer")[0].expectation == "senior-mentors"


def test_an_expectation_of_the_level_aimed_at_is_named_before_another(little: Ladder) -> None:
    entry = "Showed Ana, a junior engineer, how a deploy works"
    assert suggest(little, entry, little.levels["junior"])[0].expectation == "junior-shares"
    assert suggest(little, entry, little.levels["senior"])[0].expectation == "senior-mentors"


def test_one_of_another_level_is_named_where_it_comes_much_nearer(little: Ladder) -> None:
    entry = "Mentored a junior engineer over months"
    assert suggest(little, entry, little.levels["junior"])[0].expectation == "senior-mentors"


def test_only_competencies_of_the_track_aimed_at_are_suggested(little: Ladder) -> None:
    entry = "Mentored and interviewed engineers"
    assert first(suggest(little, entry, little.levels["lead"])) == "staffing"
    assert "staffing" not in [s.competency for s in suggest(little, entry, little.levels["senior"])]


@pytest.mark.parametrize(
    "said", ["thanks", "Thanks a lot!", "asdf qwer zxcv", "", "🎉", "it was what it was"]
)
def test_nothing_is_suggested_without_evidence(said: str) -> None:
    assert suggest(shipped("artsy"), said) == ()


def test_there_are_never_more_than_three() -> None:
    entry = (
        "Planned, tested, documented, reviewed, presented, mentored, hired, fixed and shipped for customers"
    )
    for name in ("ai", "artsy", "data-science", "escrowtab-ml"):
        assert len(suggest(shipped(name), entry)) == 3


def test_they_stand_best_first_and_say_how_far_ahead_they_are(little: Ladder) -> None:
    found = suggest(little, "Wrote a design document after the outage and mentored a junior engineer")
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
    assert found[0].confidence == pytest.approx((found[0].score - found[1].score) / found[0].score)
    assert all(0 <= s.confidence <= 1 for s in found)


def test_what_one_confirmed_steers_what_is_suggested_next(little: Ladder) -> None:
    entry = "Weekly Falcon digest went out"
    assert "choosing" not in [s.competency for s in suggest(little, entry)]
    confirmed = Confirmed.on(little, [("Falcon digest: what matters this week", "choosing")])
    suggestion = suggest(little, entry, confirmed=confirmed)[0]
    assert suggestion.competency == "choosing"
    assert {"Falcon", "digest"} <= set(suggestion.words)


def test_an_entry_confirmed_for_two_competencies_speaks_for_both(little: Ladder) -> None:
    confirmed = Confirmed.on(little, [("Falcon digest", "choosing"), ("Falcon digest", "care")])
    found = suggest(little, "Falcon digest again", confirmed=confirmed)
    assert {s.competency for s in found} == {"choosing", "care"}


def test_what_others_confirmed_changes_nothing(little: Ladder) -> None:
    entry = "Weekly Falcon digest went out"
    before = suggest(little, entry)
    someone_else = Confirmed.on(little, [("Falcon digest: what matters this week", "choosing")])
    suggest(little, entry, confirmed=someone_else)
    assert suggest(little, entry) == before
    assert suggest(little, entry, confirmed=Confirmed.on(little, [])) == before


def test_a_competency_that_is_gone_from_the_ladder_is_not_suggested(little: Ladder) -> None:
    confirmed = Confirmed.on(little, [("Falcon digest", "forgotten")])
    assert suggest(little, "Falcon digest", confirmed=confirmed) == ()
