#include "kiosk/law/pack_builder.h"

#include <cstring>

#include "kiosk/law/varint.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"

namespace law {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

constexpr int compression_level = 12;

// A file of a collection may hold several texts.
std::string version_name(std::string_view source, std::string_view path, std::string_view title) {
  std::string name(source);
  (name += '\n') += path;
  (name += '\n') += title;
  return name;
}

std::string join_lines(const std::vector<std::string_view>& lines) {
  std::string text;
  for (const std::string_view each : lines) {
    if (!text.empty()) text += '\n';
    text += each;
  }
  return text;
}

// From the top down, each on a line.
std::string chapter_lines(const FrameVersion& version, int heading) {
  std::string lines;
  for (int at = heading; at >= 0; at = version.headings[static_cast<std::size_t>(at)].parent) {
    lines.insert(0, "\n");
    lines.insert(0, version.headings[static_cast<std::size_t>(at)].title);
  }
  return lines;
}

StartRecord start_record(const Start& start) {
  return {day_of(start.day), day_of(start.known_by)};
}

template <typename Record>
std::string_view bytes_of(const std::vector<Record>& records) {
  return {reinterpret_cast<const char*>(records.data()), records.size() * sizeof(Record)};
}

}  // namespace

PackBuilder::PackBuilder(std::string about)
    : about_(std::move(about)), sources_(read_sources(about_)), packer_(compression_level) {
  place("");
}

Result<void> PackBuilder::add_text(std::string_view text) {
  const std::string stored = TRY(packer_.pack(text));
  return take(stored, text);
}

Result<void> PackBuilder::add_frame(std::string_view stored, std::uint32_t text_size) {
  if (text_size > largest_law_text) return fail(ErrorKind::invalid, "law_frame", "too large");
  const std::string text = TRY(unpacker_.unpack(stored, text_size));
  return take(stored, text);
}

Result<void> PackBuilder::take(std::string_view stored, std::string_view text) {
  const LawFrame frame = TRY(parse_frame(text));
  LawRecord law;
  law.title = place(frame.title);
  law.short_title = place(short_title(frame.title));
  law.category = place(frame.category);
  law.region = place(frame.region);
  const std::string key = title_key(frame.title);
  law.key_begin = static_cast<std::uint32_t>(keys_.size() + 1);
  law.key_size = static_cast<std::uint32_t>(key.size());
  (keys_ += '\n') += key;
  law.kind = static_cast<std::uint32_t>(frame.kind);
  law.text_begin = static_cast<std::uint32_t>(texts_.size());
  law.first_version = static_cast<std::uint32_t>(versions_.size() + 1);
  law.versions = static_cast<std::uint32_t>(frame.versions.size());
  laws_.push_back(law);
  frames_.push_back({crypto::sha256(stored), static_cast<std::uint32_t>(stored.size()),
                     static_cast<std::uint32_t>(text.size())});
  texts_ += stored;
  for (const FrameVersion& each : frame.versions) take_version(frame, each, text);
  newest_articles_ += static_cast<std::uint32_t>(frame.versions.back().units.size());
  return {};
}

void PackBuilder::take_version(const LawFrame& law, const FrameVersion& version,
                               std::string_view text) {
  const VersionFacts& facts = version.facts;
  VersionRecord record;
  record.law = static_cast<std::uint32_t>(laws_.size());
  record.first_article = static_cast<std::uint32_t>(articles_.size() + 1);
  record.articles = static_cast<std::uint32_t>(version.units.size());
  record.first_chapter = static_cast<std::uint32_t>(chapters_.size() + 1);
  record.chapters = static_cast<std::uint32_t>(version.headings.size());
  record.flags = (facts.superseded ? VersionRecord::superseded : 0U) |
                 (facts.repealed ? VersionRecord::repealed : 0U) |
                 (version.searched ? VersionRecord::searched : 0U);
  record.history = place(join_lines(version.history));
  record.source = place(version.source);
  record.path = place(version.path);
  record.issuer = place(version.issuer);
  record.adopted = day_of(version.adopted);
  record.published = day_of(version.published);
  record.dated = day_of(version.dated);
  record.says_effective = day_of(version.says_effective);
  record.listed_in_force =
      day_of(version.listed ? day_of_source(sources_, version.source) : facts.listed_in_force);
  record.effective = start_record(facts.effective);
  record.superseded_from = start_record(facts.superseded_from);
  record.repealed_from = start_record(facts.repealed_from);
  versions_.push_back(record);
  const auto id = static_cast<std::uint32_t>(versions_.size());
  by_name_.emplace(version_name(version.source, version.path, version.title), id);
  if (version.repeal) {
    const FrameRepeal& by = *version.repeal;
    repeals_.push_back({id, version_name(by.source, by.path, by.title), by.unit});
  }
  take_chapters(version, record.first_article);
  const std::string title = short_title(law.title);
  for (const FrameUnit& each : version.units) take_article(title, version, each, text);
}

