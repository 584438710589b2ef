"""Heads: small classifiers of one clause on frozen embeddings."""
