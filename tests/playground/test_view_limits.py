"""Block Kit's rules for a modal or Home as a whole."""

import pytest

from bot.playground.limits import Refused, check_view
from bot.playground.world import Json
from tests.playground.stage import field, home, modal, plain, section, text_input

DIVIDER = {"type": "divider"}


def problems(view: Json) -> list[str]:
    with pytest.raises(Refused) as refused:
        check_view(view)
    return refused.value.messages


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        (modal(title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(submit=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/submit/text]"),
        (modal(close=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/close/text]"),
        (
            modal(private_metadata="x" * 3001),
            "must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ),
        (modal(callback_id="x" * 256), "must be less than 256 characters [json-pointer:/view/callback_id]"),
        (modal(external_id="x" * 256), "must be less than 256 characters [json-pointer:/view/external_id]"),
        (modal(*[DIVIDER] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (home(*[DIVIDER] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
        (
            {"type": "modal", "title": plain("x"), "blocks": [field("in", text_input())]},
            "missing required field: submit [json-pointer:/view]",
        ),
        (home(title=plain("x")), "invalid additional property: title [json-pointer:/view]"),
        (home(clear_on_close=True), "invalid additional property: clear_on_close [json-pointer:/view]"),
        (
            modal(*[field(each, text_input(focus_on_load=True)) for each in ("a", "b")]),
            "only one element can have `focus_on_load` [json-pointer:/view]",
        ),
    ],
)
def test_a_view_over_its_limits_is_refused(view: Json, problem: str) -> None:
    assert problems(view) == [f"[ERROR] {problem}"]


def test_a_view_of_more_than_250_kilobytes_is_too_large() -> None:
    with pytest.raises(Refused, match="view_too_large"):
        check_view(modal(*[section("x" * 2990) for _ in range(90)]))
    assert check_view(modal(*[section("x" * 2000) for _ in range(90)]))
