"""Sweeps under way: the worker, the seam to it, the manager of jobs and the store of results."""
