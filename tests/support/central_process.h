// The program kiosk-central as a process of its own on this machine, on a folder that goes with the
// test. Ready when the constructor returns; ended, by its process id, with the object.
#pragma once

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/curl_transport.h"
#include "tests/support/world.h"

namespace test {

class CentralProcess {
 public:
  CentralProcess(base::Path program, base::Path config)
      : program_(std::move(program)), config_(std::move(config)) {
    start({"--listen", "127.0.0.1:0"});
    const std::string line = read_line();
    const std::size_t colon = line.rfind(':');
    REQUIRE_MESSAGE(colon != std::string::npos, "kiosk-central did not say where it listens");
    port_ = static_cast<std::uint16_t>(std::stoi(line.substr(colon + 1)));
  }
  CentralProcess(const CentralProcess&) = delete;
  CentralProcess& operator=(const CentralProcess&) = delete;
  ~CentralProcess() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
    ::close(output_);
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }

  // A one-time code, as an operator gets it on the command line.
  std::string enrol_code() {
    const pid_t serving = std::exchange(pid_, 0);
    const int serving_output = std::exchange(output_, -1);
    start({"enrol-code"});
    std::string code = read_line();
    ::waitpid(pid_, nullptr, 0);
    ::close(output_);
    pid_ = serving;
    output_ = serving_output;
    return code;
  }
  // What the office page reads: everything the center knows, as JSON.
  std::string office() {
    auto transport = http::CurlTransport::open();
    REQUIRE(transport);
    const auto answer =
        transport->send({.url = address() + "/office/view", .headers = {}, .body = {}}, {});
    REQUIRE(answer);
    REQUIRE(answer->status == 200);
    return answer->body;
  }
  // A button of the office page.
  int press(std::string_view path, std::string body) {
    auto transport = http::CurlTransport::open();
    REQUIRE(transport);
    const auto answer =
        transport->send({.method = "POST",
                         .url = address() + std::string(path),
                         .headers = {{"Content-Type", "application/json"}, {"X-Kiosk-Office", "1"}},
                         .body = std::move(body)},
                        {});
    REQUIRE(answer);
    return answer->status;
  }

 private:
  void start(std::vector<std::string> words) {
    words.insert(words.begin(), program_.string());
    words.insert(words.end(),
                 {"--data", (folder_ / "central").string(), "--config", config_.string()});
    std::vector<char*> arguments;
    for (std::string& each : words) arguments.push_back(each.data());
    arguments.push_back(nullptr);
    std::array<int, 2> pipe{};
    REQUIRE(::pipe2(pipe.data(), O_CLOEXEC) == 0);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, (folder_ / "central.log").c_str(),
                                       O_WRONLY | O_CREAT | O_APPEND, 0600);
    const int failed =
        ::posix_spawn(&pid_, program_.c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    output_ = pipe[0];
    REQUIRE(failed == 0);
  }
  // Waits for it; "" when the program ended without one.
  std::string read_line() {
    std::string line;
    char letter = 0;
    while (::read(output_, &letter, 1) == 1 && letter != '\n') line += letter;
    return line;
  }

  TempFolder folder_;
  base::Path program_;
  base::Path config_;
  pid_t pid_ = 0;
  int output_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace test
