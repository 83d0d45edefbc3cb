"""What the site's files lie on while everything is killed: a plain folder, or a disk whose power is cut.

A killed process loses nothing the kernel already holds, so kill -9 alone says little about durability. `CutDisk` is a
file system in an image file: the image is copied without a sync, and the copy, which lacks whatever was never
flushed, is mounted.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Protocol

SIZE_MB = 700


class Disk(Protocol):
    root: Path

    def settle(self) -> None: ...
    def cut(self) -> None: ...
    def remove(self) -> None: ...


class Folder:
    """The machine stays up; only its processes die."""

    def __init__(self) -> None:
        self.root = _open_folder()

    def settle(self) -> None:
        """Nothing to flush: the kernel lives on."""

    def cut(self) -> None:
        """The kernel keeps what it was given."""

    def remove(self) -> None:
        shutil.rmtree(self.root)


class CutDisk:
    """The power goes: whatever was not flushed to the disk is gone."""

    def __init__(self) -> None:
        self._beside = _open_folder()
        self.root, self._image = self._beside / "disk", self._beside / "image"
        self.root.mkdir()
        with self._image.open("wb") as image:
            image.truncate(SIZE_MB << 20)
        _run("mkfs.ext4", "-q", "-F", self._image)
        self._mount()
        self.root.chmod(0o755)

    def settle(self) -> None:
        _run("sync", "--file-system", self.root)

    def cut(self) -> None:
        """Go on from a copy of what the disk holds at this moment; nobody may have a file of it open."""
        after = self._image.with_suffix(".after")
        _run("cp", "--sparse=always", self._image, after)
        _run("umount", self.root)
        after.rename(self._image)
        self._mount()

    def remove(self) -> None:
        _run("umount", self.root)
        shutil.rmtree(self._beside)

    def _mount(self) -> None:
        _run("mount", "-o", "loop,noatime", self._image, self.root)


def can_cut_power() -> bool:
    """Only root may mount, and not in every container."""
    return os.geteuid() == 0 and Path("/dev/loop-control").exists() and shutil.which("mkfs.ext4") is not None


def _open_folder() -> Path:
    """A folder the database's own user may enter; pytest's are closed to it."""
    folder = Path(tempfile.mkdtemp(prefix="maiam-"))
    folder.chmod(0o755)
    return folder


def _run(*words: str | Path) -> None:
    subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True)
