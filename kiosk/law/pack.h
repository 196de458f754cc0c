// A law pack opened for reading: its tables, strings and texts by id, its index. Knows how the file
// is laid out (pack_format.h), nothing of questions or days.
//
// Opening looks at the layout and at nothing a later read checks itself; it does not hash. Every
// read is checked: a damaged file gives errors or wrong words, never a crash. Ids are positions
// from 1. Errors are storage ("library_damaged"). One thread at a time.
#pragma once

#include <cstring>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/index.h"
#include "kiosk/law/law.h"
#include "kiosk/law/pack_format.h"
#include "platform/base/mapped_file.h"
#include "platform/base/result.h"
#include "platform/zstd/zstd.h"

namespace law {

// A collection that a pack was made from.
struct PackSource {
  std::string name;                     // "just-laws", "LawRefBook"
  std::optional<base::Date> collected;  // the day it describes
};
// Of the section `about`.
std::vector<PackSource> read_sources(std::string_view about);
// Of sources of one name the first.
std::optional<base::Date> day_of_source(const std::vector<PackSource>& sources,
                                        std::string_view name);

class Pack {
 public:
  // refused ("library_format") when the file is no pack or of another format.
  static base::Result<Pack> open(const base::Path& file);

  // A value of the section `about`; "" when it does not say.
  [[nodiscard]] std::string_view about(std::string_view key) const;
  [[nodiscard]] std::uint64_t bytes() const { return file_.bytes().size(); }
  [[nodiscard]] std::uint32_t newest_articles() const { return header_.newest_articles; }
  [[nodiscard]] std::uint32_t indexed() const { return header_.indexed; }
  // The bytes of a section as they stand.
  [[nodiscard]] std::string_view section(Section section) const;

  [[nodiscard]] std::uint32_t laws() const { return count<LawRecord>(Section::laws); }
  [[nodiscard]] std::uint32_t versions() const { return count<VersionRecord>(Section::versions); }
  [[nodiscard]] std::uint32_t chapters() const { return count<ChapterRecord>(Section::chapters); }
  [[nodiscard]] std::uint32_t articles() const { return count<ArticleRecord>(Section::articles); }
  // Of an id that does not exist: the empty record.
  [[nodiscard]] LawRecord law(std::uint64_t id) const {
    return record<LawRecord>(Section::laws, id);
  }
  [[nodiscard]] VersionRecord version(std::uint64_t id) const {
    return record<VersionRecord>(Section::versions, id);
  }
  [[nodiscard]] ChapterRecord chapter(std::uint64_t id) const {
    return record<ChapterRecord>(Section::chapters, id);
  }
  [[nodiscard]] ArticleRecord article(std::uint64_t id) const {
    return record<ArticleRecord>(Section::articles, id);
  }
  [[nodiscard]] FrameRecord frame(std::uint64_t law) const {
    return record<FrameRecord>(Section::frames, law);
  }
  // The collections it was made from.
  [[nodiscard]] const std::vector<PackSource>& sources() const { return sources_; }
  // The day that a version's own collection describes: what is said of it is known up to then.
  [[nodiscard]] std::optional<base::Date> collected(const VersionRecord& version) const {
    return day_of_source(sources_, string(version.source));
  }
  // Who cites an article: records whose `cited` it is.
  [[nodiscard]] std::vector<CitationRecord> citing(std::uint64_t article) const;
  // The version that has the article; 0 when none has.
  [[nodiscard]] std::uint32_t version_of(std::uint64_t article) const;
  // "" for a place where no string is. The view lives as long as the pack.
  [[nodiscard]] std::string_view string(StringPlace place) const;
  [[nodiscard]] std::string_view key(const LawRecord& law) const;
  // The law in whose key the byte at `place` of Section::keys stands.
  [[nodiscard]] std::uint32_t law_of_key(std::size_t place) const;

  // A law's unpacked text, law_frame.h; the last few are kept. Good until the next call.
  base::Result<std::string_view> law_text(std::uint64_t law);
  base::Result<std::string> article_text(std::uint64_t article);

  [[nodiscard]] Index& index() { return index_; }
  // Gives mapped memory back; what is read afterwards is mapped again.
  void release() const;

 private:
  struct Unpacked {
    std::uint64_t law = 0;
    std::string text;
  };

  Pack(base::MappedFile file, const PackHeader& header);
  base::Result<void> check() const;
  template <typename Record>
  [[nodiscard]] std::uint32_t count(Section part) const {
    return static_cast<std::uint32_t>(section(part).size() / sizeof(Record));
  }
  template <typename Record>
  [[nodiscard]] Record record(Section part, std::uint64_t id) const {
    Record record;
    if (id >= 1 && id <= count<Record>(part)) {
      std::memcpy(&record, section(part).data() + (id - 1) * sizeof(Record), sizeof(Record));
    }
    return record;
  }

  base::MappedFile file_;
  PackHeader header_;
  std::vector<PackSource> sources_;
  Index index_;
  zstd::Unpacker unpacker_;
  std::list<Unpacked> unpacked_;  // latest in front
};

// Days of the records.
std::optional<base::Date> date_of(Day day);
Day day_of(const std::optional<base::Date>& date);
// A number that is no kind comes from a damaged file.
Kind kind_of(const LawRecord& law);
VersionFacts facts_of(const VersionRecord& version);

}  // namespace law
