"""YAML text to nodes with positions; what YAML itself refuses is said to the person who wrote it."""

from __future__ import annotations

import re

import yaml
from yaml.nodes import Node
from yaml.reader import Reader

from bot.errors import ContentError, Problem

MAX_DEPTH = 30
TOO_DEEP = f"nested more than {MAX_DEPTH} deep"
FLATTEN = "bring the lists closer to the top"
_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (TOO_DEEP, TOO_DEEP, FLATTEN),
    ("another document", "a second document begins here", "keep one document a file: remove the line `---`"),
    ("mapping values are not allowed", "there is a `: ` where a text goes on",
     "put quotes around the text, or bring the line to the indentation of the keys beside it"),
    ("expected ':'", "a key without its colon", "write `key: value`, and quote texts that go over lines"),
    ("unexpected end of stream", "a quote is opened, never closed", "close it; inside '…' write ' twice"),
    ("flow", "a bracket is opened and not closed", "close it, or put quotes around a text with brackets"),
    ("undefined alias", "a text that begins with `*` means an alias to YAML", "put quotes around it"),
    ("duplicate anchor", "the same `&name` twice", "give each anchor a name of its own, or quote the text"),
    ("that cannot start any token", "this character cannot begin a text", "put quotes around the text"),
    ("unknown escape", "a backslash inside double quotes", "use single quotes, or write the backslash twice"),
    ("tag", "a text that begins with `!` means a type to YAML", "put quotes around it"),
    ("block", "this line does not fit what stands above it",
     "check the indentation, and put quotes around the whole of a text that has a quote or a `- ` in it"),
)  # fmt: skip


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes no deeper than people write: libyaml's own recursion ends in a crash of the process."""

    depth = 0

    def descend_resolver(self, parent: Node, _: object) -> None:
        """Called before each node is composed."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem=TOO_DEEP, problem_mark=parent.start_mark)

    def ascend_resolver(self) -> None:
        self.depth -= 1


def compose(text: str, file: str) -> Node | None:
    """The top node, None for an empty text. Raises ContentError."""
    forbidden = Reader.NON_PRINTABLE.search(text)
    if forbidden:
        line = text.count("\n", 0, forbidden.start()) + 1
        message = f"an invisible control character (U+{ord(forbidden.group()):04X})"
        raise ContentError([Problem(file, line, "", message, "delete it; it often comes with pasted text")])
    try:
        node: Node | None = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        raise ContentError([_explain_syntax(error, text, file)]) from error
    return node


def _explain_syntax(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    said = f"{error.problem or ''} {error.context or ''}".strip()
    unclosed = "end of stream" in said or "flow" in said
    mark = (unclosed and error.context_mark) or error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    written = text.split("\n", line)[line - 1 : line] if line else []
    if written and re.match(r" *\t", written[0]):
        return Problem(
            file, line, "", "a tab is used for indentation", "indent with spaces, two for each step"
        )
    for part, message, hint in _SYNTAX:
        if part in said:
            return Problem(file, line, "", message, hint)
    return Problem(
        file, line, "", said, "check indentation, quotes and brackets on this line and the one above"
    )
