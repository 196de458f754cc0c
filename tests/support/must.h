// For steps of a test that only prepare it.
#pragma once

#include <doctest/doctest.h>

#include <type_traits>
#include <utility>

#include "platform/base/result.h"

namespace test {

// The value, or a failed test case that says why there is none.
template <typename T>
T must(base::Result<T> result) {
  if (!result) FAIL(result.error().code << ": " << result.error().detail);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace test
