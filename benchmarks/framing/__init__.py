"""What the benchmark of exact frames is made of: clips, a project with tasks, and a hand in a browser."""
