"""What visitors saw confirmed, what the kiosk has and what the center has: three books that must
agree after any fault. Knows the two databases, and nothing of programs and of what befell them.
"""

import hashlib
import json
import sqlite3
from collections import Counter, defaultdict
from pathlib import Path
from typing import Callable, Iterator, List, NamedTuple

# Somebody who has a seat may ask for a full slot: the one refusal that is no fault.
EXPECTED_REFUSALS = {"slot_full", "slot_too_soon"}


class Line(NamedTuple):
    """What a visitor saw confirmed."""

    kind: str
    op: str
    record: str
    detail: str


class Books:
    """The journal of what visitors saw, the kiosk's database and the center's, all at rest."""

    def __init__(self, journal: List[Line], kiosk_db: Path, center_db: Path) -> None:
        self.journal = journal
        self.kiosk = self.open(kiosk_db)
        self.center = self.open(center_db)
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


def disagreements(books, checks: List[Callable[..., Iterator[str]]] = CHECKS) -> int:
    """How many; prints a line for each check of what it is given, and what it found."""
    total = 0
    for check in checks:
        findings = list(check(books))
        print(f"{'ok    ' if not findings else 'BROKEN'} {check.__doc__}")
        for finding in findings[:10]:
            print(f"       {finding}")
        total += len(findings)
    return total
