"""Ladders as pages: `rung ladder site DIR`."""

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.contents import open_ladders, open_messages
from bot.errors import BotError
from bot.ladder.load import parse_ladder
from bot.ladder.model import Ladder, Topic
from bot.ladder.page_text import write_html
from bot.ladder.site import render_site, write_site
from bot.settings import ROOT
from bot.wording import Wording
from tests.support.process import run

LADDERS = list(open_ladders(ROOT / "ladders").in_force.values())
WORDS = Wording(open_messages(ROOT / "prompts"))
PAGES = render_site(LADDERS, WORDS)
EVIL = '<script>alert("&")</script>'
TEXTS = {
    *("name", "title", "summary", "text", "ask", "sample", "scope", "label"),
    *("note", "notes", "duties", "criteria", "discipline", "version"),
}
VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """What a browser would find: ids, links, the text under each id, and tags that do not close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.texts: dict[str, str] = {}
        self.headings: list[int] = []
        self.open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.add(tag)
        self.ids += [name for name in [named.get("id")] if name]
        self.links += [link for link in [named.get("href"), named.get("src")] if link]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append((tag, named.get("id") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, name in self.open:
            if name:
                self.texts[name] = self.texts.get(name, "") + data


@pytest.fixture(params=LADDERS, ids=lambda ladder: ladder.id)
def ladder(request: pytest.FixtureRequest) -> Ladder:
    found: Ladder = request.param
    return found


@pytest.fixture
def page(ladder: Ladder) -> Page:
    return Page(PAGES[f"ladders/{ladder.id}.html"])


def texts_of(ladder: Ladder) -> list[tuple[str, str]]:
    """Every id the page must have, and a text that must stand under it."""
    return [
        *((f"level:{level.id}", level.title) for level in ladder.levels.values()),
        *((f"level:{level.id}", level.summary) for level in ladder.levels.values()),
        *((f"competency:{competency.id}", competency.name) for competency in ladder.competencies.values()),
        *((statement.id, statement.text) for statement in ladder.statements()),
        *((statement.id, statement.ask or "") for statement in ladder.statements()),
        *((statement.id, statement.sample or "") for statement in ladder.statements()),
        *((f"topic:{topic.id}", topic.title) for topic in ladder.topics.values()),
        *((f"topic:{topic.id}", text) for topic in ladder.topics.values() for text in choice_texts_of(topic)),
        ("topic:promotions", "When in the year is it decided"),
        *((f"role:{role.id}", role.summary) for role in ladder.roles.values()),
        *((f"step:{step.from_level}:{step.to_level}", step.summary) for step in ladder.guidance),
        *(("terms", term.text) for term in ladder.terms),
    ]


def choice_texts_of(topic: Topic) -> list[str]:
    options = [option for choice in topic.choices for option in choice.options]
    texts = [text for option in options for text in (option.label, option.says)]
    return [*topic.sides, *(choice.question for choice in topic.choices), *texts, *topic.next_steps]


def test_every_id_stands_on_its_page_once_and_with_its_text(ladder: Ladder, page: Page) -> None:
    counted = Counter(page.ids)
    for name, text in texts_of(ladder):
        assert (name, counted[name]) == (name, 1)
        assert text in page.texts[name]
    assert max(counted.values()) == 1


def test_the_page_says_whose_ideas_and_whose_words_these_are(ladder: Ladder) -> None:
    html = PAGES[f"ladders/{ladder.id}.html"]
    assert Page(html).links.count(ladder.source.url) == bool(ladder.source.url)
    assert ladder.source.name in html
    assert "words" in html


def test_an_empty_cell_leads_to_what_still_holds(page: Page) -> None:
    if "level:ic6" in page.ids:
        assert "Still expected, from Engineer 2." in page.texts["level:ic6"]


def test_the_headings_leave_out_no_step(page: Page) -> None:
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))


def test_every_link_leads_somewhere_and_nothing_is_fetched_from_elsewhere(tmp_path: Path) -> None:
    write_site(tmp_path, LADDERS, WORDS)
    pages = {file.resolve(): Page(file.read_text(encoding="utf-8")) for file in tmp_path.rglob("*.html")}
    for file, found in pages.items():
        assert found.tags.isdisjoint({"script", "img", "iframe", "style"})
        for link in found.links:
            if not link.startswith("https://"):
                name, _, anchor = link.partition("#")
                target = (file.parent / name).resolve() if name else file
                assert target.is_file(), link
                assert not anchor or anchor in pages[target].ids, link
    assert "url(" not in (tmp_path / "style.css").read_text(encoding="utf-8")


def test_the_index_leads_to_every_ladder_and_every_level() -> None:
    links = Page(PAGES["index.html"]).links
    for ladder in LADDERS:
        assert f"ladders/{ladder.id}.html" in links
        assert all(f"ladders/{ladder.id}.html#level:{level}" in links for level in ladder.levels)


def test_whatever_is_written_in_a_ladder_is_shown_as_it_is_and_never_run() -> None:
    written = yaml.safe_load((ROOT / "ladders" / "artsy.yaml").read_text(encoding="utf-8"))
    spoiled = parse_ladder(yaml.safe_dump(spoil(written), allow_unicode=True), "artsy")
    pages = {name: Page(html) for name, html in render_site([spoiled], WORDS).items()}
    assert all("script" not in page.tags for page in pages.values())
    shown = pages["ladders/artsy.html"].texts
    assert [name for name, text in texts_of(spoiled) if text not in shown[name]] == []
    assert all(EVIL in level.title for level in spoiled.levels.values())


def spoil(part: Any, field: str = "") -> Any:
    """The same content with something harmful at the end of every text."""
    if isinstance(part, dict):
        return {name: spoil(value, name) for name, value in part.items()}
    if isinstance(part, list):
        return [spoil(value, field) for value in part]
    return f"{part[:30]}{EVIL}" if field in TEXTS else part


@pytest.mark.parametrize(
    ("mrkdwn", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>two</p>\n<p>three</p>"),
        (
            "*Two things*\n• one\n• two",
            "<p><strong>Two things</strong></p>\n<ul><li>one</li><li>two</li></ul>",
        ),
        ("_so_ and *so _and_ so*", "<p><em>so</em> and <strong>so <em>and</em> so</strong></p>"),
        ("2 * 3 * 4 and snake_case_name", "<p>2 * 3 * 4 and snake_case_name</p>"),
        ("`*as it is*`", "<p><code>*as it is*</code></p>"),
        ("A &amp; B &lt;b&gt; <b>", "<p>A &amp; B &lt;b&gt; &lt;b&gt;</p>"),
        ("see https://a.example/x.", '<p>see <a href="https://a.example/x">https://a.example/x</a>.</p>'),
        ("<https://a.example|*this*>", '<p><a href="https://a.example">*this*</a></p>'),
        ("<javascript:alert(1)|x>", "<p>&lt;javascript:alert(1)|x&gt;</p>"),
        ("`/ladder guide scope`", '<p><a href="#here"><code>/ladder guide scope</code></a></p>'),
    ],
)
def test_a_page_of_the_guide_becomes_html(mrkdwn: str, html: str) -> None:
    assert write_html(mrkdwn, {"/ladder guide scope": "#here"}.get) == html


@pytest.mark.parametrize(
    ("command", "address"),
    [
        ("/ladder guide scope", "#topic:scope"),
        ("/ladder guide tech lead", "#topic:technical-lead"),
        ("/ladder guide terms", "#terms"),
        ("/ladder guide", "#guide"),
        ("/ladder staff", "#level:ic6"),
    ],
)
def test_a_command_that_a_page_names_leads_to_what_it_would_show(command: str, address: str) -> None:
    text = (ROOT / "ladders" / "artsy.yaml").read_text(encoding="utf-8")
    page = render_site(
        [parse_ladder(text.replace("You can draw", f"`{command}` You can draw"), "artsy")], WORDS
    )
    assert f'<a href="{address}"><code>{command}</code></a>' in page["ladders/artsy.html"]


def test_a_ladder_without_a_page_on_promotions_gets_one_with_what_its_company_wrote() -> None:
    written = yaml.safe_load((ROOT / "ladders" / "artsy.yaml").read_text(encoding="utf-8"))
    written["topics"] = [topic for topic in written["topics"] if topic["id"] != "promotions"]
    written["promotions"] = {"when": "Twice a year, in May and in November."}
    page = render_site([parse_ladder(yaml.safe_dump(written, allow_unicode=True), "artsy")], WORDS)
    found = Page(page["ladders/artsy.html"])
    assert "Twice a year, in May and in November." in found.texts["topic:promotions"]
    assert "When in the year" not in found.texts["topic:promotions"]
    assert "#topic:promotions" in found.links


def test_the_same_ladders_make_the_same_pages() -> None:
    assert render_site(LADDERS, WORDS) == PAGES


def test_what_an_earlier_run_wrote_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    write_site(tmp_path, LADDERS, WORDS)
    (tmp_path / "CNAME").write_text("ladders.example.com", encoding="utf-8")
    write_site(tmp_path, LADDERS[:1], WORDS)
    assert [file.name for file in (tmp_path / "ladders").iterdir()] == [f"{LADDERS[0].id}.html"]
    assert (tmp_path / "CNAME").exists()


def fill(folder: Path) -> None:
    (folder / "thesis.txt").write_text("years of work", encoding="utf-8")


def fill_with_a_page(folder: Path) -> None:
    write_site(folder, LADDERS[:1], WORDS)
    (folder / "ladders" / "artsy.html").write_text("years of work", encoding="utf-8")


@pytest.mark.parametrize("prepare", [fill, fill_with_a_page])
def test_a_folder_with_anything_else_to_lose_is_refused(
    tmp_path: Path, prepare: Callable[[Path], None]
) -> None:
    prepare(tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(BotError, match=r"did not write|not from Rung"):
        write_site(tmp_path, LADDERS, WORDS)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    fill(tmp_path)
    with pytest.raises(BotError, match="is a file"):
        write_site(tmp_path / "thesis.txt", LADDERS, WORDS)


def test_nothing_outside_the_folder_is_ever_removed(tmp_path: Path) -> None:
    fill(tmp_path)
    site = tmp_path / "site"
    write_site(site, LADDERS[:1], WORDS)
    (site / ".rung-site").write_text("../thesis.txt\n", encoding="utf-8")
    for file in (site / "index.html", site / "style.css", site / "ladders" / f"{LADDERS[0].id}.html"):
        file.unlink()
    write_site(site, LADDERS, WORDS)
    assert (tmp_path / "thesis.txt").exists()


async def test_the_command_writes_the_pages_and_says_where(tmp_path: Path) -> None:
    code, out, _ = await run("ladder", "site", str(tmp_path / "new"))
    assert code == 0
    assert out == f"Wrote {tmp_path / 'new' / 'index.html'}\n"
    assert (tmp_path / "new" / "ladders" / "artsy.html").is_file()


async def test_a_broken_ladder_is_told_and_no_page_is_written(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("id: broken\n", encoding="utf-8")
    code, _, err = await run("ladder", "site", str(tmp_path / "site"), RUNG_LADDERS=str(tmp_path))
    assert code == 1
    assert "broken.yaml" in err
    assert not (tmp_path / "site").exists()
