"""Rooms on the phones of those who are there: routes, events and the page."""
