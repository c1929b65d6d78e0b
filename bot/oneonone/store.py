"""Everything that 1:1s keep and read, bound to one transaction."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.brag.shared import SharedEntries
from bot.brag.store import BragStore
from bot.nudge.store import NudgeStore
from bot.oneonone.linking.store import AccessStore
from bot.oneonone.meetings.store import MeetingStore
from bot.oneonone.prep.store import PointStore
from bot.oneonone.times.store import TimesStore
from bot.outbox.store import Outbox
from bot.people.relation_store import RelationStore
from bot.people.store import PeopleStore
from bot.storage.vault import Vault


class OneOnOneStore:
    """A part for each kind of thing, and those of the slices before it that 1:1s stand on."""

    def __init__(self, vault: Vault, connection: Connection) -> None:
        self.people = PeopleStore(connection)
        self.relations = RelationStore(connection)
        self.brag = BragStore(vault, connection)
        self.nudges = NudgeStore(vault, connection)
        self.shared = SharedEntries(vault, connection)
        self.times = TimesStore(connection)
        self.points = PointStore(vault, connection)
        self.meetings = MeetingStore(vault, connection)
        self.accesses = AccessStore(connection)
        self.outbox = Outbox(connection)
