#include "kiosk/law/learned_file.h"

#include <algorithm>
#include <cstring>

namespace law {
namespace {

using base::Result;

constexpr std::uint64_t fnv_prime = 1099511628211U;
constexpr std::size_t alignment = 8;
constexpr std::size_t most_cuts = 254;

constexpr std::array<std::size_t, learned_sections> record_sizes{sizeof(ArticleName),
                                                                 sizeof(Answer),
                                                                 sizeof(QuestionTerm),
                                                                 sizeof(TermUse),
                                                                 sizeof(KernelRow),
                                                                 sizeof(std::int16_t),
                                                                 sizeof(KernelRow),
                                                                 sizeof(std::int16_t),
                                                                 sizeof(ExpansionPair),
                                                                 sizeof(ExpansionRange),
                                                                 sizeof(Expansion),
                                                                 sizeof(Range),
                                                                 sizeof(float),
                                                                 sizeof(Range),
                                                                 sizeof(TreeNode),
                                                                 sizeof(ArticleName),
                                                                 sizeof(LayLine),
                                                                 1,
                                                                 1,
                                                                 1};

template <typename Record>
std::string_view bytes_of(const std::vector<Record>& records) {
  return {reinterpret_cast<const char*>(records.data()), records.size() * sizeof(Record)};
}

bool inside(std::uint64_t first, std::uint64_t count, std::size_t size) {
  return first <= size && count <= size - first;
}

template <typename Record>
bool ranges_inside(std::span<const Record> ranges, std::size_t size) {
  return std::all_of(ranges.begin(), ranges.end(),
                     [size](const Record& each) { return inside(each.first, each.count, size); });
}

// The header's bytes without its checksum.
std::string head_of(LearnedHeader header) {
  header.checksum = 0;
  std::string bytes(sizeof(header), '\0');
  std::memcpy(bytes.data(), &header, sizeof(header));
  return bytes;
}

}  // namespace

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = no_bytes_checksum;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * fnv_prime;
  return hash;
}

std::uint64_t checksum_of(std::string_view bytes, std::uint64_t before) {
  std::uint64_t hash = before;
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, std::min(sizeof(word), bytes.size() - at));
    hash = (hash ^ word) * fnv_prime;
  }
  return hash;
}

std::string encode(const Learned& learned, std::uint32_t features) {
  const std::array<std::string_view, learned_sections> parts{
      bytes_of(learned.articles),    bytes_of(learned.answers),
      bytes_of(learned.terms),       bytes_of(learned.uses),
      bytes_of(learned.kernel_rows), bytes_of(learned.kernel),
      bytes_of(learned.square_rows), bytes_of(learned.square),
      bytes_of(learned.pairs),       bytes_of(learned.expansion_ranges),
      bytes_of(learned.expansions),  bytes_of(learned.cut_ranges),
      bytes_of(learned.cuts),        bytes_of(learned.tree_ranges),
      bytes_of(learned.nodes),       bytes_of(learned.lay_articles),
      bytes_of(learned.lay_lines),   learned.lay_heads,
      learned.lay_dictionary,        learned.lay_postings};
  LearnedHeader header;
  header.features = features;
  header.questions = learned.questions;
  header.unseen_weight = learned.unseen_weight;
  header.score = learned.score;
  std::string body;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    header.places[i] = {sizeof(LearnedHeader) + body.size(), parts[i].size()};
    body += parts[i];
    body.resize((body.size() + alignment - 1) / alignment * alignment, '\0');
  }
  header.checksum = checksum_of(body, checksum_of(head_of(header)));
  std::string bytes(sizeof(header), '\0');
  std::memcpy(bytes.data(), &header, sizeof(header));
  return bytes + body;
}

