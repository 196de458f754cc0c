#!/usr/bin/env python3
"""platform/debian/install-packages: silent when all is there, exact when it is not."""

import re
import shutil
import subprocess
import unittest

from tree import PROJECT, TreeTest

PACKAGES = """
[run]
fonts-noto-cjk   # glyphs
librime1         # pinyin
[build]
cmake            # the build
librime1         # again
g++
[test]
xvfb             # a display
"""

TOOLS = ("bash", "env", "awk", "sort", "comm", "dirname", "cat", "sh")


class InstallPackagesTest(TreeTest):
    """The script sees a PATH of its tools and of stand-ins, nothing of this machine."""

    def setUp(self) -> None:
        super().setUp()
        self.script = self.root / "platform/debian/install-packages"
        self.write("platform/debian/packages", PACKAGES)
        shutil.copy(PROJECT / "platform/debian/install-packages", self.script)
        (self.root / "bin").mkdir()
        for tool in TOOLS:
            (self.root / "bin" / tool).symlink_to(shutil.which(tool) or tool)
        self.user(1000)
        self.installed("fonts-noto-cjk", "librime1", "cmake", "g++", "xvfb")
        self.program("apt-get", f'echo "$DEBIAN_FRONTEND apt-get $*" >>"{self.root}/calls"')

    def program(self, name: str, body: str) -> None:
        self.write(f"bin/{name}", f"#!/bin/sh\n{body}\n")
        (self.root / "bin" / name).chmod(0o755)

    def user(self, number: int) -> None:
        self.program("id", f"echo {number}")

    def installed(self, *names: str) -> None:
        lines = [f"{name} installed" for name in names] + ["zsh config-files", "clang not-installed"]
        self.program("dpkg-query", "\n".join(f"echo '{line}'" for line in lines))

    def install(self, *sections: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [self.script, *sections],
            env={"PATH": str(self.root / "bin")},
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        file = self.root / "calls"
        return file.read_text().splitlines() if file.exists() else []

    def test_nothing_happens_when_all_is_there(self) -> None:
        done = self.install("run", "build", "test")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertEqual(self.calls(), [])

    def test_root_installs_what_is_missing_without_questions(self) -> None:
        self.user(0)
        self.installed("cmake", "g++")
        done = self.install("run", "build")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(
            self.calls(),
            [
                " apt-get update",
                "noninteractive apt-get install --no-install-recommends -y fonts-noto-cjk librime1",
            ],
        )
        self.assertIn("2 Debian packages", done.stdout)

    def test_others_install_through_sudo(self) -> None:
        self.installed("cmake", "g++")
        self.program("sudo", f'echo "sudo $*" >>"{self.root}/calls"; exec "$@"')
        self.assertEqual(self.install("run").returncode, 0)
        self.assertEqual(len([call for call in self.calls() if call.startswith("sudo ")]), 2)

    def test_neither_root_nor_sudo_says_what_to_run(self) -> None:
        self.installed("fonts-noto-cjk")
        done = self.install("run", "build", "test")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(
            done.stderr.splitlines()[-1],
            "apt-get update && apt-get install --no-install-recommends -y cmake g++ librime1 xvfb",
        )

    def test_only_the_sections_named_count(self) -> None:
        self.installed("fonts-noto-cjk", "librime1")
        self.assertEqual(self.install("run").returncode, 0)
        self.assertEqual(self.install("build").returncode, 2)

    def test_removed_but_configured_is_missing(self) -> None:
        self.program("dpkg-query", "echo 'librime1 config-files'\necho 'fonts-noto-cjk installed'")
        self.assertIn("librime1", self.install("run").stderr)

    def test_a_failing_apt_is_a_failure(self) -> None:
        self.user(0)
        self.installed()
        self.program("apt-get", "exit 100")
        done = self.install("run")
        self.assertEqual(done.returncode, 1)
        self.assertIn("apt-get failed", done.stderr)

    def test_unknown_sections_and_none_show_the_usage(self) -> None:
        for sections in ((), ("everything",)):
            done = self.install(*sections)
            self.assertEqual(done.returncode, 2)
            self.assertIn("usage", done.stderr)

    def test_every_package_of_the_real_list_has_its_reason(self) -> None:
        lines = (PROJECT / "platform/debian/packages").read_text(encoding="utf-8").splitlines()
        for line in lines:
            if line and not line.startswith(("#", "[")):
                self.assertRegex(line, re.compile(r"^[a-z0-9][a-z0-9+.-]+ +# \S"))


if __name__ == "__main__":
    unittest.main()
