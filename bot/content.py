"""YAML that people write: read once, with the place of every value, and refused in the author's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.errors import ContentError, Problem
from bot.syntax import FLATTEN, MAX_DEPTH, TOO_DEEP, compose

MAX_BYTES = 2_000_000
MAX_VALUES = 100_000  # counted after aliases are followed, so that a few lines cannot become billions

Place = tuple[str | int, ...]
"""The way to a value from the top of a file: keys and positions."""

REFUSED = object()
"""Stands where a value could not be read, its problem already noted."""

_YAML = "tag:yaml.org,2002:"
_STR, _MERGE = f"{_YAML}str", f"{_YAML}merge"
_TRUTH = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_KINDS = {
    f"{_YAML}bool": "true or false",
    f"{_YAML}int": "a number",
    f"{_YAML}float": "a number",
    f"{_YAML}timestamp": "a date",
    f"{_YAML}null": "nothing",
    f"{_YAML}value": "a sign of its own",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem and the place it is at, before line and words are looked up."""

    at: Place
    message: str
    hint: str


class Document:
    """A file's plain values, and where each stands. `item_words` name list items: `{"aliases": "alias"}`."""

    def __init__(self, file: str, root: Node, item_words: Mapping[str, str]) -> None:
        self.file = file
        self._root = root
        self._item_words = item_words
        self._entries: dict[int, dict[str, tuple[Node, Node]]] = {}
        builder = _Builder(file)
        self.data = builder.build(root)
        self.problems = tuple(
            Problem(file, line, self.words(found.at), found.message, found.hint)
            for line, found in builder.found
        )

    def problem(self, found: Finding) -> Problem:
        return Problem(self.file, self.line(found.at), self.words(found.at), found.message, found.hint)

    def line(self, at: Place) -> int:
        """The line of the value, or of the nearest thing around it."""
        return self._follow(at)[0]

    def words(self, at: Place) -> str:
        """`levels › ic6 › expects › communication › 2nd statement › ask`."""
        return " › ".join(self._follow(at)[1])

    def written(self, at: Place) -> str:
        """The value as it stands in the file; empty for anything longer than a word or a line."""
        node = self._follow(at)[2]
        return node.value if isinstance(node, ScalarNode) else ""

    def _follow(self, at: Place) -> tuple[int, list[str], Node | None]:
        node: Node | None = self._root
        line, words = self._root.start_mark.line + 1, list[str]()
        for step, part in enumerate(at):
            if isinstance(node, MappingNode):
                words.append(str(part))
                key, node = self._entries_of(node).get(str(part), (None, None))
                line = key.start_mark.line + 1 if key else line
            elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                line = node.start_mark.line + 1
                words.append(self._name_item(at[:step], part, node))
        return line, words, node

    def _name_item(self, parents: Place, position: int, node: Node) -> str:
        for parent in reversed(parents[-2:]):
            if parent in self._item_words:
                return f"{_ordinal(position + 1)} {self._item_words[str(parent)]}"
        if isinstance(node, MappingNode):
            _, id_node = self._entries_of(node).get("id", (None, None))
            if isinstance(id_node, ScalarNode) and id_node.value:
                return str(id_node.value)
        return f"{_ordinal(position + 1)} item"

    def _entries_of(self, node: MappingNode) -> dict[str, tuple[Node, Node]]:
        entries = self._entries.get(id(node))
        if entries is None:
            entries = self._entries[id(node)] = {}
            for key, value in node.value:
                if isinstance(key, ScalarNode):
                    entries.setdefault(key.value, (key, value))
        return entries


