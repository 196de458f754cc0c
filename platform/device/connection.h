// Bytes to and from a device: a character device file or a TCP address, never waiting longer than
// told. Knows no protocol. One thread at a time. Every error is device "device_unreachable", with
// the system's words.
#pragma once

#include <string>
#include <string_view>

#include "platform/base/clock.h"
#include "platform/base/file.h"
#include "platform/base/result.h"

namespace device {

class Connection {
 public:
  // A character device, or a regular file that is there: bytes are added at its end.
  static base::Result<Connection> open(const base::Path& path, const base::Clock& clock);
  // A name instead of an address may take the resolver's own time on top.
  static base::Result<Connection> connect(const std::string& host, const std::string& port,
                                          const base::Clock& clock, base::Tick deadline);
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&& other) noexcept;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  // Whether the other side could answer at all.
  [[nodiscard]] bool can_answer() const { return can_answer_; }
  base::Result<void> write(std::string_view bytes, base::Tick deadline);
  // What arrives until there are `count` bytes or the time is over.
  std::string read(std::size_t count, base::Tick deadline);
  // Says that nothing more comes and hears the other side out. Closing a TCP connection while
  // something is unread throws away what was written (RFC 1122 section 4.2.2.13).
  void finish(base::Tick deadline);
  // Throws away what arrived unasked.
  void discard_input();

 private:
  Connection(int descriptor, const base::Clock& clock, bool can_answer);
  [[nodiscard]] bool wait_for(short events, base::Tick deadline) const;

  int descriptor_ = -1;
  const base::Clock* clock_;
  bool can_answer_ = false;
};

}  // namespace device
