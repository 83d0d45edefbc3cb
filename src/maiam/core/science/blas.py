"""Give numba scipy's BLAS without the rest of scipy's linear algebra, which takes a third of a second to load."""

import importlib
import sys
from importlib.util import find_spec
from types import ModuleType

PACKAGE, BLAS = "scipy.linalg", "scipy.linalg.cython_blas"


def lend_blas() -> None:
    """Load `scipy.linalg.cython_blas` alone: numba asks for it before its first kernel, whether one needs it or not.

    Nothing is lost: kernels may still multiply matrices, and whoever imports `scipy.linalg` later gets it whole.
    """
    if PACKAGE in sys.modules or BLAS in sys.modules:
        return
    found = find_spec("scipy")
    folders = list(found.submodule_search_locations or ()) if found else []
    empty = ModuleType(PACKAGE)
    empty.__path__ = [f"{folder}/linalg" for folder in folders]
    sys.modules[PACKAGE] = empty
    try:
        importlib.import_module(BLAS)
    finally:
        del sys.modules[PACKAGE]
        vars(sys.modules["scipy"]).pop("linalg", None)
