"""What the machine can do to a publisher: full disks, read-only folders, two at once, half a release."""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import si_lod
from si_lod.publish.csvw import convert
from si_lod.publish.dataset.assembly import read_tables
from si_lod.publish.road import publish
from si_lod.releases import Releases
from tests.publish.conftest import Copy

NOBODY = 65534
SOURCES = Path(si_lod.__file__).parent.parent


def command(site: Path, releases: Path) -> list[str]:
    return [sys.executable, "-m", "si_lod", "publish", "--site", str(site), "--releases", str(releases)]


def environment() -> Mapping[str, str]:
    return {**os.environ, "LC_ALL": "C", "PYTHONPATH": str(SOURCES), "PYTHONDONTWRITEBYTECODE": "1"}


def published(
    site: Path, releases: Path, *, beforehand: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """What came of publishing in a process of its own, in which ``beforehand`` is called first."""
    return subprocess.run(
        command(site, releases),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=environment(),
        preexec_fn=beforehand,
    )


def state(folder: Path) -> Mapping[str, bytes]:
    """Every file of the releases but a store's own, by its name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "store" not in path.relative_to(folder).parts and path.name != ".lock"
    }


@pytest.fixture
def releases(site: Copy, tmp_path: Path) -> Releases:
    """Releases with one that is served, while the site is ready to be published as the next."""
    shelf = Releases(tmp_path / "releases")
    publish(site.source(), shelf)
    site.replace("data/dataset.ttl", 'dcat:version "1"', 'dcat:version "2"')
    return shelf


@pytest.mark.parametrize("limit", [0, 200, 5_000, 20_000])
def test_a_disk_that_is_full_leaves_everything_as_it_was(site: Copy, releases: Releases, limit: int) -> None:
    before = state(releases.root)

    def shrink() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    refused = published(site.root, releases.root, beforehand=shrink)
    assert refused.returncode == 3, refused.stderr
    assert "Traceback" not in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert str(releases.root) in refused.stderr
    assert (state(releases.root), releases.current_version()) == (before, "1")
    assert publish(site.source(), releases).release.manifest.version == "2", "and once there is room, it goes on"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 300 kB of its own, where the machine lets one be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("only root can mount a small file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_small_file_system_that_fills_up_is_told_and_left_as_it_was(site: Copy, small_disk: Path) -> None:
    refused = published(site.root, small_disk / "releases")
    assert refused.returncode == 3, refused.stderr
    assert "Traceback" not in refused.stderr
    assert "No space left on device" in refused.stderr
    assert Releases(small_disk / "releases").versions() == []
    assert not list((small_disk / "releases").glob(".building*"))


@pytest.fixture
def open_folder(libraries: Path) -> Iterator[Path]:
    """A folder that everybody can reach, with a copy of the small site in it."""
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    with TemporaryDirectory(prefix="si-lod-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(libraries, folder / "site")
        yield folder


def as_nobody(work: Callable[[], object]) -> str:
    """What ``work`` raises when an unprivileged user does it; root ignores permissions."""
    receiver, sender = os.pipe()
    child = os.fork()
    if not child:
        said = ""
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            work()
        except BaseException as error:  # noqa: BLE001 - whatever it is goes to the parent
            said = f"{type(error).__name__}: {error}"
        os.write(sender, said.encode())
        os._exit(0)
    os.close(sender)
    with os.fdopen(receiver) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_a_folder_that_may_not_be_written_is_told_and_left_as_it_is(open_folder: Path, mode: int) -> None:
    site, shelf = Copy(open_folder / "site"), Releases(open_folder / "releases")
    publish(site.source(), shelf)
    site.replace("data/dataset.ttl", 'dcat:version "1"', 'dcat:version "2"')
    before = state(shelf.root)
    shelf.root.chmod(mode)
    said = as_nobody(lambda: publish(site.source(), shelf))
    shelf.root.chmod(0o755)
    assert said == f"CannotWrite: {shelf.root}: expected a folder to write releases in: Permission denied"
    assert (state(shelf.root), shelf.current_version()) == (before, "1")


def test_a_folder_that_may_not_be_made_is_told(open_folder: Path) -> None:
    site, shelf = Copy(open_folder / "site"), Releases(open_folder / "releases")
    said = as_nobody(lambda: publish(site.source(), shelf))
    assert said == f"CannotWrite: {shelf.root}: expected a folder to write releases in: Permission denied"
    assert not shelf.root.exists()


def test_a_table_that_may_not_be_read_is_told_by_its_name(open_folder: Path) -> None:
    source = Copy(open_folder / "site").source()
    (source.root / "data/visits.csv").chmod(0o000)
    said = as_nobody(lambda: list(convert(read_tables(source), root=source.root)))
    assert said == "InvalidFiles: data/visits.csv: cannot be read: Permission denied"


def test_of_two_publishers_at_once_one_is_refused_and_changes_nothing(site: Copy, releases: Releases) -> None:
    before = state(releases.root)
    with (releases.root / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        refused = published(site.root, releases.root)
    assert refused.returncode == 3
    assert refused.stderr == f"{releases.root}: another publisher is writing here; try again when it is done\n"
    assert state(releases.root) == before


def test_publishers_that_start_together_make_one_release(site: Copy, releases: Releases) -> None:
    started = [
        subprocess.Popen(
            command(site.root, releases.root), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
        )
        for _ in range(3)
    ]
    said = [process.communicate(timeout=120)[1].decode() for process in started]
    statuses = [process.returncode for process in started]
    assert 0 in statuses
    assert set(statuses) <= {0, 3}
    assert all("another publisher" in text for text, status in zip(said, statuses, strict=True) if status)
    assert (releases.versions(), releases.current_version()) == (["1", "2"], "2")
    assert releases.current().store() is not None


@pytest.mark.parametrize("missing", ["manifest.json", "dataset.nq.gz", "store"])
def test_half_a_release_is_no_release(site: Copy, releases: Releases, missing: str) -> None:
    publish(site.source(), releases)
    shutil.rmtree(releases.root / "1")  # else that one would be served
    path = releases.root / "2" / missing
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    served = subprocess.run(
        [sys.executable, "-m", "si_lod", "serve", "--releases", str(releases.root), "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=environment(),
    )
    assert served.returncode == 3
    assert "Traceback" not in served.stderr
    expectations = ("a whole release", 'a release "2", found 1', "the manifest of a release")
    assert any(f"expected {what}" in served.stderr for what in expectations)
