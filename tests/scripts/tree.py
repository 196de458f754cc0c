"""A small project tree that a check is run on: files in, exit code and output back."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent


class TreeTest(unittest.TestCase):
    """Each test has an empty folder `self.root`; `check` names the script below tests/."""

    check = ""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="kiosk-check-")
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def run_check(self) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, PROJECT / "tests" / self.check, "--root", self.root],
            capture_output=True,
            text=True,
            check=False,
        )

    def assert_passes(self) -> None:
        done = self.run_check()
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def assert_fails(self, *words: str) -> None:
        """Fails, and one line of the output holds all the words."""
        done = self.run_check()
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        lines = done.stderr.splitlines()
        self.assertTrue(
            any(all(word in line for word in words) for line in lines),
            f"no line with {words} in:\n{done.stderr}",
        )
