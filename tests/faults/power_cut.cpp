// Program power_cut: "saved" survives a power cut, on the kiosk and on the central server.
//
//   power_cut --config DIR [--share short|full] [--seed N] [--cuts N]
//
// Visitors use a kiosk, and kiosks a server, on a disk (disk.h) whose power is cut at a random
// call. What survives is opened with the ordinary VFS and held against what had been promised; then
// life goes on from there until the next cut. Half of the cuts meet the kiosk, half the server.
// Before that the same is done where it must go wrong, on connections with synchronous=OFF and on a
// disk that only says it has synced: if no loss is found there, the check itself is broken.
//
// The seed gives the same cuts again. The server's kiosks are threads, and which of their requests
// become one transaction is theirs. The last line is JSON; exit 1 when the promise breaks.

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <random>
#include <thread>

#include "platform/base/options.h"
#include "tests/faults/disk.h"
#include "tests/faults/kiosk_side.h"
#include "tests/faults/server_side.h"
#include "tests/support/sample_services.h"

namespace {

using base::Path;
using base::Result;

constexpr int short_cuts = 60;
constexpr int full_cuts = 1000;
constexpr int proof_cuts = 12;                   // of the check itself, each kind
constexpr int lives_of_a_machine = 12;           // until it is replaced by a new one
constexpr std::uint32_t latest_cut = 500;        // calls after the beginning
constexpr std::uint32_t cuts_while_opening = 5;  // one of so many
constexpr std::size_t server_kiosks = 3;

struct Tally {
  int cuts = 0;
  std::size_t promised = 0;  // ops that were confirmed
  int lost = 0;
  int corrupt = 0;

  void note(const std::vector<std::string>& findings, bool aloud) {
    for (const std::string& each : findings) {
      if (aloud) fmt::print("BROKEN cut {}: {}\n", cuts, each);
      ++(each.starts_with("lost") ? lost : corrupt);
    }
  }
  [[nodiscard]] int broken() const { return lost + corrupt; }
};

struct Fault {
  bool careless = false;  // synchronous=OFF
  bool liar = false;      // of the disk
  [[nodiscard]] bool none() const { return !careless && !liar; }
};

// The folders of one machine, one a life.
class Lives {
 public:
  Path next() {
    Path made = folder_ / std::to_string(++count_);
    if (!base::make_folder(made, 0700)) std::abort();
    return made;
  }

