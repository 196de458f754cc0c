"""A hall with a real server, a real kiosk in a real window, and a line between them that can be cut.

Knows where both keep what they know, and nothing of what visitors do.
"""

import contextlib
import re
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Callable

from programs import PROJECT, Program, await_ready, await_that, free_port, write_config

from proxy import Proxy
from visitor import Display, Visitor

START_S = 60
SEND_S = 60

# A made-up law; its second article is what lay words for unpaid wages lead to.
LAW = """# 中华人民共和国撑伞用工法

2021年12月1日 撑伞大会通过

<!-- INFO END -->

第一条 为了让撑伞人安心干活，制定本法。

第二条 雇人撑伞的，应当按月足额支付劳动报酬；拖欠工资的，由伞务部门责令支付。

第三条 撑伞的时候，应当看路、看人、看风向，不得戳到别人。

第四条 雨停以后，应当把伞收好。

第五条 本法自2022年1月1日起施行。
"""


def rows(file: Path, query: str, *values) -> list:
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return database.execute(query, values).fetchall()


def poll_rarely(settings: Path) -> None:
    """So that only the visitor's requests are on the line."""
    text = settings.read_text()
    rarely, found = re.subn(r"^next_poll_s = .*$", "next_poll_s = 600", text, flags=re.M)
    settings.write_text(rarely if found else "next_poll_s = 600\n" + text)


class Hall:
    """Server, line and kiosk, in a folder of their own. `cleanup(work, *arguments)` has work done
    when all is over, the last one first: TestCase.addCleanup, ExitStack.callback."""

    def __init__(self, cleanup: Callable, programs: Path, pinyin: Path) -> None:
        temporary = tempfile.TemporaryDirectory(prefix="kiosk-window-")
        cleanup(temporary.cleanup)
        self.folder = folder = Path(temporary.name)
        self.data = folder / "kiosk"
        self.center_db = folder / "central/central.db"
        self.touch_map = folder / "touch-map"
        config = folder / "config"
        write_config(config)
        poll_rarely(config / "central.toml")
        port = free_port()
        center = ["--config", str(config), "--data", str(folder / "central")]
        central = str(programs / "kiosk-central")
        self.server = Program(
            "kiosk-central",
            [central, "--listen", f"127.0.0.1:{port}", *center],
            folder / "central.log",
        )
        cleanup(self.server.end)
        self.server.start()
        await_ready(self.server, f"http://127.0.0.1:{port}", START_S)
        code = folder / "enrol-code"
        code.write_bytes(subprocess.check_output([central, "enrol-code", *center]))
        self.line = Proxy(port)
        cleanup(self.line.close)
        self.display = Display()
        cleanup(self.display.close)
        self.words = [str(programs / "kiosk"), "--data", str(self.data), "--config", str(config)]
        self.words += ["--assets", str(PROJECT / "assets"), "--pinyin", str(pinyin)]
        self.kiosk = Program(
            "kiosk",
            self.words
            + ["--server", f"http://127.0.0.1:{self.line.port}", "--enrol-code-file", str(code)]
            + ["--laws-db", str(self.import_law(programs))]
            + ["--touch-map", str(self.touch_map)],
            folder / "kiosk.log",
            self.display.environment,
        )
        cleanup(self.kiosk.end)

    def import_law(self, programs: Path) -> Path:
        law = self.folder / "laws/laws/社会法/撑伞用工法(2021-12-01).md"
        law.parent.mkdir(parents=True)
        law.write_text(LAW)
        library = self.folder / "laws.db"
        subprocess.run(
            [programs / "kioskctl", "laws", "import", law.parents[2], "--db", library],
            check=True,
            capture_output=True,
        )
        return library

    def open(self) -> float:
        """Seconds from the start of the program to its first picture."""
        began = time.monotonic()
        self.touch_map.unlink(missing_ok=True)  # of an earlier life
        self.kiosk.start()

        def first_picture() -> bool:
            self.kiosk.must_live()
            return self.touch_map.exists()

        await_that("the first picture", first_picture, START_S)
        return time.monotonic() - began

    def let_in(self) -> Visitor:
        """Once the kiosk knows the center's slots and has put its menu into force."""

        def in_force() -> bool:
            return self.from_kiosk(
                "SELECT 1 FROM sync_state, pack WHERE caught_up = 1 AND state = 'active'"
            ) == [(1,)]

        await_that("the center's content is in force", in_force, SEND_S)
        return Visitor(self.display.environment, self.touch_map)

    # ---- what both sides have --------------------------------------------------------------------

    def at_center(self, table: str) -> int:
        return rows(self.center_db, f"SELECT count(*) FROM {table}")[0][0]

    def from_kiosk(self, query: str, *values) -> list:
        return rows(self.data / "kiosk.db", query, *values)

    def waiting(self) -> int:
        return self.from_kiosk("SELECT count(*) FROM outbox WHERE state = 'waiting'")[0][0]

    def sent(self, kind: str) -> int:
        return self.from_kiosk("SELECT count(*) FROM outbox WHERE kind = ?", kind)[0][0]

    def refused(self) -> list:
        return self.from_kiosk("SELECT kind, code FROM outbox WHERE state = 'refused'")

    def slips(self) -> int:
        return len(list((self.data / "slips").glob("*.png")))

    def await_all_answered(self) -> None:
        await_that("the server has answered everything", lambda: self.waiting() == 0, SEND_S)
