#!/usr/bin/env python3
"""check_clang.py finds what clang refuses, and reads again only what changed."""

import json
import subprocess
import sys
import unittest

from tree import PROJECT, TreeTest


class CheckClangTest(TreeTest):
    def setUp(self) -> None:
        super().setUp()
        self.write("one.h", "inline int one() { return 1; }\n")
        self.write("a.cpp", '#include "one.h"\nint a() { return one(); }\n')
        self.write("b.cpp", "int b(int given);\nint b(int given) { return given; }\n")
        self.build()

    def build(self) -> None:
        commands = [
            {
                "directory": str(self.root),
                "file": str(self.root / name),
                "command": f"/usr/bin/ccache /usr/bin/c++ -std=c++20 -Wall -Wextra -Wconversion -Werror "
                f"-fsanitize=address -o {name}.o -c {self.root / name}",
            }
            for name in ("a.cpp", "b.cpp")
        ]
        self.write("compile_commands.json", json.dumps(commands))

    def check_clang(self) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, PROJECT / "tests/check_clang.py", self.root],
            capture_output=True,
            text=True,
            check=False,
        )

    def files_read(self) -> list[str]:
        done = self.check_clang()
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        lines = [line for line in done.stdout.splitlines() if line.startswith("clang: [")]
        return sorted(line.rsplit("/", 1)[-1] for line in lines)

    def test_reads_everything_once(self) -> None:
        self.assertEqual(self.files_read(), ["a.cpp", "b.cpp"])
        self.assertEqual(self.files_read(), [])

    def test_reads_again_what_changed(self) -> None:
        self.files_read()
        self.write("b.cpp", "int b() { return 2; }\n")
        self.assertEqual(self.files_read(), ["b.cpp"])

    def test_reads_again_what_includes_a_changed_header(self) -> None:
        self.files_read()
        self.write("one.h", "inline int one() { return 11; }\n")
        self.assertEqual(self.files_read(), ["a.cpp"])

    def test_reads_again_what_gets_other_flags(self) -> None:
        self.files_read()
        commands = (self.root / "compile_commands.json").read_text().replace("-Wextra", "-Wshadow", 1)
        self.write("compile_commands.json", commands)
        self.assertEqual(self.files_read(), ["a.cpp"])

    def test_a_warning_of_clang_fails_until_it_is_mended(self) -> None:
        self.write("b.cpp", "int b(long given) { return given; }\n")
        for _ in range(2):
            done = self.check_clang()
            self.assertEqual(done.returncode, 1)
            self.assertIn("b.cpp: does not compile", done.stderr)
            self.assertIn("implicit conversion", done.stderr)
            self.assertNotIn("a.cpp: does not compile", done.stderr)

    def test_no_build_is_no_success(self) -> None:
        (self.root / "compile_commands.json").unlink()
        self.assertEqual(self.check_clang().returncode, 2)


if __name__ == "__main__":
    unittest.main()
