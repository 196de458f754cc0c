// An article to take away: as a slip of paper with its code, and as QR codes that hold the text
// itself, so that it can be read without this kiosk and without a network. Pure words.
#pragma once

#include <string>
#include <vector>

#include "kiosk/law/law_store.h"
#include "kiosk/slip/slip.h"
#include "kiosk/ui/ui.h"

namespace law {

// Characters of an article in one QR code: more cannot be read off a screen by an older phone.
inline constexpr std::size_t longest_qr_text = 600;

struct ArticlePaper {
  const ArticlePage& page;
  std::string center;
  std::string source;   // collection and its day
  std::string code;     // to_text(ArticleCode)
  base::Date day;       // for which the status is shown
  std::string closing;  // slip::closing()
};

slip::Slip article_slip(const ui::Ui& ui, const ArticlePaper& paper);

// Title, number, text, status and source, cut where a sentence or a line ends; each with its number
// ("2/3") when there are several.
std::vector<std::string> article_qr_texts(const ui::Ui& ui, const ArticlePaper& paper);

// Pieces of at most `longest` characters, cut behind a line end or the last of 。；，, that
// together are the text.
std::vector<std::string> cut_text(std::string_view text, std::size_t longest);

}  // namespace law
