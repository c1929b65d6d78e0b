"""Which competencies an entry speaks for, how far it reached and what came of it, read from its words."""
