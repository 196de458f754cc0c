#include "kiosk/law/import/gather.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "kiosk/law/import/closing.h"
#include "kiosk/law/import/facts.h"
#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;
using Role = Placement::Role;

struct Draft {
  Placement placement;
  Version version;
};

// A title page's own text: where the law's parts and its own amendments come from.
constexpr string_view amendments_page = "修正案";

int first_number(const LawText& text) {
  for (const Unit& each : text.units) {
    if (each.number.number > 0) return each.number.number;
  }
  return 0;  // a preamble comes first
}

bool same_words(const LawText& a, const LawText& b) {
  return std::equal(
      a.units.begin(), a.units.end(), b.units.begin(), b.units.end(),
      [](const Unit& x, const Unit& y) { return x.number == y.number && x.text == y.text; });
}

// "## 中华人民共和国刑法修正案（三）" … → one markdown text each, with a "# " title.
std::vector<std::string> split_amendments(string_view markdown) {
  std::vector<std::string> texts;
  for (const string_view line : base::split(markdown, '\n')) {
    if (line.starts_with("## ")) texts.emplace_back();
    if (texts.empty()) continue;
    texts.back() += line.starts_with("## ") ? line.substr(1) : line;
    texts.back() += '\n';
  }
  return texts;
}

class Gatherer {
 public:
  Gatherer(Collection collection, string_view region)
      : layout_(Layout::of(collection)), region_(region), collection_(std::move(collection)) {}

  Gathered run() {
    for (SourceFile& each : collection_.files) {
      take(each);
      std::string().swap(each.content);  // parsed: the raw text is not needed twice
    }
    join_parts();
    group();
    Gathered gathered;
    gathered.collection = layout_.name();
    gathered.collected = layout_.collected();
    gathered.laws = std::move(laws_);
    decide_facts(gathered.laws, {layout_.collected(), layout_.lists_law_in_force()});
    gathered.left_out = std::move(collection_.left_out);
    std::sort(gathered.left_out.begin(), gathered.left_out.end(),
              [](const LeftOut& a, const LeftOut& b) {
                return std::tie(a.reason, a.path) < std::tie(b.reason, b.path);
              });
    return gathered;
  }

 private:
  void leave_out(string_view path, string_view reason) {
    collection_.left_out.push_back({std::string(path), std::string(reason)});
  }

  [[nodiscard]] bool wanted(const Placement& placement) const {
    if (placement.region.empty()) return true;
    return !region_.empty() &&
           (region_.starts_with(placement.region) || placement.region.starts_with(region_));
  }

  void take(const SourceFile& file) {
    Placement placement = layout_.place(file.path);
    if (placement.role == Role::none) return leave_out(file.path, placement.reason);
    if (!wanted(placement)) return leave_out(file.path, "other_region");
    if (placement.role == Role::part) return take_part(file, placement);
    read(file.path, file.content, FileRole::whole, std::move(placement));
  }

  // A part may hold whole texts of its own: the amendments, or a decision that stands beside the
  // law.
  void take_part(const SourceFile& file, Placement placement) {
    const std::string title = read_title(file.content);
    placement.role = Role::law;
    if (title == amendments_page) {
      placement.kind = Kind::amendment;
      for (const std::string& each : split_amendments(file.content)) {
        read(file.path, each, FileRole::whole, placement);
      }
    } else if (title.ends_with("决定")) {
      placement.kind = Kind::amendment;
      read(file.path, file.content, FileRole::whole, std::move(placement));
    } else {
      placement.role = Role::part;
      read(file.path, file.content, FileRole::part, std::move(placement));
    }
  }

  void read(string_view path, string_view content, FileRole role, Placement placement) {
    auto text = read_law_text(content, role);
    if (!text) return leave_out(path, text.error().code);
    Version version;
    version.text = std::move(*text);
    version.path = path;
    drafts_.push_back({std::move(placement), std::move(version)});
  }

