"""Trade-offs between accuracy, fairness, privacy and explainability, retrained live."""

__version__ = "0.1.0"
