"""A line between kiosk and server that can be cut: a TCP proxy on the loopback in this process.

Knows nothing of HTTP beyond "the other side has answered": an answer can be swallowed, so that the
server has acted and the kiosk cannot know.
"""

import contextlib
import socket
import threading
from typing import Set

PIECE = 65536


class Proxy:
    """Listens from the start; `port` is where the kiosk finds it."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._lock = threading.Lock()
        self._open: Set[socket.socket] = set()
        self._cut = False
        self._swallow = False
        self.swallowed = 0  # answers the server gave and the kiosk never saw
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._start(self._accept)

    def cut(self) -> None:
        """Every connection is gone and new ones are closed at once."""
        with self._lock:
            self._cut = True
            self._hang_up()

    def restore(self) -> None:
        with self._lock:
            self._cut = self._swallow = False

    def cut_at_the_next_answer(self) -> None:
        """The next request still arrives; its answer does not, nor anything after it."""
        with self._lock:
            self._swallow = True

    def close(self) -> None:
        self._listener.close()
        self.cut()

    def _hang_up(self) -> None:
        for end in self._open:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    @staticmethod
    def _start(work, *arguments) -> None:
        threading.Thread(target=work, args=arguments, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed: the end of the proxy
            while True:
                kiosk, _ = self._listener.accept()
                self._connect(kiosk)

    def _connect(self, kiosk: socket.socket) -> None:
        with self._lock:
            if self._cut:
                kiosk.close()
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._server_port))
            except OSError:
                kiosk.close()
                return
            self._open |= {kiosk, server}
        self._start(self._carry, kiosk, server, False)
        self._start(self._carry, server, kiosk, True)

    def _carry(self, source: socket.socket, target: socket.socket, answers: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(PIECE):
                if answers and self._swallows():
                    break
                target.sendall(piece)
        with self._lock:
            for end in (source, target):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            # Whichever direction ends last takes the source it has read from with it.
            self._open.discard(source)
            source.close()

    def _swallows(self) -> bool:
        with self._lock:
            if not self._swallow:
                return False
            self._swallow, self._cut = False, True
            self.swallowed += 1
            self._hang_up()
            return True
