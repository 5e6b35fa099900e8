"""Preferences: what somebody wants of several objectives, and what decisions are worth to them."""
