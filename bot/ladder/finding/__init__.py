"""How a piece of text is understood as a level; `bot.ladder.find` is the way in."""
