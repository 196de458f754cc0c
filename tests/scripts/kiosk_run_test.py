#!/usr/bin/env python3
"""kiosk/run seen from outside: options, exit codes, law text, the two programs and their end.

The script runs in a tree of its own with stand-ins for cmake and the three programs; git, flock,
the shell and the loopback are real.
"""

import os
import shutil
import signal
import socket
import stat
import subprocess
import threading
import time
import unittest
from pathlib import Path

from tree import PROJECT, TreeTest

PINNED = "5c000d28a6cc4632797afd652728b4e04bbd311d"

# Builds nothing: `cmake --build` puts the stand-ins where the programs belong.
CMAKE = """#!/usr/bin/env bash
echo "cmake $*" >>"$STAGE/calls"
[ "$1" != --build ] || { mkdir -p "$2/bin" && cp "$STAGE"/programs/* "$2/bin/"; }
"""

KIOSKCTL = """#!/usr/bin/env bash
echo "kioskctl $*" >>"$STAGE/calls"
[ ! -e "$STAGE/no-import" ] || { echo "kioskctl: not a law archive" >&2; exit 1; }
echo library >"$5"
"""

# Ready at the third question; says goodbye when asked to end.
CENTRAL = """#!/usr/bin/env python3
import http.server, os, signal, sys
stage = os.environ["STAGE"]
with open(f"{stage}/calls", "a") as calls:
    print("kiosk-central", *sys.argv[1:], file=calls)
if sys.argv[1] == "enrol-code":
    print("K7Q2-M9XR")
    sys.exit(0)
if os.path.exists(f"{stage}/no-central"):
    sys.exit("the database is of a later version")

class Answer(http.server.BaseHTTPRequestHandler):
    questions = 0
    def do_GET(self):
        Answer.questions += 1
        self.send_response(200 if self.path == "/readyz" and Answer.questions >= 3 else 503)
        self.end_headers()
    def log_message(self, *_):
        pass

def end(*_):
    with open(f"{stage}/calls", "a") as calls:
        print("kiosk-central ended", file=calls)
    os._exit(0)

signal.signal(signal.SIGTERM, end)
host, port = sys.argv[sys.argv.index("--listen") + 1].split(":")
server = http.server.HTTPServer((host, int(port)), Answer)
open(f"{stage}/central.pid", "w").write(str(os.getpid()))
server.serve_forever()
"""

# Shows how it was called, then does what the test wrote into $STAGE/kiosk: end with a code, or wait.
KIOSK = """#!/usr/bin/env bash
trap 'echo "kiosk ended" >>"$STAGE/calls"; exit 0' TERM
echo "kiosk $*" >>"$STAGE/calls"
for word; do
  if [ "${before:-}" = --enrol-code-file ]; then stat -c %a "$word" >"$STAGE/mode"; cp "$word" "$STAGE/code"; fi
  before=$word
done
[ ! -e "$STAGE/exit" ] || exit "$(cat "$STAGE/exit")"
touch "$STAGE/waiting"
while true; do sleep 0.05; done
"""


