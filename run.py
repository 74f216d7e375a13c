#!/usr/bin/env python3
"""Play the piece: `python3 run.py`, or `python3 run.py --help` for everything else it can do.

What it needs is used as it is where it imports (an active virtual environment, uv, conda). Where it does not,
the first run makes `.venv` beside this file, installs the versions that uv.lock names, and starts again inside.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("Unrehearsed needs Python 3.11 or later; this is Python %d.%d." % sys.version_info[:2])

HOUSE = Path(__file__).resolve().parent
ROOM = HOUSE / ".venv"
PYTHON = ROOM / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NEEDED = {"play": ("av", "numba", "numpy", "pydantic", "pygame", "sounddevice"), "test": ("pytest",)}
SIZES = "about 130 MB to download, 450 MB on disk"


def main(words: list[str]) -> int:
    """Run the command, setting up first where something is missing."""
    task = "test" if words[:1] == ["test"] else "play"
    allowed, words = "--no-setup" not in words, [word for word in words if word != "--no-setup"]
    missing = [name for name in (*NEEDED["play"], *NEEDED[task]) if not importlib.util.find_spec(name)]
    if not missing:
        from performance.cli import main as perform

        return perform(words)
    if Path(sys.prefix) == ROOM and "UNREHEARSED_SET_UP" in os.environ:
        sys.exit(f"{missing[0]} is missing although {ROOM} was set up: delete that folder and run again.")
    if not is_ready(task, lock := locked(task)):
        if not allowed:
            print(f"To set up by hand: {sys.executable} -m venv {ROOM}")
            print(f'              and: {PYTHON} -m pip install -e "{HOUSE}{"[test]" * (task == "test")}"')
            return 1
        set_up(task, lock)
    os.environ["UNREHEARSED_SET_UP"] = "done"
    command = [str(PYTHON), str(HOUSE / "run.py"), *words]
    return subprocess.call(command) if os.name == "nt" else os.execv(PYTHON, command)


def locked(task: str) -> str:
    """What uv.lock names for a task ("play", "test", "dev"), as pip reads it: versions with hashes."""
    import tomllib

    packages = {one["name"]: one for one in tomllib.loads((HOUSE / "uv.lock").read_text("utf-8"))["package"]}
    house = packages["unrehearsed"]
    wanted = list(house["dependencies"])
    wanted += house["optional-dependencies"]["test"] if task != "play" else []
    wanted += house["dev-dependencies"]["dev"] if task == "dev" else []
    lines = {}
    while wanted:
        need = wanted.pop()
        one, marker = packages[need["name"]], need.get("marker")
        hashes = " ".join(f"--hash={wheel['hash']}" for wheel in one["wheels"])
        lines[one["name"]] = f"{one['name']}=={one['version']}{f' ; {marker}' if marker else ''} {hashes}\n"
        wanted += one.get("dependencies", [])
    return "".join(lines[name] for name in sorted(lines))


def is_ready(task: str, lock: str) -> bool:
    """Whether `.venv` was set up to its end, from this very lock."""
    note = ROOM / f"ready-to-{task}"
    return PYTHON.exists() and note.exists() and note.read_text() == hashlib.sha256(lock.encode()).hexdigest()


def set_up(task: str, lock: str) -> None:
    """Make or mend `.venv`; what an interrupted set-up left is used again."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        sys.exit(
            "This Python comes without venv and pip. On Debian or Ubuntu: sudo apt install python3-venv\n"
            "Elsewhere: install your system's package for Python's venv, or a Python from python.org, and run again."
        )
    print(f"First run: setting up in {ROOM} ({SIZES}; delete the folder to undo).", flush=True)
    try:
        if not (
            PYTHON.exists()
            and subprocess.run([str(PYTHON), "-m", "pip", "-V"], capture_output=True).returncode == 0
        ):
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(ROOM)], check=True)
        (ROOM / "locked.txt").write_text(lock)
        pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--only-binary=:all:"]
        subprocess.run([*pip, "--require-hashes", "-r", str(ROOM / "locked.txt")], check=True)
    except KeyboardInterrupt:
        sys.exit("\nStopped. The next run carries on from here.")
    except (subprocess.CalledProcessError, OSError) as error:
        sys.exit(
            f"Set-up did not finish: {error}\nIt needs to reach pypi.org, and CPython 3.11 to 3.14 on Linux, macOS or"
            " Windows. The next run carries on from here."
        )
    for done in {task, "play"}:
        (ROOM / f"ready-to-{done}").write_text(hashlib.sha256(locked(done).encode()).hexdigest())
    print("Set up.", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
