"""Meetings that took place: notes, action items, history."""
