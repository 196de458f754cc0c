// The real program kiosk-central as a child process, on a free port of the loopback and with a
// folder of its own. KIOSK_CENTRAL_PROGRAM is the path of the program.
#pragma once

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <string>
#include <vector>

#include "tests/support/world.h"

namespace test {

class CentralProgram {
 public:
  // `files` are those of config/; central.toml among them.
  explicit CentralProgram(const std::map<std::string, std::string>& files) {
    for (const auto& [name, content] : files) {
      const base::Path path = config_ / name;
      std::filesystem::create_directories(path.parent_path());
      REQUIRE(base::replace_file(path, content));
    }
    start();
  }
  CentralProgram(const CentralProgram&) = delete;
  CentralProgram& operator=(const CentralProgram&) = delete;
  ~CentralProgram() { end(SIGTERM); }

  [[nodiscard]] const std::string& address() const { return address_; }
  [[nodiscard]] base::Path database() const { return data_ / "central.db"; }

  std::string enrol_code() {
    const Child child = run({"enrol-code"});
    const std::string code = first_line(child.output);
    wait_for(child.process);
    return code;
  }
  // Without a word, as a power cut would.
  void kill() { end(SIGKILL); }
  void new_epoch() { wait_for(run({"new-epoch"}).process); }
  // Both while it is not running: its whole data, as an operator would copy and put it back.
  void back_up() { copy(data_.path(), backup_.path()); }
  void restore() {
    std::filesystem::remove_all(data_.path());
    std::filesystem::create_directory(data_.path());
    copy(backup_.path(), data_.path());
  }
  // Again on the same port and the same data.
  void start() {
    const std::string host = address_.empty() ? "127.0.0.1:0" : address_.substr(scheme.size());
    const Child child = run({"--listen", host});
    process_ = child.process;
    const std::string ready = first_line(child.output);
    constexpr std::string_view words = "listening on ";
    REQUIRE_MESSAGE(ready.starts_with(words), ready);
    address_ = ready.substr(words.size());
  }

 private:
  static constexpr std::string_view scheme = "http://";

  struct Child {
    pid_t process = -1;
    int output = -1;
  };

  Child run(std::vector<std::string> words) {
    words.insert(words.begin(), KIOSK_CENTRAL_PROGRAM);
    words.insert(words.end(),
                 {"--config", config_.path().string(), "--data", data_.path().string()});
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t process = ::fork();
    REQUIRE(process >= 0);
    if (process == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::close(ends[0]);
      ::close(ends[1]);
      ::execv(KIOSK_CENTRAL_PROGRAM, arguments.data());
      ::_exit(127);
    }
    ::close(ends[1]);
    return {process, ends[0]};
  }

  static std::string first_line(int output) {
    std::string line;
    for (char c = 0; ::read(output, &c, 1) == 1 && c != '\n';) line += c;
    ::close(output);
    return line;
  }

  static void copy(const base::Path& from, const base::Path& to) {
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
  }

  static void wait_for(pid_t process) { ::waitpid(process, nullptr, 0); }

  void end(int signal) {
    if (process_ < 0) return;
    ::kill(process_, signal);
    wait_for(process_);
    process_ = -1;
  }

  TempFolder config_;
  TempFolder data_;
  TempFolder backup_;
  std::string address_;
  pid_t process_ = -1;
};

}  // namespace test
