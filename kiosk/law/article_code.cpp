#include "kiosk/law/article_code.h"

#include "kiosk/wire/case_code.h"
#include "platform/base/text.h"

namespace law {
namespace {

constexpr unsigned words_bits = 18;
constexpr std::uint64_t words_mask = (std::uint64_t{1} << words_bits) - 1;
constexpr std::uint64_t place_mask =
    (std::uint64_t{1} << (unsigned{wire::case_code_bits} - words_bits)) - 1;

// FNV-1a, 64 bits (draft-eastlake-fnv): fast enough for every article of a library in one go.
class Fingerprint {
 public:
  void add(char byte) { value_ = (value_ ^ static_cast<unsigned char>(byte)) * 0x100000001b3U; }
  void add(std::string_view bytes) {
    for (const char byte : bytes) add(byte);
  }
  // Both halves count.
  [[nodiscard]] std::uint64_t value() const { return value_ ^ (value_ >> 32U); }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325U;
};

}  // namespace

std::uint32_t code_of_place(std::string_view law_key, ArticleNumber number) {
  Fingerprint print;
  print.add(law_key);
  print.add('\n');
  print.add(std::to_string(number.number));
  print.add('.');
  print.add(std::to_string(number.branch));
  return static_cast<std::uint32_t>(print.value() & place_mask);
}

std::uint32_t code_of_words(std::string_view text) {
  Fingerprint print;
  for (const char byte : text) {
    if (byte != ' ' && byte != '\n') print.add(byte);
  }
  return static_cast<std::uint32_t>(print.value() & words_mask);
}

std::string to_text(const ArticleCode& code) {
  return "L-" + wire::code_of_bits((std::uint64_t{code.place} << words_bits) | code.words);
}

std::optional<ArticleCode> parse_article_code(std::string_view typed) {
  typed = base::trim(typed);
  if (!typed.starts_with('L') && !typed.starts_with('l')) return std::nullopt;
  const auto code = wire::parse_case_code(typed.substr(1));
  if (!code) return std::nullopt;
  const std::uint64_t bits = wire::bits_of_code(*code);
  return ArticleCode{static_cast<std::uint32_t>(bits >> words_bits),
                     static_cast<std::uint32_t>(bits & words_mask)};
}

}  // namespace law
