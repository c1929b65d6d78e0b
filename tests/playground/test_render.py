"""Block Kit and mrkdwn as HTML."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.markdown import render_markdown
from bot.playground.mrkdwn import render_mrkdwn
from bot.playground.reader import Reader, name_day, write_date
from bot.playground.render import render_blocks, render_text
from bot.playground.rich_text import render_rich_text

NOON = 1_778_932_800  # 16 May 2026, 12:00 UTC
READER = Reader(
    people={"U1": "Ana Sousa", "U2": "Ben <Okri>"},
    channels={"C1": "general"},
    zone=ZoneInfo("Europe/Lisbon"),
    now=datetime.fromtimestamp(NOON, UTC),
    id="U1",
    own_address="http://here",
)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
SNIPPETS = st.sampled_from(
    [
        *"<>&\"'*_~`|[a \n\U000f0000",
        *("```", "> ", "- ", "](", "**", ":wave:", "&lt;", "&amp;", "@U2", "<script>", "!date^1^{time}^"),
        *("javascript:x", "https://a.b/"),
    ]
)


def mrkdwn(text: str) -> str:
    return str(render_mrkdwn(text, READER))


def blocks(*several: dict[str, Any], **more: Any) -> str:
    return str(render_blocks(list(several), READER, **more))


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": text}, **more}


class Tags(HTMLParser):
    """Every tag and attribute a browser would find, and whether all tags were closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: dict[str, str] = {}
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name: value or "" for name, value in attrs}
        if tag not in ("br", "hr", "img", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("*bold* _italic_ ~gone~", "<strong>bold</strong> <em>italic</em> <s>gone</s>"),
        ("*bold _both_*", "<strong>bold <em>both</em></strong>"),
        ("2*3*4 snake_case_name ~ *", "2*3*4 snake_case_name ~ *"),
        ("* not bold *", "* not bold *"),
        ("`*as typed* <@U1>`", "<code>*as typed* &lt;@U1&gt;</code>"),
        ("a\nb", "a<br>b"),
        ("• one\n• two", "• one<br>• two"),
        ("before\n> said\n&gt; more\nafter", "before<blockquote>said<br>more</blockquote>after"),
        ("```\nx = 1\ny\n``` end", "<pre>x = 1\ny</pre> end"),
        ("R&amp;D a &lt; b &amp;lt;", "R&amp;D a &lt; b &amp;lt;"),
        ("<@U1>", '<span class="mention mention-me">@Ana Sousa</span>'),
        ("<@U2|ben>", '<span class="mention">@Ben &lt;Okri&gt;</span>'),
        ("<#C1|old>", '<span class="mention">#general</span>'),
        ("<!here>", '<span class="mention mention-all">@here</span>'),
        ("<!subteam^S1|@coaches>", '<span class="mention mention-all">@coaches</span>'),
        (":nonsense_word:", ":nonsense_word:"),
        ("a <b> c", "a &lt;b&gt; c"),
        ("a*_b", "a*_b"),
    ],
)
def test_mrkdwn_is_read_as_slack_reads_it(typed: str, shown: str) -> None:
    assert mrkdwn(typed) == shown


def test_a_shortcode_becomes_its_character_and_keeps_its_name_for_screen_readers() -> None:
    assert mrkdwn(":wave::skin-tone-3:") == '<span class="emoji" role="img" aria-label="wave">👋</span>'


@pytest.mark.parametrize(
    ("typed", "address", "label"),
    [
        ("<https://a.b/?x=1&amp;y=2|the page>", "https://a.b/?x=1&amp;y=2", "the page"),
        ("<https://a.b>", "https://a.b", "https://a.b"),
        ("see https://a.b/c.", "https://a.b/c", "https://a.b/c"),
        ("<mailto:ana@a.b|Ana>", "mailto:ana@a.b", "Ana"),
        ("*<https://a.b/*x|l>*", "https://a.b/*x", "l"),
    ],
)
def test_links_open_beside_the_page(typed: str, address: str, label: str) -> None:
    assert f'<a href="{address}" target="_blank" rel="noopener noreferrer">{label}</a>' in mrkdwn(typed)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "vbscript:x"])
def test_an_address_that_is_not_the_webs_is_no_link(address: str) -> None:
    assert "<a" not in mrkdwn(f"<{address}|click>")
    assert "<a" not in str(render_markdown(f"[click]({address})", READER))


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("{date_short}, {time}", "16 May, 13:00"),
        ("{date_num} {time_secs}", "2026-05-16 13:00:00"),
        ("{date_long}", "Saturday, 16 May"),
        ("{date_pretty} at {time}", "today at 13:00"),
        ("{ago} {other}", "0 minutes ago {other}"),
    ],
)
def test_dates_are_told_in_the_readers_zone(pattern: str, shown: str) -> None:
    assert mrkdwn(f"<!date^{NOON}^{pattern}|fallback>") == f'<time title="fallback">{shown}</time>'


def test_the_year_is_told_once_it_is_half_a_year_away() -> None:
    assert write_date(READER, NOON - 300 * 86400, "{date}") == "20 July 2025"
    assert write_date(READER, NOON + 86400, "{date_short_pretty}, {ago}") == "tomorrow, in 1 day"
    assert name_day(READER.now.date(), READER.now.date()) == "Today"


