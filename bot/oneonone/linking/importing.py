"""A list of who reports to whom, as a file: read with everything that is wrong in it, then asked for."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import TYPE_CHECKING, get_args

from bot.errors import ContentError, Problem
from bot.oneonone.linking import service
from bot.oneonone.model import Pair
from bot.people.relations import Role
from bot.shape import suggest

if TYPE_CHECKING:
    from bot.oneonone.store import OneOnOneStore

NEEDED, COLUMNS = ("engineer", "manager"), ("engineer", "manager", "role")
SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,20}")
HOW_NAMED = "write an id such as U012ABCDEF (“Copy member ID” in a profile), or an address"
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, as it was written: people by Slack id or by email address."""

    number: int
    engineer: str
    manager: str
    role: Role


def read_lines(text: str, file: str) -> list[Line]:
    """The lines of a CSV file. Raises ContentError with everything wrong with it."""
    rows = _read_rows(text)
    number, header = next(rows, (1, []))
    header = [name.lower() for name in header]
    if problems := list(_check_header(header, file)):
        raise ContentError(problems)
    lines: list[Line] = []
    for number, cells in rows:
        row = dict(zip(header, cells, strict=False))
        found = list(_check_row(row, file, number))
        problems += found
        lines += [] if found else [_line(row, number)]
    if not lines and not problems:
        problems = [Problem(file, 1, "", "names nobody", "write a line for every engineer")]
    problems += _check_roles(lines, file)
    if problems:
        raise ContentError(problems)
    return lines


def _read_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Those that say something, with the number of their line; some write semicolons for commas."""
    first = text.partition("\n")[0]
    reader = csv.reader(StringIO(text), delimiter=";" if ";" in first and "," not in first else ",")
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, [cell.strip() for cell in cells]


def ask_all(store: OneOnOneStore, wanted: Sequence[tuple[Pair, Role]], now: datetime) -> int:
    """Each becomes a question to the engineer, where one may be asked; how many were asked now.

    What stands or waits already, and what an engineer said no to, is counted as one: nobody learns of a no.
    """
    return sum(bool(service.ask(store, pair, role, "", now)[1]) for pair, role in sorted(set(wanted)))


def _check_header(header: Sequence[str], file: str) -> Iterator[Problem]:
    hint = "begin the file with a line such as: engineer,manager"
    for name in NEEDED:
        if header.count(name) != 1:
            why = "is missing" if name not in header else "stands there twice"
            yield Problem(file, 1, name, f"the column {why}", hint)
    for name in header:
        if name not in COLUMNS:
            yield Problem(file, 1, name, "is no column I know", suggest(name, COLUMNS))


def _check_row(row: Mapping[str, str], file: str, number: int) -> Iterator[Problem]:
    for name in NEEDED:
        written = row.get(name, "")
        if not SLACK_ID.fullmatch(written) and not EMAIL.fullmatch(written):
            why = f"“{written}” is neither a Slack id nor an email address" if written else "is empty"
            yield Problem(file, number, name, why, HOW_NAMED)
    role = row.get("role", "").lower()
    if role not in ("", *get_args(Role)):
        yield Problem(file, number, "role", f"“{role}” is no role", "write manager or mentor, or nothing")
    if row.get("engineer") and row.get("engineer", "").lower() == row.get("manager", "").lower():
        yield Problem(file, number, "manager", "is the engineer themselves", "name the other person")


def _check_roles(lines: Sequence[Line], file: str) -> Iterator[Problem]:
    known: dict[tuple[str, str], Line] = {}
    for line in lines:
        first = known.setdefault((line.engineer.lower(), line.manager.lower()), line)
        if first.role != line.role:
            why = f"says {line.role}, and line {first.number} says {first.role} of the same two"
            yield Problem(file, line.number, "role", why, "keep one of the two lines")


def _line(row: Mapping[str, str], number: int) -> Line:
    roles = {role: role for role in get_args(Role)}
    return Line(number, row["engineer"], row["manager"], roles.get(row.get("role", "").lower(), "manager"))
