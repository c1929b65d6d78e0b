"""What `rung people import` does, with the database and with Slack, which knows who people are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.clock import now
from bot.errors import BotError, ContentError, Problem
from bot.oneonone.linking.importing import Line, ask_all, read_lines
from bot.oneonone.linking.whom import why_not
from bot.oneonone.model import Pair
from bot.oneonone.store import OneOnOneStore
from bot.people.relations import Role
from bot.settings import Settings
from bot.storage.database import Database, open_current
from bot.storage.keys import open_vault
from bot.storage.vault import Vault
from bot.workspace.store import InstallationStore

MOST_WAITS = 100  # times that Slack may ask to wait
UNKNOWN = frozenset({"user_not_found", "users_not_found", "user_not_visible"})
WHY = {
    "is_elsewhere": "is of another workspace",
    "is_app": "is an app",
    "has_left": "has a closed account",
    "is_guest": "is a guest, and only full members are linked",
}
NO_SCOPE = "write the Slack id, or give the app the scope users:read.email (`rung manifest --email`)"
LEAVE_OUT = "name somebody else, or leave the line out"

Found = str | tuple[str, str]
"""A Slack id; or what is wrong and what to do about it."""


def import_managers(settings: Settings, path: Path, workspace: str) -> str:
    """Turn each line into a question, and say how many. Raises ContentError, BotError, StartRefused."""
    try:
        lines = read_lines(path.read_text("utf-8-sig"), str(path))
    except OSError as error:
        raise BotError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise BotError(f"{path} is not UTF-8 text. Save it as “CSV UTF-8”.") from None
    with open_current(settings.database_url) as database:
        return _import(settings, database, lines, str(path), workspace)


def _import(settings: Settings, database: Database, lines: Sequence[Line], file: str, workspace: str) -> str:
    secret = settings.rung_secret_key.get_secret_value() if settings.rung_secret_key else None
    vault = open_vault(secret, database, now())
    try:
        client, team = _find_workspace(settings, database, vault, workspace)
        wanted = _find_people(Directory(client, team), lines, file)
    except SlackApiError as error:
        raise BotError(f"Slack refuses ({error.response['error']}), so nothing was imported.") from None
    except URLError:
        raise BotError("Slack cannot be reached, so nothing was imported. Try again later.") from None
    asked = database.write_now(partial(OneOnOneStore, vault), ask_all, wanted, now())
    return (
        f"{asked:,} {'engineer is' if asked == 1 else 'engineers are'} asked by the running Rung; "
        f"{len(lines) - asked:,} of {len(lines):,} lines are left as they are, with nothing to ask."
    )


def _find_workspace(
    settings: Settings, database: Database, vault: Vault, workspace: str
) -> tuple[WebClient, str]:
    """The one named, else that of the bot's token, else the only one where Rung is installed."""
    if settings.slack_bot_token:
        client = _client(settings, settings.slack_bot_token.get_secret_value())
        team = str(client.auth_test()["team_id"])
        if workspace in ("", team):
            return client, team
    store = partial(InstallationStore, vault)
    installed = database.read_now(store, InstallationStore.get_workspaces)
    chosen = [one for one in installed if workspace in ("", one)]
    if len(chosen) != 1:
        there = ", ".join(sorted(installed)) or "none beside that of SLACK_BOT_TOKEN"
        raise BotError(f"Say which workspace: --workspace T…. Rung is installed in: {there}.")
    token = database.read_now(store, InstallationStore.get_token, chosen[0])
    return _client(settings, token or ""), chosen[0]


def _client(settings: Settings, token: str) -> WebClient:
    """It waits as long as Slack asks it to; looking somebody up twice does no harm."""
    waiting = RateLimitErrorRetryHandler(max_retry_count=MOST_WAITS)
    return WebClient(token, base_url=settings.slack_api_url, retry_handlers=[waiting])


class Directory:
    """Who people are, each asked of Slack once."""

    def __init__(self, client: WebClient, team: str) -> None:
        self._client = client
        self.team = team
        self._known: dict[str, Found] = {}

    def find(self, written: str) -> Found:
        """By Slack id or by email address."""
        name = written.lower() if "@" in written else written
        if name not in self._known:
            self._known[name] = self._ask(name)
        return self._known[name]

    def _ask(self, name: str) -> Found:
        client = self._client
        try:
            by_email = "@" in name
            found = client.users_lookupByEmail(email=name) if by_email else client.users_info(user=name)
        except SlackApiError as error:
            code = error.response["error"]
            if code == "missing_scope":
                return "cannot be found by address", NO_SCOPE
            if code not in UNKNOWN:
                raise
            return f"“{name}” is nobody in this workspace", LEAVE_OUT
        user: dict[str, Any] = found["user"]
        why = why_not(user, self.team)
        return (WHY[why], LEAVE_OUT) if why else str(user["id"])


def _find_people(directory: Directory, lines: Sequence[Line], file: str) -> list[tuple[Pair, Role]]:
    """Raises ContentError with everybody who cannot be linked."""
    problems = [problem for line in lines for problem in _check(directory, line, file)]
    if problems:
        raise ContentError(problems)
    return [(_pair(directory, line), line.role) for line in lines]


def _pair(directory: Directory, line: Line) -> Pair:
    return Pair(directory.team, str(directory.find(line.engineer)), str(directory.find(line.manager)))


def _check(directory: Directory, line: Line, file: str) -> Iterator[Problem]:
    engineer, manager = directory.find(line.engineer), directory.find(line.manager)
    for field, found in (("engineer", engineer), ("manager", manager)):
        if isinstance(found, tuple):
            yield Problem(file, line.number, field, *found)
    if engineer == manager and isinstance(engineer, str):
        yield Problem(file, line.number, "manager", "is the engineer themselves", "name the other person")
