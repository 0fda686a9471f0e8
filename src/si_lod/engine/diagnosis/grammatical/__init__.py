"""Queries that are grammatical and still none, or probably not what was meant."""
