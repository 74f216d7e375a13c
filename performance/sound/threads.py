"""One thread for the sound: import this before numpy wherever sound is made.

A BLAS that wakes four threads for a product of 16 by 128 by 16 loses more than it gains, and under load ten
times more (measured: 0.9 ms a block against 9). The variables are read once, when numpy loads its BLAS, so the
sound process imports this module first; in other processes it changes nothing that is already running.
"""

from __future__ import annotations

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_name, "1")
