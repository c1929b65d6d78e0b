"""What `rung brag …` does, with the database and its keys."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from bot.brag.exporting.file import BragFile
from bot.brag.importing import bring_in, read_file
from bot.brag.store import BragStore
from bot.clock import now
from bot.errors import BotError
from bot.people.model import PersonId
from bot.settings import Settings
from bot.storage.database import open_current
from bot.storage.keys import open_vault


def import_file(settings: Settings, path: Path, workspace: str, user: str) -> str:
    """Bring a file in, and what that did. Raises ContentError, BotError, StartRefused."""
    try:
        file = read_file(path.read_bytes(), str(path))
    except OSError as error:
        raise BotError(f"{path} cannot be read: {error.strerror}.") from None
    person = _find_owner(file, workspace, user)
    with open_current(settings.database_url) as database:
        secret = settings.rung_secret_key.get_secret_value() if settings.rung_secret_key else None
        store = partial(BragStore, open_vault(secret, database, now()))
        done = database.write_now(store, bring_in, file, person, now())
    return (
        f"{_count(done.entries, 'entry', 'entries')} and {_count(done.plans, 'plan', 'plans')} added for "
        f"{person.user} in {person.workspace}; {_count(done.known, 'entry', 'entries')} there already."
    )


def _find_owner(file: BragFile, workspace: str, user: str) -> PersonId:
    """Whom the entries are to belong to: as said, else as the file says."""
    owner = file.owner
    person = PersonId(workspace or (owner.workspace if owner else ""), user or (owner.user if owner else ""))
    if not all(person):
        raise BotError("The file does not say whose it is. Say so: --workspace T… --user U….")
    return person


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
