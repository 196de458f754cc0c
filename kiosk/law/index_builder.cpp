#include "kiosk/law/index_builder.h"

#include <algorithm>
#include <cmath>

#include "kiosk/law/index.h"
#include "kiosk/law/index_layout.h"
#include "kiosk/law/varint.h"

namespace law {
namespace {

constexpr std::size_t first_slots = std::size_t{1} << 16U;

// Fibonacci hashing (Knuth, The Art of Computer Programming 6.4): the table's size is a power of 2.
std::size_t slot_of(Term term, std::size_t slots) {
  return static_cast<std::size_t>((term ^ term >> 29U) * 0x9E3779B97F4A7C15U >> 20U) & (slots - 1);
}

}  // namespace

IndexBuilder::IndexBuilder() : slots_(first_slots, 0), by_level_(impact_levels) {}

IndexBuilder::Occurrences& IndexBuilder::occurrences_of(Term term) {
  std::size_t at = slot_of(term, slots_.size());
  for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
    if (terms_[slots_[at] - 1].term == term) return terms_[slots_[at] - 1];
  }
  terms_.push_back({term, {}, 0, 0});
  slots_[at] = static_cast<std::uint32_t>(terms_.size());
  if (terms_.size() * 2 > slots_.size()) grow();
  return terms_.back();
}

void IndexBuilder::grow() {
  std::vector<std::uint32_t> larger(slots_.size() * 2, 0);
  for (std::uint32_t i = 0; i < terms_.size(); ++i) {
    std::size_t at = slot_of(terms_[i].term, larger.size());
    while (larger[at] != 0) at = (at + 1) & (larger.size() - 1);
    larger[at] = i + 1;
  }
  slots_ = std::move(larger);
}

std::uint32_t IndexBuilder::add(std::uint32_t document, std::string_view text) {
  scratch_.clear();
  append_terms(text, scratch_);
  std::sort(scratch_.begin(), scratch_.end());
  const auto length = static_cast<std::uint32_t>(scratch_.size());
  lengths_.resize(document + std::size_t{1}, 0);
  lengths_[document] = length;
  total_length_ += length;
  ++documents_;
  for (auto run = scratch_.begin(); run != scratch_.end();) {
    const auto end = std::find_if(run, scratch_.end(), [run](Term each) { return each != *run; });
    Occurrences& occurrences = occurrences_of(*run);
    append_varint(occurrences.bytes, document - occurrences.last);
    occurrences.bytes += static_cast<char>(std::min<std::ptrdiff_t>(end - run, 255));
    occurrences.last = document;
    ++occurrences.frequency;
    run = end;
  }
  return length;
}

// Only now the average length is known and with it the impacts.
std::string IndexBuilder::groups_of(const Occurrences& occurrences) {
  const double average = static_cast<double>(total_length_) / documents_;
  std::uint32_t document = 0;
  for (std::size_t at = 0; next_document(occurrences.bytes, at, document); ++at) {
    const double count = static_cast<unsigned char>(occurrences.bytes[at]);
    const double relative = lengths_[document] / average;
    const double impact = count / (count + bm25_k1 * (1 - bm25_b + bm25_b * relative));
    const long level = std::lround(impact * impact_levels);
    by_level_[static_cast<std::size_t>(std::clamp<long>(level, 1, impact_levels)) - 1].push_back(
        document);
  }
  std::string bytes;
  std::string distances;
  for (unsigned level = impact_levels; level > 0; --level) {
    std::vector<std::uint32_t>& group = by_level_[level - 1];
    if (group.empty()) continue;
    distances.clear();
    std::uint32_t last = 0;
    for (const std::uint32_t each : group) {
      append_varint(distances, each - last);
      last = each;
    }
    append_varint(bytes, group.size() * impact_levels + (impact_levels - level));
    if (group.size() >= long_group) append_varint(bytes, distances.size());
    bytes += distances;
    group.clear();
  }
  return bytes;
}

BuiltIndex IndexBuilder::finish() && {
  std::vector<std::uint32_t>().swap(slots_);
  std::sort(terms_.begin(), terms_.end(),
            [](const Occurrences& a, const Occurrences& b) { return a.term < b.term; });
  BuiltIndex built;
  Term previous = 0;
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    Occurrences& each = terms_[i];
    if (i % terms_in_block == 0) {
      const IndexHead head{each.term, static_cast<std::uint32_t>(built.dictionary.size()),
                           static_cast<std::uint32_t>(built.postings.size())};
      built.heads.append(reinterpret_cast<const char*>(&head), sizeof(head));
      previous = each.term;
    }
    const std::string groups = groups_of(each);
    append_varint(built.dictionary, each.term - previous);
    append_varint(built.dictionary, each.frequency);
    append_varint(built.dictionary, groups.size());
    built.postings += groups;
    previous = each.term;
    std::string().swap(each.bytes);
  }
  return built;
}

}  // namespace law
