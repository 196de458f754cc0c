#include "kiosk/input/pinyin.h"

#include <rime_api.h>

#include <array>
#include <string_view>
#include <utility>

namespace input {
namespace {

// The files deploy-pinyin leaves; all are needed, none is written.
constexpr std::array deployed_files = {"default.yaml", "luna_pinyin_simp.schema.yaml",
                                       "luna_pinyin_simp.prism.bin", "kiosk_legal.table.bin"};
constexpr int backspace_key = 0xff08;  // XK_BackSpace, <X11/keysymdef.h>
// Above glog's FATAL: with an empty log_dir anything else would go to files in /tmp.
constexpr int silent = 4;

base::Result<void> check_deployed(const base::Path& folder) {
  for (const char* file : deployed_files) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(folder / file, error)) {
      return base::fail(base::ErrorKind::not_found, "pinyin_not_deployed",
                        (folder / file).string());
    }
  }
  return {};
}

// Starts librime's service on one read-only folder. No maintenance call: that is what would
// deploy, and write.
void start_service(const RimeApi& rime, const std::string& folder) {
  std::array<const char*, 2> modules = {"default", nullptr};
  RimeTraits traits{};
  RIME_STRUCT_INIT(RimeTraits, traits);
  traits.shared_data_dir = folder.c_str();
  traits.user_data_dir = folder.c_str();
  traits.prebuilt_data_dir = folder.c_str();
  traits.staging_dir = folder.c_str();
  traits.app_name = "rime.kiosk";
  traits.modules = modules.data();
  traits.min_log_level = silent;
  traits.log_dir = "";
  // setup() starts glog, which aborts when started twice in a process. librime remembers the
  // folder it was set up with and says "." before that.
  const bool first_time = std::string_view(rime.get_shared_data_dir()) == ".";
  if (first_time) rime.setup(&traits);
  rime.initialize(&traits);
}

std::string take_commit(const RimeApi& rime, RimeSessionId session) {
  RimeCommit commit{};
  RIME_STRUCT_INIT(RimeCommit, commit);
  if (!rime.get_commit(session, &commit)) return {};
  std::string text = commit.text;
  rime.free_commit(&commit);
  return text;
}

// Small letter or syllable mark; 0 for what pinyin has no use for.
char pinyin_character(char character) {
  if (character >= 'A' && character <= 'Z') return static_cast<char>(character - 'A' + 'a');
  const bool known = (character >= 'a' && character <= 'z') || character == '\'';
  return known ? character : '\0';
}

}  // namespace

base::Result<Pinyin> Pinyin::open(const base::Path& folder) {
  TRY(check_deployed(folder));
  const RimeApi& rime = *rime_get_api();
  // Only a running service gives sessions.
  if (const RimeSessionId foreign = rime.create_session(); foreign != 0) {
    rime.destroy_session(foreign);
    return base::fail(base::ErrorKind::refused, "pinyin_already_open");
  }
  start_service(rime, folder.string());
  const RimeSessionId session = rime.create_session();
  if (session == 0) {
    rime.finalize();
    return base::fail(base::ErrorKind::device, "pinyin_failed", "no session");
  }
  return Pinyin(session);
}

Pinyin::Pinyin(Pinyin&& other) noexcept : session_(std::exchange(other.session_, 0)) {}

Pinyin::~Pinyin() {
  if (session_ == 0) return;
  const RimeApi& rime = *rime_get_api();
  rime.destroy_session(session_);
  rime.finalize();
}

bool Pinyin::key(char character) {
  const char known = pinyin_character(character);
  if (known == '\0') return false;
  const RimeApi& rime = *rime_get_api();
  if (std::string_view(rime.get_input(session_)).size() >= max_letters) return false;
  return rime.process_key(session_, known, 0) != False;
}

bool Pinyin::backspace() {
  if (composition().typed.empty()) return false;
  return rime_get_api()->process_key(session_, backspace_key, 0) != False;
}

Pinyin::Composition Pinyin::composition() const {
  const RimeApi& rime = *rime_get_api();
  Composition composition{rime.get_input(session_), {}};
  RimeContext context{};
  RIME_STRUCT_INIT(RimeContext, context);
  if (rime.get_context(session_, &context)) {
    if (context.composition.preedit != nullptr) composition.preedit = context.composition.preedit;
    rime.free_context(&context);
  }
  return composition;
}

Pinyin::Candidates Pinyin::candidates(std::size_t page) const {
  const RimeApi& rime = *rime_get_api();
  Candidates candidates;
  RimeCandidateListIterator list{};
  const int first = static_cast<int>(page * page_size);
  if (!rime.candidate_list_from_index(session_, &list, first)) return candidates;
  while (!candidates.has_more && rime.candidate_list_next(&list)) {
    if (candidates.texts.size() == page_size) {
      candidates.has_more = true;
    } else {
      candidates.texts.emplace_back(list.candidate.text);
    }
  }
  rime.candidate_list_end(&list);
  return candidates;
}

std::string Pinyin::choose(std::size_t index) {
  const RimeApi& rime = *rime_get_api();
  if (!rime.select_candidate(session_, index)) return {};
  return take_commit(rime, session_);
}

void Pinyin::clear() {
  const RimeApi& rime = *rime_get_api();
  // A session remembers its last twenty commits; a new one does not. Made before the old one
  // goes, so that the dictionaries stay open.
  const RimeSessionId fresh = rime.create_session();
  rime.destroy_session(session_);
  session_ = fresh;
}

}  // namespace input
