"""A server that means harm: takes connections of a kiosk on the loopback and answers as the attack of
the hour says, or lets everything pass to the honest server behind it.

Knows HTTP down to the byte, because most of what it says is not HTTP; of the messages it knows only
what a lie has to look like.
"""

import contextlib
import gzip
import hashlib
import json
import random
import socket
import struct
import threading
import time
import zlib
from typing import Callable, Dict, List, Optional

from unruly_line import PIECE, read_message

GIGABYTE = 1 << 30
BLOCK = 1 << 18
DRIP_S = 0.3
HOLD_S = 60  # how long a silent answer is kept open; the kiosk must give up long before


class Request:
    def __init__(self, message: bytes) -> None:
        head, _, body = message.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.path = lines[0].split(" ")[:2]
        self.headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines[1:])
        }
        self.body = gzip.decompress(body) if self.headers.get("content-encoding") == "gzip" else body

    def json(self) -> dict:
        return json.loads(self.body) if self.body else {}


Answer = Callable[[socket.socket, Request], None]


# ---- what is not HTTP, or too much of it ---------------------------------------------------------


def reply(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}"]
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    names.setdefault("Content-Length", str(len(body)))
    lines += [f"{name}: {value}" for name, value in names.items() if value]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def says(message: bytes, then_close: bool = True) -> Answer:
    def answer(end: socket.socket, _: Request) -> None:
        end.sendall(message)
        if then_close:
            end.shutdown(socket.SHUT_RDWR)

    return answer


