"""`make bench`: what Rung costs, as ratios to a bare bot measured in the same run."""
