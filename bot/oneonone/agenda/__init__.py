"""The one list for both of a pair, made from shared things only."""
