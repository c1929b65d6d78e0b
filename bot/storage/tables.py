"""The registry every store adds its tables to, so that migrations see all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite alone would give it back without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def bind_processor(self, dialect: Dialect) -> Any:
        """Written and read in one step each: of everything kept or due there are several."""
        return _write_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return _read_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _write_text(moment: datetime | None) -> str | None:
    """As SQLAlchemy writes it for SQLite."""
    return moment.astimezone(UTC).isoformat(" ", "microseconds").removesuffix("+00:00") if moment else None


def _read_text(text: str | None) -> datetime | None:
    return datetime.fromisoformat(f"{text}+00:00") if text else None
