"""The two doors of the database for a slice: with its own store behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import Connection

from bot.storage.database import Database

Store = TypeVar("Store")
Result = TypeVar("Result")
P = ParamSpec("P")


class Doors(Generic[Store]):
    """For a desk: what of a slice holds the `database`, and says which `store` it works with."""

    database: Database

    @property
    def store(self) -> Callable[[Connection], Store]:
        raise NotImplementedError

    async def write(
        self, change: Callable[Concatenate[Store, P], Result], *args: P.args, **kwargs: P.kwargs
    ) -> Result:
        """What `change(store, …)` answers, after its commit."""
        return await self.database.write(self.store, change, *args, **kwargs)

    async def read(
        self, ask: Callable[Concatenate[Store, P], Result], *args: P.args, **kwargs: P.kwargs
    ) -> Result:
        return await self.database.read(self.store, ask, *args, **kwargs)

    async def write_down(
        self, change: Callable[Concatenate[Store, P], Result], *args: P.args, **kwargs: P.kwargs
    ) -> Result:
        """`write` for some rows that others wait for."""
        return await self.database.write_down(self.store, change, *args, **kwargs)

    async def look_up(
        self, ask: Callable[Concatenate[Store, P], Result], *args: P.args, **kwargs: P.kwargs
    ) -> Result:
        """`read` for one statement that an index answers."""
        return await self.database.look_up(self.store, ask, *args, **kwargs)
