#!/usr/bin/env python3
"""check_schema.py sees whatever would keep the center's SQL from being split by center."""

import unittest

from tree import TreeTest

TABLE = """CREATE TABLE slot (
  center_id TEXT NOT NULL,  -- center
  key       TEXT NOT NULL,  -- of the slot
  PRIMARY KEY (center_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX slot_key ON slot (center_id, key);
"""
QUERY = 'run("SELECT key FROM slot "\n    "WHERE center_id = ?", id);\n'


class CheckSchemaTest(TreeTest):
    check = "check_schema.py"

    def tree(self, table: str = TABLE, query: str = QUERY) -> None:
        self.write("kiosk/central/schema.cpp", f'Migration{{1, R"sql(\n{table})sql"}}\n')
        self.write("kiosk/central/slots.cpp", query)

    def test_a_sound_schema_passes(self) -> None:
        self.tree()
        self.assert_passes()

    def test_no_schema_is_no_success(self) -> None:
        self.assertEqual(self.run_check().returncode, 2)

    def test_a_primary_key_begins_with_the_center(self) -> None:
        self.tree(TABLE.replace("KEY (center_id, key)", "KEY (key)"))
        self.assert_fails("schema.cpp:2:", "PRIMARY KEY of slot begins with key")

    def test_so_do_unique_and_index(self) -> None:
        self.tree(TABLE.replace("PRIMARY KEY (center_id, key)",
                                "PRIMARY KEY (center_id, key),\n  UNIQUE (key)"))
        self.assert_fails("UNIQUE of slot begins with key")
        self.tree(TABLE.replace("slot (center_id, key)", "slot (key)"))
        self.assert_fails("schema.cpp:7:", "index slot_key begins with key")

    def test_a_statement_stays_with_one_center(self) -> None:
        self.tree(query=QUERY.replace("center_id", "room"))
        self.assert_fails("slots.cpp:1:", "a statement on slot without center_id")

    def test_nothing_counts_for_all_centers(self) -> None:
        self.tree(query='run("SELECT nextval(\'n\') FROM slot WHERE center_id = 1");\n')
        self.assert_fails("slots.cpp:1:", "nextval")

    def test_every_column_says_what_it_is(self) -> None:
        self.tree(TABLE.replace("  -- of the slot", ""))
        self.assert_fails("schema.cpp:4:", "key has no comment")


if __name__ == "__main__":
    unittest.main()
