#include "kiosk/law/pack.h"

#include <algorithm>
#include <cstring>

#include "kiosk/law/index_layout.h"
#include "kiosk/law/varint.h"
#include "platform/base/text.h"

namespace law {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

// Unpacked laws that are kept: a page of results shows articles of a few laws again and again.
constexpr std::size_t kept_texts = 16;
constexpr std::size_t kept_bytes = std::size_t{4} << 20U;

tl::unexpected<base::Error> damaged(std::string_view what) {
  return fail(ErrorKind::storage, "library_damaged", what);
}

constexpr std::uint64_t aligned(std::uint64_t size) {
  return (size + section_alignment - 1) / section_alignment * section_alignment;
}

// The sections follow each other and end with the file.
bool in_order(const PackHeader& header, std::uint64_t file_size) {
  std::uint64_t next = sizeof(PackHeader);
  for (const SectionPlace& each : header.places) {
    if (each.begin != next || each.size > file_size - next) return false;
    next = aligned(each.begin + each.size);
    if (next > file_size) return false;
  }
  return next == file_size;
}

constexpr std::size_t record_size(Section section) {
  switch (section) {
    case Section::frames: return sizeof(FrameRecord);
    case Section::citations: return sizeof(CitationRecord);
    case Section::laws: return sizeof(LawRecord);
    case Section::versions: return sizeof(VersionRecord);
    case Section::chapters: return sizeof(ChapterRecord);
    case Section::articles: return sizeof(ArticleRecord);
    case Section::heads: return sizeof(IndexHead);
    default: return 1;
  }
}

// Far above any collection; scores need memory for each.
constexpr std::uint32_t most_articles = 10'000'000;

}  // namespace

std::vector<PackSource> read_sources(std::string_view about) {
  constexpr std::string_view key = "source ";
  std::vector<PackSource> sources;
  for (std::string_view line : base::split(about, '\n')) {
    if (!line.starts_with(key)) continue;
    line.remove_prefix(key.size());
    const std::size_t blank = std::min(line.find(' '), line.size());
    const std::string_view name = line.substr(std::min(blank + 1, line.size()));
    sources.push_back({std::string(name), base::parse_date(line.substr(0, blank))});
  }
  return sources;
}

std::optional<base::Date> day_of_source(const std::vector<PackSource>& sources,
                                        std::string_view name) {
  for (const PackSource& each : sources) {
    if (each.name == name) return each.collected;
  }
  return std::nullopt;
}

Result<Pack> Pack::open(const base::Path& path) {
  auto file = TRY(base::MappedFile::open(path));
  const std::string_view bytes = file.bytes();
  PackHeader header;
  const auto foreign = fail(ErrorKind::refused, "library_format",
                            path.string() + ": not a law library of this release; import it again");
  if (bytes.size() < sizeof(PackHeader)) return foreign;
  std::memcpy(&header, bytes.data(), sizeof(PackHeader));
  if (header.magic != pack_magic || header.format != pack_format ||
      header.sections != pack_sections) {
    return foreign;
  }
  if (!in_order(header, bytes.size())) return damaged("sections out of order");
  Pack pack(std::move(file), header);
  TRY(pack.check());
  return pack;
}

Pack::Pack(base::MappedFile file, const PackHeader& header)
    : file_(std::move(file)), header_(header), sources_(read_sources(section(Section::about))) {
  index_ =
      Index({section(Section::heads), section(Section::dictionary), section(Section::postings)},
            header_.indexed, articles());
}

Result<void> Pack::check() const {
  for (std::size_t i = 0; i < pack_sections; ++i) {
    if (header_.places[i].size % record_size(static_cast<Section>(i)) != 0) {
      return damaged("a table with part of a record");
    }
  }
  if (count<FrameRecord>(Section::frames) != laws()) return damaged("laws without text");
  if (articles() > most_articles || header_.indexed > articles()) return damaged("article count");
  std::uint64_t next = 1;
  for (std::uint32_t id = 1; id <= versions(); ++id) {
    const VersionRecord each = version(id);
    if (each.first_article != next || each.articles == 0) return damaged("articles out of order");
    next += each.articles;
  }
  if (next != articles() + std::uint64_t{1}) return damaged("articles without a version");
  return {};
}

std::string_view Pack::section(Section section) const {
  const SectionPlace& place = header_.places[static_cast<std::size_t>(section)];
  return file_.bytes().substr(place.begin, place.size);
}

std::string_view Pack::about(std::string_view key) const {
  for (const std::string_view line : base::split(section(Section::about), '\n')) {
    if (line.starts_with(key) && line.substr(key.size()).starts_with(' ')) {
      return line.substr(key.size() + 1);
    }
  }
  return {};
}

