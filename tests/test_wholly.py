"""A file of our own is written wholly or not at all, whoever else writes it."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from jdlint.wholly import replacing, written


def names(folder):
    return [file.name for file in folder.iterdir()]


def test_two_writers_at_once_do_not_mix(tmp_path):
    file = tmp_path / "report.txt"
    with written(file) as one, written(file) as other:
        one.write("one\n" * 5000)
        other.write("other\n")
        one.write("one\n")
    assert file.read_text() == "one\n" * 5001  # it ended last
    assert names(tmp_path) == ["report.txt"]


def test_many_writers_at_once_leave_the_whole_text_of_one(tmp_path):
    file = tmp_path / "report.txt"

    def write(number):
        with written(file) as stream:
            for _ in range(2000):
                stream.write(f"{number:04}\n")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(40)))
    lines = file.read_text().splitlines()
    assert len(lines) == 2000
    assert len(set(lines)) == 1
    assert names(tmp_path) == ["report.txt"]


@pytest.mark.parametrize("how", [written, replacing])
@pytest.mark.parametrize("fault", [OSError, KeyboardInterrupt, SystemExit])
def test_a_writer_that_is_interrupted_leaves_the_old_text(tmp_path, how, fault):
    file = tmp_path / "report.txt"
    file.write_text("old")
    with pytest.raises(fault), how(file) as stream:
        stream.write("new" if how is written else b"new")
        raise fault
    assert file.read_text() == "old"
    assert names(tmp_path) == ["report.txt"]


def test_the_mode_of_a_report_is_as_it_was(tmp_path):
    file = tmp_path / "report.txt"
    file.write_text("old")
    file.chmod(0o640)
    with written(file) as stream:
        stream.write("new")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_long_name_leaves_room_for_the_new_file(tmp_path):
    file = tmp_path / f"{'r' * 251}.txt"
    with written(file) as stream:
        stream.write("new")
    assert file.read_text() == "new"
