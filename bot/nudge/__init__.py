"""The weekly question."""
