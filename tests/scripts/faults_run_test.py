#!/usr/bin/env python3
"""tests/faults/run: what it builds and runs, what the table says, and that a broken promise fails.

The script runs in a tree of its own whose cmake and ninja only write down that they were called, and
whose promises are programs made for the test.
"""

import json
import os
import shutil
import subprocess
import unittest

from tree import PROJECT, TreeTest

NOTE = """#!/bin/sh
echo "{name} $*" >>"$STAGE/calls"
[ ! -e "$STAGE/fail-{name}" ]
"""

PROGRAM = """#!/bin/sh
echo "$0 $*" >>"$STAGE/calls"
echo "some words before"
{said}
exit {code}
"""

PROMISES = """
[[promise]]
name = "kept"
shows = "nothing is lost"
targets = ["one", "two"]
command = ["{bin}/kept", "--central", "{tests}/x"]

[[promise]]
name = "other"
shows = "nothing is doubled"
targets = ["two"]
command = "{bin}/other"
"""


def outcome(broken: int) -> str:
    line = json.dumps({"promise": "p", "figure": f"{broken} of 7", "seed": 1, "broken": broken})
    return f"echo '{line}'"


class FaultsRunTest(TreeTest):
    def setUp(self) -> None:
        super().setUp()
        self.tree = self.root / "project"
        (self.tree / "tests/faults").mkdir(parents=True)
        shutil.copy(PROJECT / "tests/faults/run", self.tree / "tests/faults/run")
        self.write("project/tests/faults/promises.toml", PROMISES)
        self.program("project/platform/debian/install-packages", NOTE.format(name="install-packages"))
        for name in ("cmake", "ninja"):
            self.program(f"bin/{name}", NOTE.format(name=name))
        self.promise("kept", outcome(0))
        self.promise("other", outcome(0))

    def program(self, path: str, text: str) -> None:
        self.write(path, text)
        (self.root / path).chmod(0o755)

    def promise(self, name: str, said: str, code: int = 0) -> None:
        self.program(f"project/build/bench/bin/{name}", PROGRAM.format(said=said, code=code))

    def run_faults(self, *options: str) -> subprocess.CompletedProcess:
        env = os.environ | {"STAGE": str(self.root), "PATH": f"{self.root}/bin:{os.environ['PATH']}"}
        command = [self.tree / "tests/faults/run", *options]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    def calls(self) -> list[str]:
        return (self.root / "calls").read_text().splitlines()

    def test_all_promises_kept(self) -> None:
        done = self.run_faults()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.splitlines()[-1], "2 passed, 0 failed")
        self.assertIn("nothing is lost", done.stdout)
        self.assertIn("0 of 7", done.stdout)
        self.assertEqual([each.split()[0].rsplit("/", 1)[-1] for each in self.calls()],
                         ["install-packages", "cmake", "ninja", "kept", "other"])

    def test_only_what_is_needed_is_built(self) -> None:
        self.run_faults("--only", "other")
        self.assertTrue(self.calls()[2].endswith("build/bench two"), self.calls())
        self.assertEqual(len(self.calls()), 4)

    def test_programs_hear_seed_and_share(self) -> None:
        self.run_faults("--only", "kept", "--seed", "42", "--share", "short")
        tests = self.tree / "build/bench/tests"
        self.assertTrue(self.calls()[-1].endswith(f"kept --central {tests}/x --seed 42 --share short"))

    def test_the_full_share_is_usual_and_each_test_has_a_seed_of_its_own(self) -> None:
        self.run_faults()
        words = [each.split() for each in self.calls()[-2:]]
        self.assertEqual([each[-1] for each in words], ["full", "full"])
        self.assertNotEqual(words[0][words[0].index("--seed") + 1], words[1][words[1].index("--seed") + 1])

    def test_a_broken_promise_fails_and_is_replayed_by_one_command(self) -> None:
        self.promise("kept", outcome(3), code=1)
        done = self.run_faults("--seed", "7")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.splitlines()[-1], "1 passed, 1 failed")
        self.assertIn("tests/faults/run --only kept --seed 7 --share full", done.stdout)
        self.assertIn("3 of 7", done.stdout)

    def test_who_shows_nothing_has_not_kept_it(self) -> None:
        for said, code in (("true", 0), ("echo not json", 0), (outcome(0), 1), ("true", 77), (outcome(1), 0)):
            with self.subTest(said=said, code=code):
                self.promise("kept", said, code)
                self.assertEqual(self.run_faults("--only", "kept").returncode, 1)

    def test_what_programs_said_is_kept(self) -> None:
        self.run_faults("--only", "kept")
        log = self.tree / "build/bench/faults/kept.log"
        self.assertIn("some words before", log.read_text())

    def test_the_table_as_json(self) -> None:
        self.run_faults("--json", str(self.root / "out.json"), "--seed", "5")
        rows = json.loads((self.root / "out.json").read_text())
        self.assertEqual([(row["name"], row["seed"], row["kept"]) for row in rows],
                         [("kept", 5, True), ("other", 5, True)])
        self.assertEqual(rows[0]["counted"]["figure"], "0 of 7")

    def test_a_build_that_fails_runs_nothing(self) -> None:
        (self.root / "fail-ninja").touch()
        self.assertEqual(self.run_faults().returncode, 2)
        self.assertEqual(self.calls()[-1].split()[0], "ninja")

    def test_an_unknown_name_and_a_bad_list_are_named(self) -> None:
        done = self.run_faults("--only", "nobody")
        self.assertEqual(done.returncode, 2)
        self.assertIn("kept, other", done.stderr)
        self.write("project/tests/faults/promises.toml", '[[promise]]\nname = "x"\ncommand = "y"\n')
        done = self.run_faults()
        self.assertEqual(done.returncode, 2)
        self.assertIn("shows", done.stderr)

    def test_list_and_help_run_nothing(self) -> None:
        self.assertIn("nothing is doubled", self.run_faults("--list").stdout)
        self.assertIn("--only NAME", self.run_faults("--help").stdout)
        self.assertFalse((self.root / "calls").exists())

    def test_every_promise_of_the_project_can_be_read(self) -> None:
        done = subprocess.run([PROJECT / "tests/faults/run", "--list"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("kill ", done.stdout)


if __name__ == "__main__":
    unittest.main()
