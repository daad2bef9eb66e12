// net/http_codec.h - HTTP/1.1 requests out of octets and responses into octets, without sockets.
// Beast's parser is inside. Only net/ includes this.
//
// RequestReader: one request. feed() takes what it can off the front of `input`; call it again with
// more until it is no longer need_more.
//                After `failed`, status_if_failed() is 400, 413 or 431 and the connection must end.
//                Octets of the next request stay in `input`.
// Source:        RFC 9110, RFC 9112; what is stricter than they ask: Host is needed, a NUL or a
// broken %-escape in the target and any transfer coding but "chunked" are 400.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/time.h"
#include "net/http.h"

namespace weir::net {

inline constexpr std::size_t kMaxHeaderOctets = 16U << 10;

struct Target {
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
};

// Origin form "/a%20b?x=1", absolute form, or "*". Errc::invalid.
[[nodiscard]] Result<Target> parse_target(std::string_view text);

class RequestReader {
 public:
  enum class State { need_more, complete, failed };

  explicit RequestReader(std::size_t max_body_octets);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  [[nodiscard]] State feed(std::string& input);
  // True once, when the client waits for "100 Continue" before it sends the body.
  [[nodiscard]] bool take_expectation();
  [[nodiscard]] int status_if_failed() const;  // 0: it has not

  // After complete:
  [[nodiscard]] HttpRequest take_request();  // once; peer is left to the caller
  [[nodiscard]] bool keep_alive() const;
  [[nodiscard]] bool head() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

enum class KeepAlive { yes, no };
// Status line and fields with the empty line; the body is response.body. Field octets that could
// break out of their line become blanks.
[[nodiscard]] std::string write_head(const HttpResponse& response, KeepAlive keep_alive,
                                     UnixMillis now);
// 204, 304 and 1xx have no body.
[[nodiscard]] bool has_body(int status);

}  // namespace weir::net
