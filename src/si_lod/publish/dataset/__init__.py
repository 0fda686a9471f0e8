"""What tables and documents say, what follows from both, and what may be asked of it, in one store."""
