"""`rung people import`: a list of who reports to whom, as an operator runs it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import now
from bot.people.model import PersonId
from bot.people.relation_store import RelationStore
from bot.people.relations import Relation
from bot.playground.world import User
from tests.support.process import run
from tests.support.workspace import ANA, BEN, CHANNEL, KEY, Workspace

NOOR = User("UNOOR", "noor", "Noor Haddad", email="noor@example.com")


@pytest.fixture(autouse=True)
def people(workspace: Workspace) -> None:
    workspace.world.users[ANA.id].email = "ana@example.com"
    workspace.world.users[BEN.id].email = "ben@example.com"
    others = (NOOR, User("UGUEST", "gus", "Gus", is_guest=True), User("UGONE", "gil", "Gil", deleted=True))
    for one in others:
        workspace.world.users[one.id] = one
        workspace.world.conversations[CHANNEL].members.append(one.id)


class Operator:
    """Whoever runs the command beside the running bot."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self._workspace = workspace
        self._file = folder / "managers.csv"
        self._settings = {
            "SLACK_BOT_TOKEN": "xoxb-playground",
            "SLACK_API_URL": f"{workspace.address}/api/",
            "DATABASE_URL": workspace.rung.settings.database_url,
            "RUNG_SECRET_KEY": KEY,
        }

    async def imports(self, text: str, *options: str, encoding: str = "utf-8") -> tuple[int, str, str]:
        self._file.write_text(text, encoding)
        done = await run("people", "import", str(self._file), *options, **self._settings)
        # The command lives by the system's clock; what it owes is due once the bot's has come there.
        await self._workspace.move(max(now() - self._workspace.clock(), timedelta(0)))
        return done


@pytest.fixture
def operator(workspace: Workspace, tmp_path: Path) -> Operator:
    return Operator(workspace, tmp_path)


async def standing(workspace: Workspace) -> list[Relation]:
    """Everything of Ana's that is active or waits."""
    person = PersonId(workspace.world.team_id, ANA.id)
    return await workspace.rung.database.read(RelationStore, RelationStore.get_standing, person)


def heard(workspace: Workspace, user: User = ANA) -> list[str]:
    return [message.text for message in workspace.messages(user, workspace.dm(user))]


async def test_every_line_becomes_a_question_and_nothing_is_shared_before_the_yes(
    workspace: Workspace, operator: Operator
) -> None:
    code, out, err = await operator.imports("engineer,manager\nUANA,UBEN\nUNOOR,UBEN\n")
    assert (code, err) == (0, "")
    assert "2 engineers are asked by the running Rung; 0 of 2 lines are left as they are" in out
    assert [one.state for one in await standing(workspace)] == ["proposed"]
    said = workspace.read(place=workspace.dm())
    assert "<@UBEN> is your manager, says a list of your company" in said
    assert heard(workspace, BEN) == []
    await workspace.click("Yes", place=workspace.dm())
    assert [one.state for one in await standing(workspace)] == ["active"]
    assert "<@UANA> said yes" in workspace.read(BEN, workspace.dm(BEN))


async def test_twice_is_once(workspace: Workspace, operator: Operator) -> None:
    text = "engineer,manager\nUANA,UBEN\nUANA,UBEN\n"
    await operator.imports(text)
    before = await standing(workspace)
    _, out, _ = await operator.imports(text)
    assert "0 engineers are asked" in out
    assert await standing(workspace) == before
    assert len(heard(workspace)) == 1


async def test_whoever_said_no_is_neither_asked_again_nor_told_apart(
    workspace: Workspace, operator: Operator
) -> None:
    await operator.imports("engineer,manager\nUANA,UBEN\nUNOOR,UBEN\n")
    await workspace.click("No", place=workspace.dm())
    _, out, _ = await operator.imports("engineer,manager\nUANA,UBEN\nUNOOR,UBEN\n")
    assert "0 engineers are asked by the running Rung; 2 of 2 lines are left as they are" in out
    assert len(heard(workspace)) == 1


async def test_columns_stand_in_any_order_and_a_role_may_be_given(
    workspace: Workspace, operator: Operator
) -> None:
    code, _, err = await operator.imports("\ufeffRole; Manager; Engineer\nmentor; UBEN; UANA\n\n")
    assert (code, err) == (0, "")
    assert [one.role for one in await standing(workspace)] == ["mentor"]


