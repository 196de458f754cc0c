#!/usr/bin/env python3
"""The kiosk in its window is killed while people stand before it: what a screen has said is true.

    screen_kill_test.py --programs FOLDER --pinyin FOLDER [--share short|full] [--kills N] [--seed S]

A visitor taps through a booking, a ticket or a request for mediation on the real program under Xvfb
(tests/window), against the real server, on a line that is whole, cut, or swallows an answer. In each
of its lives the kiosk is killed once by SIGKILL: at any step of the form, around the touch that
confirms, or the very moment its receipt can be seen. After each kill the data folder is looked at as
the kill has left it, and must open again:

  what a receipt has shown is there, as it was, and there once
  nothing was filed that nobody has confirmed, and no slip was made for it
  of a form that was not confirmed not one word is left, in no file and not in the log

In the end the kiosk sends what is left, and its books are compared with the server's (books.py). The
seed is printed and gives the same visits and the same delays again. A random delay is the fault
itself; everything else is waited for. The last line is the outcome as JSON. Skipped (exit code 77)
where there is no Xvfb or xdotool.
"""

import argparse
import contextlib
import json
import random
import shutil
import signal
import sqlite3
import string
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Callable, Dict, Iterator, List, NamedTuple, Optional

sys.path += [str(Path(__file__).resolve().parent.parent / name) for name in ("support", "window")]
# pylint: disable=wrong-import-position
from hall import Hall
from programs import Broken, Program
from visitor import Visitor

from books import Books, Line, disagreements

PROMISE = "what a screen has said is true after any kill"
KILLS = {"short": 20, "full": 100}
SKIPPED = 77
PAGE_S = 0.27  # a page that has just changed is deaf for 0.25 s
RECEIPT_S = 10
STOP_S = 15
LOOK_S = 0.001
LONGEST_DELAY_S = 0.6
FEWEST_RECEIPTS = 3  # fewer have not tried anything

Step = Callable[[Visitor], None]


# ---- what people come for -----------------------------------------------------------------------


class Visit(NamedTuple):
    kind: str  # of the op that the last step makes
    typed: List[str]  # found nowhere else by chance
    steps: List[Step]


def tap(name: str) -> Step:
    return lambda visitor: visitor.tap(name)


def tap_first(prefix: str) -> Step:
    return lambda visitor: visitor.tap(visitor.first_of(prefix))


def choose(name: str) -> Step:
    return lambda visitor: visitor.choose(name)


def write(text: str) -> Step:
    def letter_by_letter(visitor: Visitor) -> None:
        if text.isalpha():
            visitor.tap("tab.abc")  # no pinyin: the letters themselves are to be found again
        visitor.write(text)

    return letter_by_letter


NEXT = tap("action.primary")


