#include "platform/http/gzip.h"

#include <doctest/doctest.h>

namespace {

constexpr std::size_t limit = std::size_t{1} << 20U;

TEST_CASE("what was packed comes out again") {
  std::string bytes;
  for (int i = 0; i < 300000; ++i) bytes += static_cast<char>(i % 997 * i % 251);
  for (const std::string& text : {std::string(), std::string("一"), bytes}) {
    CHECK(http::gunzip(http::gzip(text), limit).value() == text);
  }
  CHECK(http::gunzip(http::gzip("a") + http::gzip("b"), limit).value() == "ab");
}

TEST_CASE("a gzip bomb is refused long before it has unfolded") {
  const std::string bomb = http::gzip(std::string(std::size_t{200} << 20U, '\0'));
  CHECK(bomb.size() < limit);
  const auto text = http::gunzip(bomb, limit);
  REQUIRE_FALSE(text);
  CHECK(text.error().code == "too_large");
  const std::string exact(limit, 'x');
  CHECK(http::gunzip(http::gzip(exact), limit));
  CHECK_FALSE(http::gunzip(http::gzip(exact + "x"), limit));
}

TEST_CASE("damaged or unfinished gzip is refused") {
  const std::string whole = http::gzip("consultation, notary, mediation");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto text = http::gunzip(std::string_view(whole).substr(0, length), limit);
    REQUIRE_FALSE(text);
    CHECK(text.error().code == "bad_gzip");
  }
  CHECK_FALSE(http::gunzip("plain text", limit));
  CHECK_FALSE(http::gunzip(whole + "x", limit));
  std::string wrong_sum = whole;
  wrong_sum[whole.size() - 6] ^= 1;
  CHECK_FALSE(http::gunzip(wrong_sum, limit));
}

}  // namespace