def never_ends(head: bytes, block: bytes, size: int = GIGABYTE) -> Answer:
    """A gigabyte of it, as fast as it is taken."""

    def answer(end: socket.socket, _: Request) -> None:
        end.sendall(head)
        for _ in range(size // len(block)):
            end.sendall(block)

    return answer


def drips(head: bytes, drop: bytes) -> Answer:
    def answer(end: socket.socket, _: Request) -> None:
        end.sendall(head)
        for _ in range(int(HOLD_S / DRIP_S)):
            time.sleep(DRIP_S)
            end.sendall(drop)

    return answer


def silent(end: socket.socket, _: Request) -> None:
    end.settimeout(HOLD_S)
    with contextlib.suppress(OSError):
        end.recv(1)


def resets(end: socket.socket, _: Request) -> None:
    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def bomb() -> bytes:
    """A gigabyte of blanks in one gzip member (RFC 1952)."""
    blanks = b" " * (1 << 20)
    times = GIGABYTE // len(blanks)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH)  # stands wherever it is put
    checksum = 0
    for _ in range(times):
        checksum = zlib.crc32(blanks, checksum)
    head = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    return head + block * times + packer.flush() + struct.pack("<II", checksum, GIGABYTE)


OK = "HTTP/1.1 200 OK\r\n"


def raw(chance: random.Random, elsewhere: int) -> Dict[str, Answer]:
    """Attacks that any route can be answered with. `elsewhere` is a port nobody may come to."""
    plain = (OK + "Content-Type: application/json\r\n").encode()
    redirects = {
        f"redirect {status} to {where}": says(
            reply(b"", f"{status} Moved", Location=where.format(port=elsewhere))
        )
        for status, where in (
            (301, "http://127.0.0.1:{port}/v1/sync"),
            (302, "//127.0.0.1:{port}/"),
            (307, "http://user:secret@127.0.0.1:{port}/v1/sync"),
            (308, "file:///etc/passwd"),
        )
    }
    packed = bomb()
    lies = {
        "length too long": says(plain + b"Content-Length: 5000\r\n\r\n{}"),
        "length too short": says(plain + b"Content-Length: 1\r\n\r\n" + b'{"epoch":"x"}' * 9),
        "length negative": says(plain + b"Content-Length: -7\r\n\r\n{}"),
        "length beyond counting": says(plain + b"Content-Length: 99999999999999999999999\r\n\r\n{}"),
        "two lengths": says(plain + b"Content-Length: 2\r\nContent-Length: 900\r\n\r\n{}"),
        "chunk of a huge size": says(plain + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFF0\r\n{}"),
        "chunk of no size": says(plain + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"),
        "gzip that is none": says(reply(b"{}", Content_Encoding="gzip")),
        "gzip cut off": says(reply(gzip.compress(b"{}" * 5000)[:-9], Content_Encoding="gzip")),
        "an encoding nobody has": says(reply(b"{}", Content_Encoding="br, zstd, rot13")),
        "HTTP of 1991": says(b"<html>hello</html>"),
        "noise": says(bytes(chance.randrange(256) for _ in range(5000))),
        "status of no kind": says(b"HTTP/1.1 000 \r\n\r\n"),
        "status beyond counting": says(b"HTTP/1.1 99999999999 X\r\n\r\n"),
    }
    return {
        "a gigabyte": never_ends(plain + f"Content-Length: {GIGABYTE}\r\n\r\n".encode(), b" " * BLOCK),
        "a gigabyte in chunks": never_ends(
            plain + b"Transfer-Encoding: chunked\r\n\r\n", f"{BLOCK:x}\r\n".encode() + b"[" * BLOCK + b"\r\n"
        ),
        "gzip bomb": says(reply(packed, Content_Encoding="gzip")),
        "gzip bomb in gzip": says(reply(gzip.compress(packed), Content_Encoding="gzip, gzip")),
        "gzip in gzip in gzip …": says(reply(packed, Content_Encoding=", ".join(["gzip"] * 40))),
        "endless headers": never_ends(OK.encode(), b"X-Filler: " + b"x" * 900 + b"\r\n"),
        "endless header": never_ends((OK + "X-Filler: ").encode(), b"x" * BLOCK),
        "endless interim answers": never_ends(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 50, GIGABYTE // 64),
        "resets": resets,
        **redirects,
        **lies,
    }


def slow() -> Dict[str, Answer]:
    head = (OK + "Content-Length: 100000\r\n\r\n").encode()
    return {
        "body by drops": drips(head, b" "),
        "headers by drops": drips(OK.encode(), b"X-Drop: 1\r\n"),
        "interim answers by drops": drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        "silence": silent,
    }


# ---- HTTP that carries nonsense ------------------------------------------------------------------

GOOD_SYNC = {
    "epoch": "hostile",
    "time": "2026-11-23T09:42:00+08:00",
    "applied_through": 0,
    "cursor": "c1:1",
    "next_poll_s": 1,
    "results": [],
    "changes": [],
}


def texts() -> Dict[str, bytes]:
    """Bodies that are no message of any kind."""
    wide = b'{"epoch":[' + b"{}," * 340_000 + b"{}]}"
    many_keys = b"{" + b",".join(b'"%d":0' % n for n in range(70_000)) + b"}"
    return {
        "nothing": b"",
        "a captive portal": b"<html><body>Please log in</body></html>",
        "deep arrays": b"[" * 1_000_000,
        "deep objects": b'{"a":' * 150_000,
        "deep and closed": b"[" * 400_000 + b"]" * 400_000,
        "a million objects": wide,
        "many keys": many_keys,
        "one long text": b'{"epoch":"' + b"x" * 1_000_000 + b'"}',
        "no UTF-8": b'{"epoch":"\xff\xfe\xc3\x28\xed\xa0\x80"}',
        "U+0000": b'{"epoch":"\\u0000","time":"\\u0000"}',
        "half a surrogate": b'{"epoch":"\\ud800"}',
        "NaN": b'{"applied_through":NaN,"next_poll_s":Infinity}',
        "a number beyond all": b'{"applied_through":1e999999,"cursor":-1e999999}',
        "a number of a million digits": b'{"applied_through":' + b"9" * 1_000_000 + b"}",
        "cut off": json.dumps(GOOD_SYNC).encode()[:-5],
        "two at once": json.dumps(GOOD_SYNC).encode() * 2,
    }


def wrong_types() -> Dict[str, bytes]:
    """A sync answer with one field of the wrong kind each."""
    wrong = {}
    for field in GOOD_SYNC:
        for value in (None, [], {}, "x", -(2**70), 2**70, 1.5, True):
            if isinstance(value, type(GOOD_SYNC[field])) and not isinstance(value, bool):
                continue
            wrong[f"{field}: {str(value)[:8]}"] = json.dumps({**GOOD_SYNC, field: value}).encode()
    for field, each in (
        ("results", {"id": 7, "status": "applied", "data": {}}),
        ("results", {"id": "x", "status": "perhaps", "data": {}}),
        ("results", {"id": "x", "status": "applied", "data": []}),
        ("results", {"id": "x", "status": "deferred", "code": "c" * 5000, "data": {}}),
        ("changes", {"t": "slot", "k": "x", "v": "NaN", "d": {}}),
        ("changes", {"t": "slot", "k": "x" * 5000, "v": 1, "d": {}}),
        ("changes", {"t": "slot", "k": "x", "v": 1, "d": {"day": "x" * 9000}}),
        ("changes", {"t": "slot", "k": "x", "v": 1, "d": {"a": [[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}}),
    ):
        wrong[f"{field} of {str(each)[:40]}"] = json.dumps({**GOOD_SYNC, field: [each]}).encode()
    for field in ("epoch", "cursor", "manifest"):
        wrong[f"{field} of a megabyte"] = json.dumps({**GOOD_SYNC, field: "x" * 900_000}).encode()
    wrong["an empty epoch"] = json.dumps({**GOOD_SYNC, "epoch": ""}).encode()
    return wrong


def problems() -> Dict[str, bytes]:
    """Refusals that ask for more than a refusal may."""

    def problem(status: int, code: str, time_told: str = "", **headers: str) -> bytes:
        body = json.dumps({"status": status, "code": code, "time": time_told}).encode()
        return reply(body, f"{status} No", Content_Type="application/problem+json", **headers)

    return {
        "wait for ever": problem(503, "busy", Retry_After="2147483647"),
        "wait beyond counting": problem(503, "busy", Retry_After="9" * 60),
        "wait backwards": problem(429, "busy", Retry_After="-5"),
        "a code of a megabyte": problem(500, "x" * 900_000),
        "a code with control characters": problem(500, "a\r\nb\x1b[2J"),
        "the year 9999": problem(401, "skew", "9999-12-31T23:59:59Z"),
        "the year 0": problem(401, "skew", "0000-01-01T00:00:00Z"),
        "no time at all": problem(401, "skew", "yesterday"),
        "gone": problem(410, "kiosk_retired"),
    }


# ---- the server ----------------------------------------------------------------------------------


class HostileServer:
    """Honest until told otherwise. `attack` maps the beginning of a path to its answer; "" is any
    path. What it has no answer for passes to the honest server."""

    def __init__(self, honest_port: int) -> None:
        self._honest_port = honest_port
        self._lock = threading.Lock()
        self._attack: Dict[str, Answer] = {}
        self._open: List[socket.socket] = []
        self.answered = 0  # requests that the attack was served to
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        # Where a redirect leads; nobody may come.
        self._elsewhere = socket.create_server(("127.0.0.1", 0))
        self.elsewhere_port = self._elsewhere.getsockname()[1]
        self.visitors_elsewhere = 0
        for work in (self._accept, self._watch_elsewhere):
            threading.Thread(target=work, daemon=True).start()

    def set(self, attack: Optional[Dict[str, Answer]] = None) -> None:
        """Also ends what is still being said; without an attack everything passes."""
        with self._lock:
            self._attack = attack or {}
            self.answered = 0
            for end in self._open:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            self._open.clear()

    def close(self) -> None:
        self.set()
        for listener in (self._listener, self._elsewhere):
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                kiosk, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(kiosk,), daemon=True).start()

    def _watch_elsewhere(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self._elsewhere.accept()[0].close()
                self.visitors_elsewhere += 1

    def _answer_for(self, path: str) -> Optional[Answer]:
        with self._lock:
            for prefix, answer in self._attack.items():
                if path.startswith(prefix):
                    self.answered += 1
                    return answer
        return None

    def _serve(self, kiosk: socket.socket) -> None:
        with self._lock:
            self._open.append(kiosk)
        held = b""
        with contextlib.suppress(OSError, ValueError), contextlib.closing(kiosk):
            kiosk.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while True:
                message, held = read_message(kiosk, held)
                if not message:
                    return
                request = Request(message)
                answer = self._answer_for(request.path)
                if answer is None:
                    self._pass_on(message, kiosk)
                else:
                    answer(kiosk, request)

    def _pass_on(self, message: bytes, kiosk: socket.socket) -> None:
        with contextlib.closing(socket.create_connection(("127.0.0.1", self._honest_port))) as server:
            server.sendall(message)
            kiosk.sendall(read_message(server, b"")[0])


def json_answer(make: Callable[[Request], dict]) -> Answer:
    """Well-formed, and the connection stays."""

    def answer(end: socket.socket, request: Request) -> None:
        end.sendall(reply(json.dumps(make(request)).encode(), Content_Type="application/json"))

    return answer


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
