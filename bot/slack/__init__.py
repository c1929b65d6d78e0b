"""How Slack behaves: what comes in, what goes out, and in which words it refuses."""
