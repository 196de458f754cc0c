#!/usr/bin/env python3
"""Proves that #include lines and CMake link edges keep to the arrows of README.md.

    tests/check_arrows.py [--root DIR]

Knows only paths and the tables below; reads nothing beyond #include lines, also those that scripts
write. Prints one line a broken arrow, `file:line: what is wrong`, and exits 1; exits 0 and says what
it looked at when there is none.

 1. platform/ includes only platform/; a folder of it includes only itself and platform/base.
 2. <x>/<x>.h of a feature includes only platform/base and kiosk/service.
 3. A feature never includes another.
 4. Shared folders name no feature; central takes a feature's <x>.h and nothing that draws or
    belongs to the kiosk's own database.
 5. A C library's header appears in one folder; imgui.h only where drawing is made.
 6. A folder includes nothing of its own subfolders: kiosk/law/import builds on kiosk/law.
"""

import argparse
import re
import sys
from pathlib import Path
from typing import Iterator, NamedTuple, Optional

# Folders of kiosk/ that features share → the folders of kiosk/ each may include. Every other
# folder of kiosk/ is a feature or a program.
SHARED = {
    "wire": set(),
    "service": set(),
    "store": {"wire", "service"},
    "sync": {"store", "wire"},
    "ui": set(),
    "input": {"ui"},
    "slip": {"ui"},
    "safety": {"service", "ui"},
    "form": {"service", "ui", "input"},
    "app": {"ui", "input", "service", "store", "slip", "safety"},
}
PROGRAMS = {"central", "ctl"}
# What draws: nothing for a program without a window.
DRAWING = {"ui", "input", "slip", "safety", "form", "app"}

