"""Documents of many kinds read as clauses: sources in, a proposal out, and a sentence for everything moved."""
