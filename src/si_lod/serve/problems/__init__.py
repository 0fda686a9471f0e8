"""Errors as answers: what each says, and in which form a client gets it."""
