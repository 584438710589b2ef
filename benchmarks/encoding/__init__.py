"""What the bench of encoders reads and holds them against."""
