"""Mistakes in the parts of a query, in the order in which they stand in it."""
