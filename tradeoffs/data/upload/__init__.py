"""Own tables: a CSV file that a visitor brings, read with bounds, coded and kept in memory only."""