class KioskRunTest(TreeTest):
    def setUp(self) -> None:
        super().setUp()
        self.stage = self.root / "stage"
        self.data = self.root / "data"
        for path in ("kiosk/run", "platform/debian/install-packages", "platform/debian/packages"):
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / path, self.root / path)
        self.program("stage/bin/cmake", CMAKE)
        self.program("stage/programs/kioskctl", KIOSKCTL)
        self.program("stage/programs/kiosk-central", CENTRAL)
        self.program("stage/programs/kiosk", KIOSK)
        self.display = self.listening_display()
        self.env = os.environ | {
            "STAGE": str(self.stage),
            "PATH": f"{self.stage}/bin:{os.environ['PATH']}",
            "DISPLAY": self.display,
            "KIOSK_LAWS_GIT": str(self.root / "no-repository"),
        }

    def program(self, path: str, text: str) -> None:
        self.write(path, text)
        (self.root / path).chmod(0o755)

    def listening_display(self) -> str:
        """An X display as far as its socket goes; the stand-in for the kiosk opens no window."""
        for number in range(700, 800):
            server = socket.socket(socket.AF_UNIX)
            try:
                server.bind(f"\0/tmp/.X11-unix/X{number}")
            except OSError:
                server.close()
                continue
            server.listen()
            self.addCleanup(server.close)
            return f":{number}"
        self.fail("no free display number")

    def stage_says(self, name: str, text: str = "") -> None:
        (self.stage / name).write_text(text)

    def run_kiosk(self, *options: str) -> subprocess.CompletedProcess:
        """Runs to the end; the kiosk closes at once unless the test said otherwise."""
        if not (self.stage / "exit").exists():
            self.stage_says("exit", "0")
        return subprocess.run(
            [self.root / "kiosk/run", *options],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def start_kiosk(self, *options: str) -> subprocess.Popen:
        """Starts, and returns when the kiosk's window would be open."""
        running = subprocess.Popen(
            [self.root / "kiosk/run", *options],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(self.end, running)
        self.wait_for(self.stage / "waiting")
        return running

    def end(self, running: subprocess.Popen) -> None:
        if running.poll() is None:
            running.terminate()
        running.communicate(timeout=30)

    def wait_for(self, file: Path) -> None:
        deadline = time.monotonic() + 30
        while not file.exists():
            self.assertLess(time.monotonic(), deadline, f"{file} did not appear")
            time.sleep(0.02)

    def calls(self, program: str) -> list[str]:
        file = self.stage / "calls"
        lines = file.read_text().splitlines() if file.exists() else []
        return [line for line in lines if line.split()[0] == program]

    def assert_refused(self, done: subprocess.CompletedProcess, words: str) -> None:
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(words, done.stderr.splitlines()[-1])
        self.assertEqual(self.calls("cmake"), [], "refused only after the build")


class Options(KioskRunTest):
    def test_help_names_every_option(self) -> None:
        done = self.run_kiosk("--help")
        self.assertEqual(done.returncode, 0)
        for option in ("fullscreen", "portrait", "landscape", "laws", "data", "offline"):
            self.assertIn(f"--{option}", done.stdout)

    def test_an_unknown_option_shows_the_usage(self) -> None:
        done = self.run_kiosk("--full-screen")
        self.assert_refused(done, "unknown option --full-screen")
        self.assertIn("--fullscreen", done.stderr)

    def test_an_option_without_its_value(self) -> None:
        self.assert_refused(self.run_kiosk("--laws"), "--laws needs a value")

    def test_laws_that_are_not_there(self) -> None:
        self.assert_refused(self.run_kiosk("--laws", "/nowhere"), "there is no /nowhere")

    def test_no_display_names_xvfb(self) -> None:
        del self.env["DISPLAY"]
        done = self.run_kiosk()
        self.assert_refused(done, "xvfb-run")
        self.assertEqual(len(done.stderr.splitlines()), 1)

    def test_a_display_nobody_serves(self) -> None:
        self.env["DISPLAY"] = ":699"
        self.assert_refused(self.run_kiosk(), "xvfb-run")

    def test_desk_window_upright_by_default(self) -> None:
        self.run_kiosk("--offline")
        self.assertIn("--windowed --portrait", self.calls("kiosk")[0])

    def test_the_kiosk_is_told_where_its_files_are(self) -> None:
        self.run_kiosk("--offline")
        for option, place in (("config", "config"), ("assets", "assets"), ("pinyin", "build/rime")):
            self.assertIn(f"--{option} {self.root}/{place} ", self.calls("kiosk")[0])

    def test_fullscreen_and_landscape_reach_the_kiosk(self) -> None:
        self.run_kiosk("--offline", "--fullscreen", "--landscape")
        self.assertIn("--fullscreen --landscape", self.calls("kiosk")[0])

    def test_a_data_folder_is_made_for_its_owner_alone(self) -> None:
        place = self.root / "place" / "of its own"
        self.run_kiosk("--offline", "--data", str(place))
        self.assertEqual(stat.S_IMODE(place.stat().st_mode), 0o700)
        self.assertIn(f"--data {place}", self.calls("kiosk")[0])
        self.assertFalse(self.data.exists())

    def test_the_build_is_a_release_build_of_the_programs(self) -> None:
        self.run_kiosk("--offline")
        configure, build = self.calls("cmake")
        self.assertIn("-DCMAKE_BUILD_TYPE=Release", configure)
        self.assertTrue(build.endswith(f"--build {self.root}/build"))

    def test_missing_packages_stop_it_before_the_build(self) -> None:
        self.program("stage/bin/dpkg-query", "#!/bin/sh\n")
        self.program("stage/bin/id", "#!/bin/sh\necho 1000\n")
        self.hide("sudo")
        self.assert_refused(self.run_kiosk(), "apt-get install --no-install-recommends -y")

    def hide(self, name: str) -> None:
        """A PATH that holds everything it held but one program."""
        folder = self.stage / "path"
        folder.mkdir()
        for place in reversed(self.env["PATH"].split(":")):
            for program in Path(place).glob("*") if Path(place).is_dir() else ():
                link = folder / program.name
                link.unlink(missing_ok=True)
                if program.name != name:
                    link.symlink_to(program)
        self.env["PATH"] = str(folder)


class LawText(KioskRunTest):
    def make_repository(self) -> str:
        """A bare repository with one law; returns the id of its commit."""
        work = self.root / "work"
        self.git("init", "-q", str(work))
        (work / "law.md").write_text("# 某法\n")
        self.git("-C", str(work), "add", ".")
        self.git("-C", str(work), "commit", "-q", "-m", "law")
        (work / "law.md").write_text("# 某法（后来改过）\n")
        self.git("-C", str(work), "commit", "-q", "-a", "-m", "later")
        self.git("clone", "-q", "--bare", str(work), str(self.root / "laws.git"))
        self.env["KIOSK_LAWS_GIT"] = str(self.root / "laws.git")
        return self.git("-C", str(work), "rev-parse", "HEAD~1")

    def git(self, *words: str) -> str:
        who = ["-c", "user.name=test", "-c", "user.email=test@localhost"]
        done = subprocess.run(["git", *who, *words], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def pin(self, commit: str) -> None:
        script = self.root / "kiosk/run"
        text = script.read_text(encoding="utf-8")
        self.assertIn(PINNED, text)
        script.write_text(text.replace(PINNED, commit), encoding="utf-8")

    def imports(self) -> list[str]:
        return [line.split()[3] for line in self.calls("kioskctl")]

    def test_the_pinned_commit_is_fetched_read_and_shown(self) -> None:
        self.pin(self.make_repository())
        done = self.run_kiosk("--offline")
        self.assertEqual(done.returncode, 0, done.stderr)
        folder = self.data / "just-laws"
        self.assertEqual((folder / "law.md").read_text(), "# 某法\n")
        self.assertEqual(self.imports(), [str(folder)])
        self.assertIn(f"--laws-db {self.data}/laws.db", self.calls("kiosk")[0])

    def test_fetched_and_read_once(self) -> None:
        self.pin(self.make_repository())
        self.run_kiosk("--offline")
        shutil.rmtree(self.root / "laws.git")
        done = self.run_kiosk("--offline")
        self.assertNotIn("Fetching", done.stdout + done.stderr)
        self.assertEqual(len(self.imports()), 1)

    def test_another_commit_is_not_taken(self) -> None:
        self.make_repository()
        done = self.run_kiosk("--offline")
        self.assertEqual(done.returncode, 0)
        self.assertIn("kiosk/run --laws PATH", done.stdout)
        self.assertFalse((self.data / "just-laws").exists())

    def test_without_network_it_opens_and_says_how_to_add_law_text(self) -> None:
        done = self.run_kiosk("--offline")
        self.assertEqual(done.returncode, 0)
        self.assertIn("kiosk/run --laws PATH", done.stdout)
        self.assertNotIn("--laws-db", self.calls("kiosk")[0])

    def test_an_address_that_never_answers_costs_ten_seconds(self) -> None:
        silent = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(silent.close)
        self.env["KIOSK_LAWS_GIT"] = f"http://127.0.0.1:{silent.getsockname()[1]}/laws.git"
        start = time.monotonic()
        done = self.run_kiosk("--offline")
        self.assertEqual(done.returncode, 0)
        self.assertLess(time.monotonic() - start, 20)
        self.assertIn("--laws PATH", done.stdout)

    def test_given_law_text_is_read_once_and_remembered(self) -> None:
        self.write("my laws/law.md", "# 某法\n")
        given = self.root / "my laws"
        self.run_kiosk("--offline", "--laws", str(given))
        self.run_kiosk("--offline", "--laws", str(given))
        self.run_kiosk("--offline")
        self.assertEqual(len(self.calls("kioskctl")), 1)
        self.assertIn(str(given), self.calls("kioskctl")[0])

    def test_given_law_text_that_changed_is_read_again(self) -> None:
        self.write("laws/law.md", "# 某法\n")
        self.run_kiosk("--offline", "--laws", str(self.root / "laws"))
        self.write("laws/second.md", "# 另一法\n")
        self.run_kiosk("--offline")
        self.assertEqual(len(self.imports()), 2)

    def test_given_law_text_that_cannot_be_read_is_an_error(self) -> None:
        self.write("laws.zip", "?")
        self.stage_says("no-import")
        done = self.run_kiosk("--offline", "--laws", str(self.root / "laws.zip"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("could not be read", done.stderr)
        self.assertEqual(self.calls("kiosk"), [])


class TwoPrograms(KioskRunTest):
    def is_alive(self, pid: int) -> bool:
        return Path(f"/proc/{pid}").exists()

    def central_pid(self) -> int:
        return int((self.stage / "central.pid").read_text())

    def test_the_kiosk_is_enrolled_with_a_ready_server(self) -> None:
        done = self.run_kiosk()
        self.assertEqual(done.returncode, 0, done.stderr)
        started, code = self.calls("kiosk-central")[:2]
        address = started.split()[2]
        self.assertTrue(address.startswith("127.0.0.1:"))
        self.assertIn(f"--data {self.data}/central", code)
        self.assertIn(f"--server http://{address}", self.calls("kiosk")[0])

    def test_the_enrolment_code_is_for_the_kiosk_alone(self) -> None:
        self.run_kiosk()
        self.assertEqual((self.stage / "code").read_text(), "K7Q2-M9XR\n")
        self.assertEqual((self.stage / "mode").read_text(), "600\n")
        self.assertNotIn("K7Q2", self.calls("kiosk")[0])
        self.assertFalse((self.data / "enrol-code").exists())

    def test_a_taken_port_is_passed_over(self) -> None:
        taken = socket.socket()
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.addCleanup(taken.close)
        try:
            taken.bind(("127.0.0.1", 8750))
            taken.listen()
        except OSError:
            pass  # taken by someone else: as good
        self.assertEqual(self.run_kiosk().returncode, 0)
        self.assertNotIn("127.0.0.1:8750 ", self.calls("kiosk-central")[0])

    def test_offline_starts_no_server(self) -> None:
        done = self.run_kiosk("--offline")
        self.assertEqual(done.returncode, 0)
        self.assertEqual(self.calls("kiosk-central"), [])
        self.assertIn("--offline", self.calls("kiosk")[0])

    def test_when_the_kiosk_is_closed_the_server_ends(self) -> None:
        self.run_kiosk()
        self.assertEqual(self.calls("kiosk-central")[-1], "kiosk-central ended")
        self.assertFalse(self.is_alive(self.central_pid()))

    def test_ctrl_c_ends_the_kiosk_then_the_server(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(signal=number.name):
                (self.stage / "calls").unlink(missing_ok=True)
                (self.stage / "waiting").unlink(missing_ok=True)
                running = self.start_kiosk()
                running.send_signal(number)
                running.communicate(timeout=30)
                self.assertEqual(running.returncode, 0)
                ended = [c for c in (self.stage / "calls").read_text().splitlines() if "ended" in c]
                self.assertEqual(ended, ["kiosk ended", "kiosk-central ended"])
                self.assertFalse(self.is_alive(self.central_pid()))

    def test_a_second_start_on_the_same_data_is_refused(self) -> None:
        self.start_kiosk("--offline")
        (self.stage / "calls").unlink()
        done = self.run_kiosk("--offline")
        self.assert_refused(done, "already running on")
        self.assertEqual(len(done.stderr.splitlines()), 1)

    def test_after_it_ended_it_starts_again(self) -> None:
        running = self.start_kiosk()
        running.terminate()
        running.communicate(timeout=30)
        self.assertEqual(self.run_kiosk().returncode, 0)

    def test_a_server_that_cannot_start_is_named_with_its_reason(self) -> None:
        self.stage_says("no-central")
        done = self.run_kiosk()
        self.assertEqual(done.returncode, 1)
        self.assertIn("the database is of a later version", done.stderr)
        self.assertEqual(self.calls("kiosk"), [])

    def test_when_the_server_dies_the_kiosk_goes_on_and_it_is_said(self) -> None:
        running = self.start_kiosk()
        os.kill(self.central_pid(), signal.SIGKILL)
        said = threading.Event()
        words = []

        def listen() -> None:
            for line in running.stderr:
                words.append(line)
                if "goes on without it" in line:
                    said.set()
                    return

        listener = threading.Thread(target=listen)
        listener.start()
        self.assertTrue(said.wait(30), words)
        self.assertIsNone(running.poll())
        running.terminate()
        listener.join()
        running.communicate(timeout=30)
        self.assertEqual(self.calls("kiosk")[-1], "kiosk ended")

    def test_a_kiosk_that_fails_is_a_failure(self) -> None:
        self.stage_says("exit", "3")
        done = self.run_kiosk()
        self.assertEqual(done.returncode, 1)
        self.assertIn("exit code 3", done.stderr)
        self.assertEqual(self.calls("kiosk-central")[-1], "kiosk-central ended")


if __name__ == "__main__":
    unittest.main()
