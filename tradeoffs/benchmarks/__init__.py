"""The benchmark: how fast the engine is on this machine, beside the libraries it stands in for."""
