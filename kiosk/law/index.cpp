#include "kiosk/law/index.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "platform/base/text.h"

namespace law {
namespace {

// The character as it is indexed; 0 divides.
char32_t index_character(char32_t c) {
  if (c >= U'０' && c <= U'９') return c - U'０' + U'0';
  if (c >= U'Ａ' && c <= U'Ｚ') return c - U'Ａ' + U'a';
  if (c >= U'ａ' && c <= U'ｚ') return c - U'ａ' + U'a';
  if (c >= U'A' && c <= U'Z') return c - U'A' + U'a';
  const bool plain = (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z');
  return plain || base::is_han(c) ? c : 0;
}

void append_varint(std::string& bytes, std::uint32_t value) {
  for (; value >= 0x80; value >>= 7U) bytes += static_cast<char>(value | 0x80U);
  bytes += static_cast<char>(value);
}

// Beyond every document when the bytes end inside the number; `at` moves behind it.
std::uint32_t read_varint(std::string_view bytes, std::size_t& at) {
  std::uint32_t value = 0;
  for (unsigned shift = 0; at < bytes.size() && shift < 32; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    value |= static_cast<std::uint32_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) return value;
  }
  return std::numeric_limits<std::uint32_t>::max();
}

constexpr double full_impact = 255;

}  // namespace

void append_terms(std::string_view text, std::vector<Term>& terms) {
  char32_t previous = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = index_character(base::next_character(text, at));
    if (c != 0) {
      terms.push_back(c);
      if (previous != 0) terms.push_back(static_cast<Term>(previous) << 32U | c);
    }
    previous = c;
  }
}

std::vector<WeightedTerm> merged(std::vector<WeightedTerm> terms) {
  std::sort(terms.begin(), terms.end(),
            [](const WeightedTerm& a, const WeightedTerm& b) { return a.term < b.term; });
  std::vector<WeightedTerm> sums;
  for (const WeightedTerm& each : terms) {
    if (sums.empty() || sums.back().term != each.term) {
      sums.push_back(each);
    } else {
      sums.back().weight += each.weight;
    }
  }
  return sums;
}

double inverse_frequency(std::uint64_t documents, std::uint64_t frequency) {
  const auto n = static_cast<double>(documents);
  const auto f = static_cast<double>(std::min(frequency, documents));
  return std::log(1.0 + (n - f + 0.5) / (f + 0.5));
}

void IndexBuilder::add(std::uint32_t document, std::string_view text) {
  scratch_.clear();
  append_terms(text, scratch_);
  std::sort(scratch_.begin(), scratch_.end());
  lengths_.resize(document + std::size_t{1}, 0);
  lengths_[document] = static_cast<std::uint32_t>(scratch_.size());
  total_length_ += scratch_.size();
  ++documents_;
  for (auto run = scratch_.begin(); run != scratch_.end();) {
    const auto end = std::find_if(run, scratch_.end(), [run](Term each) { return each != *run; });
    Postings& postings = terms_[*run];
    append_varint(postings.bytes, document - postings.last);
    postings.bytes += static_cast<char>(std::min<std::ptrdiff_t>(end - run, 255));
    postings.last = document;
    ++postings.frequency;
    run = end;
  }
}

// Counts become impacts in place: only now the average length is known.
void IndexBuilder::weigh(std::string& bytes) const {
  const double average = static_cast<double>(total_length_) / static_cast<double>(documents_);
  std::uint32_t document = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    document += read_varint(bytes, at);
    const double count = static_cast<unsigned char>(bytes[at]);
    const double relative = static_cast<double>(lengths_[document]) / average;
    const double impact = count / (count + bm25_k1 * (1 - bm25_b + bm25_b * relative));
    const long rounded = std::lround(impact * full_impact);
    bytes[at] = static_cast<char>(std::clamp(rounded, 1L, 255L));
  }
}

base::Result<void> IndexBuilder::finish(const Sink& sink) {
  std::vector<Term> order;
  order.reserve(terms_.size());
  for (const auto& [term, postings] : terms_) order.push_back(term);
  std::sort(order.begin(), order.end());
  for (const Term term : order) {
    Postings& postings = terms_.find(term)->second;
    weigh(postings.bytes);
    TRY(sink(term, postings.frequency, postings.bytes));
    std::string().swap(postings.bytes);
  }
  *this = IndexBuilder();
  return {};
}

void accumulate(std::string_view postings, float weight, std::span<float> scores) {
  const float unit = weight * static_cast<float>((bm25_k1 + 1) / full_impact);
  std::size_t document = 0;
  for (std::size_t at = 0; at < postings.size(); ++at) {
    document += read_varint(postings, at);
    if (at >= postings.size() || document >= scores.size()) return;
    scores[document] += unit * static_cast<float>(static_cast<unsigned char>(postings[at]));
  }
}

std::vector<Ranked> best(std::span<const float> scores, std::size_t limit) {
  const auto better = [](const Ranked& a, const Ranked& b) {
    return a.score != b.score ? a.score > b.score : a.document < b.document;
  };
  std::vector<Ranked> heap;  // the worst of the best is in front
  if (limit == 0) return heap;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Ranked each{static_cast<std::uint32_t>(i), scores[i]};
    if (each.score <= 0) continue;
    if (heap.size() < limit) {
      heap.push_back(each);
      std::push_heap(heap.begin(), heap.end(), better);
    } else if (each.score > heap.front().score) {
      std::pop_heap(heap.begin(), heap.end(), better);
      heap.back() = each;
      std::push_heap(heap.begin(), heap.end(), better);
    }
  }
  std::sort_heap(heap.begin(), heap.end(), better);
  return heap;
}

}  // namespace law