std::vector<CitationRecord> Pack::citing(std::uint64_t article) const {
  const std::uint32_t all = count<CitationRecord>(Section::citations);
  std::uint32_t low = 1;  // the first that does not cite an article before
  for (std::uint32_t high = all + 1; low < high;) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (record<CitationRecord>(Section::citations, middle).cited < article) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  std::vector<CitationRecord> found;
  for (; low <= all; ++low) {
    const auto each = record<CitationRecord>(Section::citations, low);
    if (each.cited != article) break;
    found.push_back(each);
  }
  return found;
}

std::uint32_t Pack::version_of(std::uint64_t article) const {
  if (article < 1 || article > articles()) return 0;
  std::uint32_t low = 1;  // the last version that does not begin behind the article
  std::uint32_t high = versions() + 1;
  while (high - low > 1) {
    const std::uint32_t middle = low + (high - low) / 2;
    (version(middle).first_article <= article ? low : high) = middle;
  }
  return low;
}

std::string_view Pack::string(StringPlace place) const {
  const std::string_view strings = section(Section::strings);
  std::size_t at = place;
  std::uint64_t size = 0;
  if (!read_varint(strings, at, size) || size > strings.size() - at) return {};
  return strings.substr(at, size);
}

std::string_view Pack::key(const LawRecord& law) const {
  const std::string_view keys = section(Section::keys);
  if (law.key_begin > keys.size() || law.key_size > keys.size() - law.key_begin) return {};
  return keys.substr(law.key_begin, law.key_size);
}

std::uint32_t Pack::law_of_key(std::size_t place) const {
  std::uint32_t low = 1;
  std::uint32_t high = laws() + 1;
  while (high - low > 1) {
    const std::uint32_t middle = low + (high - low) / 2;
    (law(middle).key_begin <= place ? low : high) = middle;
  }
  return low;
}

Result<std::string_view> Pack::law_text(std::uint64_t law_id) {
  const auto kept = std::find_if(unpacked_.begin(), unpacked_.end(),
                                 [law_id](const Unpacked& each) { return each.law == law_id; });
  if (kept != unpacked_.end()) {
    unpacked_.splice(unpacked_.begin(), unpacked_, kept);
    return std::string_view(kept->text);
  }
  const FrameRecord record = frame(law_id);
  const std::string_view texts = section(Section::texts);
  const std::uint32_t begin = law(law_id).text_begin;
  if (record.text > largest_law_text || begin > texts.size() ||
      record.stored > texts.size() - begin) {
    return damaged("a law's text is out of bounds");
  }
  auto text = unpacker_.unpack(texts.substr(begin, record.stored), record.text);
  if (!text) return damaged("a law's text cannot be unpacked: " + text.error().detail);
  unpacked_.push_front({law_id, std::move(*text)});
  std::size_t bytes = 0;
  std::size_t number = 0;
  for (auto each = unpacked_.begin(); each != unpacked_.end();) {
    bytes += each->text.size();
    const bool keep = ++number == 1 || (number <= kept_texts && bytes <= kept_bytes);
    each = keep ? std::next(each) : unpacked_.erase(each);
  }
  return std::string_view(unpacked_.front().text);
}

Result<std::string> Pack::article_text(std::uint64_t id) {
  const ArticleRecord record = article(id);
  const std::string_view text = TRY(law_text(version(version_of(id)).law));
  if (record.text_begin > text.size() || record.text_size > text.size() - record.text_begin) {
    return damaged("an article's text is out of bounds");
  }
  return std::string(text.substr(record.text_begin, record.text_size));
}

void Pack::release() const {
  file_.release(file_.bytes());
}

std::optional<base::Date> date_of(Day day) {
  // What a date can hold; other numbers come from a damaged file.
  constexpr Day first = -719'528;  // year 0
  constexpr Day last = 2'932'896;  // year 9999
  if (day < first || day > last) return std::nullopt;
  return base::Date(std::chrono::sys_days(std::chrono::days(day)));
}

Day day_of(const std::optional<base::Date>& date) {
  return date ? static_cast<Day>(std::chrono::sys_days(*date).time_since_epoch().count()) : no_day;
}

Kind kind_of(const LawRecord& law) {
  const bool known = law.kind <= static_cast<std::uint32_t>(Kind::other);
  return known ? static_cast<Kind>(law.kind) : Kind::other;
}

VersionFacts facts_of(const VersionRecord& version) {
  const auto start = [](const StartRecord& record) {
    return Start{date_of(record.day), date_of(record.known_by)};
  };
  VersionFacts facts;
  facts.effective = start(version.effective);
  facts.superseded = (version.flags & VersionRecord::superseded) != 0;
  facts.superseded_from = start(version.superseded_from);
  facts.repealed = (version.flags & VersionRecord::repealed) != 0;
  facts.repealed_from = start(version.repealed_from);
  facts.listed_in_force = date_of(version.listed_in_force);
  return facts;
}

}  // namespace law
