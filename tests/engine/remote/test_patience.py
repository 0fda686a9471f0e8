"""All look-ups of one request together have one time."""

from __future__ import annotations

import pytest

from si_lod.engine.remote.looking.patience import Patience


def test_what_was_waited_is_not_left() -> None:
    patience = Patience(20.0)
    with patience.waiting(10.0) as first:
        patience.spent = 15.0
    with patience.waiting(10.0) as second:
        patience.spent = 30.0
    with patience.waiting(10.0) as third:
        pass
    assert first == 10.0
    assert second == pytest.approx(5.0, abs=1.0)
    assert third == 0.0


def test_what_fails_counts_too_and_one_without_an_end_has_none() -> None:
    patience = Patience()
    with pytest.raises(ValueError, match="failed"), patience.waiting(10.0) as seconds:
        raise ValueError("failed")
    assert seconds == 10.0
    assert patience.spent > 0.0
