// The real kiosk-central as a child process.
#pragma once

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace test {

class Program {
 public:
  // Standard output is read here, standard error goes to /dev/null. `before` is a command that ends
  // by becoming the program with its words: {"nice"}.
  explicit Program(std::vector<std::string> words, const std::vector<std::string>& before = {}) {
    int ends[2] = {};
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    words.insert(words.begin(), KIOSK_CENTRAL);
    words.insert(words.begin(), before.begin(), before.end());
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    process_ = ::fork();
    REQUIRE(process_ >= 0);
    if (process_ == 0) {
      const int silence = ::open("/dev/null", O_WRONLY);
      ::dup2(ends[1], STDOUT_FILENO);
      ::dup2(silence, STDERR_FILENO);
      ::execvp(arguments[0], arguments.data());
      ::_exit(127);
    }
    ::close(ends[1]);
    output_ = ends[0];
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() {
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      ::waitpid(process_, nullptr, 0);
    }
    ::close(output_);
  }

  // One line, without its end; "" when the program closed its output.
  std::string line() {
    std::string text;
    char byte = 0;
    while (::read(output_, &byte, 1) == 1 && byte != '\n') text += byte;
    return text;
  }
  // Of a server that says where it listens.
  std::uint16_t port(std::string_view scheme = "http") {
    const std::string ready = line();
    REQUIRE(ready.starts_with("listening on " + std::string(scheme) + "://127.0.0.1:"));
    return static_cast<std::uint16_t>(std::atoi(ready.c_str() + ready.rfind(':') + 1));
  }
  void signal(int number) const { ::kill(process_, number); }
  [[nodiscard]] pid_t id() const { return process_; }
  // The exit code; minus the signal's number when one ended it.
  int wait() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  pid_t process_ = -1;
  int output_ = -1;
};

}  // namespace test
