"""One append-only, hash-chained log of who did and who read what."""
