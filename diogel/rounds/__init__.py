"""Rounds of updates: who is asked, what they answer by link or telephone, who is late, and when a round is closed."""
