"""The messages `prompts/oneonone/` must hold, by file; each part names its own."""

from __future__ import annotations

from collections.abc import Mapping

from bot.oneonone.agenda import messages as agenda
from bot.oneonone.linking import messages as linking
from bot.oneonone.meetings import messages as meetings
from bot.oneonone.prep import messages as prep
from bot.oneonone.times import messages as times

MESSAGES: Mapping[str, Mapping[str, str]] = {
    **linking.MESSAGES,
    **times.MESSAGES,
    **prep.MESSAGES,
    **agenda.MESSAGES,
    **meetings.MESSAGES,
}
