"""Charts: pure functions of tables that return figures."""