class People:
    """An endless row of visitors; each types words of their own."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def letters(self) -> str:
        return "".join(self.chance.choices("bcdfghjklmnpqrstvwxz", k=6))

    def phone(self) -> str:
        return "138" + "".join(self.chance.choices(string.digits, k=8))

    def booking(self) -> Visit:
        name, phone = self.letters(), self.phone()
        steps = [tap("home.consult"), choose("topic.wage"), NEXT, choose("way.onsite"), NEXT]
        steps += [tap_first("slot."), NEXT, write(name), tap("field.phone"), write(phone), NEXT]
        steps += [choose("wish.unnamed"), NEXT]
        return Visit("booking.request", [name, phone], steps + [NEXT])

    def ticket(self) -> Visit:
        steps = [tap("home.notary"), choose("matter.inherit"), NEXT]
        return Visit("ticket.draw", [], steps + [NEXT])

    def mediation(self) -> Visit:
        party, happened, asked, name = (self.letters() for _ in range(4))
        reach = self.phone()
        steps = [tap("home.mediation"), tap("safety.safe"), choose("choice.loan"), NEXT]
        steps += [write(party), tap("field.reach"), write(reach), NEXT]
        steps += [write(happened), NEXT, write(asked), NEXT, tap_first("evidence."), NEXT]
        steps += [choose("way.onsite"), NEXT, tap("day.none"), NEXT, write(name), tap("field.no_phone"), NEXT]
        steps += [choose("choice.no"), NEXT]
        steps += [tap("consent.yes"), NEXT] * 3
        return Visit("intake.file", [party, reach, happened, asked, name], steps + [NEXT])

    def next(self) -> Visit:
        kinds = [self.booking, self.ticket, self.mediation]
        return self.chance.choices(kinds, weights=[4, 5, 1])[0]()


# ---- one life -----------------------------------------------------------------------------------


class Fate(NamedTuple):
    """The kill comes `delay` seconds after this step has begun; the step after the last one begins
    when the receipt can be seen."""

    step: int
    delay: float

    @staticmethod
    def draw(visit: Visit, chance: random.Random) -> "Fate":
        receipt = len(visit.steps)
        moments = {
            "receipt": Fate(receipt, 0),
            "confirm": Fate(receipt - 1, chance.uniform(0, 2 * LONGEST_DELAY_S)),
            "anywhere": Fate(chance.randrange(receipt), chance.uniform(0, LONGEST_DELAY_S)),
        }
        return moments[chance.choices(list(moments), weights=[3, 4, 4])[0]]


class WatchfulVisitor(Visitor):
    """Does not wait before a screen that is dead."""

    def __init__(self, hall: Hall) -> None:
        super().__init__(hall.display.environment, hall.touch_map, PAGE_S)
        self._kiosk = hall.kiosk

    def controls(self) -> dict:
        self._kiosk.must_live()
        return super().controls()

    def await_receipt(self) -> None:
        """As soon as there is one, unlike await_that: the kill is to come right behind it."""
        deadline = time.monotonic() + RECEIPT_S
        while not self._sees_receipt():
            if time.monotonic() > deadline:
                raise Broken(f"no receipt; there are {' '.join(self.controls())}")
            time.sleep(LOOK_S)

    def _sees_receipt(self) -> bool:
        names = self.controls()
        return "action.secondary" in names and "action.stop" not in names


class Life:
    """From the first picture to the kill, with one visit in it."""

    def __init__(self, hall: Hall, visit: Visit, fate: Fate) -> None:
        self.visit = visit
        self.fate = fate
        self.confirmed = False  # the visitor was about to touch, or has touched, what confirms
        self.seen = False  # … and has seen the receipt
        self._kiosk: Program = hall.kiosk
        self._visitor = WatchfulVisitor(hall)
        self._killer: Optional[threading.Timer] = None
        self._killed = threading.Event()

    def words(self) -> str:
        step, last = self.fate.step, len(self.visit.steps)
        where = "at the receipt" if step == last else f"step {step + 1} of {last}"
        seen = ", receipt seen" if self.seen else ""
        return f"{self.visit.kind}, {where} + {self.fate.delay:.2f} s{seen}"

    def run(self) -> None:
        try:
            self._visit()
            self._killer.join()
        except (Broken, subprocess.CalledProcessError):
            if not self._killed.is_set():
                raise
        code = self._kiosk.process.wait()
        if code != -signal.SIGKILL:
            raise Broken(f"the kiosk ended by itself with {code}:\n{self._kiosk.last_words()}")
        self._kiosk.kills += 1

    def _visit(self) -> None:
        for number, step in enumerate(self.visit.steps):
            self._begin(number)
            self.confirmed = number == len(self.visit.steps) - 1
            step(self._visitor)
        self._visitor.await_receipt()
        self.seen = True
        self._begin(len(self.visit.steps))
        self._visitor.tap("action.primary")
        self._visitor.await_sight("home.consult")

    def _begin(self, step: int) -> None:
        if step != self.fate.step:
            return
        self._killer = threading.Timer(self.fate.delay, self._kill)
        self._killer.start()
        if self.fate.delay == 0:
            self._killer.join()

    def _kill(self) -> None:
        self._killed.set()
        self._kiosk.process.kill()


# ---- what the kill has left ---------------------------------------------------------------------


class Op(NamedTuple):
    id: str
    kind: str
    record: str
    bytes: bytes


class Disk:
    """A copy of the data folder, and what is in it."""

    def __init__(self, data: Path, copy: Path) -> None:
        shutil.copytree(data, copy)
        self.files = {file: file.read_bytes() for file in copy.rglob("*") if file.is_file()}
        self.slips = len(list((copy / "slips").glob("*.png")))
        with contextlib.closing(sqlite3.connect(copy / "kiosk.db")) as database:
            self.verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
            rows = database.execute("SELECT id, kind, record, bytes FROM outbox ORDER BY seq")
            self.ops = [Op(*row) for row in rows]
            self.numbers: Dict[str, str] = dict(
                database.execute("SELECT id, number FROM ticket WHERE number IS NOT NULL")
            )


class Journal:
    """What visitors have seen, held against each disk that a kill has left."""

    def __init__(self) -> None:
        self.lines: List[Line] = []
        self.ops: List[Op] = []  # on the last disk
        self.filed = 0
        self.findings: List[str] = []

    def compare(self, life: Life, disk: Disk, log: bytes) -> None:
        self.findings += [f"{life.words()}: {each}" for each in self._look(life, disk, log)]
        self.ops = disk.ops

    def _look(self, life: Life, disk: Disk, log: bytes) -> Iterator[str]:
        if disk.verdict != "ok":
            yield f"the database is broken: {disk.verdict}"
        if disk.ops[: len(self.ops)] != self.ops:
            yield "what was in the outbox before is not in it as it was"
        filed = [op for op in disk.ops[len(self.ops) :] if op.kind == life.visit.kind]
        self.filed += len(filed)
        if len(filed) > 1:
            yield f"filed {len(filed)} times"
        if filed and not life.confirmed:
            yield "filed before it was confirmed"
        if disk.slips > self.filed:
            yield "a slip without a record"
        if life.seen:
            yield from self._note(life, disk, filed)
        yield from words_left(life.visit.typed, filed, disk, log)

    def _note(self, life: Life, disk: Disk, filed: List[Op]) -> Iterator[str]:
        if not filed:
            yield "its receipt was on the screen, and it is not in the outbox"
            return
        number = disk.numbers.get(filed[0].id, "")
        if life.visit.kind == "ticket.draw" and not number:
            yield "a receipt without a number that is kept"
        self.lines.append(Line(life.visit.kind, filed[0].id, filed[0].record, number))


def words_left(typed: List[str], filed: List[Op], disk: Disk, log: bytes) -> Iterator[str]:
    """Of a form that was filed every word is in its op: so the search would find one."""
    for word in typed:
        if filed:
            if word.encode() not in filed[0].bytes:
                yield f"the record lacks a word that was typed: {word}"
            continue
        # Also when the kill has come before the word was complete.
        start = word[: 9 if word.isdigit() else 5].encode()
        places = [str(file.name) for file, content in disk.files.items() if start in content]
        places += ["the log"] if start in log else []
        if places:
            yield f"a word of a form that nobody confirmed is in {', '.join(places)}"


# ---- all lives ----------------------------------------------------------------------------------


def draw_line(hall: Hall, chance: random.Random) -> str:
    """What the line will do in this life."""
    hall.line.restore()
    mood = chance.choices(["whole", "cut", "swallows an answer"], weights=[6, 2, 2])[0]
    if mood == "cut":
        hall.line.cut()
    if mood == "swallows an answer":
        hall.line.cut_at_the_next_answer()
    return mood


def kill_again_and_again(hall: Hall, kills: int, chance: random.Random) -> Journal:
    journal = Journal()
    people = People(chance)
    for number in range(1, kills + 1):
        visit = people.next()
        life = Life(hall, visit, Fate.draw(visit, chance))
        line = draw_line(hall, chance)
        life.run()
        disk = Disk(hall.data, hall.folder / f"kill-{number}")
        journal.compare(life, disk, hall.kiosk.log.read_bytes())
        print(f"{number:>3} {life.words()}, line {line}", flush=True)
        hall.open()
    return journal


def drain(hall: Hall) -> None:
    hall.line.restore()
    hall.kiosk.stop(STOP_S)
    hall.open()
    hall.await_all_answered()
    hall.kiosk.stop(STOP_S)
    hall.server.stop(STOP_S)


def compare(hall: Hall, journal: Journal, seconds: float) -> dict:
    with contextlib.closing(Books(journal.lines, hall.data / "kiosk.db", hall.center_db)) as books:
        kinds = Counter(line.kind for line in journal.lines)
        seen = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        print(f"{hall.kiosk.kills} kills in {seconds:.0f} s; receipts seen: {seen}")
        print(f"{journal.filed} filed, {len(books.outbox)} ops")
        for finding in journal.findings:
            print(f"BROKEN {finding}")
        broken = disagreements(books) + len(journal.findings)
        return {
            "promise": PROMISE,
            "figure": f"{hall.kiosk.kills} kills, {len(journal.lines)} receipts seen: {broken} untrue",
            "broken": broken,
            "kills": hall.kiosk.kills,
            "ops": len(books.outbox),
        }


def run(options: argparse.Namespace) -> dict:
    kills = KILLS[options.share] if options.kills is None else options.kills
    with contextlib.ExitStack() as stack:
        hall = Hall(stack.callback, options.programs, options.pinyin)
        hall.open()
        hall.let_in()
        began = time.monotonic()
        journal = kill_again_and_again(hall, kills, random.Random(options.seed))
        drain(hall)
        outcome = compare(hall, journal, time.monotonic() - began)
    if len(journal.lines) < min(FEWEST_RECEIPTS, kills // 4):
        raise Broken(f"only {len(journal.lines)} receipts were seen")
    return outcome | {"seed": options.seed}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programs", type=Path, required=True, help="kiosk, kiosk-central, kioskctl")
    parser.add_argument("--pinyin", type=Path, required=True, help="the deployed dictionary")
    parser.add_argument("--share", choices=KILLS, default="short")
    parser.add_argument("--kills", type=int, help="instead of the share's")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            print(f"skipped: there is no {tool}")
            return SKIPPED
    print(f"seed: {options.seed}", flush=True)
    try:
        outcome = run(options)
    except Broken as broken:
        print(broken, file=sys.stderr)
        return 1
    print(json.dumps(outcome, ensure_ascii=False))
    return 0 if outcome["broken"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
