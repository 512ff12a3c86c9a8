"""A network in one `.npz` file: plain arrays and a report as JSON, no pickles."""

from __future__ import annotations

import io
import json
import os
import zipfile
import zlib
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from routing.errors import RoadsError
from routing.findings import Finding
from routing.roads.kinds import RoadClass, Surface
from routing.roads.network import ARRAYS, NO_TWIN, RoadNetwork
from routing.roads.report import RoadsReport

FORMAT = "hoolering-roads-1"
MAX_BYTES = 4 * 2**30
"""Unpacked size beyond which a file is refused; the whole of Estonia takes about a quarter of it."""

_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,  # an encrypted or unsupported archive
    ValueError,
    KeyError,
    TypeError,
    EOFError,
    OSError,
)

_TYPES = {
    **dict.fromkeys(("node_lat", "node_lon", "length", "shape_lat", "shape_lon"), np.float64),
    **dict.fromkeys(("node_zone", "tail", "head", "twin"), np.int32),
    **dict.fromkeys(("road_class", "surface"), np.int8),
    "limit": np.int16,
    "ice": np.bool_,
    "shape_start": np.int64,
}


def write_network(network: RoadNetwork, path: Path) -> None:
    """Write `network` to `path`: aside first, then renamed, so that no reader ever sees half of it."""
    about = {"format": FORMAT, "content_id": network.content_id, "report": network.report.as_dict()}
    arrays = {name: getattr(network, name) for name in ARRAYS}
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as aside:
        try:
            np.savez_compressed(aside, about=_as_bytes(json.dumps(about, ensure_ascii=False)), **arrays)
            aside.flush()
            os.fsync(aside.fileno())
            Path(aside.name).replace(path)
        except BaseException:
            Path(aside.name).unlink(missing_ok=True)
            raise


def read_network(path: Path) -> RoadNetwork:
    """Read the network in `path`.

    RoadsError with `roads.file-missing`, `roads.not-a-network`, `roads.too-large` or `roads.damaged`.
    """
    if not path.is_file():
        raise RoadsError([Finding(code="roads.file-missing", file=path.name)])
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, path.name)
    except RoadsError:
        raise
    except _UNREADABLE as error:
        raise RoadsError([Finding(code="roads.not-a-network", file=path.name)]) from error


def _read(archive: zipfile.ZipFile, name: str) -> RoadNetwork:
    if sum(member.file_size for member in archive.infolist()) > MAX_BYTES:
        raise RoadsError([Finding(code="roads.too-large", file=name, details={"gib": str(MAX_BYTES // 2**30)})])
    about = json.loads(_array(archive, "about", np.uint8).tobytes())
    if about["format"] != FORMAT:
        raise KeyError(about["format"])
    arrays = {field: _array(archive, field, kind) for field, kind in _TYPES.items()}
    if not _consistent(arrays):
        raise RoadsError([Finding(code="roads.damaged", file=name)])
    network = RoadNetwork(**arrays, report=TypeAdapter(RoadsReport).validate_python(about["report"]))
    if network.content_id != about["content_id"]:
        raise RoadsError([Finding(code="roads.damaged", file=name)])
    return network


def _array(archive: zipfile.ZipFile, name: str, kind: type[np.generic]) -> NDArray[Any]:
    """Return one array of the archive; its header is checked against the bytes there are before anything is made."""
    data = io.BytesIO(archive.read(f"{name}.npy"))
    np.lib.format.read_magic(data)
    shape, _, dtype = np.lib.format.read_array_header_1_0(data)
    array = np.frombuffer(data.read(), dtype=kind)
    if dtype != np.dtype(kind) or shape != array.shape:
        raise TypeError(f"{name} holds {dtype} of shape {shape}")
    return array


def _consistent(arrays: dict[str, NDArray[Any]]) -> bool:
    """Tell whether lengths agree, every index points inside, and every number is one."""
    nodes, edges, points = len(arrays["node_lat"]), len(arrays["tail"]), len(arrays["shape_lat"])
    per_node = ("node_lat", "node_lon", "node_zone")
    per_edge = ("tail", "head", "length", "road_class", "surface", "limit", "ice", "twin")
    lengths = [
        *(len(arrays[name]) == nodes > 0 for name in per_node),
        *(len(arrays[name]) == edges > 0 for name in per_edge),
        len(arrays["shape_lon"]) == points,
        len(arrays["shape_start"]) == edges + 1,
    ]
    if not all(lengths):
        return False
    start = arrays["shape_start"]
    bounds = [
        _between(arrays["tail"], 0, nodes - 1),
        _between(arrays["head"], 0, nodes - 1),
        _between(arrays["node_zone"], 0, nodes - 1),
        _between(arrays["twin"], NO_TWIN, edges - 1),
        _between(arrays["road_class"], 0, len(RoadClass) - 1),
        _between(arrays["surface"], 0, len(Surface) - 1),
        _between(arrays["limit"], 0, 200),
        _between(arrays["length"], 0, 1e6),
        *(_between(arrays[name], -90, 90) for name in ("node_lat", "shape_lat")),
        *(_between(arrays[name], -180, 180) for name in ("node_lon", "shape_lon")),
        start[0] == 0 and start[-1] == points and bool(np.all(np.diff(start) >= 2)),
    ]
    return all(bounds)


def _between(array: NDArray[Any], low: float, high: float) -> bool:
    # A NaN is between nothing, so it fails too.
    return bool(np.all((array >= low) & (array <= high)))


def _as_bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)
