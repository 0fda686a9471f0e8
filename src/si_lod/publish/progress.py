"""Progress: the step that the road is at, told to whoever wants to know; publishing itself does not listen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

Progress = Callable[[str, float], None]
"""Takes the step that begins now and the share of the work that is done, from 0 to 1."""

# The share that is done when a step begins, as measured on the sample facts.
DERIVING: Final = 0.1
VALIDATING: Final = 0.3
TRACING: Final = 0.8
WRITING: Final = 0.9


def silent(_step: str, _share: float) -> None:
    """Tell nobody."""
