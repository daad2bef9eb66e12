// testdata/received.txt: lines of many programs, and all that is read from each.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "mail/trace.h"

namespace weir::mail {
namespace {

std::string written(const Hop& hop) {
  std::string out;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) out += fmt::format("| {} {}\n", name, value);
  };
  add("software", hop.software);
  add("helo", hop.helo);
  add("rdns", hop.rdns);
  add("address", hop.address ? hop.address->to_string() : "");
  add("ident", hop.ident);
  add("by", hop.by);
  add("with", hop.with);
  add("via", hop.via);
  add("id", hop.id);
  add("for", hop.recipient);
  add("envelope-from", hop.envelope_from);
  add("tls", hop.tls);
  if (hop.authenticated) add("login", hop.login.empty() ? "yes" : hop.login);
  add("time", hop.time ? to_rfc3339(*hop.time) : "");
  for (const std::string_view doubt : hop.doubts) add("doubt", doubt);
  return out;
}

TEST(ReceivedGolden, EveryFormIsReadAsWrittenDown) {
  const std::string path = fmt::format("{}/received.txt", WEIR_TESTDATA);
  std::ifstream in(path);
  std::string line, name, raw, expected, rewritten;
  int count = 0;
  const auto check = [&] {
    if (name.empty()) return;
    ++count;
    if (raw.ends_with('\n')) raw.pop_back();
    const std::string read = written(parse_received(raw));
    EXPECT_EQ(read, expected) << name;
    rewritten += fmt::format("= {}\n{}\n{}\n", name, raw, read);
    raw.clear();
    expected.clear();
  };
  while (std::getline(in, line)) {
    if (line.starts_with("= ")) {
      check();
      name = line.substr(2);
    } else if (name.empty()) {
      rewritten += line + "\n";
    } else if (line.starts_with("| ")) {
      expected += line + "\n";
    } else if (!line.empty()) {
      raw += line + "\n";
    }
  }
  check();
  EXPECT_GE(count, 100);
  if (std::getenv("WEIR_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << rewritten;
}

}  // namespace
}  // namespace weir::mail
