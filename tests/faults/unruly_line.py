"""A line between kiosk and server that misbehaves: an HTTP proxy on the loopback in this process.

Of the requests that pass it loses, delays, doubles and tears as its moods say, with chance of its
own, so that a seed gives the same moods in the same order. Knows of HTTP only where a message ends
(Content-Length), and nothing of what the messages say.
"""

import contextlib
import random
import socket
import threading
import time
from collections import Counter
from typing import Optional, Tuple

PIECE = 65536
LONGEST_HEAD = 1 << 16
PATIENCE_S = 20  # with a side that says nothing

# mood → how often, out of 100
MOODS = {
    "whole": 30,
    "reply lost": 20,  # the server has acted, and nobody hears of it
    "reply torn": 5,
    "request torn": 5,
    "delayed": 19,
    "delayed beyond patience": 1,  # the kiosk has given up when the reply comes
    "doubled at once": 10,  # two of them race to the server
    "doubled later": 10,  # the second one comes when the first is long over
}
LONGEST_DELAY_S = 0.4
BEYOND_PATIENCE_S = 4.5  # kiosk/sync/client.h: request_deadline is 4 s
LONGEST_AFTER_S = 1.5


def read_message(end: socket.socket, held: bytes) -> Tuple[bytes, bytes]:
    """One request or reply, and what came behind it; empty when the other side has ended."""
    while b"\r\n\r\n" not in held and len(held) < LONGEST_HEAD:
        piece = end.recv(PIECE)
        if not piece:
            return b"", b""
        held += piece
    head_size = held.index(b"\r\n\r\n") + 4
    size = head_size
    for line in held[:head_size].split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            size += int(value)
    while len(held) < size:
        piece = end.recv(PIECE)
        if not piece:
            return b"", b""
        held += piece
    return held[:size], held[size:]


class UnrulyLine:
    """Listens from the start; `port` is where the kiosk finds it. Whole again after mend()."""

    def __init__(self, server_port: int, seed: int) -> None:
        self._server_port = server_port
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._unruly = True
        self.moods: Counter = Counter()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._start(self._accept)

    def mend(self) -> None:
        with self._lock:
            self._unruly = False

    def close(self) -> None:
        # The thread that waits in accept() holds the socket open; this wakes it.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    @staticmethod
    def _start(work, *arguments) -> None:
        threading.Thread(target=work, args=arguments, daemon=True).start()

    def _mood(self) -> Tuple[str, float]:
        """And a number from 0 to 1 that says how long, or how far."""
        with self._lock:
            if not self._unruly:
                return "whole", 0
            mood = self._chance.choices(list(MOODS), weights=list(MOODS.values()))[0]
            self.moods[mood] += 1
            return mood, self._chance.random()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed: the end of the line
            while True:
                kiosk, _ = self._listener.accept()
                self._start(self._serve, kiosk)

    def _dial(self) -> socket.socket:
        server = socket.create_connection(("127.0.0.1", self._server_port), timeout=PATIENCE_S)
        server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return server

    def _serve(self, kiosk: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), contextlib.closing(kiosk):
            kiosk.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            held = b""
            with contextlib.closing(self._dial()) as server:
                while True:
                    request, held = read_message(kiosk, held)
                    if not request or not self._pass_on(request, kiosk, server):
                        return

    def _pass_on(self, request: bytes, kiosk: socket.socket, server: socket.socket) -> bool:
        """False when the connection is over."""
        mood, how_much = self._mood()
        if mood == "request torn":
            server.sendall(request[: int(len(request) * how_much)])
            return False
        if mood == "doubled at once":
            self._start(self._repeat, request, 0.0)
        server.sendall(request)
        reply, _ = read_message(server, b"")
        if mood == "doubled later":
            self._start(self._repeat, request, LONGEST_AFTER_S * how_much)
        if not reply or mood == "reply lost":
            return False
        if mood == "reply torn":
            kiosk.sendall(reply[: int(len(reply) * how_much)])
            return False
        if mood == "delayed":
            time.sleep(LONGEST_DELAY_S * how_much)
        if mood == "delayed beyond patience":
            time.sleep(BEYOND_PATIENCE_S)
        kiosk.sendall(reply)
        return True

    def _repeat(self, request: bytes, after_s: float) -> Optional[bytes]:
        """Nobody waits for this reply."""
        time.sleep(after_s)
        with contextlib.suppress(OSError, ValueError):
            with contextlib.closing(self._dial()) as server:
                server.sendall(request)
                return read_message(server, b"")[0]
        return None
