"""Parts of `benchmarks.label_efficiency`."""
