// Which law a name in a text means: full titles, short forms, titles without the body that made
// them. Knows the titles of one import; two laws of one name are said, not chosen between.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kiosk/law/import/gathered.h"

namespace law {

class LawNames {
 public:
  // Positions in `laws` are the answers.
  explicit LawNames(const std::vector<Law>& laws);

  // The laws a rule of `region` ("" for national law) can mean by `name`: of that place and
  // national ones. More than one when several bear the name.
  [[nodiscard]] std::vector<std::size_t> find(std::string_view name, std::string_view region) const;

  // The longest name of a law or regulation that ends exactly at the end of `text`, as it stands
  // there; "" when there is none. Finds 劳动合同法 in "依照劳动合同法".
  [[nodiscard]] std::string_view name_at_end(std::string_view text) const;

 private:
  struct Titled {
    std::size_t law = 0;
    std::string region;
  };
  using Titles = std::unordered_multimap<std::string, Titled>;
  [[nodiscard]] static std::vector<std::size_t> among(const Titles& titles, const std::string& key,
                                                      std::string_view region);

  Titles by_key_;            // title_key()
  Titles by_bare_key_;       // … without the issuing body
  Titles by_short_;          // as written without 《》: "劳动合同法", "中华人民共和国劳动合同法"
  std::size_t longest_ = 0;  // bytes of the longest name in by_short_
};

}  // namespace law
