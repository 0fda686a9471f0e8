"""The command line: short commands, and the one place where an error becomes a message and an exit status.

A command loads only the wing it needs: serving must not load the validator.
"""

from si_lod.cli.edge import commands, main

__all__ = ["commands", "main"]
