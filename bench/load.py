"""A load of requests over kept connections, for a fixed time."""

import http.client
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

Request = tuple[str, str, bytes, dict[str, str]]


@dataclass
class Load:
    """Threads that send what `make` returns to one port until the time is over, counting what was accepted."""

    port: int
    make: Callable[[], Request]
    threads: int = 8
    seconds: float = 8.0
    accepted: int = 0
    refused: dict[int, int] = field(default_factory=dict)
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
        while perf_counter() < until:
            method, path, body, headers = self.make()
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            response.read()
            with self._lock:
                if response.status < 300:
                    self.accepted += 1
                else:
                    self.refused[response.status] = self.refused.get(response.status, 0) + 1
