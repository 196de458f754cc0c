#!/usr/bin/env python3
"""Proves that the central server's SQL can be split by center over several machines.

    tests/check_schema.py [--root DIR]

Reads the SQL in kiosk/central/*.cpp: the migrations of schema.cpp and the statements of the other
files. Prints one line a fault, `file:line: what is wrong`, and exits 1; exits 0 and says what it
looked at when there is none; 2 when there is nothing to look at.

 1. Every table's primary key, and every UNIQUE and index, begins with center_id; the table of the
    centers has its id instead. So (center_id, …) is a distribution key.
 2. Every statement on such a table names center_id: it stays on one machine.
 3. Nothing that a distributed engine lacks or that serializes a fleet: sequences, AUTOINCREMENT,
    SERIAL, LISTEN, NOTIFY, advisory locks.
 4. Every column has a comment.
"""

import argparse
import re
import sys
from pathlib import Path
from typing import Iterator, NamedTuple

CENTERS = "center"
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
RAW = re.compile(r'R"sql\((.*?)\)sql"', re.S)
TABLE = re.compile(r"CREATE TABLE (\w+) \((.*?)\n\)", re.S)
KEY = re.compile(r"(PRIMARY KEY|UNIQUE) \(([^)]*)\)")
INDEX = re.compile(r"CREATE (?:UNIQUE )?INDEX (\w+) ON (\w+) \(([^)]*)\)")
COLUMN = re.compile(r"^\s+(\w+)\s+(?:TEXT|INTEGER|BLOB|REAL)\b(.*)$", re.M)
VERB = re.compile(r"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
NAMED = re.compile(r"\b(?:FROM|INTO|UPDATE|JOIN)\s+(\w+)")
FORBIDDEN = re.compile(r"\b(nextval|CREATE SEQUENCE|SERIAL|BIGSERIAL|AUTOINCREMENT|LISTEN|NOTIFY|"
                       r"pg_(?:try_)?advisory\w*)\b")


class Piece(NamedTuple):
    line: int
    sql: str


def line_of(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def statements(text: str) -> Iterator[Piece]:
    """String literals that stand side by side are one text."""
    text = RAW.sub(lambda match: "\n" * match.group(0).count("\n"), text)
    begin, end, words = None, 0, ""
    for match in LITERAL.finditer(text):
        beside = begin is not None and not text[end:match.start()].strip()
        if not beside:
            if VERB.match(words):
                yield Piece(line_of(text, begin), words)
            begin, words = match.start(), ""
        words += match.group(1)
        end = match.end()
    if VERB.match(words):
        yield Piece(line_of(text, begin), words)


def first_column(columns: str) -> str:
    return columns.split(",")[0].strip()


def table_faults(schema: str, at: int, name: str, body: str) -> Iterator[tuple[int, str]]:
    line = line_of(schema, at)
    wanted = "id" if name == CENTERS else "center_id"
    keys = KEY.findall(body)
    inline = re.search(r"(\w+)[^,\n]*PRIMARY KEY,", body)
    if inline:
        keys.append(("PRIMARY KEY", inline.group(1)))
    if not any(kind == "PRIMARY KEY" for kind, _ in keys):
        yield line, f"{name} has no primary key"
    for kind, columns in keys:
        if first_column(columns) != wanted:
            yield line, f"{kind} of {name} begins with {first_column(columns)}, not {wanted}"


def schema_faults(text: str) -> Iterator[tuple[int, str]]:
    for raw in RAW.finditer(text):
        schema, base = raw.group(1), line_of(text, raw.start(1)) - 1
        for table in TABLE.finditer(schema):
            for line, fault in table_faults(schema, table.start(), *table.groups()):
                yield base + line, fault
        for index in INDEX.finditer(schema):
            if first_column(index.group(3)) != "center_id":
                yield (base + line_of(schema, index.start()),
                       f"index {index.group(1)} begins with {first_column(index.group(3))}")
        for column in COLUMN.finditer(schema):
            if "--" not in column.group(2):
                yield base + line_of(schema, column.start(1)), f"{column.group(1)} has no comment"
        for word in FORBIDDEN.finditer(schema):
            yield base + line_of(schema, word.start()), f"{word.group(0)}"


def statement_faults(text: str, tables: set) -> Iterator[tuple[int, str]]:
    for piece in statements(text):
        hot = {name for name in NAMED.findall(piece.sql) if name in tables}
        if hot and "center_id" not in piece.sql and not piece.sql.startswith(tuple(
                f"INSERT INTO {name} VALUES (?" for name in hot)):
            yield piece.line, f"a statement on {sorted(hot)[0]} without center_id"
        word = FORBIDDEN.search(piece.sql)
        if word:
            yield piece.line, word.group(0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[1])
    folder = parser.parse_args().root / "kiosk/central"
    schema_file = folder / "schema.cpp"
    if not schema_file.exists():
        print(f"check_schema: there is no {schema_file}", file=sys.stderr)
        return 2
    schema = schema_file.read_text(encoding="utf-8")
    tables = {match.group(1) for match in TABLE.finditer(schema)} - {CENTERS}
    faults = [(schema_file.name, *fault) for fault in schema_faults(schema)]
    count = 0
    for file in sorted(folder.glob("*.cpp")):
        text = file.read_text(encoding="utf-8")
        count += sum(1 for _ in statements(text))
        faults += [(file.name, *fault) for fault in statement_faults(text, tables)]
    for name, line, fault in faults:
        print(f"kiosk/central/{name}:{line}: {fault}", file=sys.stderr)
    if not tables or not count:
        print("check_schema: no tables, or no statements", file=sys.stderr)
        return 2
    if not faults:
        print(f"{len(tables) + 1} tables and {count} statements can be split by center")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
