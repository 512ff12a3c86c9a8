"""Network files come back as they were written, and nothing else gets in."""

import io
import json
import pickle
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.errors import RoadsError
from routing.roads.network import ARRAYS
from routing.roads.report import CutOff, FerrySeen, RoadsReport
from routing.roads.storage import read_network, write_network


@pytest.fixture
def kept(square, tmp_path):
    """Return the file of a written network."""
    path = tmp_path / "square.npz"
    write_network(square, path)
    return path


def rewritten(path, **changes):
    """Write `path` again with some arrays changed, or left out where None."""
    with np.load(path) as old:
        arrays = {name: old[name] for name in old.files} | changes
    np.savez(path, **{name: array for name, array in arrays.items() if array is not None})
    return path


def code_of(path):
    """Return the one code that reading `path` is refused with."""
    with pytest.raises(RoadsError) as refused:
        read_network(path)
    (finding,) = refused.value.findings
    assert finding.file == path.name
    return finding.code


def test_a_network_comes_back_as_it_was(square, kept):
    """Every array, the report and the id survive the file."""
    back = read_network(kept)
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(back, name), getattr(square, name))
        assert getattr(back, name).dtype == getattr(square, name).dtype
    assert (back.report, back.content_id) == (square.report, square.content_id)
    assert [path.name for path in kept.parent.iterdir()] == ["square.npz"]


def test_a_full_report_comes_back(square, tmp_path):
    """Ferries and cut-off parts keep their types."""
    report = RoadsReport(
        source="õ.osm",
        cut_parts=1,
        cut_metres=5,
        cut_off=(CutOff(metres=5, lat=58.1, lon=26.2),),
        ferries=(FerrySeen(name="Laaksaare–Piirissaar", seconds=None, cars=True),),
    )
    network = type(square)(**{name: getattr(square, name) for name in ARRAYS}, report=report)
    write_network(network, tmp_path / "n.npz")
    assert read_network(tmp_path / "n.npz").report == report


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tail": None}, "roads.not-a-network"),
        ({"about": None}, "roads.not-a-network"),
        ({"about": np.frombuffer(b"{}", dtype=np.uint8)}, "roads.not-a-network"),
        ({"about": np.frombuffer(b"[[[[", dtype=np.uint8)}, "roads.not-a-network"),
        ({"about": np.frombuffer(json.dumps({"format": "else"}).encode(), dtype=np.uint8)}, "roads.not-a-network"),
        ({"length": np.array([1, 2], dtype=np.int64)}, "roads.not-a-network"),
        ({"length": np.zeros((7, 1))}, "roads.not-a-network"),
        ({"length": np.zeros(3)}, "roads.damaged"),
        ({"length": np.full(7, np.nan)}, "roads.damaged"),
        ({"length": np.full(7, 5.0)}, "roads.damaged"),  # consistent, but not what was written
        ({"tail": np.full(7, 99, dtype=np.int32)}, "roads.damaged"),
        ({"head": np.full(7, -1, dtype=np.int32)}, "roads.damaged"),
        ({"twin": np.full(7, 7, dtype=np.int32)}, "roads.damaged"),
        ({"road_class": np.full(7, 77, dtype=np.int8)}, "roads.damaged"),
        ({"shape_start": np.zeros(8, dtype=np.int64)}, "roads.damaged"),
        ({"shape_start": np.array([], dtype=np.int64)}, "roads.damaged"),
        ({"node_lat": np.array([])}, "roads.damaged"),
        ({"shape_lat": np.full(14, 1e300)}, "roads.damaged"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(kept, changes, code):
    """Whatever is changed in a network file is found before it is used."""
    assert code_of(rewritten(kept, **changes)) == code


def test_pickles_are_never_opened(kept):
    """An array of objects would run code; it is refused unread."""

    class Bomb:
        def __reduce__(self):
            return (pytest.fail, ("a pickle was opened",))

    data = io.BytesIO()
    np.lib.format.write_array_header_1_0(data, {"descr": "|O", "fortran_order": False, "shape": (1,)})
    data.write(pickle.dumps(np.array([Bomb()], dtype=object)))
    with zipfile.ZipFile(kept) as old:
        members = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(kept, "w") as new:
        for name, content in (members | {"length.npy": data.getvalue()}).items():
            new.writestr(name, content)
    assert code_of(kept) == "roads.not-a-network"


def test_a_bomb_is_not_unpacked(kept, monkeypatch):
    """A file that unpacks beyond the limit is refused by its table of contents."""
    monkeypatch.setattr("routing.roads.storage.MAX_BYTES", 100)
    assert code_of(kept) == "roads.too-large"


def test_a_missing_file_is_a_finding(tmp_path):
    """A file that is not there has a code of its own."""
    assert code_of(tmp_path / "nowhere.npz") == "roads.file-missing"


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_never_ends_in_a_traceback(square, tmp_path_factory, data):
    """Cut short or with bytes overwritten, a file is refused, or still holds exactly what was written."""
    path = tmp_path_factory.mktemp("damaged") / "n.npz"
    write_network(square, path)
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content = content[:at]
    else:
        patch = data.draw(st.binary(min_size=1, max_size=8))
        content[at : at + len(patch)] = patch
    path.write_bytes(bytes(content))
    try:
        back = read_network(path)
    except RoadsError as error:
        assert error.findings  # noqa: PT017 - either outcome is right
    else:
        assert back.content_id == square.content_id


def test_a_failed_write_leaves_the_old_file(square, kept, monkeypatch):
    """Nobody ever finds half a network, nor a leftover beside it."""
    before = kept.read_bytes()
    monkeypatch.setattr("routing.roads.storage.os.fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_network(square, kept)
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir()] == ["square.npz"]
