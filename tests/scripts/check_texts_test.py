#!/usr/bin/env python3
"""check_texts.py sees every kind of missing, unused or foreign text, and lets a sound tree pass."""

import unittest

from tree import TreeTest

ZH = "assets/text/zh-Hans/home.toml"
EN = "assets/text/en/home.toml"
CODE = "kiosk/app/home.cpp"
DECLARED = "tests/check_texts.toml"

SOUND = {
    ZH: 'title = "要办什么？"\nwait = "前面 {people} 人"\nday_0 = "周一"\nday_1 = "周二"\nother = "英"\n',
    EN: 'title = "What for?"\nwait = "{people} ahead"\nday_0 = "Mon"\nday_1 = "Tue"\nother = "中"\n',
    "assets/text/zh-Hans/error.toml": 'offline = "连不上"\n',
    "assets/text/en/error.toml": 'offline = "No answer"\n',
    CODE: """
        // "home.nowhere" and 汉字 in a comment are nobody's text
        draw(ui.tr("home.title"), ui.tr(one ? "home.other" : "home.title"));
        draw(ui.tr("home.wait", {{"people", fmt::format("{}", count(ahead, "x"))}}));
        draw(ui.tr(fmt::format("home.day_{}", day)));
        draw(ui.tr("error." + error.code));
    """,
    "platform/http/transport.cpp": 'return fail(ErrorKind::offline, "offline");\n',
    DECLARED: '[built]\n"home.day_{}" = [["0", "1"]]\n[han]\n"home.other" = "its own script"\n',
}


class CheckTextsTest(TreeTest):
    check = "check_texts.py"

    def setUp(self) -> None:
        super().setUp()
        for path, text in SOUND.items():
            self.write(path, text)

    def append(self, path: str, text: str) -> None:
        self.write(path, SOUND[path] + text)

    def replace(self, path: str, old: str, new: str) -> None:
        self.assertIn(old, SOUND[path])
        self.write(path, SOUND[path].replace(old, new))

    def test_a_sound_tree_passes(self) -> None:
        self.assert_passes()

    def test_a_tree_without_texts_is_no_success(self) -> None:
        self.root /= "empty"
        self.assertEqual(self.run_check().returncode, 2)

    def test_a_key_missing_in_one_language(self) -> None:
        self.replace(EN, 'title = "What for?"\n', "")
        self.assert_fails("assets/text/en", "home.title is missing")

    def test_holes_that_differ_between_languages(self) -> None:
        self.replace(EN, "{people}", "{persons}")
        self.assert_fails("home.wait", "people", "persons")

    def test_a_key_that_is_in_no_file(self) -> None:
        self.append(CODE, 'ui.tr("home.absent");\n')
        self.assert_fails("kiosk/app/home.cpp:7:", "home.absent")

    def test_a_hole_that_is_not_given(self) -> None:
        self.append(CODE, 'ui.tr("home.wait");\n')
        self.assert_fails("kiosk/app/home.cpp:7:", "{people}", "not given")

    def test_a_hole_that_the_sentence_has_not(self) -> None:
        self.append(CODE, 'ui.tr("home.title", {{"people", word}});\n')
        self.assert_fails("kiosk/app/home.cpp:7:", "{people}", "no such hole")

    def test_an_unused_key(self) -> None:
        self.append(ZH, 'left = "多"\n')
        self.append(EN, 'left = "over"\n')
        self.assert_fails("home.left is used nowhere")

    def test_an_unused_error(self) -> None:
        self.replace("platform/http/transport.cpp", '"offline"', '"no_answer"')
        self.assert_fails("error.offline is used nowhere")

    def test_a_key_in_a_table_of_the_code_is_used(self) -> None:
        self.append(ZH, 'left = "多"\n')
        self.append(EN, 'left = "over"\n')
        self.append(CODE, 'constexpr Cap caps[] = {{"home.left"}};\n')
        self.assert_passes()

    def test_a_key_in_a_comment_is_not_used(self) -> None:
        self.append(ZH, 'nowhere = "无"\n')
        self.append(EN, 'nowhere = "none"\n')
        self.assert_fails("home.nowhere is used nowhere")

    def test_a_key_put_together_without_declaration(self) -> None:
        self.append(CODE, 'ui.tr("home.state_" + name);\n')
        self.assert_fails("kiosk/app/home.cpp:7:", "home.state_{}", "declare")

    def test_a_key_with_an_ending_put_on_it(self) -> None:
        self.append(CODE, 'ui.tr(key + "_since");\n')
        self.assert_fails("kiosk/app/home.cpp:7:", "{}_since", "declare")

    def test_a_key_put_together_outside_tr_is_used_when_declared(self) -> None:
        asked = 'ui.tr(fmt::format("home.day_{}", day))'
        self.replace(CODE, asked, "ui.tr(key)")
        self.assert_fails("home.day_0 is used nowhere")
        self.replace(CODE, asked, 'ui.tr(key)); name(fmt::format("home.day_{}", day)')
        self.assert_passes()

    def test_what_is_compared_is_no_key(self) -> None:
        self.append(CODE, 'ui.tr(answer == "yes" ? "home.title" : "home.other");\n')
        self.assert_passes()

    def test_a_declared_value_without_text(self) -> None:
        self.replace(DECLARED, '"1"', '"1", "2"')
        self.assert_fails("home.day_2", "in no text file")

    def test_a_declaration_nobody_needs(self) -> None:
        self.replace(CODE, "home.day_{}", "error.{}")
        self.assert_fails("home.day_{} is put together nowhere")

    def test_a_forgotten_translation(self) -> None:
        self.replace(EN, "What for?", "要办什么？")
        self.assert_fails("assets/text/en", "home.title holds Han")

    def test_an_allowance_nobody_needs(self) -> None:
        self.replace(EN, "中", "zh")
        self.assert_fails("home.other holds no Han character any more")

    def test_a_sentence_in_the_code(self) -> None:
        self.append(CODE, 'draw("请稍候");\n')
        self.assert_fails("kiosk/app/home.cpp:7:", "请稍候")

    def test_a_raw_string_is_a_string(self) -> None:
        self.append(CODE, 'draw(R"(请稍候)");\n')
        self.assert_fails("kiosk/app/home.cpp:7:", "请稍候")

    def test_digit_separators_hide_nothing(self) -> None:
        self.append(CODE, 'constexpr int n = 10\'000; draw("请稍候");\n')
        self.assert_fails("kiosk/app/home.cpp:7:", "请稍候")

    def test_data_about_chinese_has_its_folders(self) -> None:
        self.write("kiosk/law/citation.cpp", 'constexpr auto article = "第";\n')
        self.assert_passes()


if __name__ == "__main__":
    unittest.main()
