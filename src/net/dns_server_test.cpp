#include "net/dns_server.h"

#include <unistd.h>

#include <cstdio>
#include <thread>

#include "dns/message.h"
#include "net/test_client.h"

namespace weir::net {
namespace {

using Kind = list::Answered::Kind;

DnsState some_state() {
  static const auto index = std::make_shared<const list::Index>(
      std::vector<list::Listing>{{.subject = Prefix(Address::v4(0xc0000200), 24),
                                  .until = from_unix_millis(INT64_MAX),
                                  .reason = "trap"}});
  static const auto zone = std::make_shared<const list::Zone>();
  return {index, zone};
}

const SystemClock kClock;

std::unique_ptr<DnsServer> start(DnsOptions options = {}) {
  if (options.listen == DnsOptions{}.listen) options.listen = {"127.0.0.1:0"};
  auto server = DnsServer::start(options, some_state, kClock);
  EXPECT_TRUE(server) << server.error().detail;
  return std::move(*server);
}

std::string query(std::uint16_t id, const std::string& name, dns::Type type = dns::Type::a) {
  dns::Query query;
  query.id = id;
  query.question = dns::Question{dns::Name::parse(name).value(), type, dns::Class::in};
  return dns::write_query(query);
}

std::string framed(const std::string& query) {
  return std::string{static_cast<char>(query.size() >> 8), static_cast<char>(query.size())} + query;
}

std::string receive_frame(const Client& client) {
  const auto size = client.receive(2);
  if (size.size() < 2) return {};
  return client.receive((std::size_t{static_cast<std::uint8_t>(size[0])} << 8) |
                        static_cast<std::uint8_t>(size[1]));
}

std::uint64_t count(const DnsServer& server, Kind kind) {
  return server.counts()[static_cast<std::size_t>(kind)];
}

TEST(DnsServer, AnswersOverUdp) {
  const auto server = start();
  const Client client(SOCK_DGRAM, server->listening().at(0));
  client.send(query(1, "7.2.0.192.bl.weir.test"));
  const auto listed = dns::read_message(client.receive());
  ASSERT_TRUE(listed);
  EXPECT_EQ(listed->id, 1);
  EXPECT_EQ(listed->records.at(0).type, dns::Type::a);
  client.send("junk");
  client.send(query(2, "7.3.0.192.bl.weir.test"));
  EXPECT_EQ(dns::read_message(client.receive())->rcode, dns::Rcode::nxdomain);
  EXPECT_EQ(count(*server, Kind::listed), 1U);
  EXPECT_EQ(count(*server, Kind::not_listed), 1U);
  EXPECT_EQ(count(*server, Kind::ignored), 1U);
}

TEST(DnsServer, ListensOnSeveralAddressesWithBothTransports) {
  DnsOptions options;
  options.listen = {"127.0.0.1:0", "[::1]:0"};
  const auto server = start(options);
  ASSERT_EQ(server->listening().size(), 2U);
  for (const auto& endpoint : server->listening()) {
    const Client udp(SOCK_DGRAM, endpoint);
    udp.send(query(3, "bl.weir.test", dns::Type::soa));
    EXPECT_EQ(dns::read_message(udp.receive())->id, 3) << endpoint;
    const Client tcp(SOCK_STREAM, endpoint);
    tcp.send(framed(query(4, "bl.weir.test", dns::Type::soa)));
    EXPECT_EQ(dns::read_message(receive_frame(tcp))->id, 4) << endpoint;
  }
}

TEST(DnsServer, AnswersFromTheAddressThatWasAsked) {
  DnsOptions options;
  options.listen = {"0.0.0.0:0"};
  const auto server = start(options);
  for (const auto* host : {"127.0.0.2", "127.0.0.77"}) {
    // The socket is connected, so the kernel drops what comes from another address.
    const Client client(SOCK_DGRAM, server->listening().at(0), host);
    client.send(query(5, "2.0.0.127.bl.weir.test"));
    const auto message = dns::read_message(client.receive());
    ASSERT_TRUE(message) << host;
    EXPECT_EQ(message->id, 5);
  }
}

TEST(DnsServer, ManyClientsGetTheirOwnAnswers) {
  DnsOptions options;
  options.workers = 3;
  const auto server = start(options);
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::uint16_t i = 0; i < 50; ++i) {
        const Client client(SOCK_DGRAM, server->listening().at(0));
        const auto id = static_cast<std::uint16_t>(t * 1'000 + i);
        client.send(query(id, fmt::format("{}.{}.0.192.bl.weir.test", i, i % 2 == 0 ? 2 : 3)));
        const auto message = dns::read_message(client.receive());
        if (message && message->id == id && message->records.size() == 1 &&
            (message->records[0].type == dns::Type::a) == (i % 2 == 0))
          ++right;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 200);
  EXPECT_EQ(count(*server, Kind::listed), 100U);
}

TEST(DnsServer, TcpTakesManyQueriesInPiecesAndInOneGo) {
  const auto server = start();
  const Client client(SOCK_STREAM, server->listening().at(0));
  std::string stream;
  for (std::uint16_t i = 0; i < 500; ++i)
    stream += framed(query(i, "1.2.0.192.bl.weir.test", dns::Type::txt));
  client.send(stream.substr(0, 1));
  client.send(stream.substr(1, 10));
  client.send(stream.substr(11));
  for (std::uint16_t i = 0; i < 500; ++i) {
    const auto message = dns::read_message(receive_frame(client));
    ASSERT_TRUE(message) << i;
    ASSERT_EQ(message->id, i);
  }
}

TEST(DnsServer, TcpEndsConnectionsThatSendWhatNobodyAnswers) {
  const auto server = start();
  for (const auto& octets :
       {std::string(2, '\0'), framed("junk"), framed(std::string(20, '\xff'))}) {
    const Client client(SOCK_STREAM, server->listening().at(0));
    client.send(octets);
    EXPECT_EQ(client.receive(), "");
  }
}

TEST(DnsServer, SlowAndIdleTcpClientsAreEnded) {
  DnsOptions options;
  options.tcp_idle = Millis{300};
  const auto server = start(options);
  const Client idle(SOCK_STREAM, server->listening().at(0));
  const Client slow(SOCK_STREAM, server->listening().at(0));
  const auto begin = std::chrono::steady_clock::now();
  const auto octets = framed(query(1, "1.2.0.192.bl.weir.test"));
  std::size_t sent = 0;
  while (sent + 1 < octets.size() && slow.send(octets.substr(sent, 1))) {
    ++sent;
    std::this_thread::sleep_for(Millis{30});
  }
  EXPECT_LT(sent + 1, octets.size());
  EXPECT_EQ(slow.receive(), "");
  EXPECT_EQ(idle.receive(), "");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{4});
}

TEST(DnsServer, MoreConnectionsThanAllowedAreClosedAndPlacesComeBack) {
  DnsOptions options;
  options.tcp_connections = 2;
  const auto server = start(options);
  const auto octets = framed(query(1, "1.2.0.192.bl.weir.test"));
  {
    const Client first(SOCK_STREAM, server->listening().at(0));
    const Client second(SOCK_STREAM, server->listening().at(0));
    for (const auto* client : {&first, &second}) {
      client->send(octets);
      EXPECT_NE(receive_frame(*client), "");
    }
    const Client third(SOCK_STREAM, server->listening().at(0));
    EXPECT_EQ(third.receive(), "");
  }
  bool served = false;
  for (int i = 0; i < 50 && !served; ++i) {
    const Client next(SOCK_STREAM, server->listening().at(0));
    next.send(octets);
    served = !receive_frame(next).empty();
  }
  EXPECT_TRUE(served);
}

TEST(DnsServer, StopsWhileClientsAreConnected) {
  auto server = start();
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 20; ++i)
    clients.push_back(std::make_unique<Client>(SOCK_STREAM, server->listening().at(0)));
  clients[0]->send(framed(query(1, "1.2.0.192.bl.weir.test")));
  EXPECT_NE(receive_frame(*clients[0]), "");
  const auto begin = std::chrono::steady_clock::now();
  server.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{2});
  for (const auto& client : clients) EXPECT_EQ(client->receive(), "");
}

