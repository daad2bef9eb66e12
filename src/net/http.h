// net/http.h - a small HTTP/1.1 server and client; Asio and Beast are inside http.cpp.
//
// Server: `handler` is called on the reactor's threads and must not block for long. Limits: header 16 KB, body max_body_octets, 30 s idle, at most
//         max_connections (then 503). Errors of a client end its connection, never the server.
// Client: get() is blocking, for the command line (libcurl).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace weir::net {

struct HttpRequest {
  std::string method;       // upper case
  std::string path;         // percent-decoded, without the query
  std::vector<std::pair<std::string, std::string>> query;  // decoded
  std::string accept_language;
  std::string body;
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> fields;  // extra header fields
};

using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

struct HttpOptions {
  std::string listen = "127.0.0.1:8300";  // address:port, [v6]:port; port 0 = any
  std::size_t max_body_octets = 1U << 20;
  std::size_t max_connections = 1'024;
};

class HttpServer {
 public:
  // Binds and starts a thread. Errc::busy: somebody holds the port (the error names it and how to change it).
  [[nodiscard]] static Result<std::unique_ptr<HttpServer>> start(HttpOptions options, HttpHandler handler);
  virtual ~HttpServer() = default;  // stops, waits
  [[nodiscard]] virtual std::string listening() const = 0;  // the real address:port
};

[[nodiscard]] Result<HttpResponse> http_get(const std::string& url, std::size_t max_octets);

}  // namespace weir::net
