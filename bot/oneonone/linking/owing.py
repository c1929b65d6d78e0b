"""What is owed when two people are linked, or are to be: deliveries that hold ids and no words."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bot.oneonone.model import Pair
from bot.outbox.model import Owed
from bot.people.relations import Relation

ASKED, LINKED = "oneonone.asked", "oneonone.linked"

How = Literal["named", "confirmed"]


def linked(relation: Relation, how: How, now: datetime) -> Owed:
    """To the other: whose shared things they see from now on."""
    pair = _pair(relation)
    once = f"linked:{pair.engineer}:{pair.other}:{relation.role}:{_stamp(relation.since)}"
    about = {"engineer": pair.engineer, "how": how}
    return Owed(pair.workspace, pair.other, LINKED, once, now, about)


def asked(relation: Relation, last: datetime | None, now: datetime) -> Owed:
    """To the engineer: is that so? Asked once, and once more after each time that they were linked.

    So taking a question back and asking anew sends nothing: the message that is there can be answered again.
    `last` is when the relation before this one began.
    """
    pair = _pair(relation)
    once = f"asked:{pair.engineer}:{pair.other}:{_stamp(last)}"
    return Owed(pair.workspace, pair.engineer, ASKED, once, now, {"other": pair.other})


def _pair(relation: Relation) -> Pair:
    return Pair(relation.engineer.workspace, relation.engineer.user, relation.other)


def _stamp(moment: datetime | None) -> str:
    return str(moment.timestamp()) if moment else ""