 private:
  test::TempFolder folder_;
  int count_ = 0;
};

// The index of the log is no more than memory; a cut leaves anything of it, or nothing.
void leave_noise(const Path& file, base::Chance& chance) {
  if (chance.below(2) == 0) return;
  std::string noise(32'768, '\0');
  chance.fill(std::as_writable_bytes(std::span(noise)));
  std::ofstream(file, std::ios::binary) << noise;
}

// ---- the kiosk ----------------------------------------------------------------------------------

class KioskMachine {
 public:
  KioskMachine(const service::Catalogue& services, base::Chance& chance, Fault fault)
      : services_(services), chance_(chance), fault_(fault) {}

  std::vector<std::string> live_until_a_cut() {
    const Path after = lives_.next();
    {
      test::Disk disk(chance_, fault_.liar);
      const bool soon = chance_.below(cuts_while_opening) == 0;
      if (soon) disk.cut_in(1 + chance_.below(latest_cut));
      live(disk, soon);
      disk.leave(after);
    }
    if (std::filesystem::exists(here_ / "lookup.key")) {
      std::filesystem::copy(here_ / "lookup.key", after);
    }
    leave_noise(after / "kiosk.db-shm", chance_);
    here_ = after;
    const Path copy = lives_.next();
    std::filesystem::copy(here_, copy);
    return test::compare(copy, base::World{clock_, chance_}, book_);
  }
  [[nodiscard]] std::size_t promised() const { return book_.ops.size(); }

 private:
  void live(test::Disk& disk, bool cut_is_set) {
    auto kiosk =
        test::KioskSide::open(here_, clock_, chance_, services_, center_, book_, fault_.careless);
    if (!cut_is_set) disk.cut_in(1 + chance_.below(latest_cut));
    while (kiosk && !disk.cut()) {
      const auto lived = (*kiosk)->live(chance_);
      if (lived || disk.cut()) continue;
      // Only the cut may make a store say no.
      fmt::print("BROKEN {}: {}\n", lived.error().code, lived.error().detail);
      std::exit(1);
    }
  }

  const service::Catalogue& services_;
  base::Chance& chance_;
  Fault fault_;
  Lives lives_;
  Path here_ = lives_.next();
  test::FakeClock clock_;
  test::SmallCenter center_{clock_};
  test::Book book_;
};

// ---- the server ---------------------------------------------------------------------------------

class ServerMachine {
 public:
  ServerMachine(const service::Catalogue& services, base::Chance& chance, Fault fault)
      : services_(services), chance_(chance), fault_(fault) {}

  std::vector<std::string> live_until_a_cut() {
    const Path after = lives_.next();
    clock_.advance(std::chrono::minutes{1});
    {
      test::Disk disk(chance_, fault_.liar);
      const bool soon = chance_.below(cuts_while_opening) == 0;
      if (soon) disk.cut_in(1 + chance_.below(latest_cut));
      if (auto server = test::ServerSide::open(here_, clock_, chance_, services_)) {
        if (!soon) disk.cut_in(1 + chance_.below(latest_cut));
        if ((*server)->enrol(kiosks_, chance_)) serve(**server);
      }
      disk.leave(after);
    }
    leave_noise(after / "central.db-shm", chance_);
    here_ = after;
    const Path copy = lives_.next();
    std::filesystem::copy(here_, copy);
    return test::compare(copy, clock_, chance_, services_, kiosks_);
  }
  [[nodiscard]] std::size_t promised() const {
    std::size_t all = 0;
    for (const test::Sent& kiosk : kiosks_) all += kiosk.answered.size();
    return all;
  }

 private:
  // Each kiosk on a thread of its own, until it gets no answer.
  void serve(test::ServerSide& server) {
    std::vector<std::thread> threads;
    for (test::Sent& kiosk : kiosks_) {
      threads.emplace_back([&server, &kiosk, seed = chance_.below(UINT32_MAX)] {
        test::SeededChance whims(seed);
        while (server.send(kiosk, whims)) {
        }
      });
    }
    for (std::thread& each : threads) each.join();
  }

  const service::Catalogue& services_;
  base::Chance& chance_;
  Fault fault_;
  Lives lives_;
  Path here_ = lives_.next();
  test::FakeClock clock_;
  std::vector<test::Sent> kiosks_{server_kiosks};
};

// ---- all cuts -----------------------------------------------------------------------------------

// A machine on which something is lost is done with: everything after it would be lost again.
template <typename Machine>
Tally cut_again_and_again(int cuts, const service::Catalogue& services, std::uint64_t seed,
                          Fault fault) {
  test::SeededChance chance(seed);
  Tally tally;
  while (tally.cuts < cuts) {
    Machine machine(services, chance, fault);
    const int broken_before = tally.broken();
    for (int life = 0; life < lives_of_a_machine && tally.cuts < cuts; ++life) {
      ++tally.cuts;
      tally.note(machine.live_until_a_cut(), fault.none());
      if (tally.broken() > broken_before) break;
    }
    tally.promised += machine.promised();
  }
  return tally;
}

struct Arguments {
  Path config;
  std::uint64_t seed = 0;
  int cuts = 0;
};

template <typename Number>
Number number_in(std::string_view text, Number otherwise) {
  Number number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Result<Arguments> read_arguments(std::span<const std::string> words) {
  const base::Options options =
      TRY(base::parse_options(words, {{"config", "share", "seed", "cuts"}, {}}));
  const int share = options.value("share") == "full" ? full_cuts : short_cuts;
  return Arguments{.config = options.value("config"),
                   .seed = number_in<std::uint64_t>(options.value("seed"), std::random_device{}()),
                   .cuts = number_in<int>(options.value("cuts"), share)};
}

int report(const Arguments& arguments, const Tally& kiosk, const Tally& server,
           const std::array<Tally, 3>& proofs) {
  bool sharp = true;
  for (const Tally& each : proofs) sharp = sharp && each.broken() > 0;
  if (!sharp) fmt::print("BROKEN: the check finds no loss where there must be one\n");
  const int lost = kiosk.lost + server.lost;
  const int corrupt = kiosk.corrupt + server.corrupt;
  const int cuts = kiosk.cuts + server.cuts;
  const int broken = lost + corrupt + (sharp ? 0 : 1);
  fmt::print(R"({{"promise": "saved on the screen survives power loss", )"
             R"("figure": "{} cuts: {} lost, {} corrupt", "seed": {}, "broken": {}, "cuts": {}, )"
             R"("confirmed_by_kiosk": {}, "confirmed_by_server": {}, "lost": {}, "corrupt": {}, )"
             R"("lost_without_sync": {{"cuts_each": {}, "kiosk": {}, "kiosk_lying_disk": {}, )"
             R"("server_lying_disk": {}}}}})"
             "\n",
             cuts, lost, corrupt, arguments.seed, broken, cuts, kiosk.promised, server.promised,
             lost, corrupt, proof_cuts, proofs[0].broken(), proofs[1].broken(), proofs[2].broken());
  return broken == 0 ? 0 : 1;
}

Result<int> run(std::span<const std::string> words) {
  const Arguments arguments = TRY(read_arguments(words));
  const service::Catalogue services = TRY(test::read_services(arguments.config));
  fmt::print("seed: {}\n", arguments.seed);
  std::fflush(stdout);
  const std::uint64_t seed = arguments.seed;
  const std::array proofs{
      cut_again_and_again<KioskMachine>(proof_cuts, services, seed, {.careless = true}),
      cut_again_and_again<KioskMachine>(proof_cuts, services, seed, {.liar = true}),
      cut_again_and_again<ServerMachine>(proof_cuts, services, seed, {.liar = true}),
  };
  const Tally kiosk =
      cut_again_and_again<KioskMachine>((arguments.cuts + 1) / 2, services, seed, {});
  const Tally server = cut_again_and_again<ServerMachine>(arguments.cuts / 2, services, seed, {});
  return report(arguments, kiosk, server, proofs);
}

}  // namespace

int main(int count, char** words) {
  // The real disk has no part in it: its syncs would only be waited for.
  if (std::filesystem::is_directory("/dev/shm")) ::setenv("TMPDIR", "/dev/shm", 0);
  const auto code = run(std::vector<std::string>(words + 1, words + count));
  if (code) return *code;
  fmt::print(stderr, "power_cut: {}: {}\n", code.error().code, code.error().detail);
  return 2;
}
