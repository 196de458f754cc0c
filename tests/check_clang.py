#!/usr/bin/env python3
"""Proves that every file GCC compiles also compiles with clang 19, under the same warnings.

    tests/check_clang.py BUILD_DIR [--compiler clang++-19]

Reads BUILD_DIR/compile_commands.json and only parses (-fsyntax-only), on all cores. A file that
passed is skipped until its command, itself or a header of this project changes; what passed is
remembered in BUILD_DIR/clang-passed.json. Exit codes: 0 all compile, 1 some do not, 2 no such
build.
"""

import argparse
import hashlib
import json
import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple, Optional

# Flags of GCC's build that mean nothing to a parse.
DROPPED = ("-o", "-MF", "-MT", "-MQ")  # with the word behind them
# What only GCC knows: dependency files, and its false alarms that CMakeLists.txt switches off.
IGNORED = ("-c", "-MD", "-MMD", "-Winvalid-pch", "-Wno-restrict", "-Wno-maybe-uninitialized")
IGNORED_STARTS = ("-fsanitize", "-fno-sanitize")
# GCC 12's own std::stable_sort calls what its headers call deprecated; GCC itself, which keeps that
# warning, knows better than to blame the caller.
ADDED = ("-Wno-deprecated-declarations",)


class Unit(NamedTuple):
    file: str
    folder: str
    flags: list[str]

    @property
    def name(self) -> str:
        """Two targets may compile one file with other flags."""
        return f"{self.file} {digest(' '.join(self.flags).encode())[:12]}"


class Passed(NamedTuple):
    key: str  # of command and contents
    headers: list[str]


class Outcome(NamedTuple):
    unit: Unit
    passed: Optional[Passed]
    words: str


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def flags_of(words: list[str]) -> list[str]:
    """The command without compiler, launcher, outputs and precompiled header."""
    start = next(i for i, word in enumerate(words) if Path(word).name in ("c++", "g++")) + 1
    flags, skip = [], False
    for word, behind in zip(words[start:], [*words[start + 1 :], ""]):
        if skip:
            skip = False
        elif word in DROPPED or (word == "-include" and "cmake_pch" in behind):
            skip = True
        elif word not in IGNORED and not word.startswith(IGNORED_STARTS):
            flags.append(word)
    return flags


def units_of(build: Path) -> list[Unit]:
    commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    units = {}
    for command in commands:
        if Path(command["file"]).name.startswith("cmake_pch"):
            continue
        unit = Unit(command["file"], command["directory"], flags_of(shlex.split(command["command"])))
        units[unit.name] = unit
    return list(units.values())


def key_of(unit: Unit, headers: list[str], compiler: str) -> Optional[str]:
    """None when a header is gone."""
    parts = [compiler, *unit.flags]
    for file in [unit.file, *headers]:
        path = Path(unit.folder, file)
        if not path.exists():
            return None
        parts.append(f"{file} {digest(path.read_bytes())}")
    return digest("\n".join(parts).encode())


def headers_in(dependencies: str) -> list[str]:
    """Make's rule `target: file.cpp header…`, as -MMD writes it: no system headers."""
    words = dependencies.replace("\\\n", " ").split()
    return sorted(set(words[2:]))


def parse(unit: Unit, compiler: str) -> Outcome:
    done = subprocess.run(
        [compiler, *unit.flags, *ADDED, "-fsyntax-only", "-MMD", "-MF", "-"],
        cwd=unit.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        return Outcome(unit, None, done.stderr)
    headers = headers_in(done.stdout)
    key = key_of(unit, headers, compiler)
    return Outcome(unit, Passed(key, headers) if key else None, done.stderr)


def parse_all(units: list[Unit], compiler: str) -> list[Outcome]:
    outcomes = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        running = [pool.submit(parse, unit, compiler) for unit in units]
        for done in as_completed(running):
            outcomes.append(done.result())
            print(f"clang: [{len(outcomes)}/{len(units)}] {done.result().unit.file}", flush=True)
    return outcomes


def unchanged(unit: Unit, passed: dict[str, Passed], compiler: str) -> bool:
    last = passed.get(unit.name)
    return last is not None and key_of(unit, last.headers, compiler) == last.key


def read_passed(file: Path) -> dict[str, Passed]:
    if not file.exists():
        return {}
    return {name: Passed(*values) for name, values in json.loads(file.read_text()).items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=Path)
    parser.add_argument("--compiler", default="clang++-19")
    options = parser.parse_args()
    if not (options.build / "compile_commands.json").exists():
        print(f"{options.build}: no compile_commands.json", file=sys.stderr)
        return 2

    memory = options.build / "clang-passed.json"
    passed = read_passed(memory)
    units = units_of(options.build)
    todo = [unit for unit in units if not unchanged(unit, passed, options.compiler)]
    outcomes = parse_all(todo, options.compiler)

    for unit, result, words in outcomes:
        if words:
            print(words, file=sys.stderr)
        if result:
            passed[unit.name] = result
    names = {unit.name for unit in units}
    memory.write_text(json.dumps({name: passed[name] for name in passed if name in names}))
    failed = [unit.file for unit, result, _ in outcomes if not result]
    for file in failed:
        print(f"{file}: does not compile with {options.compiler}", file=sys.stderr)
    if not failed:
        print(f"clang: {len(units)} files compile with {options.compiler} as well")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
