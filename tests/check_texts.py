#!/usr/bin/env python3
"""Proves that every sentence on the screen exists in every language, and that none is left over.

    tests/check_texts.py [--root DIR]

Texts are assets/text/<language>/<feature>.toml, flat `thing = "sentence with {hole}"`; the code
asks for them as tr("feature.thing", {{"hole", value}}). Prints one line a fault, `place: what is
wrong`, and exits 1; exits 0 and says what it compared when there is none. It checks that

 - all languages have the same keys, and each sentence the same holes;
 - a key written out in tr(…) exists, and the holes given there are the holes of the sentence;
 - a key put together in tr(…) is declared in check_texts.toml, and all that can come out exist;
 - no key is unused; a key also counts as used where it stands as a literal in a table of the code;
 - a Han character in a sentence of another script is declared there too, with its reason;
 - no Han character stands in a string of the code, outside the folders that hold data about it.

 - nothing is declared that is not needed.

It reads C++ by its literals and brackets only: a tr( in a macro or behind another name is not seen.
"""

import argparse
import re
import sys
import tomllib
from itertools import product
from pathlib import Path
from typing import Iterator, NamedTuple, Optional

# Error::code of platform/base/result.h, looked up as "error.<code>": used when the code is a
# literal somewhere. Which errors reach a screen cannot be read from the code.
ERRORS = "error.{}"

