// UTF-8 text: decoding, measuring in characters, trimming, masking. Invalid bytes are never
// passed on: each becomes U+FFFD when decoded and makes valid_utf8() false.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace base {

inline constexpr char32_t replacement_character = 0xFFFD;

// The character at `at` (a byte offset inside the text), and `at` moved behind it.
char32_t next_character(std::string_view text, std::size_t& at);
// Byte offset of the character before `at`; 0 at the start.
std::size_t previous_boundary(std::string_view text, std::size_t at);
void append_utf8(std::string& text, char32_t character);

bool valid_utf8(std::string_view text);
std::u32string decode_utf8(std::string_view text);
std::string encode_utf8(std::u32string_view text);
std::size_t count_characters(std::string_view text);

// Without blanks (ASCII, no-break and ideographic) at both ends.
std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
// `text` with every `from` replaced; `from` is not empty.
std::string replace_all(std::string_view text, std::string_view from, std::string_view to);
bool is_han(char32_t character);

// "王小明" → "王**": the first character stays. Empty stays empty.
std::string mask_name(std::string_view name);
// "13800001234" → "138****1234"; fewer than eight digits are masked whole.
std::string mask_phone(std::string_view phone);

// Replaces each {name} by its value; an unknown hole stays as it stands, so that tests see it.
struct Hole {
  std::string_view name;
  std::string value;
};
std::string fill_holes(std::string_view sentence, const std::vector<Hole>& holes);

}  // namespace base
