"""What somebody sends to be imported, laid out as a folder: a zip of one, or single files of it."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from api.errors import RefusedError
from routing.findings import Finding
from routing.records.limits import MAX_FILE_BYTES, MAX_PARTS, MAX_UNPACKED_BYTES

_CHUNK: Final = 1 << 16
_LONGEST_NAME: Final = 255
"""Bytes of a file's name."""

_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    UnicodeError,
    FileExistsError,  # a file and a folder of one name
    NotADirectoryError,
    IsADirectoryError,
)


@contextmanager
def unpacked(files: Sequence[tuple[str, bytes]]) -> Iterator[Path]:
    """Yield a folder that holds the files sent, by name and content; it is gone when the block ends.

    A single zip stands for the folder it holds. RefusedError where a file is too large, or the zip is damaged, too
    large unpacked, or leads out of itself.
    """
    with tempfile.TemporaryDirectory(prefix="hoolering-import-") as base:
        folder = Path(base) / "folder"
        folder.mkdir()
        for name, data in files:
            if len(data) > MAX_FILE_BYTES:
                raise _refused("store.upload-too-large", name, limit=f"{MAX_FILE_BYTES // 1_000_000} MB")
            if name.lower().endswith(".zip"):
                _unzip(name, data, folder)
            else:
                (folder / _plain(name)).write_bytes(data)
        yield _innermost(folder)


def _unzip(name: str, data: bytes, folder: Path) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise _refused("store.upload-too-large", name, limit=f"{MAX_UNPACKED_BYTES // 1_000_000} MB")
            left = MAX_UNPACKED_BYTES
            for part in parts:
                left -= _unpack(archive, part, _inside(folder, part.filename, name), left, name)
    except _BROKEN as error:
        raise _refused("store.zip-broken", name, found=type(error).__name__) from error


def _plain(name: str) -> str:
    """Return a name that a file may have, of whatever the sender calls hers: what is left of an odd one is unknown."""
    last = PurePosixPath(name.replace("\\", "/").replace("\0", "")).name.encode(errors="replace")
    return last[-_LONGEST_NAME:].decode(errors="ignore").replace("..", "") or "-"


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, target: Path, left: int, name: str) -> int:
    """Write one part, counting what it really holds, and return how much that was."""
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with archive.open(part) as source, target.open("wb") as file:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > left:
                raise _refused("store.upload-too-large", name, limit=f"{MAX_UNPACKED_BYTES // 1_000_000} MB")
            file.write(chunk)
    return written


def _inside(folder: Path, part: str, name: str) -> Path:
    """Return where a part belongs; RefusedError where that is outside the folder."""
    path = PurePosixPath(part.replace("\\", "/"))
    long = len(part) > 200 or any(len(name.encode(errors="replace")) > _LONGEST_NAME for name in path.parts)
    if path.is_absolute() or ".." in path.parts or ":" in part or "\0" in part or long or not path.parts:
        raise _refused("store.zip-outside", name, found=part[:60])
    return folder.joinpath(*path.parts)


def _innermost(folder: Path) -> Path:
    """Return the folder itself, or the only one in it where there is nothing beside: zips often hold one more level."""
    shutil.rmtree(folder / "__MACOSX", ignore_errors=True)
    entries = list(folder.iterdir())
    return entries[0] if len(entries) == 1 and entries[0].is_dir() else folder


def _refused(code: str, file: str, found: str = "", **details: str) -> RefusedError:
    return RefusedError([Finding(code=code, file=PurePosixPath(file).name, found=found, details=details)])
