#include "kiosk/store/case_index.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/store/tries.h"
#include "kiosk/wire/case_code.h"
#include "platform/base/text.h"

namespace store {
namespace {

constexpr TryRule five_an_hour{.allowed = 5, .pause = std::chrono::hours{1}};
constexpr std::chrono::days keep_cases{730};
constexpr std::chrono::days keep_tries{1};

std::string lookup_hash(const Store& store, CaseKey key) {
  return store.keyed_hash(fmt::format("case|{}|{}", key.code, key.last4));
}

Result<Tries> read_tries(sql::Database& database, std::string_view code_hash) {
  sql::Statement row =
      TRY(database.query("SELECT tries, last_ms FROM case_try WHERE code = ?", code_hash));
  if (!TRY(row.step())) return Tries{};
  return Tries{.wrong = static_cast<int>(row.integer(0)), .last = base::from_ms(row.integer(1))};
}

Result<void> save_tries(sql::Database& database, std::string_view code_hash, const Tries& tries) {
  TRY(
      database.run("INSERT INTO case_try VALUES (?1, ?2, ?3) "
                   "ON CONFLICT (code) DO UPDATE SET tries = ?2, last_ms = ?3",
                   code_hash, tries.wrong, base::to_ms(tries.last)));
  return {};
}

Result<CaseAnswer> read_case(sql::Database& database, std::string_view lookup) {
  sql::Statement row =
      TRY(database.query("SELECT kind, record FROM case_index WHERE lookup = ?", lookup));
  if (!TRY(row.step())) return CaseAnswer{};
  return CaseAnswer{CaseAnswer::Kind::found, row.string(0), row.string(1)};
}

}  // namespace

Result<TypedCase> parse_typed_case(std::string_view code, std::string_view last4) {
  auto canonical = wire::parse_case_code(code);
  if (!canonical) return base::fail(base::ErrorKind::invalid, "code_form");
  const std::string_view digits = base::trim(last4);
  const bool four_digits = digits.size() == 4 &&
                           std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  if (!four_digits) return base::fail(base::ErrorKind::invalid, "last4_form");
  return TypedCase{std::move(*canonical), std::string(digits)};
}

Result<void> index_case(Writer& writer, CaseKey key, std::string_view type,
                        std::string_view record) {
  const Store& store = writer.store();
  TRY(writer.database().run("INSERT INTO case_index VALUES (?, ?, ?, ?)", lookup_hash(store, key),
                            type, record, base::to_ms(store.now())));
  return {};
}

Result<CaseAnswer> find_case(Store& store, CaseKey key) {
  const std::string code_hash = store.keyed_hash(fmt::format("code|{}", key.code));
  const base::Instant now = store.now();
  return store.write([&](Writer& writer) -> Result<CaseAnswer> {
    sql::Database& database = writer.database();
    const Tries before = TRY(read_tries(database, code_hash));
    if (locked(before, five_an_hour, now)) return CaseAnswer{CaseAnswer::Kind::locked, {}, {}};
    CaseAnswer answer = TRY(read_case(database, lookup_hash(store, key)));
    if (answer.kind == CaseAnswer::Kind::found) {
      TRY(database.run("DELETE FROM case_try WHERE code = ?", code_hash));
      return answer;
    }
    const Tries after = after_wrong(before, five_an_hour, now);
    TRY(save_tries(database, code_hash, after));
    if (locked(after, five_an_hour, now)) answer.kind = CaseAnswer::Kind::locked;
    return answer;
  });
}

Result<void> drop_old_cases(Writer& writer) {
  const base::Instant now = writer.store().earliest();
  TRY(writer.database().run("DELETE FROM case_index WHERE created_ms < ?",
                            base::to_ms(now - keep_cases)));
  TRY(writer.database().run("DELETE FROM case_try WHERE last_ms < ?",
                            base::to_ms(now - keep_tries)));
  return {};
}

}  // namespace store
