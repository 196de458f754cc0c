#include "kiosk/input/pinyin.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/file.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "tests/support/world.h"

namespace {

const base::Path deployed = PINYIN_FOLDER;

input::Pinyin opened() {
  auto pinyin = input::Pinyin::open(deployed);
  REQUIRE(pinyin);
  return std::move(*pinyin);
}

void type(input::Pinyin& pinyin, std::string_view letters) {
  for (const char letter : letters) REQUIRE(pinyin.key(letter));
}

std::vector<std::string> offered(input::Pinyin& pinyin, std::string_view letters) {
  type(pinyin, letters);
  auto texts = pinyin.candidates(0).texts;
  pinyin.clear();
  return texts;
}

std::size_t position(const input::Pinyin& pinyin, std::string_view text) {
  const auto texts = pinyin.candidates(0).texts;
  const auto found = std::ranges::find(texts, text);
  REQUIRE(found != texts.end());
  return static_cast<std::size_t>(found - texts.begin());
}

// One line of our word list: 调解 TAB tiao jie TAB 10000.
struct Word {
  std::string text;
  std::string letters;  // "tiao'jie"
  int weight = 0;
};

std::vector<Word> legal_words() {
  const auto content = base::read_file(PINYIN_WORDS);
  REQUIRE(content);
  std::vector<Word> words;
  for (const std::string_view line : base::split(*content, '\n')) {
    const auto parts = base::split(line, '\t');
    if (line.starts_with('#') || parts.size() != 3) continue;
    std::string letters(parts[1]);
    std::ranges::replace(letters, ' ', '\'');
    words.push_back({std::string(parts[0]), letters, std::atoi(std::string(parts[2]).c_str())});
  }
  return words;
}

// Every file below `folder` with the hash of its content.
std::map<std::string, std::string> fingerprint(const base::Path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const auto content = base::read_file(entry.path());
    REQUIRE(content);
    files[entry.path().string()] = crypto::sha256_hex(*content);
  }
  return files;
}

// The folder the process stands in, its home and its place for temporary files.
class InFolder {
 public:
  explicit InFolder(const base::Path& folder) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(folder);
    ::setenv("HOME", folder.c_str(), 1);
    ::setenv("TMPDIR", folder.c_str(), 1);
  }
  InFolder(const InFolder&) = delete;
  InFolder& operator=(const InFolder&) = delete;
  ~InFolder() {
    std::filesystem::current_path(before_);
    ::unsetenv("TMPDIR");
  }

 private:
  base::Path before_;
};

// A copy in which a write would succeed, and be seen.
base::Path writable_copy(const base::Path& folder) {
  const base::Path copy = folder / "rime";
  std::filesystem::copy(deployed, copy);
  for (const auto& file : std::filesystem::directory_iterator(copy)) {
    std::filesystem::permissions(file.path(), std::filesystem::perms::owner_write,
                                 std::filesystem::perm_options::add);
  }
  return copy;
}

// Three visitors choose what is offered, one leaves in the middle of typing. Everything a library
// may take for a place to keep things is below `home`.
void visit_four_times(const base::Path& home, const base::Path& dictionary) {
  const InFolder here(home);
  auto pinyin = input::Pinyin::open(dictionary);
  REQUIRE(pinyin);
  for (int visit = 0; visit < 3; ++visit) {
    type(*pinyin, "zzoukuiniaoqun");
    CHECK(base::count_characters(pinyin->choose(0)) >= 4);
    type(*pinyin, "zzoukuiniaoqun");
    pinyin->clear();
  }
  type(*pinyin, "zzoukuiniaoqun");
}

}  // namespace

TEST_CASE("typing tiaojie offers mediation before adjustment") {
  input::Pinyin pinyin = opened();
  const auto texts = offered(pinyin, "tiaojie");
  REQUIRE(texts.size() >= 2);
  CHECK(texts[0] == "调解");
  CHECK(texts[1] == "调节");
}

TEST_CASE("every word of the legal list is offered, and first unless the list says otherwise") {
  constexpr int foremost = 10000;
  input::Pinyin pinyin = opened();
  const auto words = legal_words();
  CHECK(words.size() > 400);
  for (const Word& word : words) {
    CAPTURE(word.text);
    const auto texts = offered(pinyin, word.letters);
    if (word.weight == foremost) CHECK(texts.front() == word.text);
    CHECK(std::ranges::find(texts, word.text) != texts.end());
  }
}

