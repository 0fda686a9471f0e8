"""The frames that an error keeps alive, and with them whatever was open there."""

from __future__ import annotations

from traceback import clear_frames


def let_go(error: BaseException) -> None:
    """Close the stores that the error's frames still hold; they would write to folders that are to be removed."""
    held: BaseException | None = error
    while held is not None:
        clear_frames(held.__traceback__)
        held = held.__context__
