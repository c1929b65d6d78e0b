"""What a level expects: `/ladder`."""
