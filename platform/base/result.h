// Results instead of exceptions: a value or one Error. Knows nothing of texts or screens;
// what a visitor reads is looked up from Error::code by kiosk/ui ("error.<code>").
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

namespace base {

enum class ErrorKind {
  offline,    // no answer in time: the outcome is unknown, try again later
  refused,    // the other side understood and said no
  invalid,    // what was given is not of the asked form
  not_found,  // there is no such thing
  storage,    // disk or database
  device,     // printer, window, reader
};

struct Error {
  ErrorKind kind;
  std::string code;    // stable, snake_case, e.g. "slot_unknown"; never shown as such
  std::string detail;  // for the log and for staff; English; no personal data
};

// tl::expected that must not be dropped unseen.
template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
  Result(tl::expected<T, Error> outcome) : tl::expected<T, Error>(std::move(outcome)) {}
};

inline tl::unexpected<Error> fail(ErrorKind kind, std::string_view code,
                                  std::string_view detail = {}) {
  return tl::unexpected<Error>(Error{kind, std::string(code), std::string(detail)});
}

// Support for TRY: the value moved out, or nothing for Result<void>.
template <typename T>
T take(tl::expected<T, Error>& result) {
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace base

#define KIOSK_TRY_JOIN_(a, b) a##b
#define KIOSK_TRY_NAME_(a, b) KIOSK_TRY_JOIN_(a, b)
#define KIOSK_TRY_(name, expression)                                          \
  __extension__({                                                             \
    auto name = (expression);                                                 \
    if (!name) return tl::unexpected<::base::Error>(std::move(name).error()); \
    ::base::take(name);                                                       \
  })

// auto value = TRY(may_fail());  returns the error from the calling function.
#define TRY(expression) KIOSK_TRY_(KIOSK_TRY_NAME_(try_result_, __COUNTER__), expression)
