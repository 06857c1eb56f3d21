"""`diogel analyse …`: one method a verb, from CSV files alone, without a database."""
