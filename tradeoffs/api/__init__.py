"""The Python API: what `import tradeoffs` offers, one file a name or a few that belong together."""