void PackBuilder::take_chapters(const FrameVersion& version, std::uint32_t first_article) {
  const std::size_t begin = chapters_.size();
  for (const FrameHeading& each : version.headings) {
    ChapterRecord record;
    if (each.parent >= 0) {
      record.parent =
          static_cast<std::uint32_t>(begin + 1) + static_cast<std::uint32_t>(each.parent);
      record.depth = chapters_[record.parent - 1].depth + 1;
    }
    record.title = place(each.title);
    chapters_.push_back(record);
  }
  for (std::size_t i = version.units.size(); i-- > 0;) {
    for (int at = version.units[i].heading; at >= 0;
         at = version.headings[static_cast<std::size_t>(at)].parent) {
      chapters_[begin + static_cast<std::size_t>(at)].first_article =
          first_article + static_cast<std::uint32_t>(i);
    }
  }
}

void PackBuilder::take_article(const std::string& title, const FrameVersion& version,
                               const FrameUnit& unit, std::string_view text) {
  ArticleRecord record;
  record.text_begin = static_cast<std::uint32_t>(unit.text.data() - text.data());
  record.text_size = static_cast<std::uint32_t>(unit.text.size());
  if (unit.heading >= 0) {
    record.chapter = versions_.back().first_chapter + static_cast<std::uint32_t>(unit.heading);
  }
  record.number = static_cast<std::uint16_t>(unit.number.number);
  record.branch = static_cast<std::uint16_t>(unit.number.branch);
  if (unit.label != article_label(unit.number)) record.label = place(unit.label);
  const auto id = static_cast<std::uint32_t>(articles_.size() + 1);
  if (version.searched) {
    // Title and chapters give an article the words its own sentence leaves out.
    document_ = title + "\n" + chapter_lines(version, unit.heading);
    document_ += unit.text;
    record.length = index_.add(id, document_);
  }
  articles_.push_back(record);
}

// A repealing text may come after the one it repeals.
void PackBuilder::resolve_repeals() {
  for (const Repeal& each : repeals_) {
    const auto found = by_name_.find(each.by);
    if (found == by_name_.end()) continue;
    const VersionRecord& by = versions_[found->second - 1];
    if (each.unit >= by.articles) continue;
    versions_[each.version - 1].repealing_article =
        by.first_article + static_cast<std::uint32_t>(each.unit);
  }
}

StringPlace PackBuilder::place(std::string_view string) {
  const auto found = placed_.find(string);
  if (found != placed_.end()) return found->second;
  const auto begin = static_cast<StringPlace>(strings_.size());
  append_varint(strings_, string.size());
  strings_ += string;
  placed_.emplace(string, begin);
  return begin;
}

Result<std::string> PackBuilder::finish() && {
  resolve_repeals();
  PackHeader header;
  header.indexed = index_.documents();
  header.newest_articles = newest_articles_;
  const BuiltIndex index = std::move(index_).finish();
  const std::array<std::string_view, pack_sections> sections{about_,
                                                             bytes_of(frames_),
                                                             bytes_of(citations_),
                                                             texts_,
                                                             bytes_of(laws_),
                                                             bytes_of(versions_),
                                                             bytes_of(chapters_),
                                                             bytes_of(articles_),
                                                             keys_,
                                                             strings_,
                                                             index.heads,
                                                             index.dictionary,
                                                             index.postings};
  std::uint64_t next = sizeof(PackHeader);
  for (std::size_t i = 0; i < pack_sections; ++i) {
    header.places[i] = {next, sections[i].size()};
    next =
        (next + sections[i].size() + section_alignment - 1) / section_alignment * section_alignment;
  }
  if (index.postings.size() > std::numeric_limits<std::uint32_t>::max() ||
      texts_.size() > std::numeric_limits<std::uint32_t>::max()) {
    return fail(ErrorKind::invalid, "library_too_large", "a section of more than 4 GiB");
  }
  std::string bytes;
  bytes.reserve(next);
  bytes.append(reinterpret_cast<const char*>(&header), sizeof(header));
  for (const std::string_view each : sections) {
    bytes += each;
    bytes.resize((bytes.size() + section_alignment - 1) / section_alignment * section_alignment);
  }
  return bytes;
}

}  // namespace law
