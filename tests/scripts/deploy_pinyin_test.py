#!/usr/bin/env python3
"""platform/debian/deploy-pinyin refuses what would not work or would keep what visitors type."""

import os
import shutil
import subprocess
import unittest
from pathlib import Path

from tree import PROJECT, TreeTest


class DeployPinyinTest(TreeTest):
    def setUp(self) -> None:
        super().setUp()
        shutil.copytree(PROJECT / "assets/input", self.root / "input")
        self.settings = self.root / "input/luna_pinyin_simp.custom.yaml"

    def deploy(self, source: Path, **env: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [PROJECT / "platform/debian/deploy-pinyin", source, self.root / "rime"],
            env=os.environ | {"TMPDIR": str(self.root)} | env,
            capture_output=True,
            text=True,
            check=False,
        )

    def change(self, old: str, new: str) -> None:
        text = self.settings.read_text(encoding="utf-8")
        self.assertIn(old, text)
        self.settings.write_text(text.replace(old, new), encoding="utf-8")

    def test_it_leaves_the_dictionary_and_no_traces(self) -> None:
        done = self.deploy(self.root / "input")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
        self.assertEqual(sorted(p.name for p in self.root.iterdir()), ["input", "rime"])

    def test_a_schema_that_learns_from_visitors_is_refused(self) -> None:
        self.change("enable_user_dict: false", "enable_user_dict: true")
        done = self.deploy(self.root / "input")
        self.assertEqual(done.returncode, 1)
        self.assertIn("enable_user_dict", done.stderr)
        self.assertFalse((self.root / "rime").exists())

    def test_a_dictionary_that_is_not_built_is_named(self) -> None:
        self.change("dictionary: kiosk_legal", "dictionary: luna_pinyin")
        done = self.deploy(self.root / "input")
        self.assertEqual(done.returncode, 1)
        self.assertIn("kiosk_legal.table.bin was not built", done.stderr)

    def test_a_source_that_is_not_there_shows_the_usage(self) -> None:
        done = self.deploy(self.root / "nowhere")
        self.assertEqual(done.returncode, 2)
        self.assertIn("usage", done.stderr)


if __name__ == "__main__":
    unittest.main()
