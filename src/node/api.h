// node/api.h - HTTP requests to answers. Pure but for the locks inside the sources of facts that it
// is given.
//
// GET /  /check/SUBJECT          page             GET /v1/check/SUBJECT       JSON of `weir check`
// GET /metrics                   Prometheus text  GET /healthz                ok, or what is wrong
// POST /v1/read                octets of a message in, docs/formats/reading.md out; loopback only
// GET /ledger/checkpoint  /ledger/tile/entries/N[.p/W]  /ledger/key           C2SP tlog-tiles
#pragma once

#include <functional>
#include <string>

#include "net/http.h"
#include "node/check.h"
#include "node/page.h"

namespace weir::node {

struct ApiSources {
  std::function<Result<std::string>(std::string_view subject, Tongue tongue, bool json)>
      check_page;                                            // see node.cpp
  std::function<std::string(std::string_view octets)> read;  // JSON; from any thread
  std::function<std::string()> metrics;
  std::function<Status()> health;
  std::function<std::string()> checkpoint;
  std::function<std::string()> verifier_key;
  std::function<Result<std::string>(std::uint64_t bundle, std::uint64_t width)>
      entries;  // width 256 = whole
};

[[nodiscard]] net::HttpResponse respond(const ApiSources& sources, const net::HttpRequest& request);

// "000/001.p/7"-like tile paths of tlog-tiles: "x001/234", "234.p/17". nullopt if it is none.
struct TilePath {
  std::uint64_t index = 0;
  std::uint64_t width = 256;
};
[[nodiscard]] std::optional<TilePath> parse_tile_path(std::string_view path);
[[nodiscard]] std::string tile_path(const TilePath& tile);

}  // namespace weir::node
