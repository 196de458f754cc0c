#include "kiosk/law/pack_content.h"

#include <cstring>

#include "kiosk/law/pack_builder.h"
#include "platform/crypto/crypto.h"

namespace law {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

tl::unexpected<base::Error> no_head() {
  return fail(ErrorKind::invalid, "law_pack", "not the head of a law pack of this release");
}

Result<PackHeader> header_of(std::string_view bytes) {
  PackHeader header;
  if (bytes.size() < sizeof(PackHeader)) return no_head();
  std::memcpy(&header, bytes.data(), sizeof(PackHeader));
  if (header.magic != pack_magic || header.format != pack_format ||
      header.sections != pack_sections) {
    return no_head();
  }
  return header;
}

const SectionPlace& place_of(const PackHeader& header, Section section) {
  return header.places[static_cast<std::size_t>(section)];
}

bool inside(const SectionPlace& place, std::uint64_t size) {
  return place.begin <= size && place.size <= size - place.begin;
}

template <typename Record>
Result<std::vector<Record>> records(std::string_view head, const SectionPlace& place) {
  if (!inside(place, head.size()) || place.size % sizeof(Record) != 0) return no_head();
  std::vector<Record> records(place.size / sizeof(Record));
  if (place.size > 0) std::memcpy(records.data(), head.data() + place.begin, place.size);
  return records;
}

}  // namespace

Result<std::uint64_t> head_size(std::string_view begin) {
  return place_of(TRY(header_of(begin)), Section::texts).begin;
}

Result<PackHead> read_head(std::string_view bytes) {
  const PackHeader header = TRY(header_of(bytes));
  const SectionPlace& about = place_of(header, Section::about);
  const std::uint64_t size = place_of(header, Section::texts).begin;
  if (size != bytes.size() || !inside(about, size)) return no_head();
  PackHead head;
  head.about = bytes.substr(about.begin, about.size);
  head.frames = TRY(records<FrameRecord>(bytes, place_of(header, Section::frames)));
  head.citations = TRY(records<CitationRecord>(bytes, place_of(header, Section::citations)));
  head.size = size;
  return head;
}

void FrameStock::add(const Pack& pack) {
  const std::string_view texts = pack.section(Section::texts);
  for (std::uint32_t id = 1; id <= pack.laws(); ++id) {
    const FrameRecord record = pack.frame(id);
    const std::uint32_t begin = pack.law(id).text_begin;
    if (begin <= texts.size() && record.stored <= texts.size() - begin) {
      add(record, texts.substr(begin, record.stored));
    }
  }
}

void FrameStock::add(const FrameRecord& record, std::string_view stored) {
  if (crypto::sha256(stored) == record.sha256) frames_.insert_or_assign(record.sha256, stored);
}

void FrameStock::add(const PackHead& head, std::size_t first, std::string_view bytes) {
  for (std::size_t i = first; i < head.frames.size(); ++i) {
    const FrameRecord& record = head.frames[i];
    if (record.stored > bytes.size()) return;
    add(record, bytes.substr(0, record.stored));
    bytes.remove_prefix(record.stored);
  }
}

bool FrameStock::has(const FrameRecord& record) const {
  return frames_.contains(record.sha256);
}

std::string_view FrameStock::find(const FrameRecord& record) const {
  const auto found = frames_.find(record.sha256);
  return found == frames_.end() ? std::string_view{} : found->second;
}

std::vector<Stretch> missing_laws(const PackHead& head, const FrameStock& stock,
                                  std::uint64_t most_bytes) {
  std::vector<Stretch> stretches;
  std::uint64_t at = head.size;
  for (std::size_t i = 0; i < head.frames.size(); ++i) {
    const std::uint64_t size = head.frames[i].stored;
    if (!stock.has(head.frames[i])) {
      const bool goes_on = !stretches.empty() &&
                           stretches.back().begin + stretches.back().size == at &&
                           stretches.back().size + size <= most_bytes;
      if (!goes_on) stretches.push_back({i, 0, at, 0});
      ++stretches.back().laws;
      stretches.back().size += size;
    }
    at += size;
  }
  return stretches;
}

Result<std::uint64_t> bytes_to_fetch(std::string_view pack, const FrameStock& stock) {
  const std::uint64_t size = TRY(head_size(pack));
  const PackHead head = TRY(read_head(pack.substr(0, size)));
  std::uint64_t bytes = head.size;
  for (const Stretch& each : missing_laws(head, stock, pack.size())) bytes += each.size;
  return bytes;
}

Result<std::string> assemble_pack(const PackHead& head, const FrameStock& stock,
                                  std::string_view sha256) {
  PackBuilder builder(head.about);
  for (const FrameRecord& each : head.frames) {
    const std::string_view stored = stock.find(each);
    if (stored.empty()) return fail(ErrorKind::not_found, "law_missing", "a law is not there yet");
    TRY(builder.add_frame(stored, each.text));
  }
  builder.set_citations(head.citations);
  std::string pack = TRY(std::move(builder).finish());
  if (crypto::sha256_hex(pack) != sha256) {
    return fail(ErrorKind::invalid, "bad_hash", "the pack is not what its name says");
  }
  return pack;
}

}  // namespace law