class _Builder:
    """Turns composed nodes into plain values, noting what YAML allows and a person cannot have meant."""

    def __init__(self, file: str) -> None:
        self.found: list[tuple[int, Finding]] = []
        self._file = file
        self._at: list[str | int] = []
        self._values = 0

    def build(self, node: Node) -> object:
        self._values += 1
        if node.tag == _STR and isinstance(node, ScalarNode):
            return node.value
        if self._values > MAX_VALUES or len(self._at) > MAX_DEPTH:
            raise ContentError([self._too_much(node)])
        if isinstance(node, MappingNode) and node.tag == f"{_YAML}map":
            return self._mapping(node)
        if isinstance(node, SequenceNode) and node.tag == f"{_YAML}seq":
            return [self._within(position, item) for position, item in enumerate(node.value)]
        return self._scalar(node)

    def _within(self, part: str | int, node: Node) -> object:
        self._at.append(part)
        value = self.build(node)
        self._at.pop()
        return value

    def _mapping(self, node: MappingNode) -> dict[str, object]:
        values: dict[str, object] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key in values:
                hint = f"keep one of the two; the first stands in line {lines[key]}"
                self._note(key_node, f"`{key}` stands here twice", hint, key)
            elif key is not None:
                lines[key] = key_node.start_mark.line + 1
                values[key] = self._within(key, value_node)
        return values

    def _key(self, node: Node) -> str | None:
        if not isinstance(node, ScalarNode):
            self._note(node, "a list or mapping stands where a key is expected", "write a word and a colon")
            return None
        if node.tag == _MERGE:
            self._note(node, "merge keys (`<<`) are not read here", "write the keys out", node.value)
            return None
        if node.tag != _STR:
            self._note(node, *_unlike_text(node), node.value)
        return str(node.value)

    def _scalar(self, node: Node) -> object:
        kind = node.tag.removeprefix(_YAML)
        text = node.value if isinstance(node, ScalarNode) else ""
        if kind == "null" and isinstance(node, ScalarNode):
            return None
        if kind == "bool" and text.lower() in _TRUTH:
            return _TRUTH[text.lower()]
        if kind == "int" and re.fullmatch(r"-?(0|[1-9][0-9]{0,14})", text):
            return int(text)
        if kind == "float" and re.fullmatch(r"-?[0-9]{1,15}\.[0-9]{1,15}", text):
            return float(text)
        self._note(node, *_unlike_text(node))
        return REFUSED

    def _note(self, node: Node, message: str, hint: str, *key: str) -> None:
        self.found.append((node.start_mark.line + 1, Finding((*self._at, *key), message, hint)))

    def _too_much(self, node: Node) -> Problem:
        line = node.start_mark.line + 1
        if len(self._at) > MAX_DEPTH:
            return Problem(self._file, line, "", TOO_DEEP, FLATTEN)
        message = f"more than {MAX_VALUES:,} values, counting what aliases (`*name`) repeat"
        return Problem(
            self._file, line, "", message, "write values out instead of using aliases, or split the file"
        )


def read_text(path: Path) -> str:
    """The text of a file of at most 2 MB in UTF-8, with or without a byte order mark. Raises ContentError."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        hint = "check that the file is there and may be read"
        raise ContentError([Problem(str(path), 0, "", f"cannot be read: {error.strerror}", hint)]) from error
    if len(raw) > MAX_BYTES:
        raise ContentError([_too_large(str(path))])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        hint = "save the file as UTF-8 (in the editor: “Save with encoding”)"
        raise ContentError([Problem(str(path), line, "", "this is not UTF-8", hint)]) from error


def read_document(text: str, file: str, item_words: Mapping[str, str] | None = None) -> Document:
    """Values and places of a YAML text; `file` only names it. Raises ContentError where YAML itself fails.

    Smaller things (a key given twice, a value YAML reads surprisingly) are in the document's `problems`.
    """
    if len(text) > MAX_BYTES:
        raise ContentError([_too_large(file)])
    root = compose(text, file)
    if root is None:
        raise ContentError([Problem(file, 0, "", "the file is empty", "begin with `id: …`")])
    if not isinstance(root, MappingNode):
        line = root.start_mark.line + 1
        raise ContentError(
            [Problem(file, line, "", "this is no list of keys", "begin with a key and a colon: `id: …`")]
        )
    return Document(file, root, item_words or {})


def _unlike_text(node: Node) -> tuple[str, str]:
    meant = _KINDS.get(node.tag)
    if meant is None or not isinstance(node, ScalarNode):
        return f"the type `{node.tag}` is not read here", "remove the tag (the word that begins with `!`)"
    return f"YAML reads `{node.value}` as {meant}, not as text", f'put quotes around it: "{node.value}"'


def _too_large(file: str) -> Problem:
    return Problem(file, 0, "", f"larger than {MAX_BYTES:,} bytes", "split it; no ladder is that long")


def _ordinal(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
