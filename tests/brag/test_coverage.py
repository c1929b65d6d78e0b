"""Which expectations have evidence, how much, how old; and which want some most."""

from dataclasses import replace

from bot.brag.coverage import Coverage, Covered, Tally, cover, next_suggestion, wanting
from bot.brag.model import Entry, Plan
from bot.ladder.model import Level
from tests.brag.evidence import SENIOR, SMALL, TODAY, on_ladder, plan, record_of, speaks_for, suggests


def covered(*entries: Entry, level: Level = SENIOR, plans: dict[str, Plan] | None = None) -> Coverage:
    return cover(SMALL, level, record_of(entries), plans or {}, TODAY)


def expectation(coverage: Coverage, name: str) -> Covered:
    return next(one for one in coverage.expectations if one.statement.id == name)


def whole(coverage: Coverage, competency: str) -> Tally:
    return next(one.whole for one in coverage.competencies if one.competency.id == competency)


def test_everything_the_level_expects_is_there_in_the_ladders_order() -> None:
    names = [one.statement.id for one in covered().expectations]
    assert names == ["s-designs", "s-reviews", "j-asks", "s-mentors"]


def test_an_expectation_that_still_holds_says_from_where() -> None:
    origins = [one.still_from and one.still_from.id for one in covered().competencies]
    assert origins == [None, "junior", None]


def test_entries_are_counted_with_the_age_of_the_newest_and_the_widest_reach() -> None:
    found = covered(
        speaks_for("s-designs", days=41, reach="team"),
        speaks_for("s-designs", days=90, reach="teams"),
        speaks_for("s-designs", days=60),
    )
    assert expectation(found, "s-designs").tally == Tally(3, 41, "teams", 0)
    assert (found.covered, found.total.entries) == (1, 3)


def test_a_suggestion_is_no_evidence_and_waits() -> None:
    found = covered(suggests("s-designs"), suggests("s-designs", "s-mentors"))
    assert expectation(found, "s-designs").tally == Tally(waiting=2)
    assert (found.covered, found.total.waiting) == (0, 2)


def test_other_suggestions_of_an_entry_with_a_confirmed_one_wait_no_more() -> None:
    one = speaks_for("s-designs")
    both = replace(one, evidence=(*one.evidence, *suggests("s-mentors").evidence))
    assert covered(both).total.waiting == 0
    assert expectation(covered(both), "s-mentors").tally == Tally()


def test_an_entry_that_speaks_for_several_expectations_is_one_entry() -> None:
    found = covered(speaks_for("s-designs", "s-reviews"))
    assert found.covered == 2
    assert found.competencies[0].total.entries == found.total.entries == 1


def test_an_entry_may_speak_for_the_competency_as_a_whole() -> None:
    found = covered(speaks_for("craft:"))
    assert whole(found, "craft").entries == 1
    assert found.covered == 0


def test_evidence_for_another_levels_expectation_or_a_fact_counts_for_the_competency() -> None:
    assert whole(covered(speaks_for("j-tests"), speaks_for("s-hours")), "craft").entries == 2


def test_evidence_under_former_ids_still_counts() -> None:
    found = covered(speaks_for("s-plans"), speaks_for("code:"))
    assert expectation(found, "s-designs").tally.entries == 1
    assert whole(found, "craft").entries == 1


def test_evidence_for_what_is_no_longer_on_the_ladder_is_left_out() -> None:
    assert covered(speaks_for("gone:"), suggests("gone:")).total == Tally()


def test_an_expectation_that_was_taken_off_leaves_its_evidence_to_the_competency() -> None:
    assert whole(covered(speaks_for("craft:s-gone")), "craft").entries == 1


def test_entries_of_another_ladder_do_not_count() -> None:
    assert covered(on_ladder(speaks_for("s-designs"), "other")).total == Tally()


def test_a_bonus_stands_apart_and_is_never_missing() -> None:
    people = covered(speaks_for("s-speaks")).competencies[2]
    assert [one.tally.entries for one in people.bonuses] == [1]
    assert (people.covered, len(people.expectations)) == (0, 1)


def test_a_plan_stands_under_its_expectation_also_when_that_was_renamed() -> None:
    found = covered(plans={"s-plans": plan("s-plans"), "s-mentors": plan("s-mentors")})
    assert [one.statement.id for one in found.expectations if one.plan] == ["s-designs", "s-mentors"]


def test_a_level_that_is_only_named_has_nothing_to_cover() -> None:
    assert covered(level=SMALL.levels["staff"]).expectations == ()


def test_reach_is_compared_with_the_levels_own() -> None:
    found = covered(
        speaks_for("s-designs", reach="team"),
        speaks_for("s-reviews", reach="outside"),
        speaks_for("s-mentors"),
    )
    narrow = [one.statement.id for one in found.expectations if found.is_narrow(one.tally)]
    assert (narrow, found.as_wide) == (["s-designs"], 1)


def wanted(*entries: Entry) -> list[str]:
    return [one.statement.id for one in wanting(covered(*entries))]


def test_what_has_no_evidence_is_wanted_first_then_old_then_narrow() -> None:
    assert wanted(
        speaks_for("s-designs", reach="teams"),
        speaks_for("s-reviews", reach="me"),
        speaks_for("s-mentors", days=200),
    ) == ["j-asks", "s-mentors", "s-reviews", "s-designs"]


def test_the_older_of_two_is_wanted_first() -> None:
    old = [speaks_for("s-reviews", days=300), speaks_for("s-designs", days=100), speaks_for("s-mentors")]
    assert wanted(*old, speaks_for("j-asks"))[:2] == ["s-reviews", "s-designs"]


def test_one_of_every_competency_comes_before_a_second_of_any() -> None:
    assert wanted()[:3] == ["s-designs", "j-asks", "s-mentors"]


def test_a_little_covered_competency_comes_first() -> None:
    assert wanted(speaks_for("craft:"), speaks_for("people:"))[0] == "j-asks"


def test_suggestions_are_gone_through_newest_first() -> None:
    old, new = suggests("s-designs", days=9), suggests("s-designs", days=2)
    record = record_of([old, speaks_for("s-designs"), new])
    assert next_suggestion(record, SMALL) == new.id
    assert next_suggestion(record, SMALL, after=new.id) == old.id
    assert next_suggestion(record, SMALL, after=old.id) is None


def test_a_suggestion_of_another_ladder_or_of_a_lost_competency_is_not_gone_through() -> None:
    others = [on_ladder(suggests("s-designs"), "other"), suggests("gone:"), speaks_for("s-designs")]
    assert next_suggestion(record_of(others), SMALL) is None
