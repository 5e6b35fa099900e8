"""Regulations by place, one file a rule or a small family of rules."""
