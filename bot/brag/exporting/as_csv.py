"""The brag document as CSV: a row for each entry, newest first, for a spreadsheet.

Columns: `day` · `kind` (win, learning, failure) · `text` · `result` (what came of it) · `reach` ·
`competencies` and `expectations` (confirmed on the ladder) · `project` · `goal` · `people` · `links` ·
`visible` (private, shared) · `shared_since` · `kept_at` · `id`. Several of one kind stand a line each in
their cell. Times are UTC.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from bot.brag.exporting.marks import name_people
from bot.brag.exporting.packet import Packet
from bot.brag.model import Entry
from bot.brag.receipts import REACH_NAMES, find_expectation

COLUMNS = (
    *("day", "kind", "text", "result", "reach", "competencies", "expectations", "project", "goal"),
    *("people", "links", "visible", "shared_since", "kept_at", "id"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula."""


def write_csv(packet: Packet) -> str:
    """Every cell is quoted; what would count as a formula begins with an apostrophe."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for entry in packet.newest_first:
        cells = _cells(packet, entry)
        writer.writerow([_harmless(cells[column]) for column in COLUMNS])
    return file.getvalue()


def _cells(packet: Packet, entry: Entry) -> dict[str, str]:
    words, names, ladder = entry.words, packet.names, packet.ladder
    confirmed = entry.confirmed(ladder.id) if ladder else ()
    known = ladder.competencies if ladder else {}
    expectations = (find_expectation(ladder, one) for one in confirmed if ladder)
    return {
        "day": f"{entry.happened_on}",
        "kind": entry.kind,
        "text": name_people(words.text, names),
        "result": name_people(words.result, names),
        "reach": REACH_NAMES[entry.reach] if entry.reach else "",
        "competencies": "\n".join(
            known[one.competency].name if one.competency in known else one.competency for one in confirmed
        ),
        "expectations": "\n".join(filter(None, expectations)),
        "project": words.project,
        "goal": words.goal,
        "people": "\n".join(names.get(person, person) for person in words.people),
        "links": "\n".join(words.links),
        "visible": entry.visibility,
        "shared_since": _say_moment(entry.shared_at),
        "kept_at": _say_moment(entry.created_at),
        "id": entry.id,
    }


def _say_moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}" if moment else ""


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
