#!/usr/bin/env python3
"""A hostile server cannot crash, fill or downgrade a kiosk.

    hostile_test.py --central PROGRAM --puppet PROGRAM [--share short|full] [--seed S]

The kiosk (puppet.cpp: everything below the screens) has an honest server, then a hostile one in its
place (hostile_server.py): bodies without end, bombs, drops, broken HTTP, nonsense, lies. While it is
attacked it is asked to sync, to look a case up, to enrol, to fetch content. Measured is its peak
memory, how long each request took it and how large its database has become; what it keeps must be
what it kept before. Behind each kind of attack the honest server comes back and everything must work
again. The last line is the outcome as JSON.
"""

import argparse
import contextlib
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Dict, List, Optional

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
# pylint: disable=wrong-import-position
from programs import Broken, Program, await_ready, die_with_the_test, free_port, write_config

from hostile_server import (
    GOOD_SYNC,
    Answer,
    HostileServer,
    json_answer,
    problems,
    raw,
    reply,
    says,
    sha256,
    slow,
    texts,
    wrong_types,
)

PROMISE = "a hostile server cannot crash, fill or downgrade a kiosk"
START_S = 60
STOP_S = 15
# A request's deadline is 4 s, a pack's 10 s, and 401 "skew" is answered with a second request.
LONGEST_S = 13
MOST_MEMORY_MB = 48  # above what the kiosk takes in peace
MOST_DATABASE_MB = 300
SANITIZED_MEMORY_MB = 1500  # AddressSanitizer keeps what was freed
ROUTES = {"sync": "/v1/sync", "lookup": "/v1/lookup", "manifest": "/v1/manifest", "pack": "/v1/packs/"}
# What every exchange writes, whatever it was told.
RESTLESS = {"last_error", "content_error", "last_success_ms", "clock_offset_ms", "next_poll_s"}


class Puppet:
    """The kiosk in a folder of its own."""

    def __init__(self, program: str, folder: Path, server: str, code: Path) -> None:
        self.database = folder / "kiosk.db"
        self.log = folder.with_suffix(".log")
        with open(self.log, "ab") as log:
            self._process = subprocess.Popen(
                [program, "--data", str(folder), "--server", server, "--enrol-code-file", str(code)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                preexec_fn=die_with_the_test,
            )

    def tell(self, words: str) -> List[str]:
        """What it answered; it must not have died of it."""
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(words + "\n")
            self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line.startswith("done"):
            raise Broken(f"{words}: {line or 'the kiosk has died'}\n{self.last_words()}")
        return line.split()[1:]

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])

    def forget_peak(self) -> None:
        Path(f"/proc/{self._process.pid}/clear_refs").write_text("5")  # proc(5)

    def memory_mb(self, kind: str = "VmHWM") -> float:
        for line in Path(f"/proc/{self._process.pid}/status").read_text().splitlines():
            if line.startswith(kind):
                return int(line.split()[1]) / 1024
        raise Broken("the kiosk has died")

    def database_mb(self) -> float:
        files = self.database.parent.glob("kiosk.db*")
        return sum(file.stat().st_size for file in files) / (1 << 20)

    def query(self, words: str) -> list:
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return database.execute(words).fetchall()

    def state(self) -> sqlite3.Row:
        return self.query("SELECT * FROM sync_state")[0]

    def picture(self) -> Dict[str, list]:
        """All it keeps, but what every exchange writes."""
        tables = [row[0] for row in self.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: sorted(
                repr({key: row[key] for key in row.keys() if key not in RESTLESS})
                for row in self.query(f"SELECT * FROM {table}")
            )
            for table in tables
        }

    def ops(self) -> list:
        """What visitors have confirmed, as it was."""
        return [tuple(row) for row in self.query("SELECT seq, id, kind, record, bytes FROM outbox ORDER BY seq")]

    def end(self) -> int:
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            return self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


