// Makes a law pack from what it is about and the frames of its laws: importing adds texts, a kiosk
// that fetched a newer pack's content adds frames. The same content in the same order gives the
// same bytes on every machine. Knows no collection.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/index_builder.h"
#include "kiosk/law/law_frame.h"
#include "kiosk/law/pack.h"
#include "kiosk/law/pack_format.h"
#include "platform/base/result.h"
#include "platform/zstd/zstd.h"

namespace law {

class PackBuilder {
 public:
  // `about` as in pack_format.h.
  explicit PackBuilder(std::string about);

  // A law's text (law_frame.h), compressed here.
  base::Result<void> add_text(std::string_view text);
  // A law's text as another pack stores it. invalid ("law_frame", "zstd") when it is no law.
  base::Result<void> add_frame(std::string_view stored, std::uint32_t text_size);
  // Who cites whom, ascending; articles are numbered from 1 in the order in which the laws are
  // added.
  void set_citations(std::vector<CitationRecord> citations) { citations_ = std::move(citations); }
  // The bytes of the pack; once, at the end.
  base::Result<std::string> finish() &&;

 private:
  struct Repeal {
    std::uint32_t version = 0;
    std::string by;  // version_name()
    std::size_t unit = 0;
  };

  base::Result<void> take(std::string_view stored, std::string_view text);
  void take_version(const LawFrame& law, const FrameVersion& version, std::string_view text);
  void take_chapters(const FrameVersion& version, std::uint32_t first_article);
  void take_article(const std::string& title, const FrameVersion& version, const FrameUnit& unit,
                    std::string_view text);
  void resolve_repeals();
  StringPlace place(std::string_view string);

  std::string about_;
  std::vector<PackSource> sources_;
  zstd::Packer packer_;
  zstd::Unpacker unpacker_;
  std::vector<FrameRecord> frames_;
  std::vector<CitationRecord> citations_;
  std::string texts_;
  std::vector<LawRecord> laws_;
  std::vector<VersionRecord> versions_;
  std::vector<ChapterRecord> chapters_;
  std::vector<ArticleRecord> articles_;
  std::string keys_;
  std::string strings_;
  std::map<std::string, StringPlace, std::less<>> placed_;
  std::map<std::string, std::uint32_t, std::less<>> by_name_;  // version_name() → version
  std::vector<Repeal> repeals_;
  std::uint32_t newest_articles_ = 0;
  IndexBuilder index_;
  std::string document_;
};

}  // namespace law
