#include "kiosk/law/import/layout.h"

#include <algorithm>
#include <array>

#include "kiosk/law/import/markdown.h"
#include "kiosk/law/written_days.h"
#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

constexpr string_view category_pages = "category/";
constexpr string_view category_index = "category/README.md";
constexpr string_view progress_page = "LAWS_PROGRESS.md";

struct KnownFolder {
  string_view name;
  Kind kind;
};

// The top folders of LawRefBook.
constexpr std::array<KnownFolder, 15> known_folders{{
    {"宪法", Kind::law},
    {"宪法相关法", Kind::law},
    {"刑法", Kind::law},
    {"民法典", Kind::law},
    {"民法商法", Kind::law},
    {"社会法", Kind::law},
    {"经济法", Kind::law},
    {"行政法", Kind::law},
    {"诉讼与非诉讼程序法", Kind::law},
    {"行政法规", Kind::regulation},
    {"部门规章", Kind::rule},
    {"司法解释", Kind::interpretation},
    {"案例", Kind::court_case},
    {"其他", Kind::other},
    {"DLC", Kind::local},
}};

Placement none(string_view reason) {
  Placement placement;
  placement.reason = reason;
  return placement;
}

string_view stem(string_view file) {
  file.remove_suffix(std::min(file.size(), string_view(".md").size()));
  return file;
}

// "公司法(2023-12-29)" → 2023-12-29
std::optional<base::Date> day_in_name(string_view name) {
  constexpr std::size_t width = string_view("(2023-12-29)").size();
  if (name.size() < width || !name.ends_with(')')) return std::nullopt;
  const string_view tail = name.substr(name.size() - width);
  if (tail.front() != '(') return std::nullopt;
  return base::parse_date(tail.substr(1, width - 2));
}

// "北京地方法规" → "北京"
std::string region_of(string_view folder) {
  constexpr string_view suffix = "地方法规";
  if (folder.ends_with(suffix)) folder.remove_suffix(suffix.size());
  return std::string(folder);
}

}  // namespace

Layout Layout::of(const Collection& collection) {
  Layout layout;
  layout.collected_ = collection.packed;
  const auto index =
      std::find_if(collection.files.begin(), collection.files.end(),
                   [](const SourceFile& each) { return each.path.ends_with(category_index); });
  if (index == collection.files.end()) return layout;

  layout.kind_ = LayoutKind::just_laws;
  layout.root_ = index->path.substr(0, index->path.size() - category_index.size());
  for (const SourceFile& each : collection.files) {
    if (each.path.ends_with(progress_page)) {
      const auto days = written_days(each.content);
      if (!days.empty()) layout.collected_ = days.front().day;
    }
    string_view page = each.path;
    if (!page.starts_with(layout.root_)) continue;
    page.remove_prefix(layout.root_.size());
    if (!page.starts_with(category_pages)) continue;
    page.remove_prefix(category_pages.size());
    layout.categories_.emplace(stem(page), read_title(each.content));
  }
  return layout;
}

string_view Layout::name() const {
  return kind_ == LayoutKind::just_laws ? "just-laws" : "LawRefBook";
}

Placement Layout::place(string_view path) const {
  return kind_ == LayoutKind::just_laws ? place_just_laws(path) : place_law_ref_book(path);
}

Placement Layout::place_just_laws(string_view path) const {
  if (!path.starts_with(root_)) return none("index_page");
  path.remove_prefix(root_.size());
  if (path.starts_with(category_pages)) return none("index_page");
  auto words = base::split(path, '/');
  const string_view file = words.back();
  words.pop_back();
  if (words.empty()) return none("index_page");

  Placement placement;
  const auto category = categories_.find(words.front());
  placement.category = category != categories_.end() ? category->second : words.front();
  placement.role = file == "README.md" ? Placement::Role::law : Placement::Role::part;
  const auto versions = std::find(words.begin(), words.end(), "versions");
  if (versions != words.end()) {
    placement.role = Placement::Role::version;
    if (versions + 1 != words.end()) placement.starts = base::parse_date(versions[1]);
    words.erase(versions, words.end());
  }
  for (const string_view each : words) placement.folder += std::string(each) + "/";
  return placement;
}

Placement Layout::place_law_ref_book(string_view path) {
  const auto words = base::split(path, '/');
  const string_view name = stem(words.back());
  if (name == "_index" || name == "README") return none("index_page");
  if (name.ends_with("模版") || name.ends_with("模板")) return none("template");

  Placement placement;
  placement.role = Placement::Role::law;
  placement.day = day_in_name(name);
  if (words.size() > 1) placement.category = words[words.size() - 2];
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const auto known = std::find_if(known_folders.begin(), known_folders.end(),
                                    [&](const KnownFolder& each) { return each.name == words[i]; });
    if (known == known_folders.end()) continue;
    placement.kind = known->kind;
    placement.category = words[i];
    if (known->kind == Kind::local && i + 2 < words.size()) {
      placement.category = words[i + 1];
      placement.region = region_of(words[i + 1]);
    }
    break;
  }
  if (placement.kind == Kind::other && name.ends_with("攻略")) return none("guide");
  return placement;
}

Kind kind_by_title(string_view title, Kind filed) {
  const bool decision = title.ends_with("决定");
  const bool changes =
      title.find("关于修改") != string_view::npos || title.find("关于废止") != string_view::npos;
  const bool amends = title.find("修正案") != string_view::npos;
  return amends || (decision && changes) ? Kind::amendment : filed;
}

}  // namespace law
