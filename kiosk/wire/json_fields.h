// JSON objects as lists of fields, for the .cpp files of this folder; knows no message. A message
// names its fields once, and what is written and what is read cannot drift apart:
//
//   void fields(auto& io, Is<TicketDraw> auto& m) {
//     io(must("service", m.service), may("matter", m.matter), must("day", m.day));
//   }
//
//   must(name, value)           has to be there
//   may(name, value)            absent means the type's empty value, which is not written either
//   choice(name, value, words)  one of these words; absent means the first
//   object(name, text)          a text that is itself a JSON object
//
// Values are texts, bools, whole numbers, other messages, lists of them, and maps of texts.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace wire {

using base::Result;
using nlohmann::json;

inline tl::unexpected<base::Error> bad_message(std::string_view detail) {
  return base::fail(base::ErrorKind::invalid, "bad_message", detail);
}

// ---- what a field is ---------------------------------------------------------------------------

// The message, or the same to be read only.
template <typename Value, typename Message>
concept Is = std::same_as<std::remove_const_t<Value>, Message>;

template <typename T>
struct Must {
  const char* name;
  T& value;
};
template <typename T>
Must<T> must(const char* name, T& value) {
  return {name, value};
}

template <typename T>
struct May {
  const char* name;
  T& value;
};
template <typename T>
May<T> may(const char* name, T& value) {
  return {name, value};
}

template <typename T>
struct Choice {
  const char* name;
  T& value;
  std::vector<std::pair<std::remove_const_t<T>, const char*>> words;
};
template <typename T>
Choice<T> choice(
    const char* name, T& value,
    std::initializer_list<std::pair<std::remove_const_t<std::type_identity_t<T>>, const char*>>
        words) {
  return {name, value, words};
}

template <typename T>
struct Object {
  const char* name;
  T& text;
};
template <typename T>
Object<T> object(const char* name, T& text) {
  return {name, text};
}

// ---- text ⇄ JSON -------------------------------------------------------------------------------

inline constexpr int deepest_nesting = 16;

// Calls visit(position, depth) for every bracket and comma outside of strings; an opening bracket
// counts to the depth it opens, a closing one to the depth it closes.
template <typename Visit>
void walk(std::string_view text, Visit visit) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') in_string = !in_string;
    if (in_string) {
      if (c == '\\') ++at;
    } else if (c == '[' || c == '{') {
      visit(at, ++depth);
    } else if (c == ']' || c == '}') {
      visit(at, depth--);
    } else if (c == ',') {
      visit(at, depth);
    }
  }
}

inline Result<json> parse_object(std::string_view text) {
  int deepest = 0;
  walk(text, [&deepest](std::size_t, int depth) { deepest = std::max(deepest, depth); });
  if (deepest > deepest_nesting) return bad_message("nested too deep");
  json value = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!value.is_object()) return bad_message("no JSON object");
  return value;
}

// Bytes that are no UTF-8 become U+FFFD instead of an exception.
inline std::string dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

// ---- writing -----------------------------------------------------------------------------------

class Writer {
 public:
  template <typename Message>
  static json written(const Message& message) {
    Writer writer;
    fields(writer, message);
    return std::move(writer.object_);
  }

  template <typename... Each>
  void operator()(const Each&... each) {
    (put(each), ...);
  }

 private:
  template <typename T>
  void put(const Must<T>& field) {
    object_[field.name] = value_of(field.value);
  }
  template <typename T>
  void put(const May<T>& field) {
    if (field.value != T{}) object_[field.name] = value_of(field.value);
  }
  template <typename T>
  void put(const Choice<T>& choice) {
    for (const auto& [known, word] : choice.words) {
      if (known == choice.value) object_[choice.name] = word;
    }
  }
  // Texts come from to_json(); anything else is written as an empty object.
  template <typename T>
  void put(const Object<T>& object) {
    auto value = parse_object(object.text);
    object_[object.name] = value ? std::move(*value) : json::object();
  }

