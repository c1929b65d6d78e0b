"""The weekly question arrives at the hour someone chose, and what is answered to it is kept."""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy import Connection, select
from structlog.testing import capture_logs

from bot.nudge.model import NUDGE
from bot.outbox.tables import deliveries
from tests.support.workspace import ANA, Workspace


async def to_friday_afternoon(workspace: Workspace) -> None:
    """Ana lives in UTC here."""
    now = workspace.clock()
    friday = now + timedelta(days=(4 - now.weekday()) % 7)
    at = datetime(friday.year, friday.month, friday.day, 15, 0, 1, tzinfo=UTC)
    await workspace.move((at if at > now else at + timedelta(weeks=1)) - now)
    await workspace.settle()


async def test_on_friday_at_three_the_question_is_there_and_its_answer_is_kept(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    await to_friday_afternoon(workspace)
    question = workspace.messages(place=workspace.dm())[-1]
    assert "?" in workspace.read(place=workspace.dm())
    await workspace.reply("Unblocked the payments team, 3 days saved", question.ts)
    assert "private to you" in workspace.read(place=workspace.dm())


async def test_a_question_a_week_and_none_while_paused(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    await to_friday_afternoon(workspace)
    before = len(workspace.messages(place=workspace.dm()))
    await workspace.type("/coach pause 2 weeks")
    await workspace.move(timedelta(weeks=1))
    await workspace.settle()
    assert len(workspace.messages(place=workspace.dm())) == before


async def test_nothing_comes_in_quiet_hours_and_the_question_afterwards(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    workspace.world.users[ANA.id].quiet_hours = (time(14), time(16))
    before = len(workspace.messages(place=workspace.dm()))
    await to_friday_afternoon(workspace)
    assert len(workspace.messages(place=workspace.dm())) == before
    await workspace.move(timedelta(hours=1, minutes=1))
    await workspace.settle()
    assert len(workspace.messages(place=workspace.dm())) == before + 1


async def test_after_weeks_without_a_process_todays_question_is_asked_once_though_late(
    workspace: Workspace,
) -> None:
    await workspace.type("/ladder target staff")
    before = len(workspace.messages(place=workspace.dm()))
    await workspace.move(
        datetime(2026, 4, 3, 18, tzinfo=UTC) - workspace.clock()
    )  # a Friday, three hours late
    await workspace.settle()
    assert len(workspace.messages(place=workspace.dm())) == before + 1


async def test_after_weeks_without_a_process_no_question_of_another_day_is_asked(
    workspace: Workspace,
) -> None:
    await workspace.type("/ladder target staff")
    before = len(workspace.messages(place=workspace.dm()))
    await workspace.move(datetime(2026, 4, 4, 10, tzinfo=UTC) - workspace.clock())  # a Saturday
    await workspace.settle()
    assert len(workspace.messages(place=workspace.dm())) == before
    dropped = select(deliveries.c.kind, deliveries.c.reason).where(deliveries.c.state == "dropped")

    def read(connection: Connection) -> list[tuple[str, str]]:
        return [(row.kind, row.reason) for row in connection.execute(dropped)]

    found = workspace.rung.database.read_now(lambda connection: connection, read)
    assert found == [(NUDGE, "too late")]
    await to_friday_afternoon(workspace)
    assert len(workspace.messages(place=workspace.dm())) == before + 1


async def test_where_slack_does_not_say_who_wants_quiet_the_question_comes(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    workspace.slack.faults.add("dnd.teamInfo", "ratelimited", times=None)
    before = len(workspace.messages(place=workspace.dm()))
    await to_friday_afternoon(workspace)
    assert len(workspace.messages(place=workspace.dm())) == before + 1


async def test_why_it_is_this_question_stands_in_the_log_by_ids(workspace: Workspace) -> None:
    await workspace.type("/ladder target staff")
    with capture_logs() as logs:
        await to_friday_afternoon(workspace)
    [told] = [line for line in logs if line["event"] == "weekly question"]
    assert told["level"] == "artsy/ic6"
    assert told["expectation"].startswith("ic6-")
    assert told["reason"].startswith("no-evidence ")
    question = workspace.read(place=workspace.dm()).splitlines()[0]
    assert question not in str(logs)
