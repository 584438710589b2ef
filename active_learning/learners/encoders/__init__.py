"""Encoders: strings, image bytes or frames in, float32 vectors out."""
