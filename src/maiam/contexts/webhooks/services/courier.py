"""Carries one message to one address of the open network; follows no detour, trusts no second look-up."""

import http.client
import socket
import ssl
from dataclasses import dataclass
from ipaddress import ip_address

from maiam.contexts.webhooks.rules import AddressRefusedError, Target, is_public, read_target

SECONDS = 5.0
_MOST_READ = 1024


@dataclass(frozen=True)
class Answer:
    """What came back: a status, or why none did."""

    status: int | None
    problem: str = ""

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class _Pinned(http.client.HTTPConnection):
    """Speaks to the very address that was checked, whatever the name may say by now."""

    def __init__(self, target: Target, address: str, *, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.address, self.target = address, target

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), self.timeout)
        if self.target.is_https:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.target.host)
        else:
            self.sock = plain


@dataclass(frozen=True)
class Courier:
    loopback: bool = False
    seconds: float = SECONDS

    def carries(self, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Send and say what came back; whatever goes wrong on the way is an answer too."""
        try:
            target = read_target(url, loopback=self.loopback)
            connection = _Pinned(target, self._address(target), seconds=self.seconds)
        except AddressRefusedError as refusal:
            return Answer(None, str(refusal))
        try:
            connection.request("POST", target.path, body, headers)
            response = connection.getresponse()
            response.read(_MOST_READ)
            return Answer(response.status, "" if response.status < 300 else f"HTTP {response.status}")
        except TimeoutError:
            return Answer(None, "Quá lâu không trả lời.")
        except ssl.SSLError:
            return Answer(None, "Chứng thư TLS không tin được.")
        except (OSError, http.client.HTTPException):
            return Answer(None, "Không kết nối được.")
        finally:
            connection.close()

    def _address(self, target: Target) -> str:
        """The one address spoken to. All the name stands for must be public: one inside is enough to refuse."""
        try:
            found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise AddressRefusedError("Không tìm thấy máy chủ này.") from error
        addresses = [str(entry[4][0]) for entry in found]
        if not all(is_public(ip_address(one), loopback=self.loopback) for one in addresses):
            raise AddressRefusedError("Không gửi tới địa chỉ trong mạng nội bộ.")
        return addresses[0]
