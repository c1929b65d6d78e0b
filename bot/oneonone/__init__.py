"""1:1s: what to raise and what to ask."""
