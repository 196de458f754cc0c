"""Real programs on a stage of their own: start, wait for, kill, stop; a config of a center that is
open. For tests that run kiosk and server from outside; knows neither.
"""

import contextlib
import ctypes
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Callable, Dict, List, Optional

PROJECT = Path(__file__).resolve().parent.parent.parent
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


class Broken(Exception):
    """The test could not be carried out; not a finding about the books."""


PR_SET_PDEATHSIG = 1  # prctl(2)
LIBC = ctypes.CDLL(None)


def die_with_the_test() -> None:
    """For preexec_fn: however the test ends, even killed by a time-out, the program ends too."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Program:
    """A program that may be started again, with everything it ever said in one file."""

    def __init__(
        self, name: str, words: List[str], log: Path, environment: Optional[Dict[str, str]] = None
    ) -> None:
        self.name = name
        self.words = words
        self.log = log
        self.environment = environment  # None: ours
        self.process: subprocess.Popen = None
        self.kills = 0

    def start(self) -> None:
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.words,
                stdout=log,
                stderr=log,
                env=self.environment,
                preexec_fn=die_with_the_test,
            )

    def live(self, seconds: float) -> None:
        """Lets it live that long; it is not allowed to end by itself."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self.process.wait(seconds)
            raise Broken(f"{self.name} ended by itself with {code}:\n{self.last_words()}")

    def must_live(self) -> None:
        if self.process.poll() is not None:
            raise Broken(f"{self.name} ended:\n{self.last_words()}")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.kills += 1

    def stop(self, seconds: float, by: signal.Signals = signal.SIGTERM) -> None:
        """Asks it to end, which it must do in time and with exit code 0."""
        self.process.send_signal(by)
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Broken(f"{self.name} did not end in {seconds} s:\n{self.last_words()}") from None
        if code != 0:
            raise Broken(f"{self.name} ended with {code}:\n{self.last_words()}")

    def end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-20:])


def await_that(what: str, condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise Broken(f"not within {seconds} s: {what}")
        time.sleep(0.02)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:
            return answer.status == 200
    except OSError:
        return False


def await_ready(server: Program, address: str, seconds: float) -> None:
    def ready() -> bool:
        server.must_live()
        return answers(address + "/readyz")

    await_that(f"{server.name} is ready", ready, seconds)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def write_config(folder: Path) -> None:
    """The project's own services in a center that is open every day, whenever the test runs."""
    shutil.copytree(PROJECT / "config", folder)
    (folder / "holidays.toml").unlink()
    hours = "[hours]\n" + "".join(f'{day} = ["00:00-24:00"]\n' for day in DAYS)
    center = folder / "center.toml"
    text, found = re.subn(r"\[hours\]\n(\w+ = .*\n)+", hours, center.read_text())
    if found != 1:
        raise Broken("config/center.toml has no [hours] to replace")
    center.write_text(text)
