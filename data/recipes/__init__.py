"""One file a bundled table: where its original files lie and how they become one table."""
