#include "kiosk/law/import/drafts.h"

#include <algorithm>
#include <map>
#include <utility>

#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;
using Role = Placement::Role;

// A title page's own text: where the law's parts and its own amendments come from.
constexpr string_view amendments_page = "修正案";
constexpr string_view every_region = "all";

int first_number(const LawText& text) {
  for (const Unit& each : text.units) {
    if (each.number.number > 0) return each.number.number;
  }
  return 0;  // a preamble comes first
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

class Reader {
 public:
  Reader(Collection collection, std::size_t source, string_view region)
      : layout_(Layout::of(collection)),
        source_(source),
        region_(region),
        collection_(std::move(collection)) {}

  CollectionDrafts run() {
    result_.source = {std::string(layout_.name()), layout_.collected(),
                      layout_.lists_law_in_force()};
    for (LeftOut& each : collection_.left_out) {
      result_.files.push_back(
          {source_, std::move(each.path), Fate::left_out, std::move(each.reason)});
    }
    for (SourceFile& each : collection_.files) {
      result_.files.push_back({source_, each.path, Fate::left_out, {}});
      take(each);
      std::string().swap(each.content);  // parsed: the raw text is not needed twice
    }
    join_parts();
    return std::move(result_);
  }

 private:
  void leave_out(std::size_t file, string_view reason) { result_.files[file].note = reason; }
  // The file being taken is the last one with an account.
  [[nodiscard]] std::size_t current() const { return result_.files.size() - 1; }

  [[nodiscard]] bool wanted(const Placement& placement) const {
    return placement.region.empty() || region_ == every_region ||
           same_region(placement.region, region_);
  }

  void take(const SourceFile& file) {
    Placement placement = layout_.place(file.path);
    if (placement.role == Role::none) return leave_out(current(), placement.reason);
    if (!wanted(placement)) return leave_out(current(), "other_region");
    if (placement.role == Role::part) return take_part(file, placement);
    const bool court_case = placement.kind == Kind::court_case;
    read(file.content, court_case ? FileRole::told : FileRole::whole, std::move(placement));
  }

  // A part may hold whole texts of its own: the amendments, or a decision that stands beside the
  // law.
  void take_part(const SourceFile& file, Placement placement) {
    const std::string title = read_title(file.content);
    placement.role = Role::law;
    if (title == amendments_page) {
      placement.kind = Kind::amendment;
      const auto texts = split_amendments(file.content);
      if (texts.empty()) return leave_out(current(), "no_text");
      for (const std::string& each : texts) read(each, FileRole::whole, placement);
    } else if (title.ends_with("决定")) {
      placement.kind = Kind::amendment;
      read(file.content, FileRole::whole, std::move(placement));
    } else {
      placement.role = Role::part;
      read(file.content, FileRole::part, std::move(placement));
    }
  }

  void read(string_view content, FileRole role, Placement placement) {
    auto text = read_law_text(content, role);
    if (!text) return leave_out(current(), text.error().code);
    Draft draft;
    draft.placement = std::move(placement);
    draft.version.text = std::move(*text);
    draft.version.source = source_;
    draft.version.path = result_.files[current()].path;
    draft.files = {current()};
    result_.drafts.push_back(std::move(draft));
  }

  // Both layouts cut large laws into files: just-laws by folder, LawRefBook (民法典) by a second
  // "# " line under the same title.
  void join_parts() {
    std::map<std::string, std::vector<Draft>> parts;
    std::vector<Draft> whole;
    for (Draft& each : result_.drafts) {
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
    result_.drafts = std::move(whole);
    for (auto& [name, list] : parts) {
      std::sort(list.begin(), list.end(), [](const Draft& a, const Draft& b) {
        return std::pair(first_number(a.version.text), string_view(a.version.path)) <
               std::pair(first_number(b.version.text), string_view(b.version.path));
      });
      join(name, std::move(list));
    }
    std::erase_if(result_.drafts, [this](const Draft& each) {
      if (!each.version.text.units.empty()) return false;
      for (const std::size_t file : each.files) leave_out(file, "no_text");
      return true;
    });
  }

  void join(const std::string& name, std::vector<Draft> parts) {
    auto& drafts = result_.drafts;
    const auto front = std::find_if(drafts.begin(), drafts.end(), [&](const Draft& each) {
      return each.placement.role == Role::law && each.placement.folder == name &&
             each.placement.kind != Kind::amendment;
    });
    if (front != drafts.end()) {
      for (Draft& each : parts) append(*front, std::move(each));
      return;
    }
    if (parts.front().placement.role == Role::part) {  // parts without the page that names them
      for (const Draft& each : parts) leave_out(each.files.front(), "no_title");
      return;
    }
    Draft joined = std::move(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i) append(joined, std::move(parts[i]));
    drafts.push_back(std::move(joined));
  }

  static void append(Draft& draft, Draft part) {
    auto& history = draft.version.text.history;
    auto& other = part.version.text.history;
    if (other.size() > history.size()) history = std::move(other);
    append_part(draft.version.text, std::move(part.version.text));
    draft.files.insert(draft.files.end(), part.files.begin(), part.files.end());
  }

  Layout layout_;
  std::size_t source_;
  string_view region_;
  Collection collection_;
  CollectionDrafts result_;
};

}  // namespace

CollectionDrafts read_drafts(Collection collection, std::size_t source, string_view region) {
  return Reader(std::move(collection), source, region).run();
}

bool same_region(string_view a, string_view b) {
  const auto bare = [](string_view name) {
    for (const string_view suffix : {"特别行政区", "自治区", "市", "省"}) {
      if (name.ends_with(suffix) && name.size() > suffix.size()) {
        return name.substr(0, name.size() - suffix.size());
      }
    }
    return name;
  };
  return bare(a) == bare(b);
}

}  // namespace law
