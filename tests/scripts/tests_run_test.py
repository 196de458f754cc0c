#!/usr/bin/env python3
"""tests/run and .ci/run: what runs, in which order, and that a failure stays a failure.

The scripts run in a tree of their own whose checks, cmake and ctest only write down that they
were called.
"""

import os
import shutil
import subprocess
import unittest
from typing import Optional

from tree import PROJECT, TreeTest

NOTE = """#!/bin/sh
echo "{name} $*" >>"$STAGE/calls"
[ "{name}" != ctest ] || echo "laws ${{KIOSK_TEST_LAWS:-none}}" >>"$STAGE/calls"
[ ! -e "$STAGE/fail-{name}" ]
"""

CHECKS = ("check_arrows.py", "check_schema.py", "check_texts.py", "check_lay_lines.py", "check_format",
          "check_clang.py")


class TestsRunTest(TreeTest):
    def setUp(self) -> None:
        super().setUp()
        self.tree = self.root / "project"
        for path in ("tests/run", ".ci/run"):
            (self.tree / path).parent.mkdir(parents=True)
            shutil.copy(PROJECT / path, self.tree / path)
        for check in CHECKS:
            self.note(f"project/tests/{check}")
        self.note("project/platform/debian/install-packages")
        for program in ("cmake", "ctest"):
            self.note(f"bin/{program}")

    def note(self, path: str) -> None:
        self.write(path, NOTE.format(name=path.rsplit("/", 1)[-1]))
        (self.root / path).chmod(0o755)

    def run_tests(self, *options: str, script: str = "tests/run", laws: Optional[str] = None):
        env = os.environ | {"STAGE": str(self.root), "PATH": f"{self.root}/bin:{os.environ['PATH']}"}
        env.pop("KIOSK_TEST_LAWS", None)
        if laws:
            env["KIOSK_TEST_LAWS"] = laws
        return subprocess.run(
            [self.tree / script, *options], env=env, capture_output=True, text=True, check=False
        )

    def calls(self) -> list[str]:
        return (self.root / "calls").read_text().splitlines()

    def names(self) -> list[str]:
        return [call.split()[0] for call in self.calls()]

    def test_everything_in_order_and_ctest_last(self) -> None:
        self.assertEqual(self.run_tests().returncode, 0)
        self.assertEqual(
            self.names(),
            ["install-packages", "check_arrows.py", "check_schema.py", "check_texts.py", "check_lay_lines.py"]
            + ["check_format", "cmake", "cmake", "check_clang.py", "ctest", "laws"],
        )
        self.assertEqual(self.calls()[0], "install-packages run build test")

    def test_the_build_is_strict_and_sanitized(self) -> None:
        self.run_tests()
        configure = next(call for call in self.calls() if call.startswith("cmake -S"))
        for option in ("TESTS", "SANITIZE", "STRICT"):
            self.assertIn(f"-DKIOSK_{option}=ON", configure)
        self.assertIn(f"-B {self.tree}/build/tests", configure)

    def test_options_reach_ctest(self) -> None:
        self.run_tests("-R", "booking")
        self.assertTrue(self.calls()[-2].endswith("-R booking"))

    def test_the_build_server_runs_the_same(self) -> None:
        self.run_tests(script=".ci/run")
        self.assertEqual(self.names()[-2], "ctest")

    def test_any_failure_fails(self) -> None:
        for name in ("install-packages", *CHECKS, "cmake", "ctest"):
            with self.subTest(failing=name):
                (self.root / f"fail-{name}").touch()
                self.assertNotEqual(self.run_tests().returncode, 0)
                (self.root / f"fail-{name}").unlink()

    def test_one_look_shows_all_that_the_quick_checks_find(self) -> None:
        (self.root / "fail-check_arrows.py").touch()
        self.run_tests()
        self.assertEqual(self.names()[-1], "check_format")

    def test_law_archives_beside_the_project_are_used(self) -> None:
        self.run_tests()
        self.assertEqual(self.calls()[-1], "laws none")
        (self.root / "shared/data").mkdir(parents=True)
        self.run_tests()
        self.assertEqual(self.calls()[-1], f"laws {self.root}/shared/data")
        self.run_tests(laws="/elsewhere")
        self.assertEqual(self.calls()[-1], "laws /elsewhere")

    def test_lay_lines_are_held_against_the_questions_when_they_are_there(self) -> None:
        self.write("shared/data/stard-train.json", "[]")
        self.run_tests()
        self.assertIn(f"check_lay_lines.py --questions {self.root}/shared/data/stard-train.json",
                      self.calls())

    def test_help_runs_nothing(self) -> None:
        done = self.run_tests("--help")
        self.assertEqual(done.returncode, 0)
        self.assertIn("CTEST OPTION", done.stdout)
        self.assertFalse((self.root / "calls").exists())


if __name__ == "__main__":
    unittest.main()
