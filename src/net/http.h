// net/http.h - a small HTTP/1.1 server and client; Asio and Beast are inside.
//
// Server: `handler` is called on the reactor's thread and must not block for long; a request with a
//         body of more than kLargeBody is handled on one of `workers` threads instead, so it must
//         be safe to call from several. Limits: header 16 KB, body max_body_octets, idle for
//         keep-alive, for a whole request and for each 256 KB of a response that a client takes; at
//         most max_connections, and max_large_bodies larger than kLargeBody at once (then 503).
//         Errors of a client end its connection, never the server; an exception out of the handler
//         is 500. 400, 413 and 431 are answered here, 404 and 405 by the handler. HEAD reaches the
//         handler as GET; the body is left out on the way back. Every response carries Date,
//         X-Content-Type-Options: nosniff, and kContentSecurityPolicy unless the handler set that
//         field itself.
// Client: http_get() is blocking, for the command line (libcurl).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/address.h"
#include "base/error.h"
#include "base/time.h"

namespace weir::net {

struct HttpRequest {
  std::string method;  // upper case
  std::string path;    // percent-decoded, without the query; begins with '/' (or is "*"); NUL-free;
                       // may hold ".."
  std::vector<std::pair<std::string, std::string>> query;  // decoded
  std::string accept_language;
  std::string body;
  std::vector<std::pair<std::string, std::string>>
      fields;  // all header fields, names in lower case
  Address peer;
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> fields;  // extra header fields
};

using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

inline constexpr std::string_view kContentSecurityPolicy =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src "
    "'none'";

inline constexpr std::size_t kLargeBody = 64U << 10;

struct HttpOptions {
  std::string listen = "127.0.0.1:8300";  // address:port, [v6]:port; port 0 = any
  std::size_t max_body_octets = 1U << 20;
  std::size_t max_large_bodies = 4;
  std::size_t max_connections = 1'024;
  std::size_t workers = 2;
  Millis idle = std::chrono::seconds{30};
  std::string setting =
      "[http] listen";  // what the error of a taken port tells the operator to change
};

class HttpServer {
 public:
  // Binds and starts a thread. Errc::busy: somebody holds the port (the error names it and how to
  // change it); Errc::permission, Errc::invalid, Errc::io.
  [[nodiscard]] static Result<std::unique_ptr<HttpServer>> start(HttpOptions options,
                                                                 HttpHandler handler);
  virtual ~HttpServer() = default;                          // stops, waits
  [[nodiscard]] virtual std::string listening() const = 0;  // the real address:port
};

// Any status is a result; redirects are followed only on the same host (at most 5). At most 10 s to
// connect and 60 s in all. Errc::invalid (the URL, a redirect elsewhere), Errc::too_large,
// Errc::io.
[[nodiscard]] Result<HttpResponse> http_get(const std::string& url, std::size_t max_octets);

}  // namespace weir::net
