#include "platform/base/options.h"

#include <algorithm>

namespace base {
namespace {

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string_view Options::value(std::string_view name) const {
  const auto found = values.find(name);
  return found == values.end() ? std::string_view{} : std::string_view(found->second);
}

Result<Options> parse_options(std::span<const std::string> arguments, const OptionNames& known) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word == "--") {
      options.positional.insert(options.positional.end(),
                                arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                arguments.end());
      break;
    }
    if (!word.starts_with("--")) {
      options.positional.push_back(word);
      continue;
    }
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    if (contains(known.flags, name) && equals == std::string::npos) {
      options.values[name] = "";
    } else if (!contains(known.with_value, name)) {
      return fail(ErrorKind::invalid, "option_unknown", "unknown option: " + word);
    } else if (equals != std::string::npos) {
      options.values[name] = word.substr(equals + 1);
    } else if (i + 1 < arguments.size()) {
      options.values[name] = arguments[++i];
    } else {
      return fail(ErrorKind::invalid, "value_missing", word + " needs a value");
    }
  }
  return options;
}

}  // namespace base
