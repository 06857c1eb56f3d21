"""Police-recorded rows: loaded, counted, never joined with invented ones."""
