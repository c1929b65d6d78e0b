"""The simple part of Markdown that a `markdown` block is mostly made of, as HTML."""

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

from bot.playground.mrkdwn import decode, render_broadcast, render_link, render_person, render_plain
from bot.playground.reader import Reader

_FENCE = re.compile(r"^```[\w-]*\n(.*?)\n?```$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<target>[^)\s]+)\)"
    r"|<(?P<angle>[@!]\w+)>"
    r"|(?P<url>https?://[^\s<>)]*[^\s<>).,;:!?*_~])"
    r"|\*\*(?P<strong>[^\n]+?)\*\*"
    r"|~~(?P<s>[^\n]+?)~~"
    r"|(?<!\w)(?P<mark>[*_])(?=\S)(?P<em>[^\n]*?\S)(?P=mark)(?!\w)"
)
_LINE_KINDS = (
    ("heading", re.compile(r"^(#{1,6})\s+(.*)$")),
    ("rule", re.compile(r"^()(?:-{3,}|\*{3,})()$")),
    ("ul", re.compile(r"^\s*([-*+])\s+(.*)$")),
    ("ol", re.compile(r"^\s*(\d+)[.)]\s+(.*)$")),
    ("blockquote", re.compile(r"^(>) ?(.*)$")),
    ("blank", re.compile(r"^()\s*()$")),
    ("p", re.compile(r"^()(.*)$")),
)
_Line = tuple[str, str, str]


def render_markdown(text: str, reader: Reader) -> Markup:
    parts: list[Markup] = []
    for position, part in enumerate(_FENCE.split(text)):
        if position % 2:
            parts.append(Markup("<pre>{}</pre>").format(part))
        else:
            parts.extend(_render_groups(part, reader))
    return Markup().join(parts)


def _render_groups(text: str, reader: Reader) -> Iterator[Markup]:
    lines = [_read_line(line) for line in text.split("\n")]
    for kind, group in groupby(lines, key=lambda line: line[0]):
        yield from _render_group(kind, list(group), reader)


def _read_line(line: str) -> _Line:
    found = ((kind, pattern.match(line)) for kind, pattern in _LINE_KINDS)
    return next((kind, match[1], match[2]) for kind, match in found if match)


def _render_group(kind: str, lines: list[_Line], reader: Reader) -> Iterator[Markup]:
    spans = [_render_spans(content, reader) for _, _, content in lines]
    match kind:
        case "heading":
            for (_, marks, _), span in zip(lines, spans, strict=True):
                yield Markup("<h{0}>{1}</h{0}>").format(len(marks) + 2 if len(marks) < 4 else 6, span)
        case "rule":
            yield Markup("<hr>")
        case "ul" | "ol":
            items = Markup().join(Markup("<li>{}</li>").format(span) for span in spans)
            yield Markup("<{0}>{1}</{0}>").format(kind, items)
        case "p" | "blockquote":
            yield Markup("<{0}>{1}</{0}>").format(kind, Markup("<br>").join(spans))


def _render_spans(text: str, reader: Reader) -> Markup:
    parts: list[Markup] = []
    end = 0
    for found in _SPAN.finditer(text):
        parts.append(render_plain(text[end : found.start()]))
        parts.append(_render_span(found, reader))
        end = found.end()
    return Markup().join([*parts, render_plain(text[end:])])


def _render_span(found: re.Match[str], reader: Reader) -> Markup:
    if found["code"]:
        return Markup("<code>{}</code>").format(found["code"])
    if found["target"]:
        return render_link(found["target"], found["label"])
    if found["url"]:
        return render_link(found["url"])
    if found["angle"]:
        return _render_angle(found["angle"], reader)
    tag = next(name for name in ("strong", "s", "em") if found[name])
    return Markup("<{0}>{1}</{0}>").format(tag, _render_spans(found[tag], reader))


def _render_angle(angle: str, reader: Reader) -> Markup:
    if re.match(r"@[UW]", angle):
        return render_person(angle[1:], reader)
    if angle in ("!here", "!channel", "!everyone"):
        return render_broadcast(angle[1:])
    return escape(decode(f"<{angle}>"))
