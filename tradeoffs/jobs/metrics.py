"""Metrics: what the manager of jobs counts and times, for whoever runs a server."""

from prometheus_client import Counter, Histogram

# Seconds. A stored answer takes some milliseconds, a trained one a second or two; a class waits.
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60)

MOVES = Counter("tradeoffs_moves", "Settings asked for, each time that somebody asks for another.")
RESULTS = Counter(
    "tradeoffs_results",
    "Results that a new setting needs, by where they were: memory, store, or missing.",
    ["source"],
)
MODELS = Counter("tradeoffs_models_trained", "Models that workers have trained and measured.")
TRAINING = Counter(
    "tradeoffs_training_seconds", "Time that workers spent on them; each uses one core."
)
FAILURES = Counter("tradeoffs_jobs_failed", "Jobs that ended with an error.")
FIRST_ANSWER = Histogram(
    "tradeoffs_first_answer_seconds",
    "From a new setting until its own first result is there, stored or trained; "
    "drawing and sending come on top.",
    ["source"],
    buckets=BOUNDS,
)
