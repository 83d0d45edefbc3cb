"""A load of requests over kept connections, for a fixed time or a fixed number."""

import http.client
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import NamedTuple


class Request(NamedTuple):
    method: str
    path: str
    body: bytes
    headers: dict[str, str]


@dataclass
class Load:
    """Threads that send requests to one port, one after another each, and count what was accepted."""

    port: int
    requests: Iterator[Request]
    threads: int
    seconds: float = 60.0
    most: int | None = None
    accepted: int = 0
    refused: dict[int, int] = field(default_factory=dict)
    _sent: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> float:
        """Return accepted requests per second."""
        began = perf_counter()
        workers = [threading.Thread(target=self._send, args=(began + self.seconds,)) for _ in range(self.threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return self.accepted / (perf_counter() - began)

    def _send(self, until: float) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while perf_counter() < until and (request := self._next()):
            connection.request(*request)
            answer = connection.getresponse()
            answer.read()
            self._count(answer.status)
        connection.close()

    def _next(self) -> Request | None:
        with self._lock:
            if self._sent == self.most:
                return None
            self._sent += 1
            return next(self.requests)

    def _count(self, status: int) -> None:
        with self._lock:
            if status < http.HTTPStatus.MULTIPLE_CHOICES:
                self.accepted += 1
            else:
                self.refused[status] = self.refused.get(status, 0) + 1
