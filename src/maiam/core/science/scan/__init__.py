"""Scan statistics in space and time: where, and since when, there are more (or fewer) cases than chance would give."""

from maiam.core.science.blas import lend_blas
from maiam.core.science.scan.clusters import Cluster
from maiam.core.science.scan.places import Places
from maiam.core.science.scan.search import ScanResult, scan_prospective, scan_retrospective, scan_spatial
from maiam.core.science.scan.settings import Model, Rates, ScanSettings, Shape
from maiam.core.science.scan.zones import Zones, build_zones

__all__ = [
    "Cluster",
    "Model",
    "Places",
    "Rates",
    "ScanResult",
    "ScanSettings",
    "Shape",
    "Zones",
    "build_zones",
    "scan_prospective",
    "scan_retrospective",
    "scan_spatial",
]

# Before the first kernel is called.
lend_blas()
