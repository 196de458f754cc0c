#!/usr/bin/env python3
"""A server restored from an old backup gets everything back from its kiosks.

    restore_test.py --central PROGRAM --hall PROGRAM [--share short|full] [--seed N]

Kiosks with the kiosk's own stores and exchange (hall.cpp) work with the real server; in the middle,
under load, it is backed up by `kiosk-central backup`. What follows is not in the copy: more visitors,
kiosks that are let in only now, bookings cancelled at another kiosk than they were made at, visitors
whose ops still wait. Then the server is killed and `kiosk-central restore` puts the copy back. Half of
the kiosks come first and have new visitors at once, who must not get what others hold on paper; then
come the others, then those the copy does not know, with new codes. After one sync of each kiosk, every
op that any of them has must be at the server, once; in the end papers, codes, seats and order are
compared. The last line is JSON.
"""

import argparse
import hashlib
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
# pylint: disable=wrong-import-position
from programs import (
    Broken,
    Program,
    await_ready,
    await_that,
    die_with_the_test,
    free_port,
    write_config,
)

from books import Books, Line, EXPECTED_REFUSALS, disagreements, seats_right

PROMISE = "a server restored from an old backup gets everything back"
START_S = 30
PHASE_S = 3600
STOP_S = 30
# The server lets in 20 kiosks a minute from one address and counts them in memory.
LET_IN_AT_ONCE = 18


class Share(NamedTuple):
    """How much: kiosks, of which late ones are let in after the backup, and visits at each."""

    kiosks: int
    late: int
    visits: int


SHARES = {"short": Share(6, 1, 48), "full": Share(100, 10, 800)}
NEW_VISITS = 8  # at once after the restore, at each kiosk of the first half


