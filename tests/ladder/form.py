"""The form for one's levels, filled in and saved."""

from bot.playground.world import Json
from tests.support.workspace import ANA, Workspace


async def fill(workspace: Workspace, **levels: str) -> dict[str, str]:
    """Choose these and save; what the form complains about."""
    view = workspace.modal()
    chosen = {
        block["block_id"]: {
            block["element"]["action_id"]: {
                "selected_option": _option(block["element"], levels.get(block["block_id"], ""))
            }
        }
        for block in view.payload["blocks"]
    }
    return await workspace.slack.submit(ANA.id, view.id, chosen)


def _option(element: Json, value: str) -> Json | None:
    options = [option for group in element["option_groups"] for option in group["options"]]
    return next((option for option in options if option["value"] == value), None)