  template <typename T>
  static json value_of(const T& value) {
    if constexpr (std::is_constructible_v<json, T>) {
      return value;
    } else {
      return written(value);
    }
  }
  template <typename T>
  static json value_of(const std::vector<T>& list) {
    json array = json::array();
    for (const T& each : list) array.push_back(written(each));
    return array;
  }

  json object_ = json::object();
};

// ---- reading -----------------------------------------------------------------------------------

class Reader {
 public:
  // Fills the message; otherwise `wrong` is the name of the first field that is missing or not of
  // its type.
  template <typename Message>
  static bool read(const json& from, Message& message, std::string& wrong) {
    if (!from.is_object()) return false;
    Reader reader(from);
    fields(reader, message);
    wrong = reader.wrong_;
    return wrong.empty();
  }

  template <typename... Each>
  void operator()(const Each&... each) {
    (check(each), ...);
  }

 private:
  explicit Reader(const json& object) : object_(object) {}

  void check(const auto& field) {
    if (wrong_.empty() && !take_field(field)) wrong_ = field.name;
  }

  // Null when there is none.
  const json* find(const char* name) {
    const auto found = object_.find(name);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
  }

  template <typename T>
  bool take_field(const Must<T>& field) {
    const json* found = find(field.name);
    return found != nullptr && take(*found, field.value);
  }
  template <typename T>
  bool take_field(const May<T>& field) {
    const json* found = find(field.name);
    return found == nullptr || take(*found, field.value);
  }
  template <typename T>
  bool take_field(const Choice<T>& choice) {
    std::string text = choice.words.front().second;
    if (!take_field(may(choice.name, text))) return false;
    const auto found = std::find_if(choice.words.begin(), choice.words.end(),
                                    [&text](const auto& each) { return text == each.second; });
    if (found == choice.words.end()) return false;
    choice.value = found->first;
    return true;
  }
  bool take_field(const Object<std::string>& object) {
    const json* found = find(object.name);
    if (found == nullptr || !found->is_object()) return false;
    object.text = dump(*found);
    return true;
  }

  // No U+0000: C strings behind us would end there.
  static bool take(const json& from, std::string& to) {
    if (!from.is_string()) return false;
    to = from.get_ref<const std::string&>();
    return to.find('\0') == std::string::npos;
  }
  static bool take(const json& from, bool& to) {
    if (!from.is_boolean()) return false;
    to = from.get<bool>();
    return true;
  }
  template <std::signed_integral T>
  static bool take(const json& from, T& to) {
    if (!from.is_number_integer()) return false;
    constexpr auto most = std::numeric_limits<T>::max();
    if (from.is_number_unsigned() && from.get<std::uint64_t>() > std::uint64_t{most}) return false;
    const auto value = from.get<std::int64_t>();
    to = static_cast<T>(value);
    return to == value;
  }
  static bool take(const json& from, std::map<std::string, std::string>& to) {
    if (!from.is_object()) return false;
    for (const auto& [key, value] : from.items()) {
      if (!take(value, to[key])) return false;
    }
    return true;
  }
  template <typename T>
  static bool take(const json& from, std::vector<T>& to) {
    if (!from.is_array()) return false;
    return std::all_of(from.begin(), from.end(),
                       [&to](const json& each) { return take(each, to.emplace_back()); });
  }
  template <typename Message>
  static bool take(const json& from, Message& message) {
    std::string inner;
    return read(from, message, inner);
  }

  const json& object_;
  std::string wrong_;
};

// invalid ("bad_message") with the name of the first wrong field.
template <typename Message>
Result<Message> read_message(std::string_view text) {
  const json object = TRY(parse_object(text));
  Message message;
  std::string wrong;
  if (!Reader::read(object, message, wrong)) return bad_message(wrong);
  return message;
}

template <typename Message>
std::string write_message(const Message& message) {
  return dump(Writer::written(message));
}

}  // namespace wire
