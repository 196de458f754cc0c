#!/usr/bin/env python3
"""Kiosk and central server are killed without a word under load: nothing lost, nothing doubled.

    kill_test.py --central PROGRAM --load PROGRAM [--kills N] [--seed S]

The real server and a kiosk whose visitors never stop (load.cpp) are killed by SIGKILL at random
moments, in a random order, half of the kills each, also while they are still starting, and are gone
for up to two seconds. In the end the kiosk sends what is left. Then three books are compared: the journal
of what visitors saw confirmed, the kiosk's database and the server's. The seed is printed and gives
the same kills again; what the two programs do in between is theirs.
"""

import argparse
import contextlib
import hashlib
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Iterator, List, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
# pylint: disable=wrong-import-position
from programs import Broken, Program, await_ready, await_that, free_port, write_config

LONGEST_LIFE_S = 2.5
LONGEST_ABSENCE_S = 2.0
START_S = 30
DRAIN_S = 60
STOP_S = 15
# Somebody who has a seat may ask for a full slot: the one refusal that belongs to the load.
EXPECTED_REFUSALS = {"slot_full"}


# ---- the two programs ---------------------------------------------------------------------------


class Stage:
    """Both programs with folders of their own, on a port that stays the same."""

    def __init__(self, folder: Path, central: str, load: str, seed: int) -> None:
        config = folder / "config"
        write_config(config)
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.journal = folder / "journal.tsv"
        self.kiosk_db = folder / "kiosk/kiosk.db"
        self.center_db = folder / "central/central.db"
        center = ["--config", str(config), "--data", str(folder / "central")]
        self.server = Program(
            "kiosk-central", [central, "--listen", f"127.0.0.1:{port}", *center], folder / "central.log"
        )
        code = folder / "enrol-code"
        self.kiosk = Program(
            "kiosk_load",
            [load, "--data", str(folder / "kiosk"), "--config", str(config)]
            + ["--server", self.address, "--journal", str(self.journal)]
            + ["--enrol-code-file", str(code), "--seed", str(seed)],
            folder / "kiosk.log",
        )
        self.server.start()
        await_ready(self.server, self.address, START_S)
        code.write_bytes(subprocess.check_output([central, "enrol-code", *center]))
        self.kiosk.start()

    def confirmed(self) -> int:
        return self.journal.read_bytes().count(b"\n") if self.journal.exists() else 0

    def await_visits(self) -> None:
        before = self.confirmed()
        await_that("visitors are served", lambda: self.confirmed() > before + 5, START_S)


