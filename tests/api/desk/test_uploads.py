"""Files are laid out under names a folder can hold, whatever they are called by who sends them."""

import io
import zipfile

import pytest

from api.desk.uploads import unpacked
from api.errors import RefusedError


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("clients.csv", "clients.csv"),
        ("C:\\vald\\clients.csv", "clients.csv"),
        ("../../clients.csv", "clients.csv"),
        ("cli\0ents.csv", "clients.csv"),
        ("..", "-"),
        ("/", "-"),
        ("\0", "-"),
        ("õ" * 200 + ".csv", "õ" * 125 + ".csv"),
    ],
)
def test_names_of_single_files(name: str, kept: str) -> None:
    """Folders, zeros and what is too long are cut off; nothing is written elsewhere."""
    with unpacked([(name, b"a")]) as folder:
        assert [path.name for path in folder.iterdir()] == [kept]


@pytest.mark.parametrize("names", [("a/b", "a"), ("a", "a/b"), ("õ" * 150,), (".",)])
def test_zips_that_cannot_be_laid_out(names: tuple[str, ...]) -> None:
    """A file and a folder of one name, a name too long in bytes, and no name at all are refused."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    with pytest.raises(RefusedError), unpacked([("folder.zip", packed.getvalue())]):
        pass
