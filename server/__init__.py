"""The border of the server: what is asked of a request before the explorer sees it."""
