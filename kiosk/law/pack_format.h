// 法律包, the file a law library is: one immutable file, opened by memory map, named by the SHA-256
// of its bytes. This header is its grammar; pack_builder writes it, pack reads it.
//
//   pack     = header { section }    sections in the order of Section, each at a multiple of 8,
//                                    zeros between
//   header   = PackHeader            little-endian, as all records below
//
// The first four sections are the pack's content:
//   about    = { key " " value "\n" }    collection, collected (day), region, and for each source
//                                        "source" day name ("-": day unknown); unknown keys are
//                                        skipped
//   frames   = { FrameRecord }       one a law, in the order of the laws
//   citations = { CitationRecord }   which article cites which, ascending
//   texts    = { zstd frame }        in the order of `frames`, without gaps: one law, law_frame.h
//
// The others are made from these alone, the same on every machine, so that a receiver who has the
// content can make the pack and prove by its name that nothing is missing or changed. From one
// pack to the next only what stands before `texts` and the texts not yet there have to travel.
//   laws, versions, chapters, articles   records; ids are positions from 1, 0 is none
//   keys     = { "\n" title_key }    of the laws in order
//   strings  = { string }            string = bytes (LEB128) UTF-8; named by where it begins, the
//                                    first is ""
//   heads, dictionary, postings      the index, grammar in index.h; a document is an article id
//
// Another grammar, another choice of words or weights in the index is another `pack_format`: an
// older program refuses it.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstdint>
#include <limits>

namespace law {

static_assert(std::endian::native == std::endian::little, "a pack is mapped as it is");

inline constexpr std::array<char, 8> pack_magic{'L', 'a', 'w', 'P', 'a', 'c', 'k', '\n'};
inline constexpr std::uint32_t pack_format = 2;

enum class Section {
  about,
  frames,
  citations,
  texts,
  laws,
  versions,
  chapters,
  articles,
  keys,
  strings,
  heads,
  dictionary,
  postings,
};
inline constexpr std::size_t pack_sections = 13;
inline constexpr std::size_t section_alignment = 8;

struct SectionPlace {
  std::uint64_t begin = 0;  // bytes from the start of the file
  std::uint64_t size = 0;   // bytes
};

struct PackHeader {
  std::array<char, 8> magic = pack_magic;
  std::uint32_t format = pack_format;
  std::uint32_t sections = pack_sections;
  std::uint32_t indexed = 0;          // documents of the index
  std::uint32_t newest_articles = 0;  // of the newest versions
  std::array<SectionPlace, pack_sections> places;
};
static_assert(sizeof(PackHeader) == 24 + pack_sections * 16);

struct FrameRecord {
  std::array<unsigned char, 32> sha256{};  // of the stored bytes
  std::uint32_t stored = 0;                // bytes in `texts`
  std::uint32_t text = 0;                  // bytes when unpacked
};
static_assert(sizeof(FrameRecord) == 40);
// The largest law has 0.5 MB; more than this is damage.
inline constexpr std::uint32_t largest_law_text = std::uint32_t{64} << 20U;

// Articles by id.
struct CitationRecord {
  std::uint32_t cited = 0;
  std::uint32_t citing = 0;
  // Not 0: the citing text is older than the cited version, numbers may have shifted.
  std::uint32_t elder = 0;

  auto operator<=>(const CitationRecord&) const = default;
};
static_assert(sizeof(CitationRecord) == 12);

using StringPlace = std::uint32_t;  // into `strings`
using Day = std::int32_t;           // days since 1970-01-01
inline constexpr Day no_day = std::numeric_limits<Day>::min();

struct LawRecord {
  StringPlace title = 0;
  StringPlace short_title = 0;
  StringPlace category = 0;
  StringPlace region = 0;
  std::uint32_t key_begin = 0;  // into `keys`, behind the "\n"
  std::uint32_t key_size = 0;
  std::uint32_t kind = 0;        // law::Kind
  std::uint32_t text_begin = 0;  // of its frame, into `texts`
  std::uint32_t first_version = 0;
  std::uint32_t versions = 0;  // oldest first
};
static_assert(sizeof(LawRecord) == 40);

struct StartRecord {  // law::Start
  Day day = no_day;
  Day known_by = no_day;
};

struct VersionRecord {
  static constexpr std::uint32_t superseded = 1;
  static constexpr std::uint32_t repealed = 2;
  static constexpr std::uint32_t searched = 4;  // its articles are in the index

  std::uint32_t law = 0;
  std::uint32_t first_article = 0;  // ids of its articles and chapters have no gaps
  std::uint32_t articles = 0;
  std::uint32_t first_chapter = 0;
  std::uint32_t chapters = 0;
  std::uint32_t flags = 0;
  std::uint32_t repealing_article = 0;
  StringPlace history = 0;  // lines
  StringPlace source = 0;   // name of the collection, see `about` …
  StringPlace path = 0;     // … and the file of it
  StringPlace issuer = 0;
  Day adopted = no_day;
  Day published = no_day;
  Day dated = no_day;
  Day says_effective = no_day;
  Day listed_in_force = no_day;
  StartRecord effective;
  StartRecord superseded_from;
  StartRecord repealed_from;
};
static_assert(sizeof(VersionRecord) == 88);

struct ChapterRecord {
  std::uint32_t parent = 0;
  std::uint32_t depth = 0;  // 0 at the top
  std::uint32_t first_article = 0;
  StringPlace title = 0;
};
static_assert(sizeof(ChapterRecord) == 16);

struct ArticleRecord {
  std::uint32_t text_begin = 0;  // into the law's unpacked text
  std::uint32_t text_size = 0;
  std::uint32_t chapter = 0;
  std::uint16_t number = 0;
  std::uint16_t branch = 0;
  StringPlace label = 0;     // "" when the number says it, see article_label()
  std::uint32_t length = 0;  // terms of its document; 0 when not in the index
};
static_assert(sizeof(ArticleRecord) == 24);

}  // namespace law
