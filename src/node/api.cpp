#include "node/api.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/json_writer.h"

namespace weir::node {
namespace {

constexpr std::string_view kHtml = "text/html; charset=utf-8";
constexpr std::string_view kJson = "application/json";
constexpr std::string_view kOctets = "application/octet-stream";

net::HttpResponse answer(int status, std::string_view type, std::string body) {
  net::HttpResponse response;
  response.status = status;
  response.content_type = type;
  response.body = std::move(body);
  return response;
}

net::HttpResponse json_error(int status, const Error& error) {
  JsonWriter out;
  out.begin_object().key("error").value(error.detail).end_object();
  return answer(status, kJson, out.take());
}

int status_for(Errc code) {
  switch (code) {
    case Errc::invalid: return 400;
    case Errc::not_found: return 404;
    default: return 500;
  }
}

std::string parameter(const net::HttpRequest& request, std::string_view name) {
  for (const auto& [key, value] : request.query)
    if (key == name) return value;
  return {};
}

net::HttpResponse check_page(const ApiSources& sources, const net::HttpRequest& request,
                             std::string_view subject) {
  const auto wanted = parameter(request, "lang");
  const auto tongue = choose_tongue(wanted.empty() ? request.accept_language : wanted);
  auto page = sources.check_page(subject, tongue, false);
  auto response = page ? answer(200, kHtml, std::move(*page))
                       : answer(status_for(page.error().code), "text/plain; charset=utf-8",
                                page.error().detail);
  response.fields.emplace_back("Vary", "Accept-Language");
  return response;
}

net::HttpResponse ledger(const ApiSources& sources, std::string_view path) {
  if (path == "checkpoint") return answer(200, "text/plain; charset=utf-8", sources.checkpoint());
  if (path == "key") return answer(200, "text/plain; charset=utf-8", sources.verifier_key());
  constexpr std::string_view kEntries = "tile/entries/";
  if (path.starts_with(kEntries)) {
    const auto tile = parse_tile_path(path.substr(kEntries.size()));
    if (!tile) return json_error(400, Error{Errc::invalid, "not a tile path", 0});
    auto bundle = sources.entries(tile->index, tile->width);
    if (!bundle) return json_error(status_for(bundle.error().code), bundle.error());
    return answer(200, kOctets, std::move(*bundle));
  }
  return json_error(404, Error{Errc::not_found, "no such page", 0});
}

net::HttpResponse method_not_allowed(std::string_view allowed) {
  auto response =
      json_error(405, Error{Errc::invalid, fmt::format("only {} is answered here", allowed), 0});
  response.fields.emplace_back("Allow", allowed);
  return response;
}

bool is_loopback(const Address& peer) {
  static const std::array prefixes = {Prefix::parse("127.0.0.0/8").value(),
                                      Prefix::parse("::1/128").value()};
  return std::ranges::any_of(prefixes, [&](const Prefix& p) { return p.contains(peer); });
}

// Costs what a message costs and answers with mail, so it is not for strangers.
net::HttpResponse read(const ApiSources& sources, const net::HttpRequest& request) {
  if (request.method != "POST") return method_not_allowed("POST");
  if (!is_loopback(request.peer))
    return json_error(403, Error{Errc::permission, "/v1/read answers on loopback only", 0});
  return answer(200, kJson, sources.read(request.body));
}

}  // namespace

std::optional<TilePath> parse_tile_path(std::string_view path) {
  TilePath tile;
  if (const auto partial = path.find(".p/"); partial != std::string_view::npos) {
    const auto digits = path.substr(partial + 3);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), tile.width);
    if (error != std::errc{} || end != digits.data() + digits.size() || tile.width < 1 ||
        tile.width > 255)
      return std::nullopt;
    path = path.substr(0, partial);
  }
  // Groups of three digits, all but the last with an x before them.
  std::uint64_t index = 0;
  for (int group = 0;; ++group) {
    const bool last = !path.starts_with('x');
    if (!last) path.remove_prefix(1);
    if (path.size() < 3 || group > 5) return std::nullopt;
    for (int i = 0; i < 3; ++i) {
      const char c = path[static_cast<std::size_t>(i)];
      if (c < '0' || c > '9') return std::nullopt;
      index = index * 10 + static_cast<std::uint64_t>(c - '0');
    }
    path.remove_prefix(3);
    if (last) break;
    if (!path.starts_with('/')) return std::nullopt;
    path.remove_prefix(1);
  }
  if (!path.empty()) return std::nullopt;
  tile.index = index;
  return tile;
}

std::string tile_path(const TilePath& tile) {
  auto path = fmt::format("{:03}", tile.index % 1000);
  for (auto rest = tile.index / 1000; rest > 0; rest /= 1000)
    path = fmt::format("x{:03}/{}", rest % 1000, path);
  if (tile.width < 256) path += fmt::format(".p/{}", tile.width);
  return path;
}

net::HttpResponse respond(const ApiSources& sources, const net::HttpRequest& request) {
  const std::string_view path = request.path;
  if (path == "/v1/read") return read(sources, request);
  if (request.method != "GET" && request.method != "HEAD") return method_not_allowed("GET, HEAD");
  constexpr std::string_view kCheck = "/check/", kApiCheck = "/v1/check/", kLedger = "/ledger/";
  if (path == "/") return check_page(sources, request, parameter(request, "subject"));
  if (path.starts_with(kCheck)) return check_page(sources, request, path.substr(kCheck.size()));
  if (path.starts_with(kApiCheck)) {
    auto json = sources.check_page(path.substr(kApiCheck.size()), Tongue::english, true);
    return json ? answer(200, kJson, std::move(*json))
                : json_error(status_for(json.error().code), json.error());
  }
  if (path.starts_with(kLedger)) return ledger(sources, path.substr(kLedger.size()));
  if (path == "/style.css")
    return answer(200, "text/css; charset=utf-8", std::string(page_style()));
  if (path == "/metrics")
    return answer(200, "text/plain; version=0.0.4; charset=utf-8", sources.metrics());
  if (path == "/healthz") {
    const auto health = sources.health();
    return health ? answer(200, "text/plain; charset=utf-8", "ok\n")
                  : answer(503, "text/plain; charset=utf-8", health.error().detail + "\n");
  }
  return json_error(404, Error{Errc::not_found, "no such page; try / or /v1/check/192.0.2.1", 0});
}

}  // namespace weir::node
