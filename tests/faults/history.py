"""What was tried and what visitors were told of it (load.cpp's journal), held against what is there in
the end. What nobody was told is unknown: it may have happened, once, or not at all.
"""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, Tuple

from books import Books, Line

# An op that makes a record → where its body carries the number of its visit.
TAGS = {
    "booking.request": ("phone", "138"),
    "intake.file": ("answers", "138"),
    "ticket.draw": ("matter", "visit-"),
    "assist.call": ("place", "visit-"),
}
CHANGES = ("booking.move", "booking.cancel")


class Visit(NamedTuple):
    number: int
    kind: str
    record: str  # of a change: what it is about; of what was confirmed: what it made
    slot: str
    outcome: str = "unknown"  # "ok" | "fail"
    op: str = ""
    detail: str = ""


def read_history(file: Path) -> List[Visit]:
    visits: Dict[int, Visit] = {}
    # A line that was being written when the kiosk was killed says nothing.
    for line in file.read_text(encoding="utf-8").split("\n")[:-1]:
        event, number, kind, *rest = line.split("\t")
        if event == "invoke":
            visits[int(number)] = Visit(int(number), kind, *rest)
        elif event == "ok":
            op, record, detail = rest
            visit = visits[int(number)]
            visits[int(number)] = visit._replace(outcome="ok", op=op, record=record, detail=detail)
        else:
            visits[int(number)] = visits[int(number)]._replace(outcome="fail", detail=rest[0])
    return list(visits.values())


def confirmed(history: List[Visit]) -> List[Line]:
    return [Line(each.kind, each.op, each.record, each.detail) for each in history if each.outcome == "ok"]


def tag(kind: str, value: str) -> int:
    """The visit that a record was made in; 0 when it does not say."""
    found = re.search(TAGS[kind][1] + r"(\d+)", value)
    return int(found.group(1)) if found else 0


def body_of(row) -> dict:
    return json.loads(row["bytes"])["body"]


class Held:
    """The history beside the outbox and the center's records."""

    def __init__(self, history: List[Visit], books: Books) -> None:
        self.history = history
        self.visits = {each.number: each for each in history}
        self.books = books
        self.made: Dict[int, list] = defaultdict(list)  # visit → ops that make a record
        self.by_record: Dict[str, list] = defaultdict(list)
        for row in books.outbox:
            self.by_record[row["record"]].append(row)
            if row["kind"] in TAGS:
                value = json.dumps(body_of(row)[TAGS[row["kind"]][0]])
                self.made[tag(row["kind"], value)].append(row)

    def at_center(self) -> Iterator[Tuple[str, str, int]]:
        """Kind of the op, id and visit of every record the center has."""
        tables = {
            "booking.request": "SELECT id, phone FROM booking",
            "intake.file": "SELECT id, answers FROM request",
            "ticket.draw": "SELECT id, matter FROM ticket",
            "assist.call": "SELECT id, place FROM assist",
        }
        for kind, query in tables.items():
            for row in self.books.center.execute(query):
                yield kind, row[0], tag(kind, row[1])


def lost(held: Held) -> Iterator[str]:
    """Confirmed, and not in the outbox or never decided by the center."""
    known = {row["id"] for row in held.books.outbox}
    for visit in held.history:
        if visit.outcome != "ok":
            continue
        if visit.op and (visit.op not in known or visit.op not in held.books.ops):
            yield f"{visit}"
        if visit.kind == "ticket.cancel" and not any(
            row["kind"] == visit.kind for row in held.by_record[visit.record]
        ):
            yield f"{visit}"
    records = {identity for _, identity, _ in held.at_center()}
    for row in held.books.outbox:
        if row["kind"] in TAGS and row["state"] == "accepted" and row["id"] not in records:
            yield f"accepted, and the center has no record of it: {row['kind']} {row['id']}"


def duplicated(held: Held) -> Iterator[str]:
    """One visit, and two ops or two records of it."""
    for number, rows in held.made.items():
        if len(rows) > 1:
            yield f"visit {number} made {len(rows)} ops"
    for (kind, number), times in Counter((k, n) for k, _, n in held.at_center()).items():
        if times > 1:
            yield f"visit {number} made {times} records by {kind}"
    for record, rows in held.by_record.items():
        for kind in ("ticket.issue", "ticket.cancel", "booking.cancel"):
            times = sum(row["kind"] == kind for row in rows)
            if times > 1:
                yield f"{times} of {kind} for {record}"


def stale(held: Held) -> Iterator[str]:
    """The center stands where an earlier op has put it, not where the last one did."""
    tickets = {row["id"]: row for row in held.books.center.execute("SELECT * FROM ticket")}
    bookings = {row["id"]: row for row in held.books.center.execute("SELECT * FROM booking")}
    for record, rows in held.by_record.items():
        accepted = [row for row in rows if row["state"] == "accepted"]
        kinds = {row["kind"] for row in accepted}
        if record in tickets:
            numbers = [body_of(row)["number"] for row in accepted if row["kind"] == "ticket.issue"]
            if numbers and tickets[record]["number"] != numbers[-1]:
                yield f"ticket {tickets[record]['number']} was issued as {numbers[-1]} last"
            if ("ticket.cancel" in kinds) != (tickets[record]["state"] == "cancelled"):
                yield f"ticket {record} is {tickets[record]['state']} after {sorted(kinds)}"
        if record in bookings:
            slots = [body_of(row).get("slot") for row in accepted]
            if bookings[record]["slot"] != [slot for slot in slots if slot][-1]:
                yield f"booking {record} is not in the slot it was moved to last"
            if ("booking.cancel" in kinds) != (bookings[record]["state"] == "cancelled"):
                yield f"booking {record} is {bookings[record]['state']} after {sorted(kinds)}"


def unexpected(held: Held) -> Iterator[str]:
    """There, and nobody has tried it, or it was told to have failed."""
    for number, rows in held.made.items():
        visit = held.visits.get(number)
        for row in rows:
            if visit is None or visit.kind != row["kind"]:
                yield f"nobody tried {row['kind']} {row['id']}"
            elif visit.outcome == "fail":
                yield f"told to have failed, and done: {visit}"
    tried = Counter((each.kind, each.record, each.slot) for each in held.history if each.outcome != "fail")
    for row in held.books.outbox:
        if row["kind"] in CHANGES:
            tried[row["kind"], row["record"], body_of(row).get("slot", "")] -= 1
    for change, left in tried.items():
        if left < 0:
            yield f"nobody tried {change}"
    known = {row["id"] for row in held.books.outbox}
    for kind, identity, _ in held.at_center():
        if identity not in known:
            yield f"the center has a record that no op made: {kind} {identity}"


def disordered(held: Held) -> Iterator[str]:
    """Ops of one record were decided in another order than they were made in."""
    for record, rows in held.by_record.items():
        decided = [held.books.ops[row["id"]]["done_ms"] for row in rows if row["id"] in held.books.ops]
        if decided != sorted(decided):
            yield record


CLASSES = (lost, duplicated, stale, unexpected, disordered)


def classify(history: List[Visit], books: Books) -> Dict[str, List[str]]:
    held = Held(history, books)
    return {each.__name__: list(each(held)) for each in CLASSES}