TEST_CASE("the legal list pushes no everyday word from its place") {
  input::Pinyin pinyin = opened();
  constexpr std::array<std::pair<std::string_view, std::string_view>, 40> everyday = {{
      {"women", "我们"},   {"tamen", "他们"},     {"shihou", "时候"},   {"zhege", "这个"},
      {"meiyou", "没有"},  {"xianzai", "现在"},   {"zhidao", "知道"},   {"shijian", "时间"},
      {"shiqing", "事情"}, {"yinwei", "因为"},    {"suoyi", "所以"},    {"shouli", "手里"},
      {"jiashi", "驾驶"},  {"jiazhuang", "假装"}, {"xinfang", "新房"},  {"zuijia", "最佳"},
      {"fangzi", "房子"},  {"haizi", "孩子"},     {"fumu", "父母"},     {"zhangfu", "丈夫"},
      {"qizi", "妻子"},    {"gongsi", "公司"},    {"laoban", "老板"},   {"linju", "邻居"},
      {"yisheng", "医生"}, {"yiyuan", "医院"},    {"dianhua", "电话"},  {"shouji", "手机"},
      {"zuotian", "昨天"}, {"mingtian", "明天"},  {"shangwu", "上午"},  {"xiawu", "下午"},
      {"beijing", "北京"}, {"shanghai", "上海"},  {"zhongguo", "中国"}, {"xiexie", "谢谢"},
      {"bangzhu", "帮助"}, {"xuyao", "需要"},     {"qianbao", "钱包"},  {"weixin", "微信"},
  }};
  for (const auto& [letters, word] : everyday) {
    CAPTURE(letters);
    CHECK(offered(pinyin, letters).front() == word);
  }
}

TEST_CASE("an everyday word that a legal one overtakes stays beside it") {
  input::Pinyin pinyin = opened();
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> overtaken = {{
      {"gongzheng", "公正"},
      {"gongshang", "工商"},
      {"baoan", "保安"},
      {"zhaiquan", "债券"},
      {"shanyang", "山羊"},
      {"jicheng", "集成"},
      {"lizhi", "理智"},
      {"kaichu", "开出"},
      {"chesu", "车速"},
      {"quhao", "区号"},
  }};
  for (const auto& [letters, word] : overtaken) {
    CAPTURE(letters);
    CHECK(offered(pinyin, letters).at(1) == word);
  }
}

TEST_CASE("candidates are simplified characters") {
  input::Pinyin pinyin = opened();
  CHECK(offered(pinyin, "laodong").front() == "劳动");
  CHECK(offered(pinyin, "susong").front() == "诉讼");
}

TEST_CASE("a sentence is chosen whole or word by word") {
  input::Pinyin pinyin = opened();
  type(pinyin, "woyaotiaojie");
  CHECK(pinyin.candidates(0).texts.front() == "我要调解");
  CHECK(pinyin.composition().preedit == "wo yao tiao jie");
  SUBCASE("whole") {
    CHECK(pinyin.choose(0) == "我要调解");
  }
  SUBCASE("word by word, the text comes when the last syllable is converted") {
    CHECK(pinyin.choose(position(pinyin, "我")).empty());
    CHECK(pinyin.composition().preedit == "我yao tiao jie");
    CHECK(pinyin.choose(0) == "我要调解");
  }
  CHECK(pinyin.composition().typed.empty());
  CHECK(pinyin.candidates(0).texts.empty());
}

TEST_CASE("further pages go on where the last ended") {
  input::Pinyin pinyin = opened();
  type(pinyin, "shi");
  const auto first = pinyin.candidates(0);
  const auto second = pinyin.candidates(1);
  REQUIRE(first.has_more);
  REQUIRE(first.texts.size() == input::Pinyin::page_size);
  REQUIRE_FALSE(second.texts.empty());
  CHECK(std::ranges::find(first.texts, second.texts.front()) == first.texts.end());
  CHECK(pinyin.candidates(1000).texts.empty());
  CHECK_FALSE(pinyin.candidates(1000).has_more);
  CHECK(pinyin.choose(input::Pinyin::page_size) == second.texts.front());
}

TEST_CASE("backspace takes back a choice, then letters, then says there is nothing left") {
  input::Pinyin pinyin = opened();
  CHECK_FALSE(pinyin.backspace());
  type(pinyin, "woyao");
  CHECK(pinyin.choose(position(pinyin, "我")).empty());
  CHECK(pinyin.composition().preedit == "我yao");
  CHECK(pinyin.backspace());
  CHECK(pinyin.composition().preedit.find("我") == std::string::npos);
  for (std::size_t left = 5; left > 0; --left) {
    CHECK(pinyin.composition().typed.size() == left);
    CHECK(pinyin.backspace());
  }
  CHECK_FALSE(pinyin.backspace());
}

