"""Writing rows to files in bounded memory, with the same bytes for the same rows."""
