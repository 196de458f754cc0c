// Command lines taken apart the same way in every program. Knows no program's options.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace base {

// "--db FILE --json PATH" taken apart: `--name value`, `--name=value` and flags in any order;
// after a lone `--` every word is positional.
struct Options {
  std::map<std::string, std::string, std::less<>> values;  // without the dashes; a flag has ""
  std::vector<std::string> positional;

  [[nodiscard]] bool has(std::string_view name) const { return values.find(name) != values.end(); }
  // "" when not given.
  [[nodiscard]] std::string_view value(std::string_view name) const;
};

struct OptionNames {
  std::vector<std::string_view> with_value;
  std::vector<std::string_view> flags;
};

// invalid ("option_unknown", "value_missing") with a sentence for people in Error::detail.
Result<Options> parse_options(std::span<const std::string> arguments, const OptionNames& known);

}  // namespace base
