#include "kiosk/law/pack_arrival.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <optional>

#include "kiosk/law/pack_content.h"
#include "platform/base/mapped_file.h"

namespace law {
namespace {

using base::ErrorKind;
using base::fail;
using base::Path;
using base::Result;

// Beyond any collection of laws; what arrives is held in memory once, and its laws on the disk.
constexpr std::uint64_t largest_pack = std::uint64_t{256} << 20U;
constexpr std::uint64_t largest_texts = std::uint64_t{512} << 20U;
constexpr std::uint64_t largest_head = std::uint64_t{16} << 20U;
// A request counts for what it costs besides its bytes.
constexpr std::uint64_t request_cost = std::uint64_t{16} << 10U;

tl::unexpected<base::Error> too_large() {
  return fail(ErrorKind::invalid, "pack_too_large", "more than a library can have");
}

bool is_name(std::string_view name) {
  return name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Ranges of the offered pack, asked for piece by piece.
class Ranges {
 public:
  Ranges(const PackOffer& offer, const FetchBytes& fetch) : offer_(offer), fetch_(fetch) {}

  [[nodiscard]] std::uint64_t cost() const { return cost_; }

  Result<std::string> get(std::uint64_t begin, std::uint64_t size) {
    if (begin > offer_.size || size > offer_.size - begin) return too_large();
    std::string bytes;
    while (bytes.size() < size) {
      const std::uint64_t part = std::min(size - bytes.size(), longest_fetch);
      const std::string answer = TRY(fetch_(begin + bytes.size(), part));
      if (answer.size() != part) {
        return fail(ErrorKind::invalid, "law_pack", "another number of bytes than asked for");
      }
      bytes += answer;
      cost_ += part + request_cost;
    }
    return bytes;
  }

 private:
  const PackOffer& offer_;
  const FetchBytes& fetch_;
  std::uint64_t cost_ = 0;
};

Result<PackHead> get_head(Ranges& ranges) {
  const std::string begin = TRY(ranges.get(0, sizeof(PackHeader)));
  const std::uint64_t size = TRY(head_size(begin));
  if (size > largest_head) return too_large();
  PackHead head = TRY(read_head(TRY(ranges.get(0, size))));
  std::uint64_t texts = 0;
  for (const FrameRecord& each : head.frames) texts += each.text;
  if (head.frames.empty()) return fail(ErrorKind::invalid, "law_pack", "a pack without a law");
  if (texts > largest_texts) return too_large();
  return head;
}

// Laws of a transfer that is not complete, in a file of their own:
//   { FrameRecord bytes }      of a cut write the rest is left out
class Arrived {
 public:
  explicit Arrived(Path file) : file_(std::move(file)) {}

  // `stock` then looks into this object's memory.
  void add_to(FrameStock& stock) {
    // Laws of packs that were offered and never came to their end.
    std::error_code none;
    const auto size = std::filesystem::file_size(file_, none);
    if (!none && size > largest_pack) forget();
    auto file = base::MappedFile::open(file_);
    if (!file) return;
    earlier_.emplace(*std::move(file));
    const std::string_view all = earlier_->bytes();
    std::string_view rest = all;
    FrameRecord record;
    while (rest.size() >= sizeof(record)) {
      std::memcpy(&record, rest.data(), sizeof(record));
      if (record.stored > rest.size() - sizeof(record)) break;
      stock.add(record, rest.substr(sizeof(record), record.stored));
      rest.remove_prefix(sizeof(record) + record.stored);
    }
    // What comes next is written behind the last whole law.
    std::error_code ignored;
    if (!rest.empty()) std::filesystem::resize_file(file_, all.size() - rest.size(), ignored);
  }

  // Laws of the head from `first` on.
  Result<void> keep(const PackHead& head, const Stretch& stretch, std::string_view bytes) const {
    std::ofstream out(file_, std::ios::binary | std::ios::app);
    for (std::size_t i = 0; i < stretch.laws; ++i) {
      const FrameRecord& record = head.frames[stretch.first + i];
      out.write(reinterpret_cast<const char*>(&record), sizeof(record));
      out.write(bytes.data(), record.stored);
      bytes.remove_prefix(record.stored);
    }
    out.close();
    if (!out) return fail(ErrorKind::storage, "file_unwritable", file_.string());
    return {};
  }

  void forget() const {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
  }

 private:
  Path file_;
  std::optional<base::MappedFile> earlier_;
};

class Arrival {
 public:
  Arrival(const PackFolder& folder, const PackOffer& offer, const FetchBytes& fetch)
      : folder_(folder), offer_(offer), ranges_(offer, fetch), arrived_(folder.arriving()) {}

  Result<bool> run(std::uint64_t per_call) {
    const PackHead head = TRY(get_head(ranges_));
    gather_stock();
    const std::uint64_t before = ranges_.cost();
    for (const Stretch& each : missing_laws(head, stock_, longest_fetch)) {
      if (ranges_.cost() - before >= per_call) return false;
      TRY(get_laws(head, each));
    }
    auto pack = assemble_pack(head, stock_, offer_.sha256);
    // What was made of it cannot be right another time.
    if (!pack) arrived_.forget();
    TRY(folder_.add(TRY(std::move(pack))));
    TRY(folder_.switch_to(offer_.sha256));
    arrived_.forget();
    return true;
  }

 private:
  void gather_stock() {
    if (auto own = Pack::open(folder_.current())) {
      own_.emplace(*std::move(own));
      stock_.add(*own_);
    }
    arrived_.add_to(stock_);
  }

  Result<void> get_laws(const PackHead& head, const Stretch& stretch) {
    fetched_.push_back(TRY(ranges_.get(stretch.begin, stretch.size)));
    stock_.add(head, stretch.first, fetched_.back());
    for (std::size_t i = 0; i < stretch.laws; ++i) {
      if (!stock_.has(head.frames[stretch.first + i])) {
        return fail(ErrorKind::invalid, "bad_hash", "a law is not what its hash says");
      }
    }
    return arrived_.keep(head, stretch, fetched_.back());
  }

  const PackFolder& folder_;
  const PackOffer& offer_;
  Ranges ranges_;
  Arrived arrived_;
  std::optional<Pack> own_;
  std::list<std::string> fetched_;
  FrameStock stock_;  // of what stands above
};

}  // namespace

Result<bool> receive_pack(const PackFolder& folder, const PackOffer& offer, const FetchBytes& fetch,
                          std::uint64_t per_call) {
  if (!is_name(offer.sha256)) return fail(ErrorKind::invalid, "law_pack", "no name of a pack");
  if (offer.size > largest_pack) return too_large();
  if (folder.current_name() == offer.sha256) return true;
  if (folder.has(offer.sha256) && folder.switch_to(offer.sha256)) return true;
  return Arrival(folder, offer, fetch).run(per_call);
}

}  // namespace law
