"""A LanguageTool played by a small server, which may fail; also as a process of its own.

    python -m tests.fake_languagetool -cp JAR org.languagetool.server.HTTPServer -p PORT

The environment says how such a process behaves (FAKE_LANGUAGETOOL): "slow" to start, "deaf",
one that "dies" at the start, "drops dead" at the first text, or "hangs" over it.
"""

import json
import os
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs

ROOT = Path(__file__).parent.parent
JAVA_17 = 'openjdk version "17.0.15" 2025-04-15'
INFO = {"software": {"version": "6.8", "buildDate": "2026", "commit": "abc"}}
LANGUAGES = [{"name": "English", "code": "en", "longCode": c} for c in ("en", "en-US", "en-GB")]
MATCH = {
    "message": "Possible spelling mistake found.", "replacements": [{"value": "responsible"}],
    "offset": 0, "length": 11, "context": {"text": "responsable", "offset": 0, "length": 11},
    "sentence": "responsable", "rule": {"id": "MORFOLOGIK_RULE_EN_US", "description": "",
    "issueType": "misspelling", "category": {"id": "TYPOS", "name": "Possible Typo"}},
}  # fmt: skip


WAITS = {"hang": 1, "hang for long": 60}


def found(text):
    """What a real server would answer: the offset counts UTF-16 units."""
    at = text.find("responsable")
    units = len(text[:at].encode("utf-16-le")) // 2
    return {"matches": [MATCH | {"offset": units}] if at >= 0 else []}


class Fake(BaseHTTPRequestHandler):
    """Answers checks with what *answers* has, the last one for ever."""

    answers: ClassVar[list] = []
    asked: ClassVar[list] = []
    limit: ClassVar[int] = 1_000_000
    tells_limit: ClassVar[bool] = True

    def log_message(self, *args):
        pass

    def hear(self, form):
        """For a test that wants to know more than the text."""

    def do_GET(self):
        if self.path.endswith("maxtextlength"):
            self._send(*((200, b"%d" % self.limit) if self.tells_limit else (404, b"")))
            return
        if self.path.endswith("healthcheck"):
            self._send(200, b"OK")
            return
        body = INFO if self.path.endswith("info") else LANGUAGES
        self._send(200, json.dumps(body).encode())

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        text = form["text"][0]
        self.asked.append(text)
        self.hear(form)
        if len(text.encode("utf-16-le")) // 2 > self.limit:
            self._send(413, b"<html>Request Entity Too Large</html>")
            return
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer == "hang up":
            self.connection.close()
            return
        if answer == "drops dead":
            os._exit(1)
        if answer in WAITS:
            threading.Event().wait(WAITS[answer])
            answer = "ok"
        if answer == "elsewhere":
            self.send_response(307)
            self.send_header("Location", self.path)
            self.end_headers()
            return
        self._send(*((200, json.dumps(found(text)).encode()) if answer == "ok" else answer))

    def _send(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Quiet(ThreadingHTTPServer):
    """Does not mind who has gone."""

    block_on_close = False

    def handle_error(self, *args):
        pass


@contextmanager
def serving(*answers, limit=1_000_000, tells_limit=True):
    Fake.answers, Fake.asked = list(answers), []
    Fake.limit, Fake.tells_limit = limit, tells_limit
    with Quiet(("127.0.0.1", 0), Fake) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
        httpd.shutdown()


def put_java(folder, manner="", version=JAVA_17, exit_code=0):
    """Put a script called java into *folder*/bin: it tells *version*, and plays LanguageTool.

    Its starts as a server are lines in *folder*/starts.
    """
    script = folder / "bin" / "java"
    script.parent.mkdir(exist_ok=True)
    script.write_text(
        "#!/bin/sh\n"
        f"if [ \"$1\" = -version ]; then echo '{version}' >&2; exit {exit_code}; fi\n"
        f'echo $$ >> "{folder}/starts"\n'
        f'export PYTHONPATH="{ROOT}" FAKE_LANGUAGETOOL="{manner}"\n'
        f'exec "{sys.executable}" -m tests.fake_languagetool "$@"\n'
    )
    script.chmod(0o755)


def kill_a_worker(process, kept):
    """End a worker of *process*, a run of jdlint, as a crash would, once one has *kept* answers."""
    import psutil

    for _ in range(3000):
        workers = [
            child
            for child in psutil.Process(process.pid).children()
            if "spawn_main" in " ".join(child.cmdline())
        ]
        if workers and kept.is_dir() and any(kept.iterdir()):
            workers[0].kill()
            return
        time.sleep(0.01)


def main() -> None:
    """Play the server at the port that the wrapper has chosen."""
    manner = os.environ.get("FAKE_LANGUAGETOOL", "")
    if manner == "dies":
        sys.exit(1)
    time.sleep({"slow": 1, "deaf": 60}.get(manner, 0))
    Fake.answers = [{"drops dead": manner, "hangs": "hang for long"}.get(manner, "ok")]
    Quiet(("127.0.0.1", int(sys.argv[sys.argv.index("-p") + 1])), Fake).serve_forever()


if __name__ == "__main__":
    main()
