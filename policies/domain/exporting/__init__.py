"""Releases as files that people and programs elsewhere can use, and that Concord reads again."""
