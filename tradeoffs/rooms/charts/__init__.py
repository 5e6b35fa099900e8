"""Charts of a room: what many answers look like, drawn from tables of answers."""
