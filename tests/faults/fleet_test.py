#!/usr/bin/env python3
"""Equal servers over one PostgreSQL, behind nginx, are stopped and started one by one under load:
no op fails, nothing is lost, nothing doubled.

    with_postgres fleet_test.py --central PROGRAM --load PROGRAM [--share short|full] [--seed S]

A kiosk whose visitors never stop (load.cpp) knows only nginx. Every round each server is stopped as
an upgrade would, stays away for a while and comes back; one of them is killed as well. The kiosk may
not notice a stop: its log has no failed exchange. In the end the history of what visitors tried and
the books are compared (history.py, books.py). The last line is the outcome as JSON.
"""

import argparse
import contextlib
import csv
import io
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, List, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
# pylint: disable=wrong-import-position
from programs import Broken, Program, await_ready, await_that, free_port, write_config

from books import Books, disagreements
from history import classify, confirmed, read_history

PROMISE = "servers are stopped and started one by one with no failed op"
START_S = 30
DRAIN_S = 60
STOP_S = 15
LONGEST_ABSENCE_S = 0.5


class Share(NamedTuple):
    servers: int
    rounds: int


SHARES = {"short": Share(3, 2), "full": Share(4, 50)}
NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream central {{
    {servers}
    keepalive 16;
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_pass http://central;
      # The same bytes may be sent twice: every op is applied once by its id.
      proxy_next_upstream error timeout http_502 http_503 non_idempotent;
      proxy_connect_timeout 1s;
    }}
  }}
}}
"""


class Fleet:
    """The servers, nginx in front of them, and a kiosk that knows only that."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self.folder = folder
        self.database = os.environ["KIOSK_TEST_POSTGRES"]
        config = folder / "config"
        write_config(config)
        with open(config / "central.toml", "a", encoding="utf-8") as settings:
            settings.write(f'\n[database]\npostgres = "{self.database}"\nconnections = 4\n')
        self.stops = 0
        self.servers: List[Program] = []
        self.addresses: List[str] = []
        for number in range(SHARES[options.share].servers):
            self.add_server(number, options.central, config)
        self.front = self.start_front()
        data = str(folder / "server0")
        code = folder / "enrol-code"
        code.write_bytes(subprocess.check_output(
            [options.central, "enrol-code", "--config", str(config), "--data", data]))
        self.journal = folder / "journal.tsv"
        self.kiosk = Program(
            "kiosk_load",
            [options.load, "--data", str(folder / "kiosk"), "--config", str(config)]
            + ["--server", self.front_address, "--journal", str(self.journal)]
            + ["--enrol-code-file", str(code), "--seed", str(options.seed)],
            folder / "kiosk.log",
        )
        self.kiosk.start()

    def add_server(self, number: int, central: str, config: Path) -> None:
        port, data = free_port(), self.folder / f"server{number}"
        data.mkdir(mode=0o700)
        if number > 0:
            shutil.copy(self.folder / "server0/case.key", data / "case.key")
        self.addresses.append(f"http://127.0.0.1:{port}")
        self.servers.append(Program(
            f"kiosk-central {number}",
            [central, "--listen", f"127.0.0.1:{port}", "--config", str(config), "--data", str(data)],
            self.folder / f"server{number}.log",
        ))
        self.servers[-1].start()
        await_ready(self.servers[-1], self.addresses[-1], START_S)

    def start_front(self) -> Program:
        port = free_port()
        self.front_address = f"http://127.0.0.1:{port}"
        servers = " ".join(f"server {each.removeprefix('http://')} max_fails=0;"
                           for each in self.addresses)
        settings = self.folder / "nginx.conf"
        settings.write_text(NGINX.format(folder=self.folder, servers=servers, port=port))
        front = Program("nginx", ["/usr/sbin/nginx", "-c", str(settings), "-e", "/dev/null"],
                        self.folder / "nginx.out")
        front.start()
        await_ready(front, self.front_address, START_S)
        return front

    def told(self) -> int:
        return self.journal.read_bytes().count(b"\nok\t") if self.journal.exists() else 0

    def await_visits(self) -> None:
        before = self.told()
        await_that("visitors are served", lambda: self.told() > before + 5, START_S)

    def replace(self, number: int, chance: random.Random) -> None:
        self.servers[number].stop(STOP_S)
        self.stops += 1
        self.kiosk.live(chance.uniform(0, LONGEST_ABSENCE_S))
        self.await_visits()
        self.servers[number].start()
        await_ready(self.servers[number], self.addresses[number], START_S)

    def failed_exchanges(self) -> List[str]:
        lines = self.kiosk.log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if "sync.failed" in line]

    def nginx_words(self) -> str:
        log = self.folder / "nginx.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def end(self) -> None:
        for each in [self.kiosk, self.front, *self.servers]:
            each.end()


