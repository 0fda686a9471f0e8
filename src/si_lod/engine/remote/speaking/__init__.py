"""How an engine is asked: who asks, on which connection, whether it is there, and what arrives."""
