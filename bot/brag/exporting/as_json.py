"""The brag document as JSON: everything there is, in the form that `file.py` describes."""

from __future__ import annotations

from bot.brag.exporting.file import BragFile, LadderPart, OwnerPart, PeriodPart, write_entry, write_plans
from bot.brag.exporting.packet import Packet


def write_json(packet: Packet) -> str:
    """Indented, in UTF-8; the same packet makes the same text."""
    ladder, period = packet.ladder, packet.period
    file = BragFile(
        rung_brag_document=1,
        owner=OwnerPart(workspace=packet.person.workspace, user=packet.person.user, name=packet.owner),
        made_on=packet.made_on,
        period=PeriodPart(start=period.start, end=period.end) if period else None,
        ladder=LadderPart(id=ladder.id, name=ladder.name, version=ladder.version, source=ladder.source.name)
        if ladder
        else None,
        current=packet.current.id if packet.current else None,
        target=packet.target.id if packet.target else None,
        people=dict(packet.names),
        entries=tuple(map(write_entry, packet.newest_first)),
        plans=write_plans(packet.plans),
    )
    return file.model_dump_json(indent=2) + "\n"
