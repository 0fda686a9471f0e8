"""Mistakes in single words and marks: characters, texts, names, variables, and words of other languages."""
