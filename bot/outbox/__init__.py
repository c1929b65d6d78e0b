"""What Rung owes to whom and when: every message is a row until Slack has it."""
