"""Label noise: which answers are likely wrong, and why."""
