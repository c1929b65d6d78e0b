"""Block Kit's rules: what a message, a modal and Home may hold."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.playground.limits import Refused, check_blocks, check_view
from bot.playground.world import Json
from tests.playground.stage import (
    actions,
    button,
    field,
    home,
    modal,
    option,
    plain,
    section,
    select,
    text_input,
)

DIVIDER = {"type": "divider"}
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A"}
RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Hi ", "style": {"bold": True}},
                {"type": "user", "user_id": "U1"},
                {"type": "link", "url": "https://example.com"},
                {"type": "emoji", "name": "wave"},
                {"type": "broadcast", "range": "here"},
                {"type": "date", "timestamp": 1, "format": "{date}"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": []}],
        },
        {"type": "rich_text_quote", "elements": []},
        {"type": "rich_text_preformatted", "elements": [], "language": "python"},
    ],
}
MENU = {"type": "multi_static_select", "options": [option("a")], "max_selected_items": 1}
PEOPLE_MENU = {"type": "multi_users_select", "initial_users": ["U1", "U2"], "max_selected_items": 2}
PICKERS: list[Json] = [
    {"type": "users_select", "initial_user": "U1", "placeholder": plain("Who")},
    {"type": "conversations_select", "filter": {"include": ["im"]}},
    {"type": "radio_buttons", "options": [{"text": {"type": "mrkdwn", "text": "*a*"}, "value": "a"}]},
    {"type": "checkboxes", "options": [option("a")], "initial_options": [option("a")]},
    {"type": "datepicker", "initial_date": "2026-11-21"},
    {"type": "timepicker", "initial_time": "09:30", "timezone": "Europe/Lisbon"},
]


def header(text: str) -> Json:
    return {"type": "header", "text": plain(text)}


def context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements)}


def with_accessory(accessory: Json) -> Json:
    return section("x", accessory=accessory)


def confirm(**lengths: int) -> Json:
    sizes = {"title": 100, "text": 300, "confirm": 30, "deny": 30} | lengths
    return {name: plain("x" * length) for name, length in sizes.items()}


def accepted_alike(block: Json) -> bool:
    """A block that may stand in a message, a modal and Home."""
    check_blocks([block])
    check_view(modal(block))
    check_view(home(block))
    return True


@pytest.mark.parametrize(
    "block",
    [
        section("x" * 3000),
        {"type": "section", "fields": [plain("x" * 2000)] * 10},
        with_accessory(IMAGE),
        with_accessory(MENU),
        with_accessory({"type": "overflow", "options": [{**option("a"), "url": "https://example.com"}] * 5}),
        header("x" * 150),
        DIVIDER,
        actions(*[button(f"b{n}") for n in range(25)]),
        actions(*PICKERS),
        actions(button("b", "x" * 2000, style="danger", url="https://example.com", confirm=confirm())),
        context(*[plain("x")] * 9, IMAGE),
        IMAGE | {"title": plain("x" * 2000)},
        {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A"},
        *[field("in", element, optional=True, hint=plain("x")) for element in (*PICKERS, MENU, PEOPLE_MENU)],
        field("in", text_input(multiline=True, min_length=1, max_length=3000)),
        field("in", select("a", *[str(number) for number in range(100)])),
        RICH,
    ],
)
def test_what_keeps_the_limits_may_stand_anywhere(block: Json) -> None:
    assert accepted_alike(block)


def test_markdown_stands_in_messages_only() -> None:
    block = {"type": "markdown", "text": "x" * 12_000}
    check_blocks([block])
    for view in (modal(block), home(block)):
        assert problems(check_view, view) == [
            "[ERROR] unsupported type: markdown [json-pointer:/view/blocks/0/type]"
        ]


def problems(check: Callable[[Any], Any], sent: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        check(sent)
    return refused.value.messages


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        (section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        ({"type": "section"}, "must define either `fields` or `text` [json-pointer:/blocks/0]"),
        (
            {"type": "section", "fields": [plain("x" * 2001)]},
            "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
        ),
        (
            {"type": "section", "fields": [plain("x")] * 11},
            "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
        ),
        ({"type": "section", "text": "x"}, "must provide an object [json-pointer:/blocks/0/text]"),
        (section("x", color="red"), "invalid additional property: color [json-pointer:/blocks/0]"),
        (section("x", accessory=None), "must not be null: accessory [json-pointer:/blocks/0]"),
        (
            section("x", block_id="x" * 256),
            "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
        ),
        (
            with_accessory(text_input()),
            "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]",
        ),
        (header("x" * 151), "must be less than 151 characters [json-pointer:/blocks/0/text/text]"),
        ({"type": "header"}, "missing required field: text [json-pointer:/blocks/0]"),
        (
            {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
            "must be one of: 'plain_text' [json-pointer:/blocks/0/text/type]",
        ),
        (actions(), "no less than 1 items allowed [json-pointer:/blocks/0/elements]"),
        (
            actions(*[button(f"b{n}") for n in range(26)]),
            "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
        ),
        (actions(button("same"), button("same")), "`action_id` same already exists [json-pointer:/blocks/0]"),
        (actions(MENU), "unsupported type: multi_static_select [json-pointer:/blocks/0/elements/0/type]"),
        (context(*[plain("x")] * 11), "no more than 10 items allowed [json-pointer:/blocks/0/elements]"),
        (context(button("b")), "unsupported type: button [json-pointer:/blocks/0/elements/0/type]"),
        (
            {"type": "image", "image_url": "https://example.com"},
            "missing required field: alt_text [json-pointer:/blocks/0]",
        ),
        (
            {"type": "image", "alt_text": "A"},
            "must define either `image_url` or `slack_file` [json-pointer:/blocks/0]",
        ),
        (IMAGE | {"image_url": "a.png"}, "invalid format [json-pointer:/blocks/0/image_url]"),
        (field("in", button("b")), "unsupported type: button [json-pointer:/blocks/0/element/type]"),
        (
            {"type": "input", "element": text_input()},
            "missing required field: label [json-pointer:/blocks/0]",
        ),
        (
            {"type": "rich_text", "elements": [{"type": "text"}]},
            "unsupported type: text [json-pointer:/blocks/0/elements/0/type]",
        ),
        ({"type": "video"}, "unsupported type: video [json-pointer:/blocks/0/type]"),
        ({"text": plain("x")}, "missing required field: type [json-pointer:/blocks/0]"),
        ("section", "must provide an object [json-pointer:/blocks/0]"),
    ],
)
def test_a_block_over_its_limits_is_refused_with_the_place(block: Json, problem: str) -> None:
    assert problems(check_blocks, [block]) == [f"[ERROR] {problem}"]


@pytest.mark.parametrize(
    ("element", "problem"),
    [
        (button("b") | {"text": plain("x" * 76)}, "must be less than 76 characters"),
        (button("b", "x" * 2001), "must be less than 2001 characters"),
        (button("b", style="loud"), "must be one of: 'primary' or 'danger'"),
        (button("x" * 256), "must be less than 256 characters"),
        (button("b", confirm=confirm(title=101)), "must be less than 101 characters"),
        (button("b", confirm=confirm(text=301)), "must be less than 301 characters"),
        (button("b", confirm=confirm(deny=31)), "must be less than 31 characters"),
        ({"type": "overflow", "options": []}, "no less than 1 items allowed"),
        ({"type": "overflow", "options": [option("a")] * 6}, "no more than 5 items allowed"),
        ({"type": "static_select"}, "must define either `options` or `option_groups`"),
        (select("s", *[str(number) for number in range(101)]), "no more than 100 items allowed"),
        (select("s", "x" * 151), "must be less than 151 characters"),
        (select("s", "a", placeholder=plain("x" * 151)), "must be less than 151 characters"),
        (
            select("s", "a", initial_option=option("b")),
            "initial option must exactly match one of the options",
        ),
        (
            {"type": "static_select", "options": [option("a") | {"url": "https://x"}]},
            "invalid additional property: url",
        ),
        ({"type": "radio_buttons", "options": [option("a")] * 11}, "no more than 10 items allowed"),
        ({"type": "checkboxes", "options": [option("a")] * 11}, "no more than 10 items allowed"),
        ({"type": "datepicker", "initial_date": "21.11.2026"}, "invalid format"),
        ({"type": "timepicker", "initial_time": "25:00"}, "invalid format"),
        ({"type": "timepicker", "timezone": "Europe/Atlantis"}, "invalid timezone"),
        ({"type": "conversations_select", "filter": {}}, "must define at least one filter"),
    ],
)
def test_an_element_over_its_limits_is_refused(element: Json, problem: str) -> None:
    found = problems(check_blocks, [actions(element)])
    assert any(each.startswith(f"[ERROR] {problem} [json-pointer:/blocks/0/elements/0") for each in found), (
        found
    )


@pytest.mark.parametrize(
    "element",
    [
        text_input(max_length=3001),
        text_input(max_length=0),
        text_input(min_length=5, max_length=4),
        text_input(initial_value="x" * 3001),
        MENU | {"max_selected_items": 0},
        MENU | {"options": [], "option_groups": []},
        MENU | {"option_groups": [{"label": plain("x"), "options": [option("a")]}]},
    ],
)
def test_an_input_over_its_limits_is_refused(element: Json) -> None:
    assert problems(check_view, modal(field("in", element)))


def test_grouped_options_may_hold_the_initial_one() -> None:
    group = {"label": plain("x" * 75), "options": [option("a")]}
    menu = {"type": "static_select", "option_groups": [group], "initial_option": option("a")}
    assert accepted_alike(actions(menu))


@pytest.mark.parametrize(
    ("blocks", "problem"),
    [
        ([DIVIDER] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
        ([DIVIDER | {"block_id": "a"}] * 2, "`block_id` a already exists [json-pointer:]"),
        (
            [{"type": "markdown", "text": "x" * 6001}] * 2,
            "markdown blocks together must be less than 12001 characters [json-pointer:]",
        ),
    ],
)
def test_a_message_over_its_limits_is_refused(blocks: list[Json], problem: str) -> None:
    assert problems(check_blocks, blocks) == [f"[ERROR] {problem}"]


def test_a_hundred_blocks_fit_into_a_view_and_fifty_into_a_message() -> None:
    assert len(check_view(home(*[DIVIDER] * 100))["blocks"]) == 100
    assert len(check_blocks([DIVIDER] * 50)) == 50


def test_every_fault_is_named() -> None:
    assert len(problems(check_blocks, [section(""), header("")])) == 2
