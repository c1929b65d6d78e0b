"""The messages `prompts/home/` must hold, and the names each may use."""

from __future__ import annotations

MESSAGES = {"home/messages": {"welcome": "", "direct_message": ""}}
