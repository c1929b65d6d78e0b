"""Tests of the local Slack: that it keeps Slack's documented rules towards a bot under it."""