def copy_of(database: str, file: Path) -> Path:
    """The tables of the center in a file that books.py reads."""
    def rows_of(query: str) -> List[List[str]]:
        words = subprocess.check_output(["psql", database, "--csv", "-q", "-c", query], text=True)
        return list(csv.reader(io.StringIO(words)))

    copy = sqlite3.connect(file)
    for (table,) in rows_of("SELECT table_name FROM information_schema.tables "
                            "WHERE table_schema = 'public'")[1:]:
        types = dict(rows_of("SELECT column_name, data_type FROM information_schema.columns "
                             f"WHERE table_name = '{table}' ORDER BY ordinal_position")[1:])
        columns = ", ".join(f'"{name}" {"INTEGER" if kind == "bigint" else "TEXT"}'
                            for name, kind in types.items())
        copy.execute(f'CREATE TABLE "{table}" ({columns})')
        for row in rows_of(f'SELECT * FROM "{table}"')[1:]:
            copy.execute(f'INSERT INTO "{table}" VALUES ({",".join("?" * len(row))})', row)
    copy.commit()
    copy.close()
    return file


def compare(fleet: Fleet, failed: int, seed: int) -> dict:
    history = read_history(fleet.journal)
    center = copy_of(fleet.database, fleet.folder / "center.db")
    with contextlib.closing(Books(confirmed(history), fleet.folder / "kiosk/kiosk.db", center)) as books:
        broken = disagreements(books) + failed
        classes = classify(history, books)
        for name, findings in classes.items():
            for finding in findings[:10]:
                print(f"{name}: {finding}")
        counts: Dict[str, int] = {name: len(findings) for name, findings in classes.items()}
        words = ", ".join(f"{count} {name}" for name, count in counts.items())
        return {
            "promise": PROMISE,
            "figure": f"{fleet.stops} stops, {len(books.outbox)} ops, {failed} failed exchanges: {words}",
            "seed": seed,
            "broken": broken + sum(counts.values()),
            "stops": fleet.stops,
            "ops": len(books.outbox),
            "failed": failed,
            **counts,
        }


def run(fleet: Fleet, options: argparse.Namespace) -> dict:
    chance = random.Random(options.seed)
    share = SHARES[options.share]
    fleet.await_visits()
    for _ in range(share.rounds):
        for number in range(share.servers):
            fleet.replace(number, chance)
    failed = fleet.failed_exchanges()
    if failed:
        print("\n".join(failed), fleet.nginx_words(), sep="\n")
    # A kill may cost an answer, and nothing else.
    victim = chance.randrange(share.servers)
    fleet.servers[victim].kill()
    fleet.await_visits()
    fleet.kiosk.stop(DRAIN_S)
    for number, server in enumerate(fleet.servers):
        if number != victim:
            server.stop(STOP_S)
    return compare(fleet, len(failed), options.seed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--central", required=True, help="the program kiosk-central")
    parser.add_argument("--load", required=True, help="the program kiosk_load")
    parser.add_argument("--share", choices=SHARES, default="short")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    print(f"seed: {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="kiosk-fleet-") as folder:
        fleet = None
        try:
            fleet = Fleet(Path(folder), options)
            outcome = run(fleet, options)
        except Broken as broken:
            print(broken, file=sys.stderr)
            return 1
        finally:
            if fleet:
                fleet.end()
    print(json.dumps(outcome, ensure_ascii=False))
    return 0 if outcome["broken"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