# Headers of C libraries whose calls stop in one folder.
ONE_FOLDER = {
    "sqlite3.h",
    "curl/curl.h",
    "libpq-fe.h",
    "openssl/ssl.h",
    "rime_api.h",
    "zinnia.h",
    "sodium.h",
}
IMGUI_FOLDERS = {"platform/device", "kiosk/ui", "kiosk/input", "kiosk/app"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
TARGET = re.compile(r"add_(?:library|executable)\s*\(\s*([\w-]+)")
LINK = re.compile(r"target_link_libraries\s*\(\s*([\w-]+)([^)]*)\)")


class Include(NamedTuple):
    file: str  # from the root, "kiosk/booking/booking.h"
    line: int
    path: str  # as written
    own: bool  # of this project


class Broken(NamedTuple):
    place: str
    why: str


def folder_of(path: str) -> str:
    """kiosk/booking/booking.h → kiosk/booking; kiosk/main.cpp → kiosk."""
    parts = path.split("/")
    return "/".join(parts[:-1][:2])


def is_feature(folder: str) -> bool:
    area, _, name = folder.partition("/")
    return area == "kiosk" and bool(name) and name not in SHARED and name not in PROGRAMS


def name_of(folder: str) -> str:
    return folder.partition("/")[2]


def platform_problem(source: str, target: str) -> Optional[str]:
    if not target.startswith("platform/"):
        return f"platform knows nothing of {target} (rule 1)"
    if target not in (source, "platform/base"):
        return f"{source} includes only itself and platform/base (rule 1)"
    return None


def shared_problem(source: str, target: str) -> Optional[str]:
    if is_feature(target):
        return f"{source} is shared and names no feature, {target} is one (rule 4)"
    if name_of(target) not in SHARED[name_of(source)]:
        return f"{source} may not include {target} (table SHARED)"
    return None


def program_problem(source: str, target: str) -> Optional[str]:
    if name_of(target) in DRAWING:
        return f"{source} has no window, {target} draws (rule 4)"
    if source == "kiosk/central" and target in ("kiosk/store", "kiosk/sync"):
        return f"{target} belongs to the kiosk, not to the central server (rule 4)"
    return None


def folder_problem(source: str, target: str) -> Optional[str]:
    """Why `source` may not depend on `target`, two folders of this project; None when it may."""
    if source == target:
        return None
    if source.startswith("platform/"):
        return platform_problem(source, target)
    if target.startswith("platform/"):
        return None
    if name_of(target) in PROGRAMS:
        return f"{target} is a program: nothing includes it"
    if name_of(source) in SHARED:
        return shared_problem(source, target)
    if name_of(source) in PROGRAMS:
        return program_problem(source, target)
    if is_feature(source) and is_feature(target):
        return f"a feature never includes another, {target} is one (rule 3)"
    return None


def pure_header_problem(include: Include) -> Optional[str]:
    """Rule 2, for booking/booking.h and its like."""
    folder = folder_of(include.file)
    if not is_feature(folder) or include.file != f"{folder}/{name_of(folder)}.h":
        return None
    if folder_of(include.path) in ("platform/base", "kiosk/service"):
        return None
    return f"{include.file} includes only platform/base and kiosk/service (rule 2)"


def central_problem(include: Include) -> Optional[str]:
    """Rule 4: of a feature central takes its values and rules, not its screens and tables."""
    target = folder_of(include.path)
    if folder_of(include.file) != "kiosk/central" or not is_feature(target):
        return None
    if include.path == f"{target}/{name_of(target)}.h":
        return None
    return f"central takes only {target}/{name_of(target)}.h of that feature (rule 4)"


def subfolder_problem(include: Include) -> Optional[str]:
    own, target = Path(include.file).parent, Path(include.path).parent
    if own in target.parents and own != Path("kiosk"):
        return f"{own} includes nothing of its own subfolder {target} (rule 6)"
    return None


def own_problem(include: Include) -> Optional[str]:
    if not include.path.startswith(("kiosk/", "platform/")):
        return f'"{include.path}" is not written from the project root'
    return (
        folder_problem(folder_of(include.file), folder_of(include.path))
        or pure_header_problem(include)
        or central_problem(include)
        or subfolder_problem(include)
    )


def imgui_problem(include: Include) -> Optional[str]:
    if not Path(include.path).name.startswith("imgui"):
        return None
    if folder_of(include.file) in IMGUI_FOLDERS:
        return None
    return f"{include.path} belongs in {', '.join(sorted(IMGUI_FOLDERS))} (rule 5)"


def includes_of(root: Path) -> Iterator[Include]:
    for area in ("platform", "kiosk"):
        for path in sorted((root / area).rglob("*")):
            # Without a suffix: programs, some of which write C++.
            if path.suffix not in (".h", ".cpp", "") or not path.is_file():
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if match := INCLUDE.match(line):
                    file = path.relative_to(root).as_posix()
                    yield Include(file, number, match[2], match[1] == '"')


def broken_includes(includes: list[Include]) -> Iterator[Broken]:
    for include in includes:
        why = own_problem(include) if include.own else imgui_problem(include)
        if why:
            yield Broken(f"{include.file}:{include.line}", why)


def scattered_libraries(includes: list[Include]) -> Iterator[Broken]:
    for header in sorted(ONE_FOLDER):
        seen = [i for i in includes if not i.own and i.path == header]
        folders = sorted({folder_of(i.file) for i in seen})
        if len(folders) > 1:
            where = ", ".join(f"{i.file}:{i.line}" for i in seen)
            yield Broken(where, f"{header} appears in {' and '.join(folders)} (rule 5)")


def cmake_files(root: Path) -> Iterator[tuple[str, str]]:
    for area in ("platform", "kiosk"):
        for path in sorted((root / area).rglob("CMakeLists.txt")):
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def broken_links(files: list[tuple[str, str]]) -> Iterator[Broken]:
    """A link edge is an arrow between the folders that define the two targets."""
    home = {target: folder_of(file) for file, text in files for target in TARGET.findall(text)}
    for file, text in files:
        for match in LINK.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            for target in match[2].split():
                if target not in home or match[1] not in home:
                    continue
                if why := folder_problem(home[match[1]], home[target]):
                    yield Broken(f"{file}:{line}", f"links {target}: {why}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    root = parser.parse_args().root
    includes = list(includes_of(root))
    if not includes:
        print(f"{root}: no C++ files under platform and kiosk", file=sys.stderr)
        return 2
    files = list(cmake_files(root))
    broken = [
        *broken_includes(includes),
        *scattered_libraries(includes),
        *broken_links(files),
    ]
    for place, why in broken:
        print(f"{place}: {why}", file=sys.stderr)
    if not broken:
        print(f"arrows: {len(includes)} includes and {len(files)} CMake files keep to them")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