Result<LearnedFile> LearnedFile::open(const base::Path& path, std::uint32_t features) {
  auto file = TRY(base::MappedFile::open(path));
  LearnedHeader header;
  const std::string_view bytes = file.bytes();
  if (bytes.size() >= sizeof(header)) std::memcpy(&header, bytes.data(), sizeof(header));
  LearnedFile learned(std::move(file), header);
  if (bytes.size() < sizeof(header) || !learned.sound(features)) {
    return base::fail(base::ErrorKind::refused, "ranking_format",
                      path.string() + ": no learned ranking of this release");
  }
  return learned;
}

bool LearnedFile::sound(std::uint32_t features) const {
  return header_.magic == learned_magic && header_.format == learned_format &&
         header_.features == features && places_sound() &&
         checksum_of(file_.bytes().substr(sizeof(LearnedHeader)), checksum_of(head_of(header_))) ==
             header_.checksum &&
         questions_sound() && trees_sound() && lay_lines_sound();
}

bool LearnedFile::places_sound() const {
  for (std::size_t i = 0; i < learned_sections; ++i) {
    const auto& place = header_.places[i];
    if (!inside(place.begin, place.size, file_.bytes().size()) || place.begin % alignment != 0 ||
        place.size % record_sizes[i] != 0) {
      return false;
    }
  }
  return true;
}

bool LearnedFile::questions_sound() const {
  const std::size_t questions = header_.questions;
  const auto articles = records<ArticleName>(LearnedSection::articles).size();
  const auto pairs = records<ExpansionPair>(LearnedSection::pairs).size();
  for (const Answer& each : records<Answer>(LearnedSection::answers)) {
    if (each.question >= questions || each.article >= articles) return false;
  }
  const auto uses = records<TermUse>(LearnedSection::uses);
  for (const QuestionTerm& each : records<QuestionTerm>(LearnedSection::terms)) {
    if (!inside(each.first_use, each.uses, uses.size())) return false;
  }
  for (const TermUse& each : uses) {
    if (each.question >= questions) return false;
  }
  const auto expansions = records<Expansion>(LearnedSection::expansions);
  for (const Expansion& each : expansions) {
    if (each.pair >= pairs) return false;
  }
  const auto ranges = records<ExpansionRange>(LearnedSection::expansion_ranges);
  return ranges.size() == questions && ranges_inside(ranges, expansions.size()) &&
         records<KernelRow>(LearnedSection::kernel_rows).size() == questions &&
         records<KernelRow>(LearnedSection::square_rows).size() == questions &&
         records<std::int16_t>(LearnedSection::kernel).size() == questions * questions &&
         records<std::int16_t>(LearnedSection::square).size() == questions * questions;
}

// Children stand behind their parents, so every way through a tree ends.
bool LearnedFile::trees_sound() const {
  const std::uint32_t features = header_.features & 0xFFFFU;
  const auto cuts = records<Range>(LearnedSection::cut_ranges);
  const auto nodes = records<TreeNode>(LearnedSection::nodes);
  const auto trees = records<Range>(LearnedSection::tree_ranges);
  const auto values = records<float>(LearnedSection::cuts);
  if (cuts.size() != features || !ranges_inside(cuts, values.size()) ||
      !ranges_inside(trees, nodes.size())) {
    return false;
  }
  for (const Range& tree : trees) {
    if (tree.count == 0) return false;
    for (std::uint32_t i = 0; i < tree.count; ++i) {
      const TreeNode& node = nodes[tree.first + i];
      if (node.cut == TreeNode::no_cut) {
        if (node.feature != 0 || node.left != i) return false;
        continue;
      }
      if (node.feature >= features || node.cut >= cuts[node.feature].count || node.left <= i ||
          node.left + std::uint32_t{1} >= tree.count) {
        return false;
      }
    }
  }
  return std::all_of(cuts.begin(), cuts.end(),
                     [](const Range& each) { return each.count <= most_cuts; });
}

bool LearnedFile::lay_lines_sound() const {
  const auto articles = records<ArticleName>(LearnedSection::lay_articles).size();
  const auto lines = records<LayLine>(LearnedSection::lay_lines);
  return std::all_of(lines.begin(), lines.end(),
                     [articles](LayLine article) { return article < articles; });
}

}  // namespace law
