"""Content files in force: looked at again and again, and a broken one leaves the last good in force."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from bot.content import read_text
from bot.errors import ContentError, Problem

Content = TypeVar("Content")
Stamp = tuple[int, int]
ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a look at the folder found: texts to keep as last good, names that went away."""

    kept: dict[str, str]
    gone: tuple[str, ...]


class Library(Generic[Content]):
    """The YAML files below a folder, each read by `parse(text, file)`, by path without ending.

    Files whose name `is_mine` refuses are another library's. `parse` raises ContentError for what cannot be
    used; `fingerprint` makes of a name and its text by what a later start knows that it need not look again.
    Readers always see a whole set: `in_force` is replaced, never changed.
    """

    def __init__(
        self,
        folder: Path,
        parse: Callable[[str, str], Content],
        must_have: Iterable[str] = (),
        is_mine: Callable[[str], bool] = lambda _name: True,
        fingerprint: Callable[[str, str], str] = lambda _name, _text: "",
    ) -> None:
        self.folder = folder
        self._parse = parse
        self._must_have = frozenset(must_have)
        self._is_mine = is_mine
        self._seen: Mapping[str, Stamp] | None = None
        self.fingerprint = fingerprint
        self._stamps: dict[str, tuple[Stamp, ...]] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}
        self.in_force: Mapping[str, Content] = {}
        self.texts: dict[str, str] = {}
        """The last good text of each file, as read from the folder."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong with the files as they are now."""
        return tuple(problem for _, found in sorted(self._problems.items()) for problem in found)

    @property
    def broken(self) -> frozenset[str]:
        """Names whose file cannot be used as it is now."""
        return frozenset(self._problems)

    def sign(self, texts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
        """Good texts as they are kept, each with its fingerprint."""
        return {name: (text, self.fingerprint(name, text)) for name, text in texts.items()}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put last good texts in force for files that are there and broken."""
        restored = dict(self.in_force)
        for name in self.broken - restored.keys():
            if name in texts:
                try:
                    restored[name] = self._parse(texts[name], f"{name}.yaml")
                except ContentError:
                    continue  # kept by an older version whose rules were others; the file's problems stand
        self.in_force = restored

    def refresh(self) -> Changes:
        """Look at the files; read those that changed since the last look."""
        seen, self._seen = self._seen, _look(self.folder)
        if seen == self._seen:  # nearly always, and it is asked every other second
            return Changes({}, ())
        files = self._find_files()
        stamps = {name: tuple(self._seen[str(path)] for path in paths) for name, paths in files.items()}
        changed = [name for name in files if stamps[name] != self._stamps.get(name)]
        gone = tuple(name for name in self._stamps if name not in files)
        self._stamps = stamps
        if not changed and not gone and not self._must_have - files.keys() - self.broken:
            return Changes({}, ())
        staying = files.keys() | self._must_have
        in_force = {name: content for name, content in self.in_force.items() if name in staying}
        for name in gone:
            self._problems.pop(name, None)
        for name in self._must_have - files.keys():
            self._problems[name] = (_missing(name),)
        texts = {name: self._read(name, files[name], in_force) for name in changed}
        kept = {name: text for name, text in texts.items() if text is not None}
        self.in_force = {name: in_force[name] for name in sorted(in_force)}
        return Changes(kept, gone)

    def _find_files(self) -> dict[str, list[Path]]:
        """By name; more than one where only the ending differs."""
        files: dict[str, list[Path]] = {}
        for path in sorted(map(Path, self._seen or ())):
            name = path.relative_to(self.folder).with_suffix("").as_posix()
            if self._is_mine(name):
                files.setdefault(name, []).append(path)
        return files

    def _read(self, name: str, paths: Sequence[Path], in_force: dict[str, Content]) -> str | None:
        """The text when it is good; otherwise its problems are noted and what was in force stays."""
        try:
            text = read_text(_only(name, paths))
            in_force[name] = self._parse(text, paths[0].relative_to(self.folder).as_posix())
        except ContentError as error:
            self._problems[name] = error.problems
            return None
        self._problems.pop(name, None)
        self.texts[name] = text
        return text


def _look(folder: Path) -> dict[str, Stamp]:
    """The files below a folder, by path; what editors leave behind is passed over."""
    found = (f"{where}/{name}" for where, _, names in os.walk(folder) for name in names if name[0] != ".")
    return {path: _stamp(Path(path)) for path in found if path.endswith(ENDINGS)}


def _only(name: str, paths: Sequence[Path]) -> Path:
    first, *others = paths
    if others:
        message = f"{first.name} holds `{name}` already"
        raise ContentError([Problem(other.name, 1, "", message, "keep one of the two") for other in others])
    return first


def _missing(name: str) -> Problem:
    return Problem(f"{name}.yaml", 0, "", "is missing", "copy it from the Rung repository")


def _stamp(path: Path) -> Stamp:
    """Changes whenever an editor saves; (0, 0) for a file that vanished meanwhile."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (state.st_mtime_ns, state.st_size)