TEST(DnsServer, ATakenPortIsBusyAndSaysWhatToDo) {
  const auto first = start();
  DnsOptions options;
  options.listen = first->listening();
  const auto second = DnsServer::start(options, some_state, kClock);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::busy);
  const auto port = std::to_string(Endpoint::parse(first->listening()[0])->port);
  EXPECT_EQ(second.error().detail,
            "port " + port +
                " is in use by another program (address 127.0.0.1); set [dns] listen or stop it");
}

TEST(DnsServer, AnUdpPortTakenByAnotherProgramIsBusyToo) {
  const Fd other(::socket(AF_INET, SOCK_DGRAM, 0));
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::bind(other.get(), reinterpret_cast<sockaddr*>(&v4), sizeof v4), 0);
  DnsOptions options;
  options.listen = {local_endpoint(other).to_string()};
  const auto server = DnsServer::start(options, some_state, kClock);
  ASSERT_FALSE(server);
  EXPECT_EQ(server.error().code, Errc::busy);
}

TEST(DnsServer, WrongOptionsAreSaidAtTheStart) {
  DnsOptions options;
  options.listen = {"192.0.2.1:0"};
  EXPECT_EQ(DnsServer::start(options, some_state, kClock).error().code, Errc::invalid);
  options.listen = {"nonsense"};
  EXPECT_EQ(DnsServer::start(options, some_state, kClock).error().code, Errc::invalid);
  options.listen = {};
  EXPECT_EQ(DnsServer::start(options, some_state, kClock).error().code, Errc::invalid);
  options = DnsOptions{};
  options.workers = 0;
  EXPECT_EQ(DnsServer::start(options, some_state, kClock).error().code, Errc::invalid);
}

