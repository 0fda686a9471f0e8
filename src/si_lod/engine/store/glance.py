"""Whether a query may have a product in it, at a glance: to read its tokens takes longer than most queries."""

from __future__ import annotations

import re
from typing import Final

_WHOLE: Final = re.compile(
    r"""\\.|<[^<>"{}|^`\\\x00-\x20]*>|#[^\r\n]*|(["'])(?:\1\1(?:\\.|.)*?\1{3}|(?:\\.|(?!\1)[^\\\r\n])*\1)""", re.DOTALL
)
"""What may have the marks of a product in it and is none: IRIs, comments, texts, of which the first quote is kept."""
_POSSIBLE: Final = re.compile(r"""(?:[?$][^\s*/?$(){}[\]<>,;|&=!+'"^.-]+|[)\d"']|\^\^[^\s^*/]*)\s*[*/]""")
"""How a product begins, and little else."""


def may_have_products(text: str) -> bool:
    """Return False only if nothing is multiplied or divided in the grammatical query ``text``."""
    return bool(_POSSIBLE.search(_WHOLE.sub(r"\1", text)))
