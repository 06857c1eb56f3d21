"""The example partnerships: their loader, and the maker of synthetic crime."""
