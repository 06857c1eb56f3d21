"""Language pairs and the words that both sides of a sentence share."""
