"""Where a query of somebody else's is asked of the store: with our own casts, products and quotients."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from si_lod.engine.store.arithmetic import product
from si_lod.engine.store.casts import CASTS
from si_lod.engine.store.products import PRODUCT, with_products

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

    from si_lod.engine.evaluation import Term

    Function = Callable[..., Term | None]

_FUNCTIONS: Final[dict[NamedNode, Function]] = {**CASTS, PRODUCT: product}


@dataclass(slots=True)
class Functions:
    """The functions of one query. The store takes what one raises for no value, so ``failed`` keeps it."""

    failed: MemoryError | None = None

    def asked(self, store: Store, text: str, **dataset: Any) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Return the results of the query; raises SyntaxError if it is none, with its place in ``text``."""
        functions = self.named()
        try:
            return store.query(with_products(text), custom_functions=functions, **dataset)
        except SyntaxError:
            return store.query(text, custom_functions=functions, **dataset)

    def named(self) -> dict[NamedNode, Function]:
        """Return each function by its name."""
        return {name: partial(self._run, function) for name, function in _FUNCTIONS.items()}

    def settle(self) -> None:
        """Raise MemoryError if one of them had too little memory."""
        if self.failed is not None:
            raise self.failed

    def _run(self, function: Function, *terms: Term) -> Term | None:
        try:
            return function(*terms)
        except MemoryError as error:
            self.failed = error
            return None
