"""Installations: one sealed token a workspace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, select

from bot.storage.keys import sealed
from bot.storage.tables import Moment, metadata
from bot.storage.upsert import upsert
from bot.storage.vault import Owner, Vault

PLACE = "installations.token"

installations = Table(
    "installations",
    metadata,
    Column("workspace_id", String(32), primary_key=True),
    Column("user_id", String(32), nullable=False),  # who installed it, and owns the seal
    sealed("token"),
    Column("changed_at", Moment, nullable=False),
)


class InstallationStore:
    """Tokens by workspace."""

    def __init__(self, vault: Vault, connection: Connection) -> None:
        self._vault = vault
        self._connection = connection

    def put(self, workspace: str, user: str, token: str, now: datetime) -> None:
        row = {
            "workspace_id": workspace,
            "user_id": user,
            "token": self._vault.seal(token, Owner(workspace, user), PLACE),
            "changed_at": now,
        }
        upsert(self._connection, installations, [row], changing=("user_id", "token", "changed_at"))

    def get_workspaces(self) -> list[str]:
        """Where Rung is installed."""
        return list(self._connection.execute(select(installations.c.workspace_id)).scalars())

    def get_token(self, workspace: str) -> str | None:
        """None where Rung is not installed."""
        found = select(installations).where(installations.c.workspace_id == workspace)
        row = self._connection.execute(found).first()
        return self._vault.open(row.token, Owner(workspace, row.user_id), PLACE) if row else None
