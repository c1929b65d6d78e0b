"""Ids of what is kept."""

from bot.ids import new_id

WEEK_DIGITS = 4


def test_ids_of_one_week_begin_alike_and_are_never_the_same() -> None:
    ids = [new_id() for _ in range(1_000)]
    assert {len(each) for each in ids} == {32}
    assert len({each[:WEEK_DIGITS] for each in ids}) <= 2  # a week may end just now
    assert len({each[WEEK_DIGITS : 2 * WEEK_DIGITS] for each in ids}) > 900  # nothing more of the time
