"""The paper pictures are drawn on."""

import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from bot.charts import MARGIN, SHARPNESS, Card

TITLE = "A title that is so long that it needs a second line below the first one"


def draw(title: str) -> bytes:
    card = Card(title, "And what is to be seen")
    card.box(MARGIN, card.top, 100, 20, fill="#ffffff", edge="#000000", radius=4)
    card.line((0, 0), (100, card.top), dashed=True)
    card.arrow((0, 0), (100, 40), bend=0.3)
    card.write(MARGIN, card.top + 10, "100 % of $x$ & <y>")
    return card.png(card.top + 20)


def size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_card_is_as_long_as_what_is_drawn_on_it() -> None:
    card = Card("A title", width=400)
    assert size(card.png(300)) == (400 * SHARPNESS, (300 + MARGIN) * SHARPNESS)


def test_a_long_title_is_wrapped_and_what_comes_below_moves_down() -> None:
    assert Card(TITLE).top > Card("A title").top


def test_words_are_wrapped_to_a_width_and_the_rest_is_cut() -> None:
    card = Card("")
    lines = card.wrap("Senior Director of Engineering and of quite a few other things", 100)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(card.measure(line) <= 100 for line in lines)
    assert card.wrap("Staff", 100) == ["Staff"]


def test_the_same_card_is_the_same_picture_also_when_several_are_drawn_at_once() -> None:
    titles = [f"{TITLE} {number}" for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(draw, titles))
    assert together == [draw(title) for title in titles]


def test_what_does_not_draw_does_not_load_what_draws() -> None:
    """It takes half a second, which neither a starting bot nor `rung ladder check` should wait for."""
    code = "import sys, bot.app, bot.cli; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
