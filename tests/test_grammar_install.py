"""``jdlint grammar``: the only place where anything is fetched, here from a server of our own."""

import hashlib
import io
import os
import threading
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import ClassVar

import pytest
from click.testing import CliRunner

from jdlint.cli import cli
from jdlint.grammar import managed
from tests.fake_languagetool import Quiet, put_java

download_lt = pytest.importorskip(
    "language_tool_python.download_lt", reason="the extra 'grammar' is not installed"
)
pytestmark = pytest.mark.loopback


def archive(*names):
    """A ZIP with small files of *names*, as the project's releases are laid out."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name in names:
            made.writestr(name, b"something of a jar")
    return held.getvalue()


WHOLE = archive("LanguageTool-6.8/languagetool-server.jar", "LanguageTool-6.8/libs/core.jar")


class Releases(BaseHTTPRequestHandler):
    """Serves *content* with *status*; says that it has *more* bytes than it sends."""

    content: ClassVar[bytes] = b""
    status: ClassVar[int] = 200
    more: ClassVar[int] = 0
    asked: ClassVar[list[str]] = []

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.asked.append(self.path)
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(self.content) + self.more))
        self.end_headers()
        self.wfile.write(self.content)


@pytest.fixture
def installing(tmp_path, monkeypatch):
    """Runs ``jdlint grammar install`` against a server of *content*, in a world of its own."""
    put_java(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "installed"))
    monkeypatch.setenv("LTP_DOWNLOAD_SHA256", hashlib.sha256(WHOLE).hexdigest())
    monkeypatch.delenv("LTP_JAR_DIR_PATH", raising=False)

    def install(*argv, content=WHOLE, status=200, more=0, answer=None):
        with serving(content, status, more) as url:
            monkeypatch.setattr(download_lt, "BASE_URL_NEW_RELEASES", url)
            return CliRunner().invoke(cli, ["grammar", "install", *argv], input=answer)

    return install


@contextmanager
def serving(content, status, more):
    Releases.content, Releases.status, Releases.more = content, status, more
    Releases.asked = []
    with Quiet(("127.0.0.1", 0), Releases) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}/"
        httpd.shutdown()


def left_over(tmp_path):
    """What lies in the folder of installations."""
    folder = tmp_path / "installed"
    return sorted(p.name for p in folder.iterdir()) if folder.exists() else []


def test_it_says_whence_and_how_much_and_asks(installing, tmp_path):
    done = installing(answer="n\n")
    assert done.exit_code == 1
    assert "comes from http://127.0.0.1" in done.output and "about 250 MB" in done.output
    assert str(tmp_path / "installed") in done.output
    assert Releases.asked == [] and left_over(tmp_path) == []


def test_nobody_to_ask_is_a_no(installing, tmp_path):
    assert installing(answer="").exit_code == 1
    assert Releases.asked == [] and left_over(tmp_path) == []


@pytest.mark.parametrize(("argv", "answer"), [((), "y\n"), (("--yes",), None)])
def test_a_yes_installs_it_and_status_finds_it(installing, tmp_path, argv, answer):
    done = installing(*argv, answer=answer)
    assert done.exit_code == 0, done.output
    assert managed.jar().is_file() and left_over(tmp_path) == ["LanguageTool-6.8"]
    assert f"LanguageTool 6.8 is in {managed.jar().parent}" in done.output
    assert Releases.asked == ["/LanguageTool-6.8.zip"]
    assert str(managed.jar()) in CliRunner().invoke(cli, ["grammar", "status"]).output


def test_what_is_installed_is_not_fetched_again(installing):
    installing("--yes")
    done = installing("--yes")
    assert (done.exit_code, Releases.asked) == (0, [])
    assert "already" in done.output


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"content": WHOLE[:-99]}, "checksum"),
        ({"content": WHOLE[:200], "more": len(WHOLE) - 200}, "200 bytes read"),
        ({"content": b"<html>The release has moved</html>"}, "checksum"),
        ({"status": 404}, "Could not find"),
        ({"status": 403}, "forbidden"),
        ({"status": 500}, "500"),
    ],
    ids=lambda given: str(given)[:30],
)
def test_a_download_that_fails_installs_nothing(installing, tmp_path, given, why):
    done = installing("--yes", **given)
    assert done.exit_code == 2
    said = " ".join(done.output.split())
    assert why in said and "nothing was installed" in said
    assert left_over(tmp_path) == [] and not managed.jar().is_file()


def test_an_archive_that_is_no_languagetool_is_told_so(installing, tmp_path, monkeypatch):
    other = archive("LanguageTool-6.8/README.md")
    monkeypatch.setenv("LTP_DOWNLOAD_SHA256", hashlib.sha256(other).hexdigest())
    done = installing("--yes", content=other)
    assert done.exit_code == 2
    assert f"there is no languagetool-server.jar in {managed.jar().parent}" in " ".join(
        done.output.split()
    )


def test_an_archive_that_climbs_out_of_its_folder_is_refused(installing, tmp_path, monkeypatch):
    evil = archive("LanguageTool-6.8/languagetool-server.jar", "../../evil.txt")
    monkeypatch.setenv("LTP_DOWNLOAD_SHA256", hashlib.sha256(evil).hexdigest())
    assert installing("--yes", content=evil).exit_code == 2
    assert not list(tmp_path.rglob("evil.txt")) and not managed.jar().is_file()


def test_a_folder_that_an_accident_left_empty_is_named(installing, tmp_path):
    managed.jar().parent.mkdir(parents=True)
    done = installing("--yes")
    assert done.exit_code == 2
    assert "remove that folder" in " ".join(done.output.split())


def test_the_variable_that_keeps_the_wrapper_from_fetching_is_named(installing, monkeypatch):
    monkeypatch.setenv("LTP_JAR_DIR_PATH", "/opt/jars")
    done = installing("--yes")
    assert (done.exit_code, Releases.asked) == (2, [])
    assert "LTP_JAR_DIR_PATH" in done.output


def test_without_java_nothing_is_fetched(installing, tmp_path):
    put_java(tmp_path, version='java version "1.8.0_392"')
    done = installing("--yes")
    assert (done.exit_code, Releases.asked) == (2, [])
    assert "Java >= 17" in done.output


def test_a_folder_that_cannot_be_written_is_an_error_and_no_crash(installing, tmp_path):
    (tmp_path / "installed").write_text("a file")
    done = installing("--yes")
    assert done.exit_code == 2 and "LanguageTool failed" in done.output


def test_without_the_extra_it_says_how_to_get_it(installing, monkeypatch):
    monkeypatch.setattr("jdlint.cli.grammar._has_extra", lambda: False)
    done = installing("--yes")
    assert done.exit_code == 2 and 'pip install "jdlint[grammar]"' in " ".join(done.output.split())
