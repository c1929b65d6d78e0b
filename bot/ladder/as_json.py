"""A ladder, or a level of it, as plain data for other programs: `rung ladder show --json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.ladder.model import Ladder, Level, Statement


def ladder_as_json(ladder: Ladder) -> dict[str, Any]:
    """The whole ladder with every cell, absent ones too."""
    return {
        **_head(ladder),
        "tracks": [asdict(track) for track in ladder.tracks.values()],
        "competencies": [asdict(competency) for competency in ladder.competencies.values()],
        "lenses": [asdict(lens) for lens in ladder.lenses],
        "levels": [_level(ladder, level) for level in ladder.levels.values()],
        "roles": [asdict(role) for role in ladder.roles.values()],
        "guidance": [asdict(guidance) for guidance in ladder.guidance],
        "topics": [asdict(topic) for topic in ladder.topics.values()],
        "terms": [asdict(term) for term in ladder.terms],
        "promotions": asdict(ladder.promotions),
    }


def level_as_json(ladder: Ladder, level: Level) -> dict[str, Any]:
    return {"ladder": _head(ladder), "level": _level(ladder, level)}


def _head(ladder: Ladder) -> dict[str, Any]:
    head = {"id": ladder.id, "name": ladder.name, "version": ladder.version, "summary": ladder.summary}
    return {**head, "source": asdict(ladder.source)}


def _level(ladder: Ladder, level: Level) -> dict[str, Any]:
    parallels = [other.id for other in ladder.parallels(level)]
    cells = [
        {
            "competency": competency,
            "state": (cell := ladder.cell(level.id, competency)).state.value,
            "still_from": cell.still_from,
            "statements": [_statement(statement) for statement in cell.statements],
        }
        for competency in ladder.competencies
    ]
    return {**asdict(level), "parallel_to": parallels, "cells": cells}


def _statement(statement: Statement) -> dict[str, Any]:
    data = asdict(statement)
    return {name: data[name] for name in ("id", "kind", "text", "ask", "sample", "was")}
