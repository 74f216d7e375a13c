"""How many ringing modes one core sustains, here and in the engines that others use, in one run on the same work.

    python -m tests.benchmarks.peers [--modes 4000] [--seconds 20] [--json]

The work: bodies of 64 damped modes, each with a pan of its own, eight a second coming and as many going. Every engine
makes it offline, as fast as it can, on one core; what counts is its processor time for so many seconds of sound less
that for a short piece, so that starting up is not counted. Peers: scsynth's Klank and Csound's mode (Debian: apt-get
install supercollider-server csound); one that is not installed is said to be missing.
"""

from __future__ import annotations

import performance.sound.threads  # noqa: F401  # before numpy

# isort: split
import argparse
import json
import resource
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from performance.sound.bench import MODES, STARTS, ringing
from performance.sound.instrument import RATE

BLOCKS = (256, 512)
LEAD = 2.0  # seconds of the short piece
WANTED = 5.0  # times Klank


def bodies(modes: int, seconds: float) -> list[tuple[float, float]]:
    """When each body begins and ends: all the time as many as there are modes for."""
    count, spans = modes // MODES, []
    step = 1.0 / STARTS
    for i in range(count + int(seconds * STARTS)):
        begins = max(0.0, (i - count) * step)
        spans.append((begins, min((i + 1) * step, seconds)))
    return [(a, b) for a, b in spans if b > a]


def pitches(i: int) -> tuple[np.ndarray, np.ndarray]:
    """Pitch (Hz) and T60 (s) of a body's modes, from 80 Hz to 12 kHz."""
    spread = np.random.default_rng(i).random(MODES)
    return 80.0 * 150.0**spread, 20.0 + 20.0 * spread


def processor_time(words: list[str]) -> float:
    """Seconds of processor time that a program takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


# --- scsynth ----------------------------------------------------------------------------------------------------------
def _word(text: str) -> bytes:
    return bytes([len(text)]) + text.encode()


def klank(name: str, i: int) -> bytes:
    """A synth definition (SCgf 2): Impulse.ar -> Klank.ar of 64 modes -> Pan2.ar -> Out.ar."""
    pitch, t60 = pitches(i)
    spec = [float(x) for triple in zip(pitch, np.full(MODES, 0.5 / MODES), t60, strict=True) for x in triple]
    pan = (i % 16) / 8 - 1
    constants = [0.0, 1.0, pan, 0.01, *spec]  # 0.01: a blow every hundred seconds
    made = b"SCgf" + struct.pack(">ih", 2, 1) + _word(name)
    made += struct.pack(">i", len(constants)) + struct.pack(f">{len(constants)}f", *constants)
    made += struct.pack(">iii", 0, 0, 4)

    def unit(kind: str, inputs: list[tuple[int, int]], outputs: int) -> bytes:
        head = _word(kind) + struct.pack(">biih", 2, len(inputs), outputs, 0)
        return head + b"".join(struct.pack(">ii", *one) for one in inputs) + bytes([2]) * outputs

    made += unit("Impulse", [(-1, 3), (-1, 0)], 1)
    made += unit("Klank", [(0, 0), (-1, 1), (-1, 0), (-1, 1), *((-1, 4 + j) for j in range(3 * MODES))], 1)
    made += unit("Pan2", [(1, 0), (-1, 2), (-1, 1)], 2)
    made += unit("Out", [(-1, 0), (2, 0), (2, 1)], 0)
    return made + struct.pack(">h", 0)


def _padded(text: bytes) -> bytes:
    return text + bytes(4 - len(text) % 4)


def _message(address: str, *values: str | int | bytes) -> bytes:
    tags, body = ",", b""
    for value in values:
        if isinstance(value, str):
            tags, body = tags + "s", body + _padded(value.encode())
        elif isinstance(value, int):
            tags, body = tags + "i", body + struct.pack(">i", value)
        else:
            tags, body = tags + "b", body + struct.pack(">i", len(value)) + value + bytes(-len(value) % 4)
    return _padded(address.encode()) + _padded(tags.encode()) + body


def _bundle(t: float, *messages: bytes) -> bytes:
    made = b"#bundle\0" + struct.pack(">II", int(t), int(t % 1 * 2**32))
    made += b"".join(struct.pack(">i", len(message)) + message for message in messages)
    return struct.pack(">i", len(made)) + made


def scsynth(folder: Path, modes: int, seconds: float, block: int) -> float:
    """Processor time of scsynth in non-realtime mode."""
    spans = bodies(modes, seconds)
    events = [(0.0, _message("/d_recv", klank(f"k{i}", i))) for i in range(32)]
    for i, (a, b) in enumerate(spans):
        events += [(a, _message("/s_new", f"k{i % 32}", 1000 + i, 0, 0)), (b, _message("/n_free", 1000 + i))]
    events.sort(key=lambda event: event[0])
    score = folder / "score.osc"
    score.write_bytes(b"".join(_bundle(t, one) for t, one in events) + _bundle(seconds, _message("/sync", 1)))
    words = ["scsynth", "-N", str(score), "_", str(folder / "out.wav"), str(RATE), "WAV", "float"]
    return processor_time([*words, "-o", "2", "-z", str(block), "-m", "262144", "-n", "4096"])


# --- csound -----------------------------------------------------------------------------------------------------------
def csound(folder: Path, modes: int, seconds: float, block: int) -> float:
    """Processor time of Csound without a device."""
    pitch, t60 = pitches(1)
    rows = "\n".join(
        f"am mode ax, {hz:.3f}, {np.pi * hz * t / np.log(1000):.3f}\nas = as + am"
        for hz, t in zip(pitch, t60, strict=True)
    )
    text = f"""<CsoundSynthesizer>
