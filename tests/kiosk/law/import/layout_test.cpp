#include "kiosk/law/import/layout.h"

#include <doctest/doctest.h>

#include "tests/kiosk/law/small_collections.h"

using law::Kind;
using law::Layout;
using Role = law::Placement::Role;

namespace {

Layout just_laws() {
  return Layout::of(
      test::collection_of({{"just-laws/LAWS_PROGRESS.md", "# 进度\n> 更新时间：2026年6月26日\n"},
                           {"just-laws/docs/category/README.md", "# 类别\n"},
                           {"just-laws/docs/category/economic.md", "# 经济法\n"}}));
}

}  // namespace

TEST_CASE("just-laws is known by its category pages and says its day itself") {
  const Layout layout = just_laws();
  CHECK(layout.name() == "just-laws");
  CHECK(layout.lists_law_in_force());
  CHECK(layout.collected() == test::day(2026, 6, 26));
}

TEST_CASE("In just-laws a folder is a law, its pages are parts, versions wait for their day") {
  const Layout layout = just_laws();
  const auto law = layout.place("just-laws/docs/economic/umbrella/README.md");
  CHECK(law.role == Role::law);
  CHECK(law.category == "经济法");
  const auto part = layout.place("just-laws/docs/economic/umbrella/01-general.md");
  CHECK(part.role == Role::part);
  CHECK(part.folder == law.folder);
  const auto version =
      layout.place("just-laws/docs/economic/umbrella/versions/2027-01-01/README.md");
  CHECK(version.role == Role::version);
  CHECK(version.folder == law.folder);
  CHECK(version.starts == test::day(2027, 1, 1));
  CHECK(layout.place("just-laws/docs/category/economic.md").role == Role::none);
  CHECK(layout.place("just-laws/docs/README.md").role == Role::none);
  CHECK(layout.place("just-laws/LAWS_PROGRESS.md").role == Role::none);
}

TEST_CASE("In LawRefBook the folder tells the kind, the file name the day") {
  const Layout layout = Layout::of(test::collection_of(test::small_book()));
  CHECK(layout.name() == "LawRefBook");
  CHECK_FALSE(layout.lists_law_in_force());
  const auto law = layout.place("laws/民法商法/公司法(2023-12-29).md");
  CHECK(law.kind == Kind::law);
  CHECK(law.category == "民法商法");
  CHECK(law.day == test::day(2023, 12, 29));
  CHECK(layout.place("laws/行政法规/甲条例.md").kind == Kind::regulation);
  CHECK(layout.place("laws/行政法规/甲条例.md").day == std::nullopt);
  CHECK(layout.place("laws/部门规章/公安部/甲规定.md").kind == Kind::rule);
  CHECK(layout.place("laws/部门规章/公安部/甲规定.md").category == "部门规章");
  CHECK(layout.place("司法解释/甲解释(2020-99-99).md").day == std::nullopt);
}

TEST_CASE("Local rules carry their place") {
  const Layout layout = Layout::of({});
  const auto local = layout.place("laws/DLC/北京地方法规/地方性法规/北京/北京市借伞规定.md");
  CHECK(local.kind == Kind::local);
  CHECK(local.region == "北京");
  CHECK(local.category == "北京地方法规");
}

TEST_CASE("Index pages, templates and guides are no laws") {
  const Layout layout = Layout::of({});
  CHECK(layout.place("laws/刑法/_index.md").reason == "index_page");
  CHECK(layout.place("laws/README.md").reason == "index_page");
  CHECK(layout.place("laws/法律法规模版.md").reason == "template");
  CHECK(layout.place("laws/其他/借伞的攻略.md").reason == "guide");
}

TEST_CASE("A text that amends another is no law of its own") {
  CHECK(law::kind_by_title("中华人民共和国刑法修正案（七）", Kind::law) == Kind::amendment);
  CHECK(law::kind_by_title("关于修改《借伞法》的决定", Kind::interpretation) == Kind::amendment);
  CHECK(law::kind_by_title("关于设立海事法院的决定", Kind::law) == Kind::law);
}
