"""Parts of the measurement of exports."""
