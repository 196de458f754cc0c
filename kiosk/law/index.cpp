#include "kiosk/law/index.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "kiosk/law/index_layout.h"
#include "kiosk/law/varint.h"

namespace law {

double inverse_frequency(std::uint64_t documents, std::uint64_t frequency) {
  const auto n = static_cast<double>(documents);
  const auto f = static_cast<double>(std::min(frequency, documents));
  return std::log(1.0 + (n - f + 0.5) / (f + 0.5));
}

void Scores::reset(std::uint32_t last) {
  for (const std::uint32_t block : blocks_) touched_[block] = 0;
  blocks_.clear();
  last_ = last;
  const std::size_t blocks = (last >> block_bits) + std::size_t{1};
  touched_.resize(blocks, 0);
  values_.resize(blocks * block_size);
}

void Scores::open_block(std::uint32_t block) {
  touched_[block] = 1;
  blocks_.push_back(block);
  const auto begin = values_.begin() + static_cast<std::ptrdiff_t>(block) * block_size;
  std::fill(begin, begin + block_size, 0.0F);
}

void Scores::clear(std::uint32_t first, std::uint32_t last) {
  cap(first, last, 0);
}

void Scores::cap(std::uint32_t first, std::uint32_t last, float limit) {
  last = std::min(last, last_);
  for (std::uint32_t i = first; i <= last; ++i) {
    if (at(i) > limit) values_[i] = limit;
  }
}

float Scores::highest(std::uint32_t first, std::uint32_t last) const {
  float highest = 0;
  last = std::min(last, last_);
  for (std::uint32_t i = first; i <= last; ++i) highest = std::max(highest, at(i));
  return highest;
}

float Scores::highest_of(std::uint32_t block) const {
  constexpr std::size_t lanes = 8;  // independent of each other: the compiler takes them at once
  std::array<float, lanes> highest{};
  const float* value = values_.data() + std::size_t{block} * block_size;
  for (std::size_t i = 0; i < block_size; i += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      highest[lane] = std::max(highest[lane], value[i + lane]);
    }
  }
  return *std::max_element(highest.begin(), highest.end());
}

float Scores::highest() const {
  float highest = 0;
  for (const std::uint32_t block : blocks_) highest = std::max(highest, highest_of(block));
  return highest;
}

void Scores::scale(float factor) {
  for (const std::uint32_t block : blocks_) {
    float* value = values_.data() + std::size_t{block} * block_size;
    for (std::uint32_t i = 0; i < block_size; ++i) value[i] *= factor;
  }
}

void Scores::add(const Scores& other, float factor) {
  for (const std::uint32_t block : other.blocks_) {
    if (touched_[block] == 0) open_block(block);
    float* __restrict value = values_.data() + std::size_t{block} * block_size;
    const float* __restrict more = other.values_.data() + std::size_t{block} * block_size;
    for (std::uint32_t i = 0; i < block_size; ++i) value[i] += factor * more[i];
  }
}

// Blocks with the highest scores first: most others need no second look.
std::vector<Ranked> Scores::best(std::size_t limit) const {
  const auto better = [](const Ranked& a, const Ranked& b) {
    return a.score != b.score ? a.score > b.score : a.document < b.document;
  };
  std::vector<Ranked> heap;  // the worst of the best is in front
  if (limit == 0) return heap;
  std::vector<Ranked> order;  // of blocks
  for (const std::uint32_t block : blocks_) order.push_back({block, highest_of(block)});
  std::sort(order.begin(), order.end(), better);
  for (const Ranked& block : order) {
    if (block.score <= 0) break;
    const bool full = heap.size() == limit;
    if (full && block.score < heap.front().score) break;
    const std::uint32_t first = block.document << block_bits;
    const float* value = values_.data() + first;
    for (std::uint32_t i = 0; i < block_size; ++i) {
      const Ranked each{first + i, value[i]};
      if (each.score <= 0) continue;
      if (heap.size() < limit) {
        heap.push_back(each);
        std::push_heap(heap.begin(), heap.end(), better);
      } else if (better(each, heap.front())) {
        std::pop_heap(heap.begin(), heap.end(), better);
        heap.back() = each;
        std::push_heap(heap.begin(), heap.end(), better);
      }
    }
  }
  std::sort_heap(heap.begin(), heap.end(), better);
  return heap;
}

