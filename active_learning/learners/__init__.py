"""What learns: encoders, heads, strategies and noise finders; loaded by worker jobs only."""