# Languages whose own script is Han; in every other language a Han character is a forgotten text.
HAN_LANGUAGES = {"zh-Hans", "zh-Hant"}
# Folders whose strings are data about Chinese, not sentences for a visitor.
HAN_FOLDERS = {
    "kiosk/law": "grammar of statutes: 第…条, headings, numerals",
    "kiosk/input": "what the keys type",
    "kiosk/service": "numerals in citations; messages of kioskctl check quote them",
    "kiosk/ctl": "English for administrators, with names of places and laws",
}

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
HOLE = re.compile(r"\{(\w+)\}")
TOKEN = re.compile(
    r"""
    (?P<comment>//[^\n]*|/\*.*?\*/)
  | R"(?P<fence>[^(\s]*)\((?P<raw>.*?)\)(?P=fence)"
  | "(?P<text>(?:\\.|[^"\\\n])*)"
  | (?<![0-9a-fA-F'])'(?P<char>(?:\\.|[^'\\\n])+)'
  | (?P<bracket>[][(){}])
  | (?P<comma>,)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<other>[^\s])
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    kind: str  # text, char, bracket, comma, word, other
    value: str
    line: int


class Ask(NamedTuple):
    """One tr(…): what its first argument names, and the holes given, None when unseen."""

    place: str
    keys: list[str]  # whole keys
    patterns: list[str]  # keys put together: "date.month_{}"
    holes: Optional[set[str]]


class Fault(NamedTuple):
    place: str
    why: str


class Declared(NamedTuple):
    built: dict[str, list[str]]  # pattern → every key that can come out
    han: dict[str, str]  # key → reason


Sentences = dict[str, dict[str, str]]  # language → key → sentence


def tokens_of(source: str) -> list[Token]:
    tokens = []
    line, seen = 1, 0
    for match in TOKEN.finditer(source):
        line += source.count("\n", seen, match.start())
        seen = match.start()
        kind = match.lastgroup or ""
        if kind == "comment":
            continue
        if match["raw"] is not None:
            tokens.append(Token("text", match["raw"], line))
        else:
            tokens.append(Token(kind, match[kind], line))
    return tokens


def argument_end(tokens: list[Token], start: int) -> int:
    """Index of the comma or closing bracket that ends the argument beginning at `start`."""
    depth = 0
    for index in range(start, len(tokens)):
        token = tokens[index]
        if token.kind == "bracket":
            depth += 1 if token.value in "([{" else -1
            if depth < 0:
                return index
        elif token.kind == "comma" and depth == 0:
            return index
    return len(tokens)


def named_keys(tokens: list[Token]) -> tuple[list[str], list[str]]:
    """Whole keys and patterns among the literals of a key argument."""
    formats = any(token.value == "format" for token in tokens)
    keys, patterns = [], []
    for before, token, behind in zip([None, *tokens], tokens, [*tokens[1:], None]):
        if token.kind != "text" or (before and before.value == "="):  # compared with
            continue
        if before and before.value == "+":
            patterns.append("{}" + token.value)
        elif behind and behind.value == "+":
            patterns.append(token.value + "{}")
        elif formats:
            patterns.append(token.value)
        else:
            keys.append(token.value)
    return keys, patterns


def holes_of(tokens: list[Token]) -> Optional[set[str]]:
    """Names in `{{"name", value}, …}`; None when the argument is no such list."""
    if not tokens or tokens[0].value != "{":
        return None
    depth, names = 0, set()
    for before, token in zip(tokens, tokens[1:]):
        if before.kind == "bracket":
            depth += 1 if before.value in "([{" else -1
        if token.kind == "text" and before.value == "{" and depth == 2:
            names.add(token.value)
    return names


def asks_of(path: str, tokens: list[Token]) -> Iterator[Ask]:
    for index, token in enumerate(tokens[:-1]):
        if token != Token("word", "tr", token.line) or tokens[index + 1].value != "(":
            continue
        first = index + 2
        end = argument_end(tokens, first)
        keys, patterns = named_keys(tokens[first:end])
        holes: Optional[set[str]] = set()
        if end < len(tokens) and tokens[end].kind == "comma":
            holes = holes_of(tokens[end + 1 : argument_end(tokens, end + 1)])
        yield Ask(f"{path}:{token.line}", keys, patterns, holes)


def read_sentences(folder: Path) -> Sentences:
    languages: Sentences = {}
    for language in sorted(p for p in folder.iterdir() if p.is_dir()):
        table = languages.setdefault(language.name, {})
        for file in sorted(language.glob("*.toml")):
            for key, sentence in tomllib.loads(file.read_text(encoding="utf-8")).items():
                table[f"{file.stem}.{key}"] = sentence
    return languages


def read_declared(file: Path) -> Declared:
    content = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    built = {
        pattern: [pattern.format(*values) for values in product(*holes)]
        for pattern, holes in content.get("built", {}).items()
    }
    return Declared(built, content.get("han", {}))


def read_code(root: Path) -> dict[str, list[Token]]:
    files = {}
    for area in ("kiosk", "platform"):
        for path in sorted((root / area).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                name = path.relative_to(root).as_posix()
                files[name] = tokens_of(path.read_text(encoding="utf-8"))
    return files


def language_faults(languages: Sentences) -> Iterator[Fault]:
    every = set().union(*(table.keys() for table in languages.values()))
    for key in sorted(every):
        having = [name for name, table in languages.items() if key in table]
        for name in languages.keys() - set(having):
            yield Fault(f"assets/text/{name}", f"{key} is missing; {having[0]} has it")
        holes = {name: sorted(HOLE.findall(languages[name][key])) for name in having}
        if len({tuple(found) for found in holes.values()}) > 1:
            yield Fault("assets/text", f"{key} has other holes: {holes}")


def script_faults(languages: Sentences, declared: Declared) -> Iterator[Fault]:
    needed = set()
    for language in languages.keys() - HAN_LANGUAGES:
        found = {key for key, sentence in languages[language].items() if HAN.search(sentence)}
        needed |= found
        for key in sorted(found - declared.han.keys()):
            sentence = languages[language][key]
            yield Fault(f"assets/text/{language}", f"{key} holds Han characters: {sentence}")
    for key in sorted(declared.han.keys() - needed):
        yield Fault("tests/check_texts.toml", f"{key} holds no Han character any more")


def asked_holes_faults(ask: Ask, sentences: dict[str, str]) -> Iterator[Fault]:
    if ask.holes is None:
        return
    wanted = [set(HOLE.findall(sentences[key])) for key in ask.keys if key in sentences]
    for key, holes in zip(ask.keys, wanted):
        for hole in sorted(holes - ask.holes):
            yield Fault(ask.place, f"{key} needs {{{hole}}}, which is not given")
    if wanted:
        for hole in sorted(ask.holes - set().union(*wanted)):
            yield Fault(ask.place, f"{{{hole}}} is given, but {ask.keys} has no such hole")


def ask_faults(ask: Ask, sentences: dict[str, str], declared: Declared) -> Iterator[Fault]:
    for pattern in ask.patterns:
        if pattern != ERRORS and pattern not in declared.built:
            yield Fault(ask.place, f"{pattern} is put together: declare it in check_texts.toml")
    for key in ask.keys:
        if key not in sentences:
            yield Fault(ask.place, f"{key} is in no file of assets/text")
    yield from asked_holes_faults(ask, sentences)


def declared_faults(
    patterns: set[str], sentences: dict[str, str], declared: Declared
) -> Iterator[Fault]:
    for pattern, keys in declared.built.items():
        if pattern not in patterns:
            yield Fault("tests/check_texts.toml", f"{pattern} is put together nowhere")
        for key in keys:
            if key not in sentences:
                yield Fault("tests/check_texts.toml", f"{key} ({pattern}) is in no text file")


def patterns_in(asks: list[Ask], literals: set[str], declared: Declared) -> set[str]:
    """Patterns asked for in tr(…), and declared ones put together outside it."""
    asked = {pattern for ask in asks for pattern in ask.patterns}
    return asked | {p for p in declared.built if p in literals or p.removesuffix("{}") in literals}


def unused(
    patterns: set[str], literals: set[str], sentences: dict[str, str], declared: Declared
) -> set[str]:
    used = set(literals)
    for pattern in patterns & declared.built.keys():
        used.update(declared.built[pattern])
    if ERRORS in patterns:
        used.update(ERRORS.format(literal) for literal in literals)
    return sentences.keys() - used


def use_faults(
    asks: list[Ask], literals: set[str], sentences: dict[str, str], declared: Declared
) -> Iterator[Fault]:
    patterns = patterns_in(asks, literals, declared)
    for ask in asks:
        yield from ask_faults(ask, sentences, declared)
    yield from declared_faults(patterns, sentences, declared)
    for key in sorted(unused(patterns, literals, sentences, declared)):
        yield Fault("assets/text", f"{key} is used nowhere")


def han_faults(files: dict[str, list[Token]]) -> Iterator[Fault]:
    for path, tokens in files.items():
        folder = "/".join(path.split("/")[:2])
        if not path.startswith("kiosk/") or folder in HAN_FOLDERS:
            continue
        for token in tokens:
            if token.kind in ("text", "char") and HAN.search(token.value):
                yield Fault(f"{path}:{token.line}", f'"{token.value}" belongs into assets/text')


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    root = parser.parse_args().root
    if not (root / "assets/text").is_dir():
        print(f"{root}: no assets/text", file=sys.stderr)
        return 2
    languages = read_sentences(root / "assets/text")
    if len(languages) < 2:
        print(f"{root}/assets/text: fewer than two languages", file=sys.stderr)
        return 2
    files = read_code(root)
    asks = [ask for path, tokens in files.items() for ask in asks_of(path, tokens)]
    literals = {t.value for tokens in files.values() for t in tokens if t.kind == "text"}
    declared = read_declared(root / "tests/check_texts.toml")
    sentences = languages[next(iter(languages))]
    faults = [
        *language_faults(languages),
        *script_faults(languages, declared),
        *use_faults(asks, literals, sentences, declared),
        *han_faults(files),
    ]
    for place, why in faults:
        print(f"{place}: {why}", file=sys.stderr)
    if not faults:
        print(f"texts: {len(sentences)} sentences in {', '.join(sorted(languages))}, "
              f"asked for in {len(asks)} places")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
