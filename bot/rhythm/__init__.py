"""Times as people say them, and when they come round."""
