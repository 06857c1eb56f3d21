"""One file for each format that partners and publishers send."""
