#!/usr/bin/env python3
"""platform/debian/packages and the code name the same libraries.

On a developer's machine a library that is missing from the list goes unnoticed: it is installed.
"""

import re
import subprocess
import unittest
from functools import cache
from pathlib import Path

from tree import PROJECT

INCLUDE = re.compile(r"^\s*#\s*include\s*<([^>]+\.(?:h|hpp))>", re.MULTILINE)
PLACES = [Path("/usr/include") / each for each in ("", "x86_64-linux-gnu", "freetype2", "postgresql")]
# What every C++ compiler brings along.
COMPILER = re.compile(r"^(libc6-dev|linux-libc-dev|libstdc\+\+-\d+-dev|libgcc-\d+-dev)$")


def output_of(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def listed(section: str) -> set[str]:
    packages, inside = set(), False
    for line in (PROJECT / "platform/debian/packages").read_text(encoding="utf-8").splitlines():
        word = line.split("#")[0].strip()
        if word.startswith("["):
            inside = word == f"[{section}]"
        elif word and inside:
            packages.add(word)
    return packages


def headers() -> set[str]:
    found = set()
    for area in ("kiosk", "platform", "tests"):
        for path in (PROJECT / area).rglob("*"):
            if path.suffix in (".h", ".cpp"):
                found.update(INCLUDE.findall(path.read_text(encoding="utf-8")))
    return found


@cache
def owner(header: str) -> str:
    path = next((place / header for place in PLACES if (place / header).exists()), None)
    if path is None:
        return f"no package has <{header}>"
    return output_of("dpkg-query", "-S", str(path.resolve())).split(":")[0]


@cache
def with_dependencies(package: str, depth: int = 2) -> set[str]:
    if depth == 0:
        return {package}
    words = output_of("dpkg-query", "-W", "-f", "${Depends}", package)
    names = {part.split()[0].split(":")[0] for part in re.split(r"[,|]", words) if part.strip()}
    installed = {name for name in names if is_installed(name)}
    return {package}.union(*(with_dependencies(name, depth - 1) for name in installed))


@cache
def is_installed(package: str) -> bool:
    done = subprocess.run(["dpkg-query", "-W", package], capture_output=True, check=False)
    return done.returncode == 0


class PackagesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.owners = {header: owner(header) for header in sorted(headers())}
        self.owners = {h: o for h, o in self.owners.items() if not COMPILER.match(o)}
        every = listed("build") | listed("test")
        self.libraries = {package for package in every if package.endswith("-dev")}

    def test_every_library_the_code_includes_is_listed(self) -> None:
        offered = set().union(*(with_dependencies(package) for package in self.libraries))
        for header, package in sorted(self.owners.items()):
            with self.subTest(header=header):
                self.assertTrue(package in offered, f"{package} brings it and is not listed")

    def test_every_library_listed_is_included_by_the_code(self) -> None:
        used = set(self.owners.values())
        for package in sorted(self.libraries):
            with self.subTest(package=package):
                self.assertTrue(with_dependencies(package) & used, "nothing includes its headers")

    def test_what_runs_is_what_was_built_with(self) -> None:
        # A -dev package depends on the library itself: librime-dev on librime1.
        built_with = set().union(*(with_dependencies(package, 1) for package in self.libraries))
        for package in sorted(listed("run")):
            if package.startswith("lib"):
                with self.subTest(package=package):
                    self.assertTrue(package in built_with, "no -dev package of [build] is for it")


if __name__ == "__main__":
    unittest.main()
