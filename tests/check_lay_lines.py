#!/usr/bin/env python3
"""Proves that the lay lines of the law search are well made.

    tests/check_lay_lines.py [FOLDER] [--questions FILE.json]

assets/law/lay_lines/*.tsv: "# law", then "number TAB line；line" or "number TAB -", see learn_ranking.cpp
under tests/bench/law. Prints one line a fault, `place: what is wrong`, and exits 1; exits 0 and says
what it read when there is none. It checks that

 - every line of a file is one of the two kinds, and no article of a law comes twice;
 - a lay line has 3 to 40 characters, no punctuation and no blank in front or behind, and an article
   has it once;
 - with --questions (a list of {"query": …}): no lay line is one of these questions, because figures
   measured with them would say nothing.
"""

import argparse
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NUMBER = re.compile(r"[1-9]\d*(之[1-9]\d*)?")
PUNCTUATION = re.compile(r"[，。？！、；：,.?!;:\t]")


def letters_of(text):
    return "".join(c for c in text if c.isalnum())


def faults_of(file, questions, articles):
    law, count = None, 0
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        place = f"{file.name}:{number}"
        if line.startswith("# "):
            law = line[2:]
            continue
        cells = line.split("\t")
        if law is None or len(cells) != 2 or not NUMBER.fullmatch(cells[0]):
            yield f"{place}: neither a law nor an article with its lines"
            continue
        if (law, cells[0]) in articles:
            yield f"{place}: {law} {cells[0]} for the second time"
        articles[law, cells[0]] = 0
        if cells[1] == "-":
            continue
        lines = cells[1].split("；")
        articles[law, cells[0]] = len(lines)
        if len(set(lines)) != len(lines):
            yield f"{place}: a line twice"
        for each in lines:
            if each != each.strip() or PUNCTUATION.search(each) or not 3 <= len(each) <= 40:
                yield f"{place}: not a plain line of 3 to 40 characters: {each}"
            if letters_of(each) in questions:
                yield f"{place}: a question the search is measured with: {each}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "assets/law/lay_lines")
    parser.add_argument("--questions", type=Path)
    options = parser.parse_args()
    questions = set()
    if options.questions:
        with open(options.questions, encoding="utf-8") as file:
            questions = {letters_of(each["query"]) for each in json.load(file)}
    articles = {}
    faults = [fault for file in sorted(options.folder.glob("*.tsv"))
              for fault in faults_of(file, questions, articles)]
    print("\n".join(faults) if faults else
          f"{sum(articles.values())} lay lines for {len(articles)} articles")
    return 1 if faults or not articles else 0


if __name__ == "__main__":
    sys.exit(main())
