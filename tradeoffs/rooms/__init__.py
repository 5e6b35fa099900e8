"""Rooms: many phones answer the same questions, and the room sees what they say together."""