<CsOptions>
-n -d -m0
</CsOptions>
<CsInstruments>
sr = {RATE}
ksmps = {block}
nchnls = 2
0dbfs = 1
instr 1
ax mpulse 0.01, 100
as = 0
{rows}
outs as * p4, as * (1 - p4)
endin
</CsInstruments>
<CsScore>
{"".join(f"i1 {a:.4f} {b - a:.4f} {i % 16 / 16}" + chr(10) for i, (a, b) in enumerate(bodies(modes, seconds)))}e
</CsScore>
</CsoundSynthesizer>
"""
    score = folder / "score.csd"
    score.write_text(text)
    return processor_time(["csound", str(score)])


# --- the table --------------------------------------------------------------------------------------------------------
def ours(modes: int, seconds: float, block: int) -> float:
    """Modes in real time on one core: the mean of all blocks, those with newcomers among them."""
    costs, sounding = ringing(block, modes, seconds)
    return sounding * block / RATE / (sum(costs) / len(costs) * 1e-6)


def peer(name: str, modes: int, seconds: float, block: int) -> float | None:
    """The same of a peer; None where it is not installed."""
    if shutil.which(name) is None:
        return None
    made = {"scsynth": scsynth, "csound": csound}[name]
    with tempfile.TemporaryDirectory() as folder:
        long, short = (made(Path(folder), modes, length, block) for length in (seconds + LEAD, LEAD))
    return modes // MODES * MODES * seconds / max(long - short, 1e-6)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--modes", type=int, default=4000)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    figures: dict[str, float | None] = {}
    for block in BLOCKS:
        figures[f"ours_{block}"] = ours(given.modes, given.seconds, block)
        for name in ("scsynth", "csound"):
            figures[f"{name}_{block}"] = peer(name, given.modes, given.seconds, block)
    for block in BLOCKS:
        mine, klank_ = figures[f"ours_{block}"], figures[f"scsynth_{block}"]
        figures[f"times_klank_{block}"] = mine / klank_ if mine and klank_ else None
    if given.json:
        print(json.dumps(figures, indent=1))
        return
    for name, value in figures.items():
        said = (
            "not installed"
            if value is None
            else f"{value:,.1f}"
            if "times" in name
            else f"{value:,.0f} modes"
        )
        print(f"{name:<18} {said}")
    print(f"wanted: at least {WANTED:g} times Klank at {given.modes} modes")


if __name__ == "__main__":
    main()
