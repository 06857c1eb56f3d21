"""Frozen snapshots and papers: all that the public site can reach."""
