"""In and out of Word and Excel: a plan read from a file, and a plan, its tracker and its update forms given as files and taken back."""
