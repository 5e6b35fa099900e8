"""Audit: is the engine as private as it declares?  Every claim measured against its formula."""
