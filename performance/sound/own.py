"""A method that somebody lends to what it keeps itself, which holds it weakly.

Python frees what holds on to itself in a ring only when it looks for leftovers, and while it looks no block is made: so
there are no rings, and an orchestra that another takes the place of is gone at once.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MethodType
from typing import ParamSpec, TypeVar
from weakref import WeakMethod

P = ParamSpec("P")
T = TypeVar("T")


def own(method: Callable[P, T]) -> Callable[P, T]:
    """The same as long as whose method it is lives; what is no method stays as it is."""
    if not isinstance(method, MethodType):
        return method
    lent: Callable[[], Callable[P, T] | None] = WeakMethod(method)

    def call(*arguments: P.args, **named: P.kwargs) -> T:
        found = lent()
        assert found is not None, "whoever keeps this has gone before it"
        return found(*arguments, **named)

    return call