class Stage:
    """The server and the folders of all kiosks."""

    def __init__(self, folder: Path, central: str, hall: str, seed: int) -> None:
        self.folder = folder
        self.hall_program = hall
        self.seed = seed
        self.whiles = 0
        config = folder / "config"
        write_config(config)
        settings = config / "central.toml"
        settings.write_text(settings.read_text().replace("next_poll_s = 20", "next_poll_s = 1"))
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.center = [central, "--config", str(config), "--data", str(folder / "central")]
        self.server = Program(
            "kiosk-central", [*self.center, "--listen", f"127.0.0.1:{port}"], folder / "central.log"
        )
        self.copy = folder / "copy.db"

    def start(self) -> None:
        self.server.start()
        await_ready(self.server, self.address, START_S)

    def command(self, *words: str) -> str:
        done = subprocess.run([*self.center, *words], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Broken(f"kiosk-central {' '.join(words)}: {done.stderr}")
        return done.stdout

    def begin(self, first: int, last: int, *words: str) -> subprocess.Popen:
        """A while of the kiosks first to last, not included."""
        self.whiles += 1
        line = [self.hall_program, "--data", str(self.folder / "kiosks"), "--server", self.address]
        line += ["--config", str(self.folder / "config"), "--kiosks", f"{first}-{last}"]
        line += ["--seed", str(self.seed * 100 + self.whiles)]
        return subprocess.Popen(
            [*line, *words], stdout=subprocess.PIPE, text=True, preexec_fn=die_with_the_test
        )

    @staticmethod
    def end(hall: subprocess.Popen) -> str:
        output, _ = hall.communicate(timeout=PHASE_S)
        if hall.returncode != 0:
            raise Broken(f"kiosk_hall ended with {hall.returncode}")
        return output

    def run(self, first: int, last: int, *words: str) -> str:
        return self.end(self.begin(first, last, *words)) if first < last else ""

    def let_in(self, first: int, last: int, *words: str) -> None:
        """With a code each, and no more at a time than the server lets in."""
        for begin in range(first, last, LET_IN_AT_ONCE):
            end = min(begin + LET_IN_AT_ONCE, last)
            codes = self.folder / "codes"
            codes.write_text("".join(self.command("enrol-code") for _ in range(begin, end)))
            self.run(begin, end, "--enrol-codes", str(codes), *words)
            self.server.stop(STOP_S)
            self.start()


def work(stage: Stage, share: Share, chance: random.Random) -> None:
    """Until the disk of the server dies: everything that a copy has and has not."""
    early = share.kiosks - share.late
    half = str(share.visits // 2)
    stage.let_in(0, early, "--visits", half)
    under_load = stage.begin(0, early, "--visits", half)
    before = len(confirmed(stage, share))
    enough = before + chance.randrange(early * share.visits // 4)
    await_that(
        "visitors are served",
        lambda: under_load.poll() is not None or len(confirmed(stage, share)) > enough,
        PHASE_S,
    )
    print(stage.command("backup", str(stage.copy)), end="")
    stage.end(under_load)
    stage.let_in(early, share.kiosks, "--visits", str(share.visits))
    stage.run(0, early, "--visits", "6", "--cancel-elsewhere")
    stage.run(early - 1, early, "--visits", "6", "--stay-silent")


def come_back(stage: Stage, share: Share) -> None:
    """One sync of each kiosk with the restored server."""
    early = share.kiosks - share.late
    stage.run(0, early // 2, "--once", "--visits", str(NEW_VISITS))
    stage.run(early // 2, early, "--once")
    stage.let_in(early, share.kiosks, "--once")


# ---- what is compared ---------------------------------------------------------------------------


def confirmed(stage: Stage, share: Share) -> List[Line]:
    """What visitors saw, at all kiosks."""
    lines = []
    for kiosk in range(share.kiosks):
        journal = stage.folder / f"kiosks/{kiosk}/journal.tsv"
        if journal.exists():
            complete = journal.read_text().split("\n")[:-1]
            lines += [Line(*line.split("\t")[:4]) for line in complete]
    return lines


def outboxes(stage: Stage, share: Share) -> Dict[int, List[sqlite3.Row]]:
    found = {}
    for kiosk in range(share.kiosks):
        database = Books.open(stage.folder / f"kiosks/{kiosk}/kiosk.db")
        found[kiosk] = database.execute("SELECT * FROM outbox ORDER BY seq").fetchall()
        database.close()
    return found


def numbers(stage: Stage, share: Share) -> List[int]:
    """Of the kiosks, on their paper."""
    found = []
    for kiosk in range(share.kiosks):
        database = Books.open(stage.folder / f"kiosks/{kiosk}/kiosk.db")
        found.append(database.execute("SELECT number FROM sync_state").fetchone()[0])
        database.close()
    return found


class After(NamedTuple):
    """Everything at rest in the end."""

    center: sqlite3.Connection
    outbox: Dict[int, List[sqlite3.Row]]
    journal: List[Line]


def nothing_lost(after: After) -> Iterator[str]:
    """Every op of every kiosk is at the server, byte for byte, and answered the same there."""
    ops = {row["op_id"]: row for row in after.center.execute("SELECT * FROM op")}
    for kiosk, rows in after.outbox.items():
        for row in rows:
            op = ops.get(row["id"])
            if op is None:
                yield f"lost: {row['kind']} {row['id']} of kiosk {kiosk}"
            elif op["hash"] != hashlib.sha256(row["bytes"]).hexdigest():
                yield f"other bytes at the server: {row['id']}"
            elif op["applied"] != (row["state"] == "accepted"):
                yield f"kiosk says {row['state']}, the server otherwise: {row['id']}"
            if row["state"] == "waiting":
                yield f"still waiting ({row['code']}): {row['kind']} {row['id']}"
            if row["state"] == "refused" and row["code"] not in EXPECTED_REFUSALS:
                yield f"refused as {row['code']}: {row['kind']} {row['id']}"


def nothing_doubled(after: After) -> Iterator[str]:
    """The server has no op and no record that no kiosk made, and each once."""
    made = Counter(row["id"] for rows in after.outbox.values() for row in rows)
    at_center = {row[0] for row in after.center.execute("SELECT op_id FROM op")}
    for op in at_center - set(made):
        yield f"nobody's op: {op}"
    kinds = {"booking": "booking.request", "ticket": "ticket.draw"}
    kinds |= {"request": "intake.file", "assist": "assist.call"}
    for table, kind in kinds.items():
        records = [row[0] for row in after.center.execute(f"SELECT id FROM {table}")]
        asked = [
            row["id"]
            for rows in after.outbox.values()
            for row in rows
            if (row["kind"], row["state"]) == (kind, "accepted")
        ]
        if sorted(records) != sorted(asked):
            yield f"{table}: {len(records)} at the server, {len(asked)} accepted at kiosks"


def papers_stay(after: After) -> Iterator[str]:
    """Every ticket has the number on its paper, and no two papers of a day have one number."""
    tickets = {row["id"]: row for row in after.center.execute("SELECT * FROM ticket")}
    papers: Counter = Counter()
    for line in after.journal:
        if line.kind != "ticket.draw" or line.record not in tickets:
            continue
        ticket = tickets[line.record]
        papers[(ticket["day"], line.detail)] += 1
        if (ticket["number"], ticket["issued"]) != (line.detail, 1):
            yield f"paper says {line.detail}, the counter {ticket['number']}"
    for (day, number), times in papers.items():
        if times > 1:
            yield f"{times} papers of {day} say {number}"


def cancelled_stays(after: After) -> Iterator[str]:
    """What was cancelled or given back is so again, wherever it was done."""
    states = dict(after.center.execute("SELECT id, state FROM booking").fetchall())
    states |= dict(after.center.execute("SELECT id, state FROM ticket").fetchall())
    for line in after.journal:
        if line.kind in ("booking.cancel", "ticket.cancel"):
            if states.get(line.record) != "cancelled":
                yield f"{line.kind}, but {states.get(line.record)}: {line.record}"


CHECKS = [nothing_lost, nothing_doubled, papers_stay, cancelled_stays, seats_right]


def missing(stage: Stage, share: Share) -> int:
    """Ops that a kiosk thinks the server has, and it has not."""
    center = Books.open(stage.folder / "central/central.db")
    at_center = {row[0] for row in center.execute("SELECT op_id FROM op")}
    center.close()
    rows = [row for each in outboxes(stage, share).values() for row in each]
    return sum(row["state"] != "waiting" and row["id"] not in at_center for row in rows)


def promised_seats(outbox: Dict[int, List[sqlite3.Row]]) -> List[str]:
    rows = [row for each in outbox.values() for row in each if row["kind"] == "booking.request"]
    return [row["id"] for row in rows if '"confirmed"' in row["data"]]


def test(stage: Stage, share: Share, seed: int) -> int:
    began = time.monotonic()
    stage.start()
    work(stage, share, random.Random(seed))
    before = outboxes(stage, share)
    papers = numbers(stage, share)
    stage.server.kill()
    print(stage.command("restore", str(stage.copy)), end="")
    stage.start()
    lost_by_copy = missing(stage, share)
    come_back(stage, share)
    lost = missing(stage, share)
    stage.run(0, share.kiosks)
    asked, found = map(int, stage.run(0, share.kiosks, "--look-up").split())
    stage.server.stop(STOP_S)
    center = Books.open(stage.folder / "central/central.db")
    after = After(center, outboxes(stage, share), confirmed(stage, share))
    broken = disagreements(after, CHECKS) + lost + (asked - found) + (papers != numbers(stage, share))
    states = dict(center.execute("SELECT id, state FROM booking").fetchall())
    seats = promised_seats(before)
    figures = {
        "promise": PROMISE,
        "figure": f"{lost} lost of {lost_by_copy} after one sync each",
        "seed": seed,
        "broken": broken,
        "kiosks": share.kiosks,
        "ops": sum(map(len, after.outbox.values())),
        "lost_by_the_copy": lost_by_copy,
        "lost": lost,
        "codes": asked,
        "codes_found": found,
        "tickets": sum(line.kind == "ticket.draw" for line in after.journal),
        "seats_confirmed_before": len(seats),
        "of_these_waiting_now": sum(states.get(each) == "waitlisted" for each in seats),
        "seconds": round(time.monotonic() - began),
    }
    print(json.dumps(figures))
    return broken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--central", required=True, help="the program kiosk-central")
    parser.add_argument("--hall", required=True, help="the program kiosk_hall")
    parser.add_argument("--share", choices=SHARES, default="full")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    print(f"seed: {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="kiosk-faults-") as folder:
        stage = Stage(Path(folder), options.central, options.hall, options.seed)
        try:
            return 1 if test(stage, SHARES[options.share], options.seed) else 0
        except Broken as broken:
            print(broken, file=sys.stderr)
            print(json.dumps({"promise": PROMISE, "figure": None, "seed": options.seed, "broken": 1}))
            return 1
        finally:
            stage.server.end()


if __name__ == "__main__":
    sys.exit(main())
