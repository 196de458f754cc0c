#include "platform/http/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace http {
namespace {

using base::ErrorKind;
using base::fail;

constexpr std::size_t header_limit = std::size_t{64} << 10U;
constexpr int poll_ms = 1000;  // upper bound of one wait; curl shortens it, a stop wakes it

struct EasyCleanup {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EasyCleanup>;
using List = std::unique_ptr<curl_slist, ListFree>;

// What comes in while curl works.
struct Incoming {
  Response response;
  std::size_t body_limit = 0;
  std::size_t header_bytes = 0;
  bool too_large = false;
};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// CURLOPT_WRITEFUNCTION: fewer bytes than given ends the transfer.
std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* target) {
  auto& incoming = *static_cast<Incoming*>(target);
  const std::size_t total = size * count;
  if (incoming.response.body.size() + total > incoming.body_limit) {
    incoming.too_large = true;
    return 0;
  }
  incoming.response.body.append(bytes, total);
  return total;
}

std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* target) {
  auto& incoming = *static_cast<Incoming*>(target);
  const std::size_t total = size * count;
  const std::string_view line(bytes, total);
  incoming.header_bytes += total;
  if (incoming.header_bytes > header_limit) {
    incoming.too_large = true;
    return 0;
  }
  if (line.starts_with("HTTP/"))
    incoming.response.headers.clear();  // an interim answer came before
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos) {
    incoming.response.headers[lower_case(line.substr(0, colon))] =
        without_blanks(line.substr(colon + 1));
  }
  return total;
}

List header_list(const Request& request) {
  List list;
  const auto add = [&list](const std::string& line) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer != nullptr && !list) list.reset(longer);
  };
  // curl would send both by itself: the first costs a round trip, the second may be wrong.
  add("Expect:");
  add("Content-Type:");
  for (const auto& [name, value] : request.headers) add(name + ": " + value);
  return list;
}

void set_body(CURL* easy, const Request& request) {
  if (request.method == "GET" && request.body.empty()) return;
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

void set_up(CURL* easy, const Request& request, const curl_slist* headers, Incoming& incoming) {
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  // A name that is still being looked up must not hold back a stop or a deadline.
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.deadline.count()));
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &incoming);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &incoming);
  set_body(easy, request);
}

void set_trust(CURL* easy, const base::Path& authorities) {
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (authorities.empty()) return;
  curl_easy_setopt(easy, CURLOPT_CAINFO, authorities.c_str());
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);  // or the system's would be trusted as well
}

// Runs the transfer to its end; nothing when a stop request came first.
std::optional<CURLcode> perform(CURLM* multi, CURL* easy, const std::stop_token& stop) {
  const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });
  curl_multi_add_handle(multi, easy);
  std::optional<CURLcode> outcome;
  while (!outcome && !stop.stop_requested()) {
    int running = 0;
    if (curl_multi_perform(multi, &running) != CURLM_OK) outcome = CURLE_OUT_OF_MEMORY;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
      if (message->msg == CURLMSG_DONE) outcome = message->data.result;
    }
    if (!outcome) curl_multi_poll(multi, nullptr, 0, poll_ms, nullptr);
  }
  curl_multi_remove_handle(multi, easy);
  return outcome;
}

tl::unexpected<base::Error> failure(CURLcode code) {
  const char* words = curl_easy_strerror(code);
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return fail(ErrorKind::offline, "timeout", words);
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST: return fail(ErrorKind::offline, "connect", words);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_PEER_FAILED_VERIFICATION: return fail(ErrorKind::offline, "tls", words);
    case CURLE_URL_MALFORMAT: return fail(ErrorKind::invalid, "bad_url", words);
    default: return fail(ErrorKind::offline, "broken_answer", words);
  }
}

}  // namespace

void CurlTransport::Cleanup::operator()(void* multi) const {
  curl_multi_cleanup(static_cast<CURLM*>(multi));
}

base::Result<CurlTransport> CurlTransport::open(base::Path authorities) {
  // Since 7.84 safe in any thread (curl_global_init(3)).
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return fail(ErrorKind::device, "curl");
  CURLM* multi = curl_multi_init();
  if (multi == nullptr) return fail(ErrorKind::device, "curl");
  return CurlTransport(multi, std::move(authorities));
}

base::Result<Response> CurlTransport::send(const Request& request, std::stop_token stop) {
  if (!request.url.starts_with("http://") && !request.url.starts_with("https://")) {
    return fail(ErrorKind::invalid, "bad_url", "neither http nor https");
  }
  const Easy easy(curl_easy_init());
  if (!easy) return fail(ErrorKind::device, "curl");
  Incoming incoming;
  incoming.body_limit = request.answer_limit;
  const List headers = header_list(request);
  set_up(easy.get(), request, headers.get(), incoming);
  set_trust(easy.get(), authorities_);

  const auto outcome = perform(static_cast<CURLM*>(multi_.get()), easy.get(), stop);
  if (!outcome) return fail(ErrorKind::offline, "stopped");
  if (incoming.too_large) return fail(ErrorKind::refused, "answer_too_large");
  if (*outcome != CURLE_OK) return failure(*outcome);

  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  incoming.response.status = static_cast<int>(status);
  return std::move(incoming.response);
}

}  // namespace http
