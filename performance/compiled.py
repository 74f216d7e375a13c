"""Compiled functions: how they are declared, compiled once, and kept in the user's cache folder.

numba's own index notices a change in a function's own file but not in one inlined from another, so the folder is
named by the files that others inline from (see caches.py): what is kept is never stale. Nobody else imports numba: who
came first would leave it without its folder.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar, cast

import performance.caches  # noqa: F401  (names the cache folder: must come before numba)

import numba
from llvmlite import ir as ir  # what numba writes code in
from numba import types as types
from numba.extending import intrinsic as intrinsic

from performance.parts import ways

VERSION: str = numba.__version__
F = TypeVar("F", bound=Callable[..., Any])
KERNELS: dict[str, _Ready] = {}
_ONE_AT_A_TIME = Lock()  # a picture may be rehearsed in one thread while another is painted
_FLOATS: dict[str, Any] = {"fastmath": True, "nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
OPTIONS: dict[str, Any] = {**_FLOATS, "cache": True}
_INSIDE: dict[str, Any] = {
    **_FLOATS,
    "no_cpython_wrapper": True,  # never called from outside: a tenth less to compile
    **ways(),
}


def kernel(signature: str, exact: bool = False) -> Callable[[F], F]:
    """Declare a compiled row kernel with its one binding signature, e.g. "void(i8, i8, f4[:,:,::1], f4)".

    `exact` sums are made in the order in which they are written: where the last digit would else depend on which of
    the rows are worked together, and so on where a band begins.
    """

    def declare(function: F) -> F:
        compiled = _Ready(numba.njit(**{**OPTIONS, "fastmath": not exact})(function), signature)
        KERNELS[f"{function.__module__}.{function.__qualname__}"] = compiled
        return cast(F, compiled)

    return declare


class _Ready:
    """A kernel that compiles (or loads from the cache) at its first call, and only for its own signature.

    `unchecked` calls it without a look at the types of the arguments, in half the time: only once it is ready, and
    only for those it has been called with before.
    """

    __slots__ = ("compiled", "dispatcher", "signature", "unchecked")

    def __init__(self, dispatcher: Any, signature: str) -> None:
        self.dispatcher = dispatcher
        self.signature = signature
        self.compiled = False
        self.unchecked: Callable[..., Any] = dispatcher

    def ready(self) -> None:
        if not self.compiled:
            with _ONE_AT_A_TIME:
                self._compile()

    def _compile(self) -> None:
        if not self.compiled:
            self.dispatcher.compile(self.signature)
            self.dispatcher.disable_compile()
            (only,) = self.dispatcher.overloads.values()
            self.unchecked = only.entry_point
            self.compiled = True

    def __call__(self, *arguments: Any) -> Any:
        if not self.compiled:
            self.ready()
        return self.dispatcher(*arguments)


def ready(name: str) -> None:
    """Compile the kernel "module.function", or load it from the cache."""
    KERNELS[name].ready()


def inline(function: F) -> F:
    """Declare a compiled function that kernels call, always copied into them: a loop with a call in it is not
    vectorised. Keep those shared by several files here."""
    return cast(F, numba.njit(**_INSIDE, forceinline=True)(function))


def called(function: F) -> F:
    """Declare a compiled function that kernels call as it is: for what is long or called from many places."""
    return cast(F, numba.njit(**_INSIDE)(function))
