"""When two people meet, and what is owed before and after it."""
