"""Areas, their codes of each vintage, their names, parents and populations."""
