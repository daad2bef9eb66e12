#include "net/endpoint.h"

namespace weir::net {
namespace {

TEST(Endpoint, IsAnAddressAndAPort) {
  EXPECT_EQ(Endpoint::parse("127.0.0.1:5300"), (Endpoint{Address::v4(0x7f000001), 5300}));
  EXPECT_EQ(Endpoint::parse("[::1]:0")->address, Address::parse("::1").value());
  EXPECT_EQ(Endpoint::parse("[::1]:65535")->to_string(), "[::1]:65535");
}

TEST(Endpoint, AnythingElseIsRefusedWithAnExample) {
  for (const auto* bad :
       {"", ":", "5300", "127.0.0.1", "127.0.0.1:", ":5300", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1:+1", "127.0.0.1: 1", "127.0.0.1:1x", "::1:53", "[::1]", "[::1]53",
        "[127.0.0.1]:53", "localhost:53", "[::1:53", "127.1:53"}) {
    const auto endpoint = Endpoint::parse(bad);
    ASSERT_FALSE(endpoint) << bad;
    EXPECT_EQ(endpoint.error().code, Errc::invalid);
    EXPECT_NE(endpoint.error().detail.find("127.0.0.1:5300"), std::string::npos);
  }
}

RC_GTEST_PROP(EndpointProperty, TextReadsBack,
              (std::uint32_t v4, std::array<std::uint8_t, 16> v6, std::uint16_t port, bool six)) {
  const Endpoint endpoint{six ? Address::v6(v6) : Address::v4(v4), port};
  RC_ASSERT(Endpoint::parse(endpoint.to_string()).value() == endpoint);
}

}  // namespace
}  // namespace weir::net
