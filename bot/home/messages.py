"""The messages `prompts/home/` must hold, and the names each may use."""

from __future__ import annotations

MESSAGES = {
    "home/messages": {"welcome": "", "begun": "rhythm", "next": "", "help": "", "direct_message": ""},
    "home/coach": {
        "help": "",
        "form_open": "",
        "coming": "",
        "settings": "rhythm next never pause days_off",
        "no_rhythm": "",
        "rhythm_set": "rhythm next never is_held",
        "rhythm_off": "",
        "rhythm_what": "asked",
        "rhythm_welcome": "level rhythm",
        "paused": "until",
        "paused_what": "asked",
        "paused_field": "",
        "paused_not": "next",
        "resumed": "next",
        "days_off_set": "days never",
        "days_off_none": "",
        "days_off_what": "asked",
        "days_off_now": "days",
        "days_off_many": "",
        "days_off_field": "",
        "unknown": "asked",
    },
}
