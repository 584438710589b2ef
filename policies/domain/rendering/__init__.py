"""Clauses as other readers need them: annotators, policy-as-prompt judges, labelers, guard models."""
