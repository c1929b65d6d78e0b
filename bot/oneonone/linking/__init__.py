"""Who reports to whom, and what they may see: asked, confirmed, ended, and readable by its owner."""
