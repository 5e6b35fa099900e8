"""From a scenario to its results: resolve names, train, evaluate."""
