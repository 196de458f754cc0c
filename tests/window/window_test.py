#!/usr/bin/env python3
"""The four journeys in a real window, with real taps, against the real server.

    window_test.py --programs FOLDER --pinyin FOLDER

A visitor (visitor.py) taps on the program kiosk under Xvfb. Between it and the server stands a line
that can be cut (proxy.py): before a request, while the server answers it, and after it. Whatever
the line does, every request arrives once. Skipped (exit code 77) where there is no Xvfb or xdotool.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path
from typing import Callable

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
# pylint: disable=wrong-import-position
from programs import await_that

from hall import SEND_S, START_S, Hall, rows
from visitor import Visitor

SKIPPED = 77
STOP_S = 2.0


# ---- the journeys, each up to the tap that confirms -----------------------------------------------


def next_page(visitor: Visitor) -> None:
    visitor.tap("action.primary")


def fill_in_booking(visitor: Visitor) -> None:
    visitor.tap("home.consult")
    visitor.choose("topic.wage")
    next_page(visitor)
    visitor.choose("way.onsite")
    next_page(visitor)
    visitor.tap(visitor.first_of("slot."))
    next_page(visitor)
    visitor.await_sight("field.no_phone")
    visitor.write_pinyin("wang")
    visitor.tap("field.phone")
    visitor.write("13812345678")
    next_page(visitor)
    visitor.choose("wish.unnamed")
    next_page(visitor)
    visitor.await_sight("action.primary")


def fill_in_ticket(visitor: Visitor) -> None:
    visitor.tap("home.notary")
    visitor.choose("matter.inherit")
    next_page(visitor)
    visitor.tap(visitor.first_of("paper."))


def fill_in_mediation(visitor: Visitor) -> None:
    visitor.tap("home.mediation")
    visitor.tap("safety.safe")
    visitor.choose("choice.loan")
    next_page(visitor)
    visitor.await_sight("field.reach")
    visitor.write_pinyin("zhang")
    visitor.tap("field.reach")
    visitor.write("139")
    next_page(visitor)
    visitor.await_rest()
    visitor.write_pinyin("jieqian")
    next_page(visitor)
    visitor.await_rest()
    visitor.write_pinyin("huanqian")
    next_page(visitor)
    visitor.tap(visitor.first_of("evidence."))
    next_page(visitor)
    visitor.choose("way.onsite")
    next_page(visitor)
    visitor.await_sight("day.none")
    visitor.tap("day.none")
    next_page(visitor)
    visitor.await_sight("field.no_phone")
    visitor.write_pinyin("wang")
    visitor.tap("field.no_phone")
    next_page(visitor)
    visitor.choose("choice.no")
    next_page(visitor)
    for answer in ("consent.yes", "consent.yes", "consent.yes"):
        visitor.tap(answer)
        next_page(visitor)
    visitor.await_rest()


def look_up_law(visitor: Visitor) -> None:
    visitor.tap("home.law")
    visitor.tap("search.query")
    visitor.write_pinyin("tuoqiangongzi")
    visitor.tap("key.finish")
    visitor.tap(visitor.first_of("result."))
    visitor.tap("reader.law")
    visitor.first_of("article.")
    visitor.tap("bar.home")
    visitor.await_sight("home.law")


class WindowTest(unittest.TestCase):
    """Every test has a hall to itself."""

    programs = Path()
    pinyin = Path()

    def setUp(self) -> None:
        self.hall = Hall(self.addCleanup, self.programs, self.pinyin)
        seconds = self.hall.open()
        print(f"start to first picture: {seconds:.2f} s", flush=True)
        self.visitor = self.hall.let_in()

    def travel(self, kind: str, table: str, fill_in: Callable[[Visitor], None]) -> None:
        """The same journey three times: the line is cut before, during and after the request."""
        for number, cut in enumerate(("before", "during", "after"), start=1):
            with self.subTest(cut=cut):
                began = time.monotonic()
                if cut == "before":
                    self.hall.line.cut()
                fill_in(self.visitor)
                self.assertEqual(self.hall.sent(kind), number - 1, "sent before it was confirmed")
                if cut == "during":
                    self.hall.line.cut_at_the_next_answer()
                next_page(self.visitor)
                await_that("it is confirmed", lambda: self.hall.sent(kind) == number, SEND_S)
                self.after_confirming(cut, table, number)
                await_that("the slip is there", lambda: self.hall.slips() == number, SEND_S)
                next_page(self.visitor)
                self.visitor.await_sight("home.consult")
                self.hall.line.restore()
                self.hall.await_all_answered()
                self.assertEqual(self.hall.at_center(table), number)
                self.assertEqual(self.hall.refused(), [])
                print(f"{kind}, cut {cut}: {time.monotonic() - began:.1f} s", flush=True)

    def after_confirming(self, cut: str, table: str, number: int) -> None:
        hall = self.hall
        if cut == "before":
            self.assertEqual(hall.at_center(table), number - 1)
        if cut == "during":
            await_that("the answer is lost", lambda: hall.line.swallowed == 1, SEND_S)
            self.assertEqual(hall.at_center(table), number)
            self.assertGreater(hall.waiting(), 0, "the kiosk cannot know yet")
        if cut == "after":
            hall.await_all_answered()
            hall.line.cut()

    def test_a_consultation_is_booked(self) -> None:
        self.travel("booking.request", "booking", fill_in_booking)
        bookings = rows(self.hall.center_db, "SELECT state, name, phone FROM booking")
        self.assertLessEqual({state for state, _, _ in bookings}, {"confirmed", "waitlisted"})
        self.assertEqual({phone for _, _, phone in bookings}, {"13812345678"})
        self.assertFalse(any(name.isascii() for _, name, _ in bookings), "pinyin was not composed")

    def test_a_number_is_drawn_and_paper_wins(self) -> None:
        self.travel("ticket.draw", "ticket", fill_in_ticket)
        held = self.hall.from_kiosk("SELECT id, number, own_series FROM ticket ORDER BY id")
        at_center = rows(self.hall.center_db, "SELECT id, number FROM ticket ORDER BY id")
        self.assertEqual([(one, number) for one, number, _ in held], at_center)
        self.assertEqual([own for _, _, own in held], [1, 1, 0])

    def test_mediation_is_asked_for(self) -> None:
        self.travel("intake.file", "request", fill_in_mediation)

    def test_the_law_is_looked_up(self) -> None:
        look_up_law(self.visitor)
        self.hall.line.cut()
        look_up_law(self.visitor)
        self.hall.line.restore()
        look_up_law(self.visitor)

    def test_tab_and_enter_open_a_tile(self) -> None:
        self.visitor.await_sight("home.consult")
        self.visitor.await_rest()
        for _ in range(20):
            if not self.visitor.sees("home.consult"):
                return
            self.visitor.press("Tab", "Return")
            self.visitor.await_rest()
        self.fail("no tile was opened")

    def test_a_second_start_on_the_same_data_is_refused_in_one_line(self) -> None:
        second = subprocess.run(
            self.hall.words,
            env=self.hall.display.environment,
            capture_output=True,
            text=True,
            timeout=START_S,
            check=False,
        )
        self.assertEqual(second.returncode, 2)
        self.assertEqual(
            second.stderr, f"kiosk: a kiosk is running already on {self.hall.data}\n"
        )

    def test_without_a_display_one_line_names_xvfb_run(self) -> None:
        nowhere = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
        words = [*self.hall.words]
        words[words.index("--data") + 1] = str(self.hall.folder / "other")
        blind = subprocess.run(
            words, env=nowhere, capture_output=True, text=True, timeout=START_S, check=False
        )
        self.assertEqual(blind.returncode, 2)
        self.assertEqual(len(blind.stderr.splitlines()), 1, blind.stderr)
        self.assertIn("xvfb-run", blind.stderr)

    def test_ctrl_c_stops_it_at_once(self) -> None:
        self.visitor.await_rest()
        began = time.monotonic()
        self.hall.kiosk.stop(STOP_S, signal.SIGINT)
        print(f"Ctrl-C to end: {time.monotonic() - began:.2f} s", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programs", type=Path, required=True, help="kiosk, kiosk-central, kioskctl")
    parser.add_argument("--pinyin", type=Path, required=True, help="the deployed dictionary")
    options, rest = parser.parse_known_args()
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            print(f"skipped: there is no {tool}")
            return SKIPPED
    WindowTest.programs, WindowTest.pinyin = options.programs, options.pinyin
    outcome = unittest.main(argv=[sys.argv[0], *rest], exit=False, verbosity=2)
    return 0 if outcome.result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
