"""Backups: made, checked, and put back into an empty home."""
