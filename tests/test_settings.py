"""Settings from the environment, and everything that is wrong with them at once."""

from pathlib import Path

import pytest

from bot.settings import HINTS, Settings, problems_of_folders, problems_of_slack, read_settings


def test_nothing_set_means_sqlite_port_3000_and_the_shipped_content() -> None:
    settings, problems = read_settings({})
    assert problems == []
    assert (settings.database_url, settings.port) == ("sqlite:///rung.db", 3000)
    assert (settings.rung_ladders / "artsy.yaml").exists()


def test_an_empty_value_counts_as_not_set() -> None:
    assert read_settings({"PORT": "", "SLACK_APP_TOKEN": ""})[0] == Settings()


@pytest.mark.parametrize("given", ["postgres://u:p@h/db", "postgresql://u:p@h/db"])
def test_the_addresses_that_hosts_hand_out_are_taken_as_they_are(given: str) -> None:
    assert read_settings({"DATABASE_URL": given})[0].database_url == "postgresql+psycopg://u:p@h/db"


def test_every_wrong_value_is_told_at_once_with_a_hint() -> None:
    wrong = {
        "PORT": "eighty",
        "DATABASE_URL": "mysql://x",
        "SLACK_API_URL": "slack.com",
        "RUNG_LOG_FORMAT": "xml",
    }
    settings, problems = read_settings(wrong)
    assert {problem.field for problem in problems} == set(wrong)
    assert all(problem.hint for problem in problems)
    assert settings == Settings()


def test_a_secret_is_never_repeated() -> None:
    _, problems = read_settings({"DATABASE_URL": "mysql://root:hunter2@h/db"})
    settings, _ = read_settings({"SLACK_BOT_TOKEN": "hunter2"})
    told = [*problems, *problems_of_slack(settings)]
    assert told
    assert "hunter2" not in "".join(map(str, told)) + repr(settings)


def test_http_needs_a_signing_secret_and_socket_mode_does_not() -> None:
    http, _ = read_settings({"SLACK_BOT_TOKEN": "xoxb-1"})
    socket, _ = read_settings({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"})
    assert [problem.field for problem in problems_of_slack(http)] == ["SLACK_SIGNING_SECRET"]
    assert problems_of_slack(socket) == []


def test_a_token_of_the_wrong_kind_is_told() -> None:
    swapped, _ = read_settings({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1"})
    assert [problem.field for problem in problems_of_slack(swapped)] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]


def test_a_content_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    settings, _ = read_settings({"RUNG_LADDERS": str(tmp_path / "nowhere")})
    assert [problem.field for problem in problems_of_folders(settings)] == ["RUNG_LADDERS"]


def test_every_setting_has_a_hint() -> None:
    assert {name.upper() for name in Settings.model_fields} == set(HINTS)
