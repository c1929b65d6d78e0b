"""The tests of Rung; their folders mirror `bot/`."""