TEST_CASE("only letters and the syllable mark are pinyin") {
  input::Pinyin pinyin = opened();
  for (const char other : {'1', ' ', '-', '\n', '\0', '.', '\x7f', '\xe6'}) {
    CHECK_FALSE(pinyin.key(other));
  }
  CHECK(pinyin.composition().typed.empty());
  type(pinyin, "Xi'an");
  CHECK(pinyin.composition().typed == "xi'an");
  CHECK(pinyin.candidates(0).texts.front() == "西安");
}

TEST_CASE("input beyond the limit is not taken and what stands stays usable") {
  input::Pinyin pinyin = opened();
  std::size_t taken = 0;
  for (std::size_t i = 0; i < 2 * input::Pinyin::max_letters; ++i) taken += pinyin.key('a');
  CHECK(taken == input::Pinyin::max_letters);
  CHECK(pinyin.composition().typed.size() == input::Pinyin::max_letters);
  CHECK_FALSE(pinyin.candidates(0).texts.empty());
}

TEST_CASE("a candidate that is not there is not chosen") {
  input::Pinyin pinyin = opened();
  CHECK(pinyin.choose(0).empty());
  type(pinyin, "fa");
  CHECK(pinyin.choose(100000).empty());
  CHECK(pinyin.composition().typed == "fa");
}

TEST_CASE("clear forgets what was being typed") {
  input::Pinyin pinyin = opened();
  type(pinyin, "zhangsan");
  pinyin.clear();
  CHECK(pinyin.composition().typed.empty());
  CHECK(pinyin.composition().preedit.empty());
  CHECK(pinyin.candidates(0).texts.empty());
  CHECK(pinyin.choose(0).empty());
}

TEST_CASE("what one visitor chose is not offered to the next") {
  input::Pinyin pinyin = opened();
  const auto before = offered(pinyin, "shiji");
  for (int visit = 0; visit < 5; ++visit) {
    type(pinyin, "shiji");
    CHECK(pinyin.choose(4) == before.at(4));
    pinyin.clear();
  }
  CHECK(offered(pinyin, "shiji") == before);
}

TEST_CASE("nothing typed reaches the disk") {
  const test::TempFolder folder;
  const base::Path dictionary = writable_copy(folder.path());
  const auto before = fingerprint(folder.path());
  visit_four_times(folder.path(), dictionary);
  CHECK(fingerprint(folder.path()) == before);
}

TEST_CASE("the check above sees what librime keeps when its user dictionary is on") {
  const test::TempFolder folder;
  const base::Path dictionary = writable_copy(folder.path());
  const base::Path schema = dictionary / "luna_pinyin_simp.schema.yaml";
  std::string settings = *base::read_file(schema);
  constexpr std::string_view off = "enable_user_dict: false";
  settings.replace(settings.find(off), off.size(), "enable_user_dict: true");
  REQUIRE(base::replace_file(schema, settings));
  const auto before = fingerprint(folder.path());
  visit_four_times(folder.path(), dictionary);
  CHECK(fingerprint(folder.path()) != before);
  CHECK(std::filesystem::exists(dictionary / "kiosk_legal.userdb"));
}

TEST_CASE("the deployed folder holds the dictionary and no place for a visitor's words") {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(deployed)) {
    names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  CHECK(names == std::vector<std::string>{"default.yaml", "kiosk_legal.table.bin",
                                          "luna_pinyin_simp.prism.bin",
                                          "luna_pinyin_simp.schema.yaml"});
  const auto schema = base::read_file(deployed / "luna_pinyin_simp.schema.yaml");
  REQUIRE(schema);
  CHECK(schema->find("enable_user_dict: false") != std::string::npos);
}

TEST_CASE("a folder that was not deployed is named") {
  const test::TempFolder folder;
  const auto pinyin = input::Pinyin::open(folder.path());
  REQUIRE_FALSE(pinyin);
  CHECK(pinyin.error().kind == base::ErrorKind::not_found);
  CHECK(pinyin.error().code == "pinyin_not_deployed");
  CHECK(pinyin.error().detail.find(folder.path().string()) != std::string::npos);
}

TEST_CASE("a process has one pinyin at a time, and may open the next when it is gone") {
  {
    const input::Pinyin first = opened();
    const auto second = input::Pinyin::open(deployed);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == "pinyin_already_open");
  }
  input::Pinyin next = opened();
  CHECK(offered(next, "fa").size() > 1);
}
