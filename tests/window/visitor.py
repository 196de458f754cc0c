"""A visitor with one finger before the real window: taps by XTest (xdotool) on a display of its own.

Where the controls are is read from the file of `kiosk --touch-map`; what they mean is not known
here.
"""

import contextlib
import os
import subprocess
import time
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple, Optional, Tuple

from programs import Broken, await_that, die_with_the_test

PATIENCE_S = 10  # for a page to come; the build under test may be slow
# A touch may bring another page with the same controls, a page that has just changed is deaf for a
# moment, and a list may still be gliding: as long as a person takes at least to look again.
AT_REST_S = 0.5
SCREEN = (1080, 1920)


class Display:
    """An Xvfb on a free display number; one screen, no window manager, as on a kiosk."""

    def __init__(self) -> None:
        width, height = SCREEN
        self._process = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", f"{width}x{height}x24"]
            + ["-noreset", "-nolisten", "tcp"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            preexec_fn=die_with_the_test,
        )
        number = self._process.stdout.readline().strip().decode()
        if not number:
            raise Broken("Xvfb does not start")
        self.environment = {**os.environ, "DISPLAY": f":{number}"}

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._process.stdout.close()


class Window(NamedTuple):
    """Where it is on the screen, in pixels; no window manager moves it."""

    name: str  # as xdotool calls it
    x: int
    y: int
    width: int
    height: int


class Visitor:
    """Stands before one window from its first picture to its last. `patience` is how long a page
    stands still before it is touched."""

    def __init__(
        self, environment: Dict[str, str], touch_map: Path, patience: float = AT_REST_S
    ) -> None:
        self._environment = environment
        self._touch_map = touch_map
        self._patience = patience
        self._window: Optional[Window] = None  # known once it was looked for
        self._touched = time.time()  # when a finger was last lifted; who comes in looks first

    # ---- eyes -----------------------------------------------------------------------------------

    def controls(self) -> Dict[str, Tuple[int, int]]:
        """What can be tapped now: id → place in the window."""
        try:
            lines = self._touch_map.read_text().splitlines()
        except FileNotFoundError:
            return {}
        places = (line.split("\t") for line in lines)
        return {name: (int(x), int(y)) for name, x, y in places}

    def sees(self, name: str) -> bool:
        return name in self.controls()

    def await_sight(self, name: str) -> None:
        self._await_control(name, lambda: self.sees(name))

    def _await_control(self, name: str, there: Callable[[], bool]) -> None:
        try:
            await_that(f"{name} can be tapped", there, PATIENCE_S)
        except Broken as broken:
            raise Broken(f"{broken}; there are {' '.join(self.controls())}") from None

    def await_rest(self) -> None:
        def at_rest() -> bool:
            with contextlib.suppress(FileNotFoundError):
                changed = self._touch_map.stat().st_mtime
                return time.time() - max(changed, self._touched) > self._patience
            return False

        await_that("the page is at rest", at_rest, PATIENCE_S)

    def first_of(self, prefix: str) -> str:
        """The first control whose id begins so, once there is one."""

        def found() -> List[str]:
            return [name for name in self.controls() if name.startswith(prefix)]

        self._await_control(f"{prefix}…", lambda: bool(found()))
        self.await_rest()
        return found()[0]

    # ---- finger ---------------------------------------------------------------------------------

    def tap(self, name: str) -> None:
        self.await_sight(name)
        self.await_rest()
        self._touch(name)

    def choose(self, name: str) -> None:
        """Scrolls down until it can be tapped."""
        for _ in range(8):
            self.await_rest()
            if self.sees(name):
                break
            self._drag_up()
        self.tap(name)

    def write(self, keys: str) -> None:
        """On the keyboard on the glass: small letters or digits, not both."""
        first = f"key.{keys[0]}"
        self.await_rest()
        if not self.sees(first):
            self.tap("tab.digits" if keys.isdigit() else "tab.abc")
        self.await_sight(first)
        self.await_rest()
        for key in keys:
            self._touch(f"key.{key}")

    def write_pinyin(self, syllables: str) -> None:
        """As above, and takes the first characters that are offered."""
        self.await_rest()
        if self.sees("tab.pinyin"):
            self.tap("tab.pinyin")
        self.await_sight(f"key.{syllables[0]}")
        self.await_rest()
        for key in syllables:
            self._touch(f"key.{key}")
        self.tap("candidate.0")

    def press(self, *keys: str) -> None:
        """On a real keyboard: Tab, Return …"""
        self._xdotool("windowfocus", "--sync", self._glass().name)
        self._xdotool("key", "--delay", "150", *keys)

    # ---- hands ----------------------------------------------------------------------------------

    def _touch(self, name: str) -> None:
        x, y = self._on_screen(self.controls()[name])
        self._xdotool("mousemove", x, y, "mousedown", "1", "sleep", "0.05", "mouseup", "1")
        self._touched = time.time()

    def _drag_up(self) -> None:
        glass = self._glass()
        x, y = self._on_screen((glass.width // 2, glass.height * 6 // 10))
        moves = [word for step in range(1, 11) for word in ("mousemove", x, str(int(y) - 20 * step))]
        self._xdotool("mousemove", x, y, "mousedown", "1", *moves, "sleep", "0.2", "mouseup", "1")
        self._touched = time.time()

    def _on_screen(self, place: Tuple[int, int]) -> Tuple[str, str]:
        glass = self._glass()
        return str(place[0] + glass.x), str(place[1] + glass.y)

    def _glass(self) -> Window:
        if self._window is None:
            name = self._xdotool("search", "--onlyvisible", "--name", ".").split()[0]
            words = self._xdotool("getwindowgeometry", "--shell", name)
            facts = dict(line.split("=") for line in words.split())
            numbers = (int(facts[fact]) for fact in ("X", "Y", "WIDTH", "HEIGHT"))
            self._window = Window(name, *numbers)
        return self._window

    def _xdotool(self, *words: str) -> str:
        return subprocess.run(
            ["xdotool", *words],
            env=self._environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        ).stdout
