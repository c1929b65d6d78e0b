"""Rung: a career coach for engineers that lives in Slack."""