def kill_again_and_again(stage: Stage, kills: int, chance: random.Random) -> None:
    victims = [stage.kiosk, stage.server] * ((kills + 1) // 2)
    chance.shuffle(victims)
    for victim in victims[:kills]:
        other = stage.server if victim is stage.kiosk else stage.kiosk
        victim.live(chance.uniform(0, LONGEST_LIFE_S))
        victim.kill()
        other.live(chance.uniform(0, LONGEST_ABSENCE_S))
        victim.start()


def drain(stage: Stage) -> None:
    await_ready(stage.server, stage.address, START_S)
    stage.await_visits()
    stage.kiosk.stop(DRAIN_S)
    stage.server.stop(STOP_S)


# ---- the three books ----------------------------------------------------------------------------


class Line(NamedTuple):
    """What a visitor saw confirmed."""

    kind: str
    op: str
    record: str
    detail: str


class Books:
    def __init__(self, stage: Stage) -> None:
        # A line that was being written when the kiosk was killed was not confirmed.
        complete = stage.journal.read_text().split("\n")[:-1]
        self.journal = [Line(*line.split("\t")) for line in complete]
        self.kiosk = self.open(stage.kiosk_db)
        self.center = self.open(stage.center_db)
        self.outbox = self.kiosk.execute("SELECT * FROM outbox ORDER BY seq").fetchall()
        self.ops = {row["op_id"]: row for row in self.center.execute("SELECT * FROM op")}

    @staticmethod
    def open(file: Path) -> sqlite3.Connection:
        database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        database.row_factory = sqlite3.Row
        return database

    def close(self) -> None:
        self.kiosk.close()
        self.center.close()


def sound_files(books: Books) -> Iterator[str]:
    """Both databases are whole."""
    for name, database in (("kiosk", books.kiosk), ("center", books.center)):
        verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            yield f"{name}: {verdict}"


def nothing_confirmed_lost(books: Books) -> Iterator[str]:
    """Everything in the journal is in the outbox and was decided by the server."""
    known = {row["id"] for row in books.outbox}
    for line in books.journal:
        if not line.op:
            continue
        if line.op not in known:
            yield f"confirmed, but not in the outbox: {line}"
        if line.op not in books.ops:
            yield f"confirmed, but never reached the server: {line}"


def nothing_doubled_or_invented(books: Books) -> Iterator[str]:
    """Outbox and server have the same ops, without gaps, byte for byte, and all are answered."""
    seqs = [row["seq"] for row in books.outbox]
    if seqs != list(range(1, len(seqs) + 1)):
        yield "the outbox has gaps"
    if len(books.ops) != len(books.outbox):
        yield f"{len(books.outbox)} ops in the outbox, {len(books.ops)} at the server"
    for row in books.outbox:
        op = books.ops.get(row["id"])
        if op is None:
            yield f"never reached the server: {row['id']} {row['kind']}"
        elif (op["seq"], op["kind"]) != (row["seq"], row["kind"]):
            yield f"another op at the server: {row['id']}"
        elif op["hash"] != hashlib.sha256(row["bytes"]).hexdigest():
            yield f"other bytes at the server: {row['id']}"
        elif op["applied"] != (row["state"] == "accepted"):
            yield f"kiosk says {row['state']}, server says otherwise: {row['id']}"
        if row["state"] == "waiting":
            yield f"still waiting: {row['id']} {row['kind']}"
        if row["state"] == "refused" and row["code"] not in EXPECTED_REFUSALS:
            yield f"refused as {row['code']}: {row['id']} {row['kind']}"
    through = books.center.execute("SELECT applied_through FROM kiosk").fetchall()
    if [row[0] for row in through] != [len(books.outbox)]:
        yield f"applied_through {[row[0] for row in through]}, not {len(books.outbox)}"


def one_record_an_op(books: Books) -> Iterator[str]:
    """Each accepted op that makes a record made exactly one."""
    tables = {
        "booking.request": "booking",
        "ticket.draw": "ticket",
        "intake.file": "request",
        "assist.call": "assist",
    }
    for kind, table in tables.items():
        made = {row[0] for row in books.center.execute(f"SELECT id FROM {table}")}
        asked = {row["id"] for row in books.outbox if (row["kind"], row["state"]) == (kind, "accepted")}
        if made != asked:
            yield f"{table}: {len(made - asked)} invented, {len(asked - made)} lost"


def order_kept(books: Books) -> Iterator[str]:
    """Ops of one record were decided in order, and each booking stands where its last one says."""
    by_record = defaultdict(list)
    for row in books.outbox:
        by_record[row["record"]].append(row)
    bookings = {row["id"]: row for row in books.center.execute("SELECT * FROM booking")}
    for record, rows in by_record.items():
        decided = [books.ops[row["id"]]["done_ms"] for row in rows if row["id"] in books.ops]
        if decided != sorted(decided):
            yield f"decided out of order: {record}"
        if rows[0]["kind"] != "booking.request" or record not in bookings:
            continue
        accepted = [row for row in rows if row["state"] == "accepted"]
        slots = [json.loads(row["bytes"])["body"].get("slot") for row in accepted]
        if bookings[record]["slot"] != [slot for slot in slots if slot][-1]:
            yield f"booking stands in another slot than asked for last: {record}"
        cancelled = accepted[-1]["kind"] == "booking.cancel"
        if cancelled != (bookings[record]["state"] == "cancelled"):
            yield f"booking is {bookings[record]['state']} after {accepted[-1]['kind']}: {record}"


def tickets_unique(books: Books) -> Iterator[str]:
    """Nobody holds the number of somebody else, and everybody holds what the counter calls."""
    held = books.kiosk.execute("SELECT * FROM ticket WHERE number IS NOT NULL").fetchall()
    for (day, number), times in Counter((row["day"], row["number"]) for row in held).items():
        if times > 1:
            yield f"number {number} of {day} was given {times} times"
    at_center = {row["id"]: row for row in books.center.execute("SELECT * FROM ticket")}
    for line in books.journal:
        if line.kind == "ticket.draw":
            ticket = at_center.get(line.record)
            if not line.detail:
                yield f"a ticket without a number was confirmed: {line}"
            elif ticket is None or (ticket["number"], ticket["issued"]) != (line.detail, 1):
                yield f"paper says {line.detail}, the counter another: {line.record}"
        if line.kind == "ticket.cancel" and at_center[line.record]["state"] != "cancelled":
            yield f"given back, but still in the queue: {line.record}"
    numbers = {row["id"] for row in held}
    for ticket in at_center.values():
        if ticket["id"] not in numbers and ticket["state"] != "cancelled":
            yield f"a ticket nobody holds is in the queue: {ticket['number']}"


def seats_right(books: Books) -> Iterator[str]:
    """No slot holds more than its capacity, and nobody waits beside a free seat."""
    rows = books.center.execute(
        "SELECT key, capacity, taken, "
        "(SELECT count(*) FROM booking WHERE slot = key AND state = 'confirmed') AS seated, "
        "(SELECT count(*) FROM booking WHERE slot = key AND state = 'waitlisted') AS waiting "
        "FROM slot"
    )
    for row in rows:
        if row["seated"] != row["taken"] or row["taken"] > row["capacity"]:
            yield f"{row['key']}: {row['seated']} seated, {row['taken']} of {row['capacity']} taken"
        if row["waiting"] and row["taken"] < row["capacity"]:
            yield f"{row['key']}: {row['waiting']} wait beside a free seat"


CHECKS = [
    sound_files,
    nothing_confirmed_lost,
    nothing_doubled_or_invented,
    one_record_an_op,
    order_kept,
    tickets_unique,
    seats_right,
]


def report(books: Books, stage: Stage, seconds: float) -> None:
    kinds = Counter(row["kind"] for row in books.outbox)
    states = Counter(row["state"] for row in books.outbox)
    own = books.kiosk.execute("SELECT count(*) FROM ticket WHERE own_series = 1").fetchone()[0]
    print(f"kills: {stage.kiosk.kills} of the kiosk, {stage.server.kills} of the server")
    print(f"in {seconds:.0f} s {len(books.journal)} confirmed on screen, {len(books.outbox)} ops:")
    for kind, count in sorted(kinds.items()):
        print(f"  {kind:<16}{count:>6}")
    print(f"  accepted {states['accepted']}, refused (slot full) {states['refused']}")
    print(f"  tickets from the kiosk's own series: {own}")


def compare(stage: Stage, seconds: float) -> bool:
    books = Books(stage)
    with contextlib.closing(books):
        report(books, stage, seconds)
        right = True
        for check in CHECKS:
            findings = list(check(books))
            print(f"{'ok    ' if not findings else 'BROKEN'} {check.__doc__}")
            for finding in findings[:10]:
                print(f"       {finding}")
            right = right and not findings
        return right


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--central", required=True, help="the program kiosk-central")
    parser.add_argument("--load", required=True, help="the program kiosk_load")
    parser.add_argument("--kills", type=int, default=20, help="of both together")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    print(f"seed: {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="kiosk-faults-") as folder:
        stage = Stage(Path(folder), options.central, options.load, options.seed)
        try:
            began = time.monotonic()
            stage.await_visits()
            kill_again_and_again(stage, options.kills, random.Random(options.seed))
            drain(stage)
            return 0 if compare(stage, time.monotonic() - began) else 1
        except Broken as broken:
            print(broken, file=sys.stderr)
            return 1
        finally:
            stage.kiosk.end()
            stage.server.end()


if __name__ == "__main__":
    sys.exit(main())
