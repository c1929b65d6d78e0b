"""The messages `prompts/ladder/` must hold, and the names each may use."""

from __future__ import annotations

MESSAGES = {
    "ladder/messages": {
        "help": "",
        "which_level": "asked",
        "other_track": "others",
        "no_level": "asked ladder",
        "no_level_at_all": "asked ladder",
        "which_ladder": "",
        "ladder_used": "ladder",
        "no_such_ladder": "asked",
        "nothing_set": "ladder",
        "level_lost": "lost ladder",
        "current_set": "level",
        "target_set": "level",
        "current_cleared": "",
        "target_cleared": "",
        "target_is_current": "",
        "target_is_named": "level",
        "distance": "count competencies most",
        "nothing_found": "asked ladder",
        "found": "asked count first last",
        "questions_intro": "",
        "shared": "person",
        "share_done": "",
        "share_needs_a_message": "level",
        "guide_several": "",
        "guide_none": "asked",
        "guide_empty": "ladder",
        "compare_what": "",
        "search_what": "",
        "level_what": "",
        "form_empty": "",
    },
    "ladder/questions": {"about_an_expectation": "expectation competency"},
}
