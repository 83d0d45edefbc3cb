"""A scan starts quickly, and takes nothing from whoever wants linear algebra."""

import os
import subprocess
import sys
from pathlib import Path

import maiam

SCAN = """
import sys
import numpy as np
from maiam.core.science.scan import Places, ScanSettings, scan_prospective

places = Places([str(i) for i in range(9)], np.arange(18.0).reshape(9, 2))
scan_prospective(np.eye(9, dtype=np.int64), places, ScanSettings(reps=9), expected=np.ones(9))
assert "scipy.linalg" not in sys.modules
from numba.np import arraymath
assert arraymath._HAVE_BLAS
"""
THEN = """
import numpy as np
import scipy.linalg
assert scipy.linalg.inv(np.eye(2) * 2)[0, 0] == 0.5
assert sys.modules["scipy"].linalg is sys.modules["scipy.linalg"]
"""


def in_a_new_process(code: str) -> None:
    sources = str(Path(maiam.__file__).parents[1])
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": sources})


def test_a_scan_loads_no_linear_algebra_and_leaves_it_whole() -> None:
    in_a_new_process(SCAN + THEN)


def test_linear_algebra_that_is_there_already_stays_as_it_is() -> None:
    before = "import sys, scipy.linalg\nwas = scipy.linalg\n"
    after = "\nassert sys.modules['scipy.linalg'] is was is sys.modules['scipy'].linalg\n"
    scan = "from maiam.core.science.scan import Places"
    in_a_new_process(before + scan + after)
