"""App Home, the first hello, and plain words in the bot's DM."""
