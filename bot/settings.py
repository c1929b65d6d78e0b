"""Environment → Settings; everything that is wrong, at once, each with a hint."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from bot.errors import Problem, problem_of_setting
from bot.outbox.model import PER_MINUTE

ROOT = Path(__file__).resolve().parent.parent

HINTS = {
    "SLACK_BOT_TOKEN": "copy the Bot User OAuth Token (xoxb-…) from “OAuth & Permissions” of your Slack app",
    "SLACK_APP_TOKEN": "create an app-level token (xapp-…) with connections:write under “Basic Information”",
    "SLACK_SIGNING_SECRET": "copy it from “Basic Information”, or set SLACK_APP_TOKEN to use Socket Mode",
    "SLACK_API_URL": "leave it unset, or give a base such as https://slack.com/api/",
    "DATABASE_URL": "leave it unset for a SQLite file, or give sqlite:///path or postgresql://user@host/name",
    "RUNG_SECRET_KEY": "make one with `openssl rand -base64 32`, and keep it as safe as the database",
    "RUNG_REACTION": "the name of an emoji without colons, such as trophy, or nothing",
    "PORT": "a number from 1 to 65535",
    "RUNG_DEFAULT_LADDER": "the id of a file in the ladders folder, such as artsy",
    "RUNG_LADDERS": "a folder with ladder files",
    "RUNG_PROMPTS": "a folder with prompt files",
    "RUNG_MESSAGES_PER_MINUTE": "a number of 1 or more, such as 200",
    "RUNG_LOG_FORMAT": "console or json",
}

MAY_BE_EMPTY = frozenset({"RUNG_REACTION"})


def _checked_database_url(url: str) -> str:
    """Accepts what hosts hand out (`postgres://`) and names the driver Rung uses."""
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("must be a sqlite:/// or postgresql:// address")
    return url


def _with_slash(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("must start with http:// or https://")
    return url if url.endswith("/") else url + "/"


class Settings(BaseModel):
    """What can be set from the environment, each under its name in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slack_bot_token: SecretStr | None = None
    """Token of the bot in its workspace (xoxb-…)."""
    slack_signing_secret: SecretStr | None = None
    """Proves that a request over HTTP comes from Slack; not needed in Socket Mode."""
    slack_app_token: SecretStr | None = None
    """App-level token (xapp-…). When set, Rung uses Socket Mode instead of HTTP."""
    slack_api_url: Annotated[str, AfterValidator(_with_slash)] = "https://slack.com/api/"
    """Base of Slack's Web API; another one is useful for tests."""
    database_url: Annotated[str, AfterValidator(_checked_database_url)] = "sqlite:///rung.db"
    """Where everything is kept."""
    port: Annotated[int, Field(ge=1, le=65535)] = 3000
    """Port of the HTTP server."""
    rung_secret_key: SecretStr | None = None
    """Seals what people write: 32 bytes in base64; several by commas, the first seals.

    A SQLite file gets a key file beside it when this is not set.
    """
    rung_reaction: str = "trophy"
    """Emoji that keeps a message as an entry, where the manifest was made with --reactions; empty: none."""
    rung_default_ladder: str | None = None
    """Ladder of people who have not chosen one; not needed with a single ladder."""
    rung_ladders: Path = ROOT / "ladders"
    """Folder of the ladder files."""
    rung_prompts: Path = ROOT / "prompts"
    """Folder of the prompt files."""
    rung_messages_per_minute: Annotated[int, Field(ge=1)] = PER_MINUTE
    """How many messages that merely came due each workspace is sent in a minute."""
    rung_log_format: Annotated[str, Field(pattern="^(console|json)$")] = "console"
    """`console` for people, `json` for machines."""

    @property
    def uses_socket_mode(self) -> bool:
        return self.slack_app_token is not None

    @property
    def uses_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite:")


def read_settings(environment: Mapping[str, str]) -> tuple[Settings, list[Problem]]:
    """Settings, and what is wrong with values that cannot be used; those count as not set."""
    given = {name.lower(): value for name, value in environment.items() if value or name in MAY_BE_EMPTY}
    known = {name: value for name, value in given.items() if name in Settings.model_fields}
    try:
        return Settings.model_validate(known), []
    except ValidationError as error:
        # The value itself may be a secret, so it is never repeated.
        wrong = error.errors(include_input=False)
    usable = {name: value for name, value in known.items() if name not in {part["loc"][0] for part in wrong}}
    return Settings.model_validate(usable), [_problem(part) for part in wrong]


def problems_of_slack(settings: Settings) -> list[Problem]:
    """What is missing or malformed for talking to Slack."""
    found = [_token_problem("SLACK_BOT_TOKEN", settings.slack_bot_token, "xoxb-")]
    if settings.uses_socket_mode:
        found.append(_token_problem("SLACK_APP_TOKEN", settings.slack_app_token, "xapp-"))
    elif settings.slack_signing_secret is None:
        found.append(environment_problem("SLACK_SIGNING_SECRET", "is not set"))
    return [problem for problem in found if problem]


def problems_of_folders(settings: Settings) -> list[Problem]:
    """Content folders that are not there."""
    named = {"RUNG_LADDERS": settings.rung_ladders, "RUNG_PROMPTS": settings.rung_prompts}
    return [
        environment_problem(name, f"names {path}, which is not a folder")
        for name, path in named.items()
        if not path.is_dir()
    ]


def _token_problem(name: str, token: SecretStr | None, prefix: str) -> Problem | None:
    if token is None:
        return environment_problem(name, "is not set")
    if not token.get_secret_value().startswith(prefix):
        return environment_problem(name, f"does not start with {prefix}")
    return None


def environment_problem(name: str, message: str, hint: str = "") -> Problem:
    """What is wrong with a setting, with the hint that usually helps."""
    return problem_of_setting(name, message, hint or HINTS[name])


def _problem(part: Mapping[str, Any]) -> Problem:
    name = str(part["loc"][0]).upper()
    message = str(part["msg"]).removeprefix("Value error, ")
    return environment_problem(name, message)
