"""Coverage: how often each interval that is printed holds the truth, where the truth is known."""