@given(st.lists(SNIPPETS, max_size=25).map("".join))
def test_no_typed_text_becomes_markup(typed: str) -> None:
    allowed = {"strong", "em", "s", "u", "code", "pre", "blockquote", "br", "a", "span", "time", "hr", "p"}
    allowed |= {"ul", "ol", "li", "h3", "h4", "h5", "h6"}
    for html in (mrkdwn(typed), str(render_markdown(typed, READER))):
        tags = Tags(html)
        assert tags.names <= allowed
        assert tags.open == []
        assert tags.attributes.get("href", "https:").startswith(("https:", "http:", "mailto:"))
        assert not [name for name in tags.attributes if name.startswith("on")]


def test_no_text_in_any_place_of_a_block_becomes_markup() -> None:
    option = {"text": plain(HOSTILE), "value": HOSTILE, "description": plain(HOSTILE)}
    ids = {"action_id": HOSTILE, "placeholder": plain(HOSTILE)}
    confirm = {"title": plain(HOSTILE), "text": plain(HOSTILE), "confirm": plain("y"), "deny": plain("n")}
    kinds = ("static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow")
    elements: list[dict[str, Any]] = [{"type": kind, "options": [option], **ids} for kind in kinds]
    elements += [{"type": "plain_text_input", "multiline": many, **ids} for many in (True, False)]
    elements += [{"type": "button", "text": plain(HOSTILE), "value": HOSTILE, "confirm": confirm, **ids}]
    frame = {"type": "input", "block_id": HOSTILE, "label": plain(HOSTILE)}
    shown: list[dict[str, Any]] = [frame | {"element": element} for element in elements]
    shown += [{"type": "actions", "block_id": HOSTILE, "elements": elements}]
    shown += [{"type": "header", "text": plain(HOSTILE)}, section(HOSTILE, fields=[plain(HOSTILE)])]
    shown += [{"type": "image", "image_url": "https://x/" + HOSTILE, "alt_text": HOSTILE}, {"type": HOSTILE}]
    html = blocks(*shown, errors={HOSTILE: HOSTILE}, values={HOSTILE: {HOSTILE: {"value": HOSTILE}}})
    assert not Tags(html).names & {"script", "img"}
    assert not re.search(r"<[^>\"]*onerror", html)


def test_markdown_has_its_simple_part() -> None:
    html = str(
        render_markdown("# Title\n**bold** *it* [a](https://a.b)\n- one\n- two\n\n1. first\n> q", READER)
    )
    assert html == (
        "<h3>Title</h3><p><strong>bold</strong> <em>it</em> "
        '<a href="https://a.b" target="_blank" rel="noopener noreferrer">a</a></p>'
        "<ul><li>one</li><li>two</li></ul><ol><li>first</li></ol><blockquote>q</blockquote>"
    )


def test_rich_text_keeps_styles_lists_and_leaves() -> None:
    words = {"type": "text", "text": "so", "style": {"bold": True, "italic": True}}
    item = {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}, words]}
    given_list = {"type": "rich_text_list", "style": "ordered", "indent": 1, "offset": 2, "elements": [item]}
    quote = {"type": "rich_text_quote", "elements": [{"type": "link", "url": "https://a.b", "text": HOSTILE}]}
    html = str(render_rich_text([given_list, quote], READER))
    assert '<ol class="indent-1" start="3"><li><span class="mention mention-me">@Ana Sousa</span>' in html
    assert "<em><strong>so</strong></em></li></ol><blockquote><a " in html
    assert "<script" not in html


def test_plain_text_has_no_formatting_but_emoji() -> None:
    assert str(render_text(plain("*R&amp;D* :tada:"), READER)) == "*R&amp;D* 🎉"
    assert str(render_text(plain(":tada:") | {"emoji": False}, READER)) == ":tada:"


def test_only_a_long_section_is_folded_and_not_when_it_asks_to_expand() -> None:
    assert "See more" in blocks(section("x" * 701))
    assert "See more" not in blocks(section("x" * 700))
    assert "See more" not in blocks(section("x" * 701, expand=True))


def test_pictures_are_loaded_from_here_only() -> None:
    here = {"type": "image", "image_url": "http://here/a.png", "alt_text": "Ours", "title": plain("Coverage")}
    elsewhere = here | {"image_url": "https://example.org/a.png", "alt_text": "Theirs"}
    assert '<img src="http://here/a.png" alt="Ours">' in blocks(here)
    assert "<img" not in blocks(elsewhere)
    assert "Theirs" in blocks(elsewhere)


def test_an_input_shows_what_was_left_in_it_rather_than_what_the_bot_set() -> None:
    element = {"type": "plain_text_input", "action_id": "a", "initial_value": "set"}
    block = {"type": "input", "block_id": "b", "label": plain("Note"), "element": element}
    assert 'value="set"' in blocks(block)
    assert 'value="left"' in blocks(block, values={"b": {"a": {"value": "left"}}})


def test_choices_made_are_shown_as_made() -> None:
    options = [{"text": plain(name), "value": name} for name in ("a", "b")]
    picked = {"b": {"x": {"type": "static_select", "selected_option": options[1]}}}
    select = {"type": "static_select", "action_id": "x", "options": options, "initial_option": options[0]}
    html = blocks(section("Pick", accessory=select), values=picked)
    assert re.search(r'<option value="b"[^>]* selected>', html)
    assert not re.search(r'<option value="a"[^>]* selected>', html)


def test_people_to_choose_from_are_those_of_the_workspace() -> None:
    select = {"type": "users_select", "action_id": "x", "initial_user": "U2"}
    html = blocks(section("Who?", accessory=select))
    assert re.search(r'<option value="U2"[^>]* selected>Ben &lt;Okri&gt;</option>', html)


def test_a_block_that_is_not_known_says_so() -> None:
    assert "does not show blocks of the type “carousel”" in blocks({"type": "carousel"})
