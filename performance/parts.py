"""How a function that only kernels call is compiled: brought into the form in which they take it in, and no further.

numba would make machine code of it that nobody ever runs, after rounds of optimisation that are made again once it
lies inside a kernel. This leans on how numba is built inside: where a numba is built otherwise, `ways` says nothing,
and everything is compiled as that numba likes to.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import performance.caches  # noqa: F401  (names the cache folder: must come before numba)

codegen: Any = import_module("numba.core.codegen")  # numba says little of types
compiler: Any = import_module("numba.core.compiler")
machinery: Any = import_module("numba.core.compiler_machinery")
typed_passes: Any = import_module("numba.core.typed_passes")

NEEDED = (  # what must be there to lean on
    (
        codegen,
        "JITCodeLibrary",
        ("_optimize_final_module", "_finalize_final_module", "_finalize_dynamic_globals"),
    ),
    (compiler, "CompilerBase", ("define_pipelines",)),
    (compiler, "DefaultPassBuilder", ("define_nopython_pipeline",)),
    (compiler, "Flags", ("no_compile",)),
    (machinery, "register_pass", ()),
    (typed_passes, "NativeLowering", ("run_pass",)),
)


def ways() -> dict[str, Any]:
    """What to tell numba of a function that only kernels call, so that it is compiled in this way."""
    for room, name, parts in NEEDED:
        if not all(hasattr(getattr(room, name, None), part) for part in parts):
            return {}
    try:
        from numba._dynfunc import make_function
    except ImportError:
        return {}
    return {"pipeline_class": _steps(make_function)}


def _steps(make_function: Any) -> Any:
    """numba's own steps, but for the last: nothing is optimised, and nothing is made ready to run."""

    class Code(codegen.JITCodeLibrary):  # type: ignore[misc]
        """Code that is linked into that of kernels."""

        def _optimize_final_module(self) -> None:
            """There, not here."""

        def _finalize_final_module(self) -> None:
            self._finalize_dynamic_globals()
            self._finalized = True

    @machinery.register_pass(mutates_CFG=True, analysis_only=False)
    class Lowering(typed_passes.NativeLowering):  # type: ignore[misc]
        _name = "lowering_of_a_part"

        def run_pass(self, state: Any) -> bool:
            state.library = Code(state.targetctx.codegen(), state.func_id.func_qualname)
            state.flags.no_compile = True
            super().run_pass(state)
            made = state.cr
            if made.env.consts:
                raise NotImplementedError(
                    f"{made.fndesc.qualname} needs a Python object: let a kernel do that"
                )
            entry = make_function(made.fndesc.lookup_module(), state.func_id.func_name, "", 0, made.env, ())
            state.targetctx.insert_user_function(entry, made.fndesc, [state.library])
            state.reload_init.extend(state.library._reload_init)
            state.cr = made._replace(cfunc=entry)
            return True

    class Part(compiler.CompilerBase):  # type: ignore[misc]
        def define_pipelines(self) -> list[Any]:
            steps = compiler.DefaultPassBuilder.define_nopython_pipeline(self.state)
            steps.add_pass_after(Lowering, typed_passes.NativeLowering)
            steps.passes = [step for step in steps.passes if step[0] is not typed_passes.NativeLowering]
            steps.finalize()
            return [steps]

    return Part