  // Both layouts cut large laws into files: just-laws by folder, LawRefBook (民法典) by a second
  // "# " line under the same title.
  void join_parts() {
    std::map<std::string, std::vector<Draft>> parts;
    std::vector<Draft> whole;
    for (Draft& each : drafts_) {
      const auto& headings = each.version.text.headings;
      const bool second_title =
          layout_.kind() == LayoutKind::law_ref_book && !headings.empty() && headings[0].level == 1;
      if (each.placement.role == Role::part) {
        parts[each.placement.folder].push_back(std::move(each));
      } else if (second_title) {
        parts[title_key(each.version.text.title)].push_back(std::move(each));
      } else {
        whole.push_back(std::move(each));
      }
    }
    drafts_ = std::move(whole);
    for (auto& [name, list] : parts) {
      std::sort(list.begin(), list.end(), [](const Draft& a, const Draft& b) {
        return std::pair(first_number(a.version.text), std::string_view(a.version.path)) <
               std::pair(first_number(b.version.text), std::string_view(b.version.path));
      });
      join(name, std::move(list));
    }
  }

  void join(const std::string& name, std::vector<Draft> parts) {
    const auto front = std::find_if(drafts_.begin(), drafts_.end(), [&](const Draft& each) {
      return each.placement.role == Role::law && each.placement.folder == name &&
             each.placement.kind != Kind::amendment;
    });
    if (front != drafts_.end()) {
      for (Draft& each : parts) append_part(front->version.text, std::move(each.version.text));
      return;
    }
    if (parts.front().placement.role == Role::part) {  // parts without the page that names them
      for (const Draft& each : parts) leave_out(each.version.path, "no_title");
      return;
    }
    Draft joined = std::move(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i) {
      auto& history = joined.version.text.history;
      auto& other = parts[i].version.text.history;
      if (other.size() > history.size()) history = std::move(other);
      append_part(joined.version.text, std::move(parts[i].version.text));
    }
    drafts_.push_back(std::move(joined));
  }

  void group() {
    std::map<std::tuple<Kind, std::string, std::string>, std::vector<Draft>> by_title;
    for (Draft& each : drafts_) {
      Placement& placement = each.placement;
      placement.kind = kind_by_title(each.version.text.title, placement.kind);
      if (each.version.text.units.empty()) {
        leave_out(each.version.path, "no_text");
        continue;
      }
      date(each);
      by_title[{placement.kind, placement.region, title_key(each.version.text.title)}].push_back(
          std::move(each));
    }
    for (auto& [key, drafts] : by_title) add_law(std::move(drafts));
    std::sort(laws_.begin(), laws_.end(), [](const Law& a, const Law& b) {
      return std::tie(a.kind, a.category, a.versions.back().path, a.title) <
             std::tie(b.kind, b.category, b.versions.back().path, b.title);
    });
  }

  static void date(Draft& draft) {
    Version& version = draft.version;
    version.dated =
        draft.placement.day ? draft.placement.day : read_history(version.text.history).newest;
    if (draft.placement.starts) version.facts.effective.day = draft.placement.starts;
  }

  // Orders the versions by date, undated ones first, and drops texts that are there twice.
  void add_law(std::vector<Draft> drafts) {
    std::sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) {
      const auto rank = [](const Draft& each) {
        return std::tuple(each.version.dated.value_or(base::Date{}), each.version.text.units.size(),
                          std::string_view(each.version.path));
      };
      return rank(a) < rank(b);
    });
    Law law;
    law.kind = drafts.back().placement.kind;
    law.category = drafts.back().placement.category;
    law.region = drafts.back().placement.region;
    law.title = drafts.back().version.text.title;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      const bool again =
          std::any_of(drafts.begin() + static_cast<std::ptrdiff_t>(i) + 1, drafts.end(),
                      [&](const Draft& later) {
                        const bool same_day = drafts[i].version.dated &&
                                              drafts[i].version.dated == later.version.dated &&
                                              !later.placement.starts;
                        return same_day || same_words(drafts[i].version.text, later.version.text);
                      });
      if (again) {
        leave_out(drafts[i].version.path, "duplicate");
      } else {
        law.versions.push_back(std::move(drafts[i].version));
      }
    }
    laws_.push_back(std::move(law));
  }

  Layout layout_;
  std::string_view region_;
  Collection collection_;
  std::vector<Draft> drafts_;
  std::vector<Law> laws_;
};

}  // namespace

Gathered gather(Collection collection, string_view region) {
  return Gatherer(std::move(collection), region).run();
}

}  // namespace law
