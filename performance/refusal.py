"""What cannot be done, said in one line that a person can act on."""

from __future__ import annotations


class Refusal(Exception):
    """One clear line instead of a traceback. `code` is what the command leaves with: 2 usage, 1 a broken score."""

    def __init__(self, line: str, code: int = 2) -> None:
        super().__init__(line)
        self.code = code


def why(error: OSError) -> str:
    """What the system says about a file or device, without its number."""
    return (error.strerror or str(error)).lower()
