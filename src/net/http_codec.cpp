#include "net/http_codec.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace weir::net {
namespace {

namespace http = boost::beast::http;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus { is_plus, is_blank };

std::optional<std::string> percent_decoded(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (text.size() - i < 3) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(static_cast<std::uint8_t>(high * 16 + low));
      i += 2;
    } else if (c == '+' && plus == Plus::is_blank) {
      c = ' ';
    }
    if (c == '\0') return std::nullopt;
    out.push_back(c);
  }
  return out;
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return out;
}

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

// CR, LF or NUL in a value would let it begin a field or a response of its own.
std::string one_line(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c == '\r' || c == '\n' || c == '\0') c = ' ';
  return out;
}

void add_field(std::string& out, std::string_view name, std::string_view value) {
  out += one_line(name);
  out += ": ";
  out += one_line(value);
  out += "\r\n";
}

// The parser takes a request with a transfer coding that it does not know for one without a body,
// whose octets would then be read as the next request (RFC 9112 6.1, 6.3).
bool has_known_framing(const http::request<http::string_body>& message) {
  const auto codings = message.count(http::field::transfer_encoding);
  if (codings == 0) return true;
  return codings == 1 && message.version() >= 11 &&
         lower_case(view(message[http::field::transfer_encoding])) == "chunked";
}

std::string_view reason_phrase(int status) {
  const auto text = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(status)));
  return view(text);
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
  const auto bad = [&] {
    return fail(Errc::invalid, fmt::format("'{}' is not a request target", text.substr(0, 80)));
  };
  if (text == "*") return Target{"*", {}};
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (lower_case(text.substr(0, scheme.size())) != scheme) continue;
    const auto slash = text.find_first_of("/?", scheme.size());
    if (slash == std::string_view::npos) return Target{"/", {}};
    text.remove_prefix(slash);
    if (text.front() == '?') return bad();
    break;
  }
  if (text.empty() || text.front() != '/') return bad();
  const auto mark = text.find('?');
  auto path = percent_decoded(text.substr(0, mark), Plus::is_plus);
  if (!path) return bad();
  Target target{std::move(*path), {}};
  if (mark == std::string_view::npos) return target;
  auto rest = text.substr(mark + 1);
  while (!rest.empty()) {
    const auto end = rest.find('&');
    const auto pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = percent_decoded(pair.substr(0, equals), Plus::is_blank);
    auto value = percent_decoded(
        equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1),
        Plus::is_blank);
    if (!name || !value) return bad();
    target.query.emplace_back(std::move(*name), std::move(*value));
  }
  return target;
}

struct RequestReader::Parser {
  http::request_parser<http::string_body> beast;
  Target target;
  int status = 0;
  bool expectation_seen = false;
};

RequestReader::RequestReader(std::size_t max_body_octets) : parser_(std::make_unique<Parser>()) {
  parser_->beast.header_limit(kMaxHeaderOctets);
  parser_->beast.body_limit(max_body_octets);
  parser_->beast.eager(true);
}

RequestReader::~RequestReader() = default;

RequestReader::State RequestReader::feed(std::string& input) {
  auto& beast = parser_->beast;
  const auto failed = [&](int status) {
    parser_->status = status;
    return State::failed;
  };
  boost::system::error_code error;
  while (!input.empty() && !beast.is_done()) {
    const std::size_t taken = beast.put(boost::asio::buffer(input), error);
    input.erase(0, taken);
    if (error == http::error::need_more) {
      // Header, chunk extensions or trailers that have not ended stay in `input`; the parser only
      // sees that they are too long when they end.
      if (input.size() > kMaxHeaderOctets)
        error = http::error::header_limit;
      else
        return State::need_more;
    }
    if (error == http::error::header_limit) return failed(431);
    if (error == http::error::body_limit) return failed(413);
    if (error) return failed(400);
  }
  if (!beast.is_done()) return State::need_more;
  const auto& message = beast.get();
  auto target = parse_target(view(message.target()));
  if (!target) return failed(400);
  if (!has_known_framing(message)) return failed(400);
  const auto hosts = message.count(http::field::host);
  if (hosts > 1 || (hosts == 0 && message.version() >= 11)) return failed(400);
  parser_->target = std::move(*target);
  return State::complete;
}

bool RequestReader::take_expectation() {
  const auto& beast = parser_->beast;
  if (parser_->expectation_seen || !beast.is_header_done() || beast.is_done()) return false;
  parser_->expectation_seen = true;
  return beast.get().version() >= 11 &&
         lower_case(view(beast.get()[http::field::expect])) == "100-continue";
}

int RequestReader::status_if_failed() const { return parser_->status; }

HttpRequest RequestReader::take_request() {
  auto& message = parser_->beast.get();
  HttpRequest request;
  request.method = head() ? "GET" : view(message.method_string());
  request.path = std::move(parser_->target.path);
  request.query = std::move(parser_->target.query);
  request.accept_language = view(message[http::field::accept_language]);
  for (const auto& field : message)
    request.fields.emplace_back(lower_case(view(field.name_string())), view(field.value()));
  request.body = std::move(message.body());
  return request;
}

bool RequestReader::keep_alive() const { return parser_->beast.get().keep_alive(); }

bool RequestReader::head() const { return parser_->beast.get().method() == http::verb::head; }

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string write_head(const HttpResponse& response, KeepAlive keep_alive, UnixMillis now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  std::string out =
      fmt::format("HTTP/1.1 {} {}\r\nDate: {:%a, %d %b %Y %H:%M:%S} GMT\r\n", response.status,
                  reason_phrase(response.status), fmt::gmtime(static_cast<std::time_t>(seconds)));
  if (has_body(response.status)) {
    add_field(out, "Content-Length", std::to_string(response.body.size()));
    add_field(out, "Content-Type", response.content_type);
  }
  add_field(out, "X-Content-Type-Options", "nosniff");
  bool own_policy = false;
  for (const auto& [name, value] : response.fields) {
    add_field(out, name, value);
    own_policy = own_policy || lower_case(name) == "content-security-policy";
  }
  if (!own_policy) add_field(out, "Content-Security-Policy", kContentSecurityPolicy);
  add_field(out, "Connection", keep_alive == KeepAlive::yes ? "keep-alive" : "close");
  return out += "\r\n";
}

}  // namespace weir::net