class Stage:
    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self.folder = folder
        self.puppet_program = options.puppet
        config = folder / "config"
        write_config(config)
        # So that only what the test asks for is on the line.
        settings = config / "central.toml"
        settings.write_text(settings.read_text().replace("next_poll_s = 20", "next_poll_s = 600"))
        port = free_port()
        self.center = ["--config", str(config), "--data", str(folder / "central")]
        self.central = options.central
        self.server = Program(
            "kiosk-central",
            [options.central, "--listen", f"127.0.0.1:{port}", *self.center],
            folder / "central.log",
        )
        self.server.start()
        await_ready(self.server, f"http://127.0.0.1:{port}", START_S)
        self.front = HostileServer(port)
        self.puppets: List[Puppet] = []

    def puppet(self, name: str) -> Puppet:
        code = self.folder / f"{name}.code"
        code.write_bytes(subprocess.check_output([self.central, "enrol-code", *self.center]))
        self.puppets.append(
            Puppet(self.puppet_program, self.folder / name, f"http://127.0.0.1:{self.front.port}", code)
        )
        return self.puppets[-1]

    def end(self) -> None:
        for puppet in self.puppets:
            puppet.end()
        self.front.close()
        self.server.end()


class Trial:
    def __init__(self, stage: Stage, options: argparse.Namespace) -> None:
        self.stage = stage
        self.front = stage.front
        self.full = options.share == "full"
        self.chance = random.Random(options.seed)
        self.findings: List[str] = []
        self.attacks = 0
        self.slowest_s = 0.0
        self.slowest = ""
        self.added_mb = 0.0
        self.database_mb = 0.0
        self.kiosk = stage.puppet("kiosk")
        self.case: List[str] = []
        self.peace_mb = 0.0
        sanitized = b"__asan_init" in Path(options.puppet).read_bytes()
        self.most_memory_mb = SANITIZED_MEMORY_MB if sanitized else MOST_MEMORY_MB

    def find(self, words: str) -> None:
        self.findings.append(words)
        print(f"BROKEN {words}", flush=True)

    # ---- in peace --------------------------------------------------------------------------------

    def open(self) -> None:
        self.front.set()
        self.kiosk.tell("sync")
        self.catch_up("the beginning")
        _, *self.case = self.kiosk.tell("book")
        self.kiosk.tell("call")
        self.catch_up("the beginning")
        self.peace_mb = self.kiosk.memory_mb("VmRSS")

    def catch_up(self, after: str) -> None:
        """The honest server is there; what waits must reach it, and what it says must be known."""
        self.front.set()
        for _ in range(5):
            errors = self.kiosk.tell("sync")
            self.kiosk.tell("rest")
            state = self.kiosk.state()
            waiting = self.kiosk.query("SELECT count(*) FROM outbox WHERE state <> 'accepted'")[0][0]
            if errors == ["-", "-"] and state["caught_up"] and not waiting:
                break
        else:
            self.find(f"after {after} the honest server does not work: {errors}, {waiting} not accepted")
        slots = self.kiosk.query("SELECT count(*) FROM mirror WHERE type = 'slot'")[0][0]
        strange = self.kiosk.query("SELECT count(*) FROM mirror WHERE key LIKE 'hostile%'")[0][0]
        force = self.kiosk.query("SELECT count(*) FROM pack WHERE state = 'active'")[0][0]
        if not slots or strange or force != 1:
            self.find(f"after {after}: {slots} slots, {strange} of them invented, {force} packs in force")
        if self.case and self.kiosk.tell("lookup " + " ".join(self.case)) != ["found"]:
            self.find(f"after {after} a case is not found")
        away_ms = abs(int(self.kiosk.tell("time")[0]) - time.time() * 1000)
        if away_ms > 5000:
            self.find(f"after {after} the kiosk's time is {away_ms / 1000:.0f} s away")

    # ---- under attack ----------------------------------------------------------------------------

    def attack(self, name: str, answers: Dict[str, Answer], verb: str, puppet: Optional[Puppet] = None) -> None:
        """One verb under attack, measured."""
        kiosk = puppet or self.kiosk
        kiosk.forget_peak()
        before_mb = kiosk.memory_mb("VmRSS")
        self.front.set(answers)
        began = time.monotonic()
        kiosk.tell(verb)
        took = time.monotonic() - began
        if not self.front.answered:
            self.find(f"{name}: the kiosk did not ask")
        self.attacks += 1
        added = kiosk.memory_mb() - (before_mb if puppet else self.peace_mb)
        if took > self.slowest_s:
            self.slowest_s, self.slowest = took, name
        self.added_mb = max(self.added_mb, added)
        self.database_mb = max(self.database_mb, kiosk.database_mb())
        if took > LONGEST_S:
            self.find(f"{name}: took {took:.1f} s")
        if added > self.most_memory_mb:
            self.find(f"{name}: took {added:.0f} MB")
        if kiosk.database_mb() > MOST_DATABASE_MB:
            self.find(f"{name}: the database has {kiosk.database_mb():.0f} MB")

    def attack_unmoved(self, name: str, answers: Dict[str, Answer], verb: str, puppet: Optional[Puppet] = None) -> None:
        """… and afterwards everything is as before."""
        kiosk = puppet or self.kiosk
        before = kiosk.picture()
        self.attack(name, answers, verb, puppet)
        for table, rows in kiosk.picture().items():
            if rows != before.get(table):
                self.find(f"{name}: {table} is not what it was")

    def route(self, name: str, answer: Answer) -> Dict[str, Answer]:
        """The attack on one route; for content the exchange before it has to be a good one."""
        if name in ("sync", "lookup"):
            return {ROUTES[name]: answer}
        entries = [{"name": "laws" if name == "law" else "catalogue", "sha256": sha256(b"?"), "size": 200_000}]
        return self.content(entries, answer, answer if name == "manifest" else None)

    def content(self, entries: list, pack: Answer, manifest: Optional[Answer] = None) -> Dict[str, Answer]:
        text = json.dumps({"version": 9, "packs": entries, "salt": self.chance.random()}).encode()
        return {
            ROUTES["manifest"]: manifest or says(reply(text), then_close=False),
            ROUTES["pack"]: pack,
            ROUTES["sync"]: self.lie(manifest=sha256(text)),
        }

    def lie(self, **fields) -> Answer:
        """A sync answer that fits what the kiosk knows, but for these fields."""
        through = self.kiosk.state()["applied_through"]

        def answer(request) -> dict:
            asked = request.json()
            said = {**GOOD_SYNC, "epoch": asked.get("epoch", ""), "cursor": asked.get("cursor", "")}
            said |= {"time": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")}
            said |= {"applied_through": through, "next_poll_s": 600}
            return said | {key: value() if callable(value) else value for key, value in fields.items()}

        return json_answer(answer)

    # ---- the kinds of attack ---------------------------------------------------------------------

    def verbs(self) -> Dict[str, str]:
        lookup = "lookup " + " ".join(self.case)
        return {"sync": "sync", "lookup": lookup, "manifest": "sync", "pack": "sync", "law": "sync"}

    def broken_http(self) -> None:
        self.kiosk.tell("call")
        verbs = self.verbs()
        for name, answer in raw(self.chance, self.front.elsewhere_port).items():
            for route in verbs if self.full else [self.chance.choice(list(verbs))]:
                self.attack_unmoved(f"{name} on {route}", self.route(route, answer), verbs[route])
        for name, answer in slow().items():
            for route in verbs if self.full else []:
                self.attack_unmoved(f"{name} on {route}", self.route(route, answer), verbs[route])
        if not self.full:
            name = self.chance.choice(list(slow()))
            self.attack_unmoved(f"{name} on sync", self.route("sync", slow()[name]), "sync")
        if self.front.visitors_elsewhere:
            self.find(f"{self.front.visitors_elsewhere} requests went where a redirect has sent them")
        self.catch_up("broken HTTP")

    def nonsense(self) -> None:
        self.kiosk.tell("call")
        verbs = self.verbs()
        for name, body in texts().items():
            for route in verbs if self.full else ["sync", self.chance.choice(list(verbs))]:
                answer = says(reply(body), then_close=False)
                self.attack_unmoved(f"{name} on {route}", self.route(route, answer), verbs[route])
        for name, body in wrong_types().items():
            self.attack_unmoved(name, {ROUTES["sync"]: says(reply(body), then_close=False)}, "sync")
        for name, message in problems().items():
            for route in verbs if self.full else ["sync"]:
                answer = says(message, then_close=False)
                self.attack_unmoved(f"{name} on {route}", self.route(route, answer), verbs[route])
        self.catch_up("nonsense")

    def lies(self) -> None:
        """Well said, and not true. No visitor's op may go or change for it."""
        epochs = {ROUTES["sync"]: self.lie(epoch=lambda: f"hostile-{self.chance.random()}")}
        two_epochs = {ROUTES["sync"]: self.lie(epoch=lambda: self.chance.choice(["old", "older"]))}
        waiting = self.kiosk.tell("call")[0]
        result = {"id": waiting, "code": "", "data": {}}
        one = {
            "accepted, and is not": self.lie(results=[{**result, "status": "applied"}]),
            "refused, and is not": self.lie(results=[{**result, "status": "rejected", "code": "closed"}]),
            "further than there is": self.lie(applied_through=2**62),
            "further back than ever": self.lie(applied_through=-(2**62)),
            "the year 9999": self.lie(time="9999-12-31T23:59:59Z"),
            "the year 0": self.lie(time="0000-01-01T00:00:00Z"),
            "poll in 60 years": self.lie(next_poll_s=2**31 - 1),
            "poll at once": self.lie(next_poll_s=-5),
            "a fleet": self.lie(fleet=True),
            "nothing is left": self.lie(cursor="c1:9999999999"),
        }
        for name, answer in one.items():
            self.lied_to(name, {ROUTES["sync"]: answer})
            self.catch_up(name)
        for name, answers in (("other epochs", epochs), ("old epochs", two_epochs)):
            for _ in range(30 if self.full else 5):
                self.lied_to(name, answers)
            self.catch_up(name)
        self.feed_flood()

    def lied_to(self, name: str, answers: Dict[str, Answer]) -> None:
        before = self.kiosk.ops()
        self.attack(name, answers, "sync")
        if self.kiosk.ops() != before:
            self.find(f"{name}: what visitors confirmed is not what it was")

    def feed_flood(self) -> None:
        """States without end, each new, and always more of them."""
        place = iter(range(10**9, 10**10))

        def changes() -> list:
            data = {"day": "2099-01-01", "x": "x" * 3500}
            return [{"t": "slot", "k": f"hostile-{next(place)}", "v": 1, "d": data} for _ in range(200)]

        flood = self.lie(more=True, changes=changes, cursor=lambda: f"c1:{next(place)}")
        self.lied_to("a feed without end", {ROUTES["sync"]: flood})
        deadline = time.monotonic() + (60 if self.full else 2)
        while time.monotonic() < deadline:
            time.sleep(0.1)  # the kiosk goes on by itself
            self.database_mb = max(self.database_mb, self.kiosk.database_mb())
        self.lied_to("a feed without end", {ROUTES["sync"]: flood})
        self.catch_up("a feed without end")

    def content_tricks(self) -> None:
        """Manifests that lead elsewhere, packs that are none."""
        self.kiosk.tell("call")
        good = sha256(b"{}")
        junk = says(reply(b"junk" * 50), then_close=False)
        tricky = ["../../../../etc/passwd", "..", "", "/", "x" * 60_000, good.upper(), good[:-1], good + "/.."]
        tricky += [f"{good}?x=1", f"{good}\r\nHost: evil", f"../lookup#{good}", "%2e%2e%2f" * 7 + "a"]
        manifests = {f"pack named {name[:20]!r}": [("catalogue", name, 2)] for name in tricky}
        manifests |= {f"law named {name[:20]!r}": [("laws", name, 2)] for name in tricky}
        manifests |= {
            f"{name} of {size} bytes": [(name, good, size)]
            for name in ("catalogue", "laws")
            for size in (-1, 0, 1, 2**40, 2**63 - 1)
        }
        manifests |= {
            "names with paths": [("../../kiosk.db", good, 2), ("/etc/passwd", good, 2)],
            "packs nobody knows": [(f"hostile-{n}", sha256(b"%d" % n), 30_000_000) for n in range(15)],
            "17 packs": [("catalogue", sha256(b"%d" % n), 2) for n in range(17)],
            "100,000 packs": [("catalogue", sha256(b"%d" % n), 2) for n in range(100_000)],
            "another pack than named": [("catalogue", good, 200)],
            "a law of noise": [("laws", sha256(b"law"), 200)],
        }
        for name, packs in manifests.items():
            entries = [{"name": each, "sha256": named, "size": size} for each, named, size in packs]
            self.attack_unmoved(name, self.content(entries, junk), "sync")
        # Named rightly and useless: it is kept until somebody has looked at it.
        files = {"files": {"../../../etc/cron.d/x": "x", "menu.toml": "]" * 100}}
        bodies = [b"[" * 4_000_000, json.dumps(files).encode(), b'{"files":{}}', b'{"files":7}']
        bodies += [json.dumps({"files": {"menu.toml": "[[[" * 300_000}}).encode()]
        bodies += [b'{"files":{"a":"%d"}}' % n + b" " * 900_000 for n in range(100 if self.full else 20)]
        active = self.kiosk.query("SELECT sha256 FROM pack WHERE state = 'active'")[0][0]
        for body in bodies:
            entries = [{"name": "catalogue", "sha256": sha256(body), "size": len(body)}]
            self.attack("useless packs", self.content(entries, says(reply(body), then_close=False)), "sync")
            began = time.monotonic()
            self.kiosk.tell("rest")
            if time.monotonic() - began > 2:
                self.find(f"{body[:30]!r}: the screen stood for {time.monotonic() - began:.1f} s")
        if self.kiosk.query("SELECT sha256 FROM pack WHERE state = 'active'")[0][0] != active:
            self.find("a useless pack is in force")
        self.catch_up("content that leads elsewhere")

    def enrolment(self) -> None:
        """A kiosk that is new; its code must still be good afterwards."""
        self.front.set({"/v1/enrol": says(b"")})  # as long as it starts
        newcomer = self.stage.puppet("newcomer")
        newcomer.tell("sync")
        good = {"kiosk_id": "0199c0de-0000-7000-8000-000000000001", "number": 1}
        good |= {"center_id": "x", "epoch": "e"}
        wrong = [{**good, "number": number} for number in (0, -1, 1000, 2**70, "1", None)]
        wrong += [{**good, "kiosk_id": each} for each in ("", "../x", "0" * 36, 7)]
        wrong += [{**good, "center_id": "x" * 900_000}, {**good, "epoch": ""}, {**good, "epoch": "e" * 9999}]
        answers = {f"enrolled as {str(each)[:70]}": reply(json.dumps(each).encode()) for each in wrong}
        answers |= {name: reply(body) for name, body in texts().items()}
        answers |= problems()
        for name, message in answers.items():
            self.attack_unmoved(f"{name} on enrol", {"/v1/enrol": says(message, then_close=False)}, "sync", newcomer)
        for name, answer in {**raw(self.chance, self.front.elsewhere_port), **slow()}.items():
            if self.full:
                self.attack_unmoved(f"{name} on enrol", {"/v1/enrol": answer}, "sync", newcomer)
        self.front.set()
        if newcomer.tell("sync")[0] != "-" or not newcomer.state()["kiosk_id"]:
            self.find("after all that the honest server does not enrol the newcomer")

    def run(self) -> None:
        self.open()
        for each in (self.broken_http, self.nonsense, self.lies, self.content_tricks, self.enrolment):
            before = self.attacks
            began = time.monotonic()
            each()
            print(f"{each.__name__:<16} {self.attacks - before:>4} attacks in {time.monotonic() - began:.1f} s", flush=True)
        if self.kiosk.end() != 0:
            self.find(f"the kiosk did not end well:\n{self.kiosk.last_words()}")

    def outcome(self, seed: int) -> dict:
        print(f"slowest: {self.slowest}")
        return {
            "promise": PROMISE,
            "figure": f"{self.attacks} attacks: at most +{self.added_mb:.0f} MB, {self.slowest_s:.1f} s, "
            f"database {self.database_mb:.0f} MB; {len(self.findings)} got through",
            "seed": seed,
            "broken": len(self.findings),
            "attacks": self.attacks,
            "added_mb": round(self.added_mb, 1),
            "slowest_s": round(self.slowest_s, 2),
            "database_mb": round(self.database_mb, 1),
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--central", required=True, help="the program kiosk-central")
    parser.add_argument("--puppet", required=True, help="the program kiosk_puppet")
    parser.add_argument("--share", choices=("short", "full"), default="short")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    print(f"seed: {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="kiosk-faults-") as folder, contextlib.ExitStack() as stack:
        try:
            stage = Stage(Path(folder), options)
            stack.callback(stage.end)
            trial = Trial(stage, options)
            trial.run()
        except Broken as broken:
            print(broken, file=sys.stderr)
            return 1
        outcome = trial.outcome(options.seed)
    print(json.dumps(outcome, ensure_ascii=False))
    return 0 if outcome["broken"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
