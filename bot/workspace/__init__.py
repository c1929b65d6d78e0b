"""Which workspaces Rung is installed in, and the tokens it has for them."""