class TestWithAddresses:
    """Where the app may find people by them."""

    @pytest.fixture(autouse=True)
    def scope(self, workspace: Workspace) -> None:
        workspace.world.manifest.scopes.append("users:read.email")

    async def test_people_are_found_by_their_address(self, workspace: Workspace, operator: Operator) -> None:
        code, _, err = await operator.imports("engineer,manager\nAna@Example.com,ben@example.com\n")
        assert (code, err) == (0, "")
        assert [one.other for one in await standing(workspace)] == [BEN.id]

    async def test_an_address_of_nobody_and_of_oneself_is_told(
        self, workspace: Workspace, operator: Operator
    ) -> None:
        text = "engineer,manager\nana@example.com,who@example.com\nana@example.com,UANA\n"
        code, _, err = await operator.imports(text)
        workspace.world.refused.clear()
        assert code == 1
        assert "managers.csv:2 [manager] “who@example.com” is nobody in this workspace" in err
        assert "managers.csv:3 [manager] is the engineer themselves" in err


async def test_without_the_scope_addresses_are_told_with_what_to_do(
    workspace: Workspace, operator: Operator
) -> None:
    code, _, err = await operator.imports("engineer,manager\nana@example.com,UBEN\n")
    workspace.world.refused.clear()
    assert code == 1
    assert "managers.csv:2 [engineer] cannot be found by address" in err
    assert "rung manifest --email" in err


async def test_everything_wrong_is_told_at_once_with_its_line_and_nothing_is_imported(
    workspace: Workspace, operator: Operator
) -> None:
    text = """engineer,manager,role
UANA,UBEN,manager
UANA,ben,
,UBEN,
UNOOR,UNOOR,
UANA,UBEN,boss
UANA,UBEN,mentor
"""
    code, _, err = await operator.imports(text)
    assert code == 1
    for said in (
        "managers.csv:3 [manager] “ben” is neither a Slack id nor an email address",
        "managers.csv:4 [engineer] is empty",
        "managers.csv:5 [manager] is the engineer themselves",
        "managers.csv:6 [role] “boss” is no role",
        "managers.csv:7 [role] says mentor, and line 2 says manager of the same two",
    ):
        assert said in err
    assert err.count("→") == 5
    assert await standing(workspace) == []
    assert heard(workspace) == []


async def test_people_who_cannot_be_linked_are_told_by_line_and_nothing_is_imported(
    workspace: Workspace, operator: Operator
) -> None:
    workspace.world.users["UELSE"] = User("UELSE", "eli", "Eli", team_id="T0002")
    text = "engineer,manager\nUANA,UBEN\nUANA,UGUEST\nUGONE,UBEN\nUANA,UBOT\nUANA,UELSE\nUANA,U404\n"
    code, _, err = await operator.imports(text)
    workspace.world.refused.clear()
    assert code == 1
    for said in (
        "managers.csv:3 [manager] is a guest",
        "managers.csv:4 [engineer] has a closed account",
        "managers.csv:5 [manager] is an app",
        "managers.csv:6 [manager] is of another workspace",
        "managers.csv:7 [manager] “U404” is nobody in this workspace",
    ):
        assert said in err
    assert await standing(workspace) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "[engineer] the column is missing"),
        ("engineer,boss\nUANA,UBEN\n", "[manager] the column is missing"),
        ("engineer,manager,rolle\nUANA,UBEN,mentor\n", "did you mean `role`?"),
        ("engineer,manager\n", "names nobody"),
    ],
)
async def test_a_file_of_another_shape_is_told(operator: Operator, text: str, said: str) -> None:
    code, _, err = await operator.imports(text)
    assert code == 1
    assert said in err


async def test_a_file_that_is_no_text_is_told(operator: Operator) -> None:
    code, _, err = await operator.imports("engineer,manager\nÄ,B\n", encoding="latin-1")
    assert code == 1
    assert "CSV UTF-8" in err


async def test_a_workspace_where_rung_is_not_installed_is_told(operator: Operator) -> None:
    code, _, err = await operator.imports("engineer,manager\nUANA,UBEN\n", "--workspace", "T0404")
    assert code == 1
    assert "Say which workspace" in err


async def test_the_manifest_has_the_scope_for_addresses_where_it_is_asked_for() -> None:
    _, plain, _ = await run("manifest")
    _, more, _ = await run("manifest", "--email")
    assert "users:read.email" not in plain
    assert "users:read.email" in more
