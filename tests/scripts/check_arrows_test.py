#!/usr/bin/env python3
"""check_arrows.py sees every kind of broken arrow, and lets a sound tree pass."""

import unittest

from tree import TreeTest

SOUND = {
    "platform/base/text.h": "#include <string>\n",
    "platform/sql/database.cpp": '#include <sqlite3.h>\n#include "platform/base/text.h"\n',
    "kiosk/service/catalogue.h": '#include "platform/base/text.h"\n',
    "kiosk/store/store.h": '#include "platform/sql/database.h"\n',
    "kiosk/ui/ui.h": "#include <imgui/imgui.h>\n",
    "kiosk/booking/booking.h": '#include "kiosk/service/catalogue.h"\n',
    "kiosk/booking/booking_store.h": (
        '#include "kiosk/booking/booking.h"\n#include "kiosk/store/store.h"\n'
    ),
    "kiosk/booking/booking_screen.cpp": '#include "kiosk/ui/ui.h"\n',
    "kiosk/central/routes.cpp": '#include "kiosk/booking/booking.h"\n',
    "kiosk/ctl/status.cpp": '#include "kiosk/store/store.h"\n',
    "kiosk/main.cpp": '#include "kiosk/booking/booking_store.h"\n#include "kiosk/ui/ui.h"\n',
}


class CheckArrowsTest(TreeTest):
    check = "check_arrows.py"

    def setUp(self) -> None:
        super().setUp()
        for path, text in SOUND.items():
            self.write(path, text)

    def include(self, file: str, target: str) -> None:
        self.write(file, f'\n#include "{target}"\n')

    def test_a_sound_tree_passes(self) -> None:
        self.assert_passes()

    def test_a_tree_without_code_is_no_success(self) -> None:
        self.root /= "empty"
        self.assertEqual(self.run_check().returncode, 2)

    def test_platform_includes_no_product(self) -> None:
        self.include("platform/base/text.cpp", "kiosk/service/catalogue.h")
        self.assert_fails("platform/base/text.cpp:2:", "rule 1")

    def test_what_a_script_of_platform_writes_includes_no_product_either(self) -> None:
        self.include("platform/debian/make-tables", "kiosk/service/catalogue.h")
        self.assert_fails("platform/debian/make-tables:2:", "rule 1")

    def test_platform_folders_include_only_base(self) -> None:
        self.include("platform/http/transport.cpp", "platform/sql/database.h")
        self.assert_fails("platform/http/transport.cpp:2:", "rule 1")

    def test_the_values_of_a_feature_know_no_store(self) -> None:
        self.include("kiosk/booking/booking.h", "kiosk/store/store.h")
        self.assert_fails("kiosk/booking/booking.h:2:", "rule 2")

    def test_a_feature_includes_no_other(self) -> None:
        self.include("kiosk/ticket/ticket_screen.cpp", "kiosk/booking/booking.h")
        self.assert_fails("kiosk/ticket/ticket_screen.cpp:2:", "rule 3")

    def test_shared_folders_name_no_feature(self) -> None:
        self.include("kiosk/sync/push.cpp", "kiosk/booking/booking.h")
        self.assert_fails("kiosk/sync/push.cpp:2:", "rule 4")

    def test_shared_folders_keep_their_order(self) -> None:
        self.include("kiosk/wire/messages.cpp", "kiosk/store/store.h")
        self.assert_fails("kiosk/wire/messages.cpp:2:", "SHARED")

    def test_central_draws_nothing(self) -> None:
        self.include("kiosk/central/page.cpp", "kiosk/ui/ui.h")
        self.assert_fails("kiosk/central/page.cpp:2:", "rule 4")

    def test_central_opens_no_kiosk_store(self) -> None:
        self.include("kiosk/central/page.cpp", "kiosk/store/store.h")
        self.assert_fails("kiosk/central/page.cpp:2:", "rule 4")

    def test_central_takes_no_screen_of_a_feature(self) -> None:
        self.include("kiosk/central/page.cpp", "kiosk/booking/booking_store.h")
        self.assert_fails("kiosk/central/page.cpp:2:", "kiosk/booking/booking.h")

    def test_nothing_includes_a_program(self) -> None:
        self.include("kiosk/booking/booking.cpp", "kiosk/central/routes.h")
        self.assert_fails("kiosk/booking/booking.cpp:2:", "program")

    def test_a_library_stays_in_one_folder(self) -> None:
        self.write("kiosk/booking/booking_store.cpp", "#include <sqlite3.h>\n")
        self.assert_fails("kiosk/booking/booking_store.cpp:1", "platform/sql/database.cpp:1")

    def test_screens_draw_through_ui(self) -> None:
        self.write("kiosk/booking/booking_screen.cpp", "#include <imgui.h>\n")
        self.assert_fails("kiosk/booking/booking_screen.cpp:1:", "rule 5")

    def test_a_folder_knows_nothing_of_its_subfolders(self) -> None:
        self.include("kiosk/law/import/gather.cpp", "kiosk/law/law.h")
        self.assert_passes()
        self.include("kiosk/law/law_store.cpp", "kiosk/law/import/gather.h")
        self.assert_fails("kiosk/law/law_store.cpp:2:", "rule 6")

    def test_includes_are_written_from_the_root(self) -> None:
        self.include("kiosk/booking/booking.cpp", "booking.h")
        self.assert_fails("kiosk/booking/booking.cpp:2:", "project root")

    def test_link_edges_repeat_the_arrows(self) -> None:
        self.write("kiosk/booking/CMakeLists.txt", "add_library(kiosk_booking STATIC booking.cpp)\n")
        self.write(
            "kiosk/ticket/CMakeLists.txt",
            "add_library(kiosk_ticket STATIC ticket.cpp)\n"
            "target_link_libraries(kiosk_ticket PUBLIC\n  kiosk_booking)\n",
        )
        self.assert_fails("kiosk/ticket/CMakeLists.txt:2:", "kiosk_booking", "rule 3")


if __name__ == "__main__":
    unittest.main()