std::optional<Index::Entry> Index::find(Term term) const {
  std::size_t low = 0;  // the last block whose first term is not behind `term`
  std::size_t high = bytes_.heads.size() / sizeof(IndexHead);
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    (head_at(bytes_.heads, middle).term <= term ? low : high) = middle;
  }
  if (low == high) return std::nullopt;
  const IndexHead head = head_at(bytes_.heads, low);
  std::size_t at = head.dictionary;
  std::uint64_t begin = head.postings;
  Term own = head.term;
  for (unsigned i = 0; i < terms_in_block; ++i) {
    std::uint64_t distance = 0;
    std::uint64_t frequency = 0;
    std::uint64_t size = 0;
    const bool whole = read_varint(bytes_.dictionary, at, distance) &&
                       read_varint(bytes_.dictionary, at, frequency) &&
                       read_varint(bytes_.dictionary, at, size);
    own += distance;
    if (!whole || own > term) return std::nullopt;
    if (own == term) {
      if (begin > bytes_.postings.size() || size > bytes_.postings.size() - begin) break;
      const std::uint64_t most = documents_;
      return Entry{static_cast<std::uint32_t>(std::min(frequency, most)),
                   bytes_.postings.substr(begin, size)};
    }
    begin += size;
  }
  return std::nullopt;
}

std::optional<Index::Group> Index::take_group(std::string_view& groups) {
  std::size_t at = 0;
  std::uint64_t head = 0;
  if (!read_varint(groups, at, head)) return std::nullopt;
  Group group;
  group.documents = head / impact_levels;
  group.level = impact_levels - static_cast<unsigned>(head % impact_levels);
  std::uint64_t size = 0;
  if (group.documents >= long_group) {
    if (!read_varint(groups, at, size) || size > groups.size() - at) return std::nullopt;
  } else {
    const std::size_t begin = at;
    std::uint32_t document = 0;
    for (std::uint64_t i = 0; i < group.documents; ++i) {
      if (!next_document(groups, at, document)) return std::nullopt;
    }
    size = at - begin;
    at = begin;
  }
  group.distances = groups.substr(at, size);
  groups.remove_prefix(at + size);
  return group;
}

// Eight short distances at a time where the group is dense, else one by one.
void Index::add_group(const Group& group, float value, Scores& scores) {
  constexpr std::size_t run = 8;
  constexpr std::uint32_t longest_run = run * 0x7F;
  constexpr std::uint64_t long_marks = 0x8080808080808080U;
  const std::string_view distances = group.distances;
  float* const values = scores.values_.data();
  std::uint32_t document = 0;
  for (std::size_t at = 0; at < distances.size();) {
    std::uint64_t next = long_marks;
    if (distances.size() - at >= run) std::memcpy(&next, distances.data() + at, run);
    if ((next & long_marks) == 0 && scores.last_ - document >= longest_run) {
      scores.open(document, document + longest_run);
      for (std::size_t i = 0; i < run; ++i) {
        document += static_cast<unsigned char>(distances[at + i]);
        values[document] += value;
      }
      at += run;
      continue;
    }
    if (!next_document(distances, at, document) || document > scores.last_) return;
    scores.touch(document) += value;
  }
}

std::size_t Index::add(std::span<const Weighted> entries, std::uint64_t budget, Scores& scores) {
  steps_.clear();
  std::uint64_t wanted = 0;
  for (const Weighted& each : entries) {
    std::string_view groups = each.entry.groups;
    while (const auto group = take_group(groups)) {
      steps_.push_back({each.weight * impact_of(group->level), *group});
      wanted += group->distances.size();
    }
  }
  if (wanted > budget) {
    std::stable_sort(steps_.begin(), steps_.end(),
                     [](const Step& a, const Step& b) { return a.value > b.value; });
  }
  std::size_t read = 0;
  for (const Step& each : steps_) {
    if (read >= budget) break;
    add_group(each.group, each.value, scores);
    read += each.group.distances.size();
  }
  return read;
}

std::size_t Index::add(std::span<const WeightedTerm> terms, std::uint64_t budget, Scores& scores) {
  found_.clear();
  for (const WeightedTerm& each : terms) {
    if (const auto entry = find(each.term)) {
      found_.push_back({*entry, static_cast<float>(each.weight)});
    }
  }
  return add(std::span<const Weighted>(found_), budget, scores);
}

}  // namespace law
