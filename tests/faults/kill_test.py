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
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import List

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
# pylint: disable=wrong-import-position
from programs import Broken, Program, await_ready, await_that, free_port, write_config

from books import Books, Line, agree

LONGEST_LIFE_S = 2.5
LONGEST_ABSENCE_S = 2.0
START_S = 30
DRAIN_S = 60
STOP_S = 15


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


def read_journal(file: Path) -> List[Line]:
    # A line that was being written when the kiosk was killed was not confirmed.
    complete = file.read_text().split("\n")[:-1]
    return [Line(*line.split("\t")) for line in complete]


def compare(stage: Stage, seconds: float) -> bool:
    books = Books(read_journal(stage.journal), stage.kiosk_db, stage.center_db)
    with contextlib.closing(books):
        report(books, stage, seconds)
        return agree(books)


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
