"""How everything is kept: engine, transactions, migrations."""