// What an independent client reads: dig, where it is installed.
TEST(DnsServer, DigUnderstandsTheAnswers) {
  if (::access("/usr/bin/dig", X_OK) != 0) GTEST_SKIP() << "dig is not installed";
  const auto server = start();
  const auto port = Endpoint::parse(server->listening()[0])->port;
  const auto dig = [&](const std::string& arguments) {
    const auto command =
        fmt::format("/usr/bin/dig @127.0.0.1 -p {} +tries=1 +time=5 {} 2>&1", port, arguments);
    std::string out;
    FILE* pipe = ::popen(command.c_str(), "r");
    std::array<char, 4'096> chunk{};
    while (const auto got = std::fread(chunk.data(), 1, chunk.size(), pipe))
      out.append(chunk.data(), got);
    ::pclose(pipe);
    return out;
  };
  EXPECT_EQ(dig("+short 7.2.0.192.bl.weir.test"), "127.0.0.2\n");
  EXPECT_EQ(dig("+short +tcp 7.2.0.192.bl.weir.test AAAA"), "::ffff:127.0.0.2\n");
  EXPECT_EQ(dig("+short bl.weir.test NS"), "ns.weir.test.\n");
  const auto full = dig("8.3.0.192.bl.weir.test TXT");
  EXPECT_NE(full.find("status: NXDOMAIN"), std::string::npos) << full;
  EXPECT_NE(full.find("flags: qr aa rd;"), std::string::npos) << full;
  EXPECT_NE(full.find("udp: 1232"), std::string::npos) << full;
  EXPECT_NE(full.find("hostmaster.weir.test. 1 3600 600 604800 60"), std::string::npos) << full;
  EXPECT_EQ(full.find("WARNING: Message"), std::string::npos) << full;
  EXPECT_NE(dig("+edns=1 +noednsnegotiation bl.weir.test").find("status: BADVERS"),
            std::string::npos);
  EXPECT_NE(dig("+opcode=status bl.weir.test").find("status: NOTIMP"), std::string::npos);
  EXPECT_NE(dig("example.test").find("status: REFUSED"), std::string::npos);
  EXPECT_NE(dig("bl.weir.test AXFR").find("Transfer failed"), std::string::npos);
}

}  // namespace
}  // namespace weir::net
