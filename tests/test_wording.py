"""What Rung says, in the words of prompt files."""

from functools import partial
from pathlib import Path

import pytest

from bot.content_library import Library
from bot.errors import ContentError
from bot.slack.mrkdwn import Mrkdwn
from bot.wording import Wording, fingerprint, needs_of, read_prompts

NEEDS = needs_of({"slice/messages": {"hello": "name", "bye": ""}})
GOOD = "hello: Hello {{ name }}!\nbye: [See you, Take care, So long]\n"


def wording(tmp_path: Path, text: str) -> Wording:
    (tmp_path / "slice").mkdir()
    (tmp_path / "slice" / "messages.yaml").write_text(text)
    library = Library(tmp_path, partial(read_prompts, NEEDS, ()))
    library.refresh()
    assert library.problems == ()
    return Wording(library)


def complaints(text: str) -> str:
    with pytest.raises(ContentError) as raised:
        read_prompts(NEEDS, (), text, "slice/messages.yaml")
    return str(raised.value)


def test_a_value_is_escaped_and_what_is_marked_as_mrkdwn_is_not(tmp_path: Path) -> None:
    words = wording(tmp_path, GOOD)
    assert words.say("slice/messages", "hello", name="<!channel>") == "Hello &lt;!channel&gt;!"
    assert words.say("slice/messages", "hello", name=Mrkdwn("<@U1>")) == "Hello <@U1>!"


def test_a_value_is_never_a_template(tmp_path: Path) -> None:
    assert wording(tmp_path, GOOD).say("slice/messages", "hello", name="{{ 7*7 }}") == "Hello {{ 7*7 }}!"


def test_of_several_wordings_the_same_one_is_picked_for_the_same_reason(tmp_path: Path) -> None:
    words = wording(tmp_path, GOOD)
    picked = {reason: words.say("slice/messages", "bye", pick=reason) for reason in "abcdefgh"}
    assert set(picked.values()) == {"See you", "Take care", "So long"}
    assert all(words.say("slice/messages", "bye", pick=reason) == said for reason, said in picked.items())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("hello: Hi {{ nam }}\nbye: x", "did you mean `name`?"),
        ("helo: Hi\nhello: Hi\nbye: x", "did you mean `hello`?"),
        ("hello: Hi", "the message `bye` is missing"),
        ("hello: Hi {{ name\nbye: x", "the template cannot be read"),
        ("hello: {a: b}\nbye: x", "neither a text nor a list of texts"),
        ("hello: []\nbye: x", "has no wording"),
        ("hello: Hi\nhello: Hi again\nbye: x", "stands here twice"),
    ],
)
def test_a_mistake_is_explained(text: str, complaint: str) -> None:
    assert complaint in complaints(text)


def test_all_mistakes_are_told_at_once_with_their_lines() -> None:
    told = complaints("hello: Hi {{ nam }}\nwhat: is this")
    assert "slice/messages.yaml:1" in told
    assert "slice/messages.yaml:2" in told
    assert "`bye` is missing" in told


def test_a_template_that_would_fail_or_reach_into_the_program_is_refused_by_the_check() -> None:
    assert "the template fails" in complaints('hello: "{{ name.first }}"\nbye: x')
    assert "unsafe" in complaints('hello: "{{ name.__class__ }}"\nbye: x')


def test_what_an_earlier_start_found_good_is_not_tried_again_and_nothing_else_is_trusted() -> None:
    broken = GOOD.replace("{{ name }}", "{{ nam }}")
    known = {fingerprint(NEEDS, "slice/messages", broken)}
    assert read_prompts(NEEDS, known, broken, "slice/messages.yaml")["bye"] == (
        "See you",
        "Take care",
        "So long",
    )
    with pytest.raises(ContentError):
        read_prompts(NEEDS, known, broken + "\n", "slice/messages.yaml")
    with pytest.raises(ContentError):
        read_prompts(
            needs_of({"slice/messages": {"hello": "", "bye": ""}}), known, broken, "slice/messages.yaml"
        )


def test_a_message_that_is_missing_is_missed_also_in_a_text_that_was_good() -> None:
    more = needs_of({"slice/messages": {"hello": "name", "bye": "", "thanks": ""}})
    with pytest.raises(ContentError, match="thanks"):
        read_prompts(more, {fingerprint(more, "slice/messages", GOOD)}, GOOD, "slice/messages.yaml")
