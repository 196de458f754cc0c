#!/usr/bin/env python3
"""check_format sees unformatted C++ and faulty shell, and lets a sound tree pass."""

import subprocess
import unittest

from tree import PROJECT, TreeTest


class CheckFormatTest(TreeTest):
    def setUp(self) -> None:
        super().setUp()
        self.write(".clang-format", (PROJECT / ".clang-format").read_text(encoding="utf-8"))
        self.write("kiosk/a.cpp", "int a() {\n  return 1;\n}\n")
        self.write("platform/b.h", "#pragma once\n")
        self.write(".ci/run", "")
        self.script("tests/run", 'echo "$1"\n')

    def script(self, path: str, body: str) -> None:
        self.write(path, "#!/usr/bin/env bash\n" + body)
        (self.root / path).chmod(0o755)

    def check_format(self) -> subprocess.CompletedProcess:
        return subprocess.run(
            [PROJECT / "tests/check_format", "--root", self.root],
            capture_output=True,
            text=True,
            check=False,
        )

    def test_a_sound_tree_passes(self) -> None:
        done = self.check_format()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("2 C++ files and 1 scripts", done.stdout)

    def test_unformatted_code_is_named(self) -> None:
        self.write("kiosk/a.cpp", "int  a( ){return 1;}\n")
        done = self.check_format()
        self.assertEqual(done.returncode, 1)
        self.assertIn("kiosk/a.cpp:1:", done.stderr)

    def test_a_faulty_script_is_named(self) -> None:
        self.script("kiosk/run", "rm -r $1/*\n")
        done = self.check_format()
        self.assertEqual(done.returncode, 1)
        self.assertIn("kiosk/run", done.stdout)


if __name__ == "__main__":
    unittest.main()
