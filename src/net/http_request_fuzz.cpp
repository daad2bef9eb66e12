// Any octets as a stream of HTTP requests, fed in two pieces: what is accepted is decoded and
// inside the limits.
#include <cstddef>
#include <cstdint>

#include "net/http_codec.h"

using namespace weir;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMaxBody = 4'096;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  (void)net::parse_target(octets);
  std::string in(octets.substr(0, size / 2));
  bool second_half = false;
  for (int requests = 0; requests < 16; ++requests) {
    net::RequestReader reader(kMaxBody);
    auto state = reader.feed(in);
    if (state == net::RequestReader::State::need_more && !second_half) {
      second_half = true;
      (void)reader.take_expectation();
      in += octets.substr(size / 2);
      state = reader.feed(in);
    }
    if (state != net::RequestReader::State::complete) return 0;
    (void)reader.keep_alive();
    const auto request = reader.take_request();
    WEIR_ASSERT(request.body.size() <= kMaxBody);
    WEIR_ASSERT(request.path == "*" || request.path.starts_with('/'));
    WEIR_ASSERT(request.path.find('\0') == std::string::npos);
    net::HttpResponse response;
    response.fields.emplace_back("X-Path", request.path);
    const auto head = net::write_head(response, net::KeepAlive::no, from_unix_millis(0));
    WEIR_ASSERT(head.find("\r\n\r\n") == head.size() - 4);
  }
  return 0;
}
