"""One folder for each kind of record on the spine; they do not know one another."""
