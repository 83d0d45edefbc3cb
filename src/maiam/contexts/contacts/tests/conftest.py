"""A gateway on this machine that keeps what it is sent, and answers as it is told to."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest


@pytest.fixture
def gateway() -> Iterator[SimpleNamespace]:
    kept = SimpleNamespace(messages=[], answers=[], url="")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            kept.messages.append((dict(self.headers), body))
            self.send_response(kept.answers.pop(0) if kept.answers else 202)
            self.end_headers()
            self.wfile.write(b'{"id": "SMSC-77"}')

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    kept.url = f"http://127.0.0.1:{server.server_port}/gui"
    yield kept
    server.shutdown()
    server.server_close()
    thread.join()
