// How a law pack travels: its head and the laws the receiver does not have yet; the rest is made
// again at the other end and proven by the pack's name. A pack served as a file with byte ranges is
// all a server needs for it.
//
//   fetch bytes 0 … sizeof(PackHeader), then 0 … PackHead::size     what the pack is made of
//   fetch each of missing_laws()                                    a stretch of laws in a row
//   assemble_pack()                                                 the whole, checked
//
// What has arrived is known by its hash, so that a transfer goes on where it was cut. Knows no
// network and no folder.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/pack.h"
#include "kiosk/law/pack_format.h"
#include "platform/base/result.h"

namespace law {

using FrameHash = std::array<unsigned char, 32>;

struct PackHead {
  std::string about;
  std::vector<FrameRecord> frames;
  std::vector<CitationRecord> citations;
  std::uint64_t size = 0;  // bytes of the head; the texts begin there
};
// Bytes of the head of a pack that begins with these, at least sizeof(PackHeader). invalid
// ("law_pack") when it is none or of another format.
base::Result<std::uint64_t> head_size(std::string_view begin);
// invalid ("law_pack") for anything else than the head of a pack, whole.
base::Result<PackHead> read_head(std::string_view bytes);

// Frames at hand, by hash. The bytes belong to whoever filled it.
class FrameStock {
 public:
  // All laws of a pack, which outlives the stock; what is damaged in it is left out.
  void add(const Pack& pack);
  // One law as it was kept. Bytes that are not what the record says are left out.
  void add(const FrameRecord& record, std::string_view stored);
  // A stretch of laws as it was fetched: each that is what its record says is taken, the others are
  // left out. `bytes` outlive the stock.
  void add(const PackHead& head, std::size_t first, std::string_view bytes);

  [[nodiscard]] bool has(const FrameRecord& record) const;
  // "" when it is not there.
  [[nodiscard]] std::string_view find(const FrameRecord& record) const;

 private:
  std::map<FrameHash, std::string_view> frames_;
};

// Laws of a pack that stand in a row.
struct Stretch {
  std::size_t first = 0;  // into PackHead::frames
  std::size_t laws = 0;
  std::uint64_t begin = 0;  // bytes of the pack's file
  std::uint64_t size = 0;
};
// What the stock does not have, in stretches of at most `most_bytes`, or of one law.
std::vector<Stretch> missing_laws(const PackHead& head, const FrameStock& stock,
                                  std::uint64_t most_bytes);

// What a receiver with this stock fetches of a pack, bytes: its head and the missing laws. Errors
// as of read_head().
base::Result<std::uint64_t> bytes_to_fetch(std::string_view pack, const FrameStock& stock);

// The bytes of the pack. not_found ("law_missing") when the stock lacks a law; invalid ("bad_hash")
// when the result is not what `sha256` (64 hexadecimal digits) names.
base::Result<std::string> assemble_pack(const PackHead& head, const FrameStock& stock,
                                        std::string_view sha256);

}  // namespace law
