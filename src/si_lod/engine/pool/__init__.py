"""Clients' queries, each evaluated in a process that may end."""
