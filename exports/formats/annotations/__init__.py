"""Marks on pictures in the forms that detectors are trained on: pure functions on plain records."""
