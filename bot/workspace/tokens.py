"""Which token speaks to which workspace: the bot's own at home, that of the installation elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.clock import Now
from bot.errors import SlackRefused
from bot.slack.bolt import Identity
from bot.storage.database import Database
from bot.storage.vault import Vault
from bot.workspace.store import InstallationStore

KEPT = timedelta(minutes=5)  # another process may have been told of a new token


class Tokens:
    """Kept in memory for a while, so that a message costs no look into the database."""

    def __init__(self, own: str, identity: Identity, database: Database, vault: Vault, clock: Now) -> None:
        self._own = own
        self._identity = identity
        self._database = database
        self._store: Callable[[Connection], InstallationStore] = partial(InstallationStore, vault)
        self._clock = clock
        self._known: dict[str, tuple[str, datetime]] = {}

    async def of(self, workspace: str) -> str:
        """Raises SlackRefused: for good where Rung is not installed, for now until it knows its own home."""
        if workspace == self._identity.team_id:
            return self._own
        token, until = self._known.get(workspace, ("", self._clock()))
        if until <= self._clock():
            token = await self._look_up(workspace)
            self._known[workspace] = token, self._clock() + KEPT
        return token

    async def _look_up(self, workspace: str) -> str:
        token = await self._database.look_up(self._store, InstallationStore.get_token, workspace)
        if token is None:
            is_certain = bool(self._identity.team_id)
            raise SlackRefused("installations", "not_installed", permanent=is_certain)
        return token
