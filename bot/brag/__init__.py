"""What someone did, kept as evidence for the level they aim for."""
