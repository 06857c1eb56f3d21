"""Repeats and near repeats of dated events, and the repeat rate of a MARAC: for police extracts, never for open data."""
