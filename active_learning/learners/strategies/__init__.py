"""Strategies: which unanswered posts to ask about next."""
