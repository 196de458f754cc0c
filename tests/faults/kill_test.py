#!/usr/bin/env python3
"""Kiosk and central server are killed without a word under load: nothing lost, nothing doubled.

    kill_test.py --central PROGRAM --load PROGRAM [--share short|full] [--kills N] [--seed S]

The real server and a kiosk whose visitors never stop (load.cpp) are killed by SIGKILL at random
moments, in a random order, half of the kills each, also while they are still starting, and are gone
for a moment. The line between them loses, delays, doubles and tears what passes (unruly_line.py). In
the end the line is whole and the kiosk sends what is left. Then the history of what was tried and
told, the kiosk's database and the server's are compared. The seed is printed and gives the same
kills and moods of the line again; what the two programs do in between is theirs. The last line is
the outcome as JSON.
"""

import argparse
import contextlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
# pylint: disable=wrong-import-position
from programs import Broken, Program, await_ready, await_that, free_port, write_config

from books import Books, disagreements
from history import classify, confirmed, read_history
from unruly_line import UnrulyLine

PROMISE = "an acknowledged op is never lost, applied exactly once"
START_S = 30
DRAIN_S = 90
STOP_S = 15


class Share(NamedTuple):
    kills: int  # of both together
    longest_life_s: float
    longest_absence_s: float


SHARES = {"short": Share(15, 1.0, 0.5), "full": Share(1000, 0.8, 0.25)}


# ---- the two programs ---------------------------------------------------------------------------


class Stage:
    """Both programs with folders of their own, on a port that stays the same."""

    def __init__(self, folder: Path, central: str, load: str, seed: int) -> None:
        config = folder / "config"
        write_config(config)
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.line = UnrulyLine(port, seed)
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
            + ["--server", f"http://127.0.0.1:{self.line.port}", "--journal", str(self.journal)]
            + ["--enrol-code-file", str(code), "--seed", str(seed)],
            folder / "kiosk.log",
        )
        self.code = code
        self.code_words = [central, "enrol-code", *center]

    def open(self) -> None:
        self.server.start()
        await_ready(self.server, self.address, START_S)
        self.code.write_bytes(subprocess.check_output(self.code_words))
        self.kiosk.start()

    def told(self) -> int:
        return self.journal.read_bytes().count(b"\nok\t") if self.journal.exists() else 0

    def await_visits(self) -> None:
        before = self.told()
        await_that("visitors are served", lambda: self.told() > before + 5, START_S)

    def end(self) -> None:
        self.kiosk.end()
        self.server.end()
        self.line.close()


def kill_again_and_again(stage: Stage, share: Share, chance: random.Random) -> None:
    victims = [stage.kiosk, stage.server] * ((share.kills + 1) // 2)
    chance.shuffle(victims)
    for victim in victims[: share.kills]:
        other = stage.server if victim is stage.kiosk else stage.kiosk
        victim.live(chance.uniform(0, share.longest_life_s))
        victim.kill()
        other.live(chance.uniform(0, share.longest_absence_s))
        victim.start()


def drain(stage: Stage) -> None:
    stage.line.mend()
    await_ready(stage.server, stage.address, START_S)
    stage.await_visits()
    stage.kiosk.stop(DRAIN_S)
    stage.server.stop(STOP_S)


# ---- the books ----------------------------------------------------------------------------------


def report(books: Books, stage: Stage, outcomes: Counter, seconds: float) -> None:
    kinds = Counter(row["kind"] for row in books.outbox)
    states = Counter(row["state"] for row in books.outbox)
    own = books.kiosk.execute("SELECT count(*) FROM ticket WHERE own_series = 1").fetchone()[0]
    print(f"kills: {stage.kiosk.kills} of the kiosk, {stage.server.kills} of the server")
    print(f"the line: {dict(sorted(stage.line.moods.items()))}")
    print(f"in {seconds:.0f} s visits {dict(outcomes)}, {len(books.outbox)} ops:")
    for kind, count in sorted(kinds.items()):
        print(f"  {kind:<16}{count:>6}")
    print(f"  accepted {states['accepted']}, refused (slot full) {states['refused']}")
    print(f"  tickets from the kiosk's own series: {own}")


def compare(stage: Stage, seed: int, seconds: float) -> dict:
    history = read_history(stage.journal)
    outcomes = Counter(visit.outcome for visit in history)
    with contextlib.closing(Books(confirmed(history), stage.kiosk_db, stage.center_db)) as books:
        report(books, stage, outcomes, seconds)
        broken = disagreements(books)
        classes = classify(history, books)
        for name, findings in classes.items():
            for finding in findings[:10]:
                print(f"{name}: {finding}")
        kills = stage.kiosk.kills + stage.server.kills
        counts = {name: len(findings) for name, findings in classes.items()}
        words = ", ".join(f"{count} {name}" for name, count in counts.items())
        return {
            "promise": PROMISE,
            "figure": f"{kills} kills, {len(books.outbox)} ops: {words}",
            "seed": seed,
            "broken": broken + sum(counts.values()),
            "kills": kills,
            "ops": len(books.outbox),
            "visits": dict(outcomes),
            "line": dict(stage.line.moods),
            **counts,
        }


def run(options: argparse.Namespace) -> dict:
    share = SHARES[options.share]
    if options.kills is not None:
        share = share._replace(kills=options.kills)
    with tempfile.TemporaryDirectory(prefix="kiosk-faults-") as folder:
        stage = Stage(Path(folder), options.central, options.load, options.seed)
        with contextlib.ExitStack() as stack:
            stack.callback(stage.end)
            stage.open()
            began = time.monotonic()
            stage.await_visits()
            kill_again_and_again(stage, share, random.Random(options.seed))
            drain(stage)
            return compare(stage, options.seed, time.monotonic() - began)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--central", required=True, help="the program kiosk-central")
    parser.add_argument("--load", required=True, help="the program kiosk_load")
    parser.add_argument("--share", choices=SHARES, default="short")
    parser.add_argument("--kills", type=int, help="of both together, instead of the share's")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
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
