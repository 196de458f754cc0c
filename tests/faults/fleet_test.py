#!/usr/bin/env python3
"""Equal servers over one PostgreSQL, behind nginx, are stopped and started one by one under load:
no op fails, nothing is lost, nothing doubled.

    with_postgres fleet_test.py --central PROGRAM --load PROGRAM [--servers N] [--rounds R] [--seed S]

A kiosk whose visitors never stop (load.cpp) knows only nginx. Every round each server is stopped as
an upgrade would, stays away for a while and comes back; one of them is killed as well. The kiosk may
not notice a stop: its log has no failed exchange. In the end the three books are compared (books.py).
"""

import argparse
import contextlib
import csv
import io
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import List

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
# pylint: disable=wrong-import-position
from programs import Broken, Program, await_ready, await_that, free_port, write_config

from books import Books, agree
from kill_test import read_journal

START_S = 30
DRAIN_S = 60
STOP_S = 15
LONGEST_ABSENCE_S = 0.5
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
        self.servers: List[Program] = []
        self.addresses: List[str] = []
        for number in range(options.servers):
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
        servers = " ".join(f"server {each.removeprefix('http://')} max_fails=1 fail_timeout=1s;"
                           for each in self.addresses)
        settings = self.folder / "nginx.conf"
        settings.write_text(NGINX.format(folder=self.folder, servers=servers, port=port))
        front = Program("nginx", ["/usr/sbin/nginx", "-c", str(settings), "-e", "/dev/null"],
                        self.folder / "nginx.out")
        front.start()
        await_ready(front, self.front_address, START_S)
        return front

    def confirmed(self) -> int:
        return self.journal.read_bytes().count(b"\n") if self.journal.exists() else 0

    def await_visits(self) -> None:
        before = self.confirmed()
        await_that("visitors are served", lambda: self.confirmed() > before + 5, START_S)

    def replace(self, number: int, chance: random.Random) -> None:
        self.servers[number].stop(STOP_S)
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


def run(fleet: Fleet, options: argparse.Namespace) -> bool:
    chance = random.Random(options.seed)
    fleet.await_visits()
    for _ in range(options.rounds):
        for number in range(options.servers):
            fleet.replace(number, chance)
    failed = fleet.failed_exchanges()
    print(f"{options.rounds * options.servers} stops of servers, {fleet.confirmed()} confirmed on "
          f"screen, {len(failed)} failed exchanges")
    if failed:
        print("\n".join(failed), fleet.nginx_words(), sep="\n")
    # A kill may cost an answer, and nothing else.
    victim = chance.randrange(options.servers)
    fleet.servers[victim].kill()
    fleet.await_visits()
    fleet.kiosk.stop(DRAIN_S)
    for number, server in enumerate(fleet.servers):
        if number != victim:
            server.stop(STOP_S)
    books = Books(read_journal(fleet.journal), fleet.folder / "kiosk/kiosk.db",
                  copy_of(fleet.database, fleet.folder / "center.db"))
    with contextlib.closing(books):
        return agree(books) and not failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--central", required=True, help="the program kiosk-central")
    parser.add_argument("--load", required=True, help="the program kiosk_load")
    parser.add_argument("--servers", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    print(f"seed: {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="kiosk-fleet-") as folder:
        fleet = None
        try:
            fleet = Fleet(Path(folder), options)
            return 0 if run(fleet, options) else 1
        except Broken as broken:
            print(broken, file=sys.stderr)
            return 1
        finally:
            if fleet:
                fleet.end()


if __name__ == "__main__":
    sys.exit(main())
