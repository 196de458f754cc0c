#include "kiosk/law/index.h"

#include <algorithm>
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

float Scores::highest() const {
  float highest = 0;
  for (const std::uint32_t block : blocks_) {
    const float* value = values_.data() + static_cast<std::size_t>(block) * block_size;
    for (std::uint32_t i = 0; i < block_size; ++i) highest = std::max(highest, value[i]);
  }
  return highest;
}

void Scores::scale(float factor) {
  for (const std::uint32_t block : blocks_) {
    float* value = values_.data() + static_cast<std::size_t>(block) * block_size;
    for (std::uint32_t i = 0; i < block_size; ++i) value[i] *= factor;
  }
}

void Scores::add(const Scores& other, float factor) {
  for (const std::uint32_t block : other.blocks_) {
    if (touched_[block] == 0) open_block(block);
    float* value = values_.data() + static_cast<std::size_t>(block) * block_size;
    const float* more = other.values_.data() + static_cast<std::size_t>(block) * block_size;
    for (std::uint32_t i = 0; i < block_size; ++i) value[i] += factor * more[i];
  }
}

std::vector<Ranked> Scores::best(std::size_t limit) const {
  const auto better = [](const Ranked& a, const Ranked& b) {
    return a.score != b.score ? a.score > b.score : a.document < b.document;
  };
  std::vector<Ranked> heap;  // the worst of the best is in front
  if (limit == 0) return heap;
  float enough = std::numeric_limits<float>::min();
  for (const std::uint32_t block : blocks_) {
    const std::uint32_t first = block << block_bits;
    const float* value = values_.data() + first;
    for (std::uint32_t i = 0; i < block_size; ++i) {
      if (value[i] < enough) continue;
      const Ranked each{first + i, value[i]};
      if (heap.size() == limit) {
        if (!better(each, heap.front())) continue;
        std::pop_heap(heap.begin(), heap.end(), better);
        heap.pop_back();
      }
      heap.push_back(each);
      std::push_heap(heap.begin(), heap.end(), better);
      if (heap.size() == limit) enough = heap.front().score;
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

void Index::add_group(const Group& group, float value, Scores& scores) {
  std::uint32_t document = 0;
  std::uint32_t open = std::numeric_limits<std::uint32_t>::max();
  float* const values = scores.values_.data();
  for (std::size_t at = 0; next_document(group.distances, at, document);) {
    if (document > scores.last_) return;
    if (const std::uint32_t block = document >> Scores::block_bits; block != open) {
      if (scores.touched_[block] == 0) scores.open_block(block);
      open = block;
    }
    values[document] += value;
  }
}

std::size_t Index::add(std::span<const WeightedTerm> terms, std::uint64_t budget, Scores& scores) {
  steps_.clear();
  std::uint64_t wanted = 0;
  for (const WeightedTerm& each : terms) {
    const auto entry = find(each.term);
    if (!entry) continue;
    std::string_view groups = entry->groups;
    while (const auto group = take_group(groups)) {
      steps_.push_back({static_cast<float>(each.weight) * impact_of(group->level), *group});
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

}  // namespace law
