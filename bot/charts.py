"""Pictures for Slack: a calm card with a title, drawn by matplotlib without any state outside the card."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Literal

# On the card's own paper everything is legible, whether Slack around it is light or dark.
PAPER, LINE, INK, QUIET = "#f7f5f0", "#ddd8cd", "#22272e", "#646b75"
SERIES = ("#2a6f97", "#b5562b", "#4a7c59", "#7a5195", "#8a6d1d", "#4b5563")
"""Colours for things told apart, legible as words on the paper and under white words."""

MARGIN = 24.0
SHARPNESS = 2  # pixels a unit, so that it stays sharp when opened at full size

Side = Literal["left", "center", "right"]
Point = tuple[float, float]


class Card:
    """Paper `width` units wide, as long as it gets: (0, 0) is the upper left corner, and y grows downwards.

    Draw from `top` on and end with `png(bottom)`. Slack shows a picture some 400 pixels wide in a
    conversation and whole when clicked, so words are 11 units or more. Call from a thread: the first card
    of a process loads matplotlib, which takes half a second; any other is drawn in some 50 ms.
    """

    def __init__(self, title: str, note: str = "", *, width: float = 640) -> None:
        # Loaded here, not on top: neither a starting bot nor `rung ladder check` should wait for it.
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415
        from matplotlib.font_manager import FontProperties  # noqa: PLC0415
        from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415

        self.width = width
        self._figure = Figure(dpi=72 * SHARPNESS, facecolor=PAPER)
        self._canvas = FigureCanvasAgg(self._figure)
        self._renderer = self._canvas.get_renderer()  # type: ignore[no-untyped-call]
        self._font, self._shape = FontProperties, FancyBboxPatch
        self._widths: dict[tuple[str, float, bool], float] = {}
        self.axes = self._figure.add_axes((0, 0, 1, 1), xlim=(0, width))
        """matplotlib's own, for what the verbs below do not draw."""
        self.axes.set_axis_off()
        self.top = MARGIN
        """Where the title and the note leave off."""
        self._head(title, size=20, bold=True, color=INK)
        self._head(note, size=13, bold=False, color=QUIET)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 12,
        bold: bool = False,
        color: str = INK,
        side: Side = "left",
        rotation: float = 0,
    ) -> None:
        """One line; `x` is its `side`, `y` its middle."""
        self.axes.text(
            x,
            y,
            text,
            size=size,
            weight="bold" if bold else "normal",
            color=color,
            ha=side,
            va="center_baseline",
            rotation=rotation,
            rotation_mode="anchor",
            parse_math=False,
            zorder=4,
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        edge: str = "none",
        radius: float = 0,
        alpha: float = 1,
        dashed: bool = False,
        thickness: float = 1.4,
    ) -> None:
        """A rectangle from its upper left corner; boxes lie on one another in the order they are drawn."""
        style = f"round,pad=0,rounding_size={radius}" if radius else "square,pad=0"
        box = self._shape((x, y), width, height, boxstyle=style, facecolor=fill, edgecolor=edge, alpha=alpha)
        box.set(linestyle="--" if dashed else "-", linewidth=thickness, zorder=2)
        self.axes.add_patch(box)

    def line(
        self,
        start: Point,
        end: Point,
        *,
        color: str = LINE,
        alpha: float = 1,
        dashed: bool = False,
        thickness: float = 2.5,
    ) -> None:
        xs, ys = zip(start, end, strict=True)
        style = ":" if dashed else "-"
        self.axes.plot(xs, ys, color=color, alpha=alpha, linewidth=thickness, linestyle=style, zorder=2)

    def arrow(self, start: Point, end: Point, *, color: str = INK, bend: float = 0) -> None:
        """Lies on boxes and lines. `bend` is how far it swings out to its left, as a part of its length."""
        looks = {"arrowstyle": "-|>,head_width=0.35,head_length=0.7", "shrinkA": 0, "shrinkB": 1}
        arrow = {**looks, "color": color, "linewidth": 2.2, "connectionstyle": f"arc3,rad={bend}"}
        self.axes.annotate("", end, start, arrowprops=arrow, zorder=3)

    def measure(self, text: str, *, size: float = 12, bold: bool = False) -> float:
        """How many units wide this line would be."""
        words = text.split(" ")
        between = self._measure_word("x x", size, bold) - 2 * self._measure_word("x", size, bold)
        return sum(self._measure_word(word, size, bold) for word in words) + between * (len(words) - 1)

    def _measure_word(self, word: str, size: float, bold: bool) -> float:
        """Words come again and again while lines are broken, and each costs milliseconds."""
        if (word, size, bold) not in self._widths:
            font = self._font(size=size, weight="bold" if bold else "normal")
            width, _, _ = self._renderer.get_text_width_height_descent(word, font, ismath=False)
            self._widths[word, size, bold] = float(width) / SHARPNESS
        return self._widths[word, size, bold]

    def wrap(
        self, text: str, width: float, *, size: float = 12, bold: bool = False, lines: int = 2
    ) -> list[str]:
        """At most that many lines, none wider; what does not fit ends in an ellipsis."""
        done: list[str] = []
        line = ""
        words = text.split()
        for position, word in enumerate(words):
            longer = f"{line} {word}".strip()
            if not line or self.measure(longer, size=size, bold=bold) <= width:
                line = longer
                continue
            if len(done) == lines - 1:
                line = " ".join([line, *words[position:]])
                break
            done.append(line)
            line = word
        return [self._cut(each, width, size=size, bold=bold) for each in [*done, line]]

    def png(self, bottom: float) -> bytes:
        """The finished picture, cut off a margin below `bottom`."""
        height = bottom + MARGIN
        self.axes.set_ylim(height, 0)
        self._figure.set_size_inches(self.width / 72, height / 72)
        kept = BytesIO()
        self._canvas.print_png(kept, metadata={"Software": None})  # type: ignore[no-untyped-call]
        return kept.getvalue()

    def _cut(self, line: str, width: float, *, size: float, bold: bool) -> str:
        if self.measure(line, size=size, bold=bold) <= width:
            return line
        while line and self.measure(f"{line}…", size=size, bold=bold) > width:
            line = line[:-1].rstrip()
        return f"{line}…"

    def _head(self, text: str, *, size: float, bold: bool, color: str) -> None:
        wrapped: Sequence[str] = (
            self.wrap(text, self.width - 2 * MARGIN, size=size, bold=bold) if text else ()
        )
        for line in wrapped:
            self.write(MARGIN, self.top + size / 2, line, size=size, bold=bold, color=color)
            self.top += size * 1.45
