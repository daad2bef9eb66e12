#include <curl/curl.h>
#include <fmt/format.h>

#include "net/http.h"

namespace weir::net {
namespace {

constexpr long kConnectMs = 10'000;
constexpr long kTotalMs = 60'000;
constexpr int kMaxRedirects = 5;

using Easy = std::unique_ptr<CURL, decltype([](CURL* easy) { curl_easy_cleanup(easy); })>;
using Url = std::unique_ptr<CURLU, decltype([](CURLU* url) { curl_url_cleanup(url); })>;

struct Body {
  std::string octets;
  std::size_t max_octets;
  bool too_large = false;
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* to) {
  auto& body = *static_cast<Body*>(to);
  const std::size_t octets = size * count;
  if (octets > body.max_octets - body.octets.size()) {
    body.too_large = true;
    return 0;
  }
  try {
    body.octets.append(data, octets);
  } catch (const std::exception&) {
    return 0;  // no exception may pass through libcurl
  }
  return octets;
}

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK || text == nullptr) return {};
  std::string out = text;
  curl_free(text);
  return out;
}

// "https host:port"; empty if the URL is not http or https.
std::string origin_of(const std::string& text) {
  const Url url(curl_url());
  if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return {};
  const auto scheme = part_of(url.get(), CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") return {};
  return fmt::format("{} {}:{}", scheme, part_of(url.get(), CURLUPART_HOST),
                     part_of(url.get(), CURLUPART_PORT));
}

void set_options(CURL* easy, const std::string& url, Body& body) {
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION,
                   0L);  // followed by hand, where the host can be compared
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, kTotalMs);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "weir");
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
}

}  // namespace

Result<HttpResponse> http_get(const std::string& url, std::size_t max_octets) {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  const Easy easy(initialised == CURLE_OK ? curl_easy_init() : nullptr);
  if (!easy) return fail(Errc::io, "libcurl could not be initialised");
  const std::string origin = origin_of(url);
  if (origin.empty())
    return fail(Errc::invalid, fmt::format("'{}' is not an http or https URL", url.substr(0, 200)));

  std::string next = url;
  for (int hop = 0; hop <= kMaxRedirects; ++hop) {
    Body body{{}, max_octets};
    set_options(easy.get(), next, body);
    const CURLcode code = curl_easy_perform(easy.get());
    if (body.too_large)
      return fail(Errc::too_large,
                  fmt::format("{} is larger than {} octets", next.substr(0, 200), max_octets));
    if (code != CURLE_OK)
      return fail(Errc::io, fmt::format("{}: {}", next.substr(0, 200), curl_easy_strerror(code)));
    char* redirect = nullptr;
    curl_easy_getinfo(easy.get(), CURLINFO_REDIRECT_URL, &redirect);
    if (redirect != nullptr) {
      std::string target = redirect;
      if (origin_of(target) != origin)
        return fail(Errc::invalid,
                    fmt::format("{} redirects to another host, {}; ask there if you trust it",
                                next.substr(0, 200), target.substr(0, 200)));
      next = std::move(target);
      continue;
    }
    HttpResponse response;
    long status = 0;
    char* type = nullptr;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy.get(), CURLINFO_CONTENT_TYPE, &type);
    response.status = static_cast<int>(status);
    response.content_type = type != nullptr ? type : "";
    response.body = std::move(body.octets);
    return response;
  }
  return fail(Errc::invalid,
              fmt::format("{} redirects more than {} times", url.substr(0, 200), kMaxRedirects));
}

}  // namespace weir::net
