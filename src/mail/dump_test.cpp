#include "mail/dump.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <boost/json.hpp>

#include <fstream>
#include <iterator>
#include <set>

#include "base/utf8.h"

namespace weir::mail {
namespace {

namespace json = boost::json;

// One of everything that a Reading can hold.
Reading full_reading() {
  Reading r;
  r.message_id = "1@x.example";
  r.subject = "subject";
  r.from = "a@x.example";
  r.from_domain = "x.example";
  r.size_octets = 42;
  r.languages = {{"en", 1.0F}};
  r.fields = {{"to", "b@y.example"}};
  r.parts.emplace_back();
  r.texts.resize(2);
  r.texts[0].type = "text/html";
  r.texts[0].hidden_by = {{"display", 4}};
  r.texts[0].languages = {{"en", 1.0F}};
  r.texts[0].scripts = text::scripts_of("text");
  r.texts[1].type = "text/plain";
  r.links.emplace_back();
  r.links[0].redirects_to.emplace_back();
  r.identifiers.emplace_back();
  r.attachments.emplace_back();
  r.documents.emplace_back();
  r.codes.emplace_back();
  r.problems.emplace_back();
  r.trace.hops.emplace_back();
  r.trace.origin_claims.emplace_back();
  r.trace.handling.emplace_back();
  return r;
}

// "trace.hops[].by" and so on, for each key of each object.
void paths_of(const json::value& value, const std::string& here, std::set<std::string>& out) {
  if (const auto* array = value.if_array()) {
    for (const auto& element : *array) paths_of(element, here + "[]", out);
  } else if (const auto* object = value.if_object()) {
    for (const auto& [key, member] : *object) {
      // Its keys are the causes that hide something.
      const bool causes = here.ends_with(".hidden_by");
      const auto path =
          here + (here.empty() ? "" : ".") + (causes ? std::string("CAUSE") : std::string(key));
      out.insert(path);
      paths_of(member, path, out);
    }
  }
}

std::set<std::string> paths_of(const Reading& reading) {
  std::set<std::string> out;
  paths_of(json::parse(to_json(reading)), "", out);
  return out;
}

// What stands between backticks in the first cells of the tables of a page.
std::set<std::string> documented_paths() {
  std::ifstream in(std::string(WEIR_SOURCE_DIR) + "/docs/formats/reading.md");
  std::set<std::string> out;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("| `")) continue;
    const auto cell = line.substr(0, line.find('|', 1));
    for (auto at = cell.find('`'); at != std::string::npos;) {
      const auto end = cell.find('`', at + 1);
      if (end == std::string::npos) break;
      out.insert(cell.substr(at + 1, end - at - 1));
      at = cell.find('`', end + 1);
    }
  }
  return out;
}

// Letters, controls, signs that move a terminal's cursor or turn its writing, and broken UTF-8.
std::string wild_text() {
  static const auto kPieces =
      std::to_array<std::string_view>({"a",          "B",
                                       "9",          " ",
                                       "\n",         "\r\n",
                                       "\t",         "\x1B[2J",
                                       "\x07",       "\x7F",
                                       "\b",         std::string_view("\0", 1),
                                       "\u009B31m",  "\u202E",
                                       "\u2066",     "\u2069",
                                       "\u200F",     "\u2028",
                                       "\u061C",     "\u3164",
                                       "\U000E0041", "\uFEFF",
                                       "\u4EE3",     "\uD55C",
                                       "e\u0301",    "\xFF",
                                       "\xE4\xBB",   "http://x.example/",
                                       "<b>",        "<div style='display:none'>",
                                       "&#27;",      "=?utf-8?q?=1B?=",
                                       "@x.example"});
  std::string out;
  const auto count = *rc::gen::inRange(0, 60);
  for (int i = 0; i < count; ++i) out += kPieces[*rc::gen::inRange<std::size_t>(0, kPieces.size())];
  return out;
}

std::string wild_message() {
  auto field = wild_text();
  std::erase(field, '\n');
  return "Received: from " + field +
         " ([192.0.2.1]) by mx.example; Sat, 31 Jan 2026 11:00:00 +0000\n" + "From: " + field +
         "\nSubject: " + field +
         "\nContent-Type: " + (*rc::gen::arbitrary<bool>() ? "text/html" : "text/plain") +
         "; charset=" + field + "\n\n" + wild_text();
}

bool is_raw_control(char32_t c) {
  return (c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E ||
         c == 0x200F || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0xFEFF || c == 0x3164 || (c >= 0xE0000 && c <= 0xE0FFF);
}

void expect_harmless(std::string_view text) {
  EXPECT_EQ(to_valid_utf8(text), text);
  for (std::size_t at = 0; at < text.size();) {
    const auto c = next_code_point(text, at);
    EXPECT_FALSE(is_raw_control(c)) << "U+" << std::hex << static_cast<std::uint32_t>(c) << "\n"
                                    << text;
  }
}

TEST(Dump, ThePageOfTheFormatNamesEveryKeyAndNoOther) {
  const auto written = paths_of(full_reading());
  const auto documented = documented_paths();
  for (const auto& path : written)
    EXPECT_TRUE(documented.contains(path)) << path << " is not in the page";
  for (const auto& path : documented)
    EXPECT_TRUE(written.contains(path)) << path << " is never written";
}

TEST(Dump, EveryMessageHasTheKeysOfTheTopObject) {
  const auto empty = json::parse(to_json(read("", {}))).as_object();
  const auto full = json::parse(to_json(full_reading())).as_object();
  ASSERT_EQ(empty.size(), full.size());
  for (const auto& member : full)
    EXPECT_TRUE(empty.contains(member.key())) << std::string(member.key());
  EXPECT_EQ(empty.at("v").to_number<int>(), 1);
  EXPECT_TRUE(empty.at("trace").at("source").is_null());
}

TEST(Dump, ControlsAndOverridesAreWrittenOut) {
  const auto text = to_text(read(
      "Subject: \u202Efdp.exe\x1B]0;title\x07\n\nin \x1B[2J \u2028Links: \u009B31m\ttab\n", {}));
  expect_harmless(text);
  EXPECT_NE(text.find("Subject     \\u{202E}fdp.exe\\u{1B}]0;title\\u{7}\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("    | in \\u{1B}[2J \\u{2028}Links: \\u{9B}31m"), std::string::npos) << text;
}

TEST(Dump, ALongLineIsBrokenBehindTheBar) {
  std::string words;
  for (int i = 0; i < 40; ++i) words += "Problems ";
  const auto text =
      to_text(read("Subject: x\n\n" + words + "\n" + std::string(300, 'x') + "\n", {}));
  std::size_t begin = text.find("Text of part 0");
  ASSERT_NE(begin, std::string::npos);
  begin = text.find('\n', begin) + 1;
  int again = 0;
  while (begin < text.size()) {
    const auto line = text.substr(begin, text.find('\n', begin) - begin);
    EXPECT_LE(line.size(), 96U) << line;
    EXPECT_TRUE(line.starts_with("    | ") || line.starts_with("    : ")) << line;
    again += line.starts_with("    : ") ? 1 : 0;
    begin += line.size() + 1;
  }
  EXPECT_EQ(again, 3 + 3);
}

TEST(Dump, WideCharactersCountTwiceAndMarksNotAtAll) {
  std::string wide;
  std::string marked;
  for (int i = 0; i < 90; ++i) wide += "\u4EE3";
  for (int i = 0; i < 90; ++i) marked += "e\u0301";
  const auto text = to_text(
      read("Content-Type: text/plain; charset=utf-8\n\n" + wide + "\n" + marked + "\n", {}));
  EXPECT_NE(text.find("    | " + wide.substr(0, 45 * 3) + "\n    : " + wide.substr(45 * 3) + "\n"),
            std::string::npos);
  EXPECT_NE(text.find("    | " + marked + "\n"), std::string::npos);
}

TEST(Dump, APersonSeesWhatIsHiddenDisguisedForgedAndLedOn) {
  auto reading = read(
      "Received: from a (a [192.0.2.1]) by mx.example (Postfix) with ESMTP id 1; Sat, 31 Jan 2026 "
      "11:00:00 +0000\n"
      "Received: from b (b [10.0.0.1]) by c.example (Postfix) with ESMTP id 2; Sat, 31 Jan 2026 "
      "10:00:00 +0000\n"
      "Reply-To: other@y.example\nTo: b@y.example\nSubject: x\nContent-Type: text/html; "
      "charset=utf-8\n\n"
      "<p style='display:none'>secret</p><p>v\u200Biagra "
      "<a href='https://www.google.com/url?q=https://evil.example.com/'>bank.com</a></p>",
      {});
  reading.trace.hops.at(1).forged = true;
  reading.trace.hops.at(1).doubts = {"time_backwards"};
  const auto text = to_text(reading);
  for (const std::string_view part :
       {"Reply-To    other@y.example\n", "To          b@y.example\n",
        "Trace: source 192.0.2.1\n  mx.example says", "  0  source   192.0.2.1",
        "  1  claim    10.0.0.1", "! forged: time_backwards\n", "  disguises  ignorables 1\n",
        "  not seen by the reader  display 6\n    | secret\n",
        "  https://www.google.com/url?q=https://evil.example.com/\n      google.com, "
        "shown_differs, redirect, shown as "
        "\"bank.com\"\n      leads to https://evil.example.com/\n"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n---\n" << text;
}

RC_GTEST_PROP(DumpLaws, TheTextOfAnyMessageIsHarmlessAndItsJsonParses, ()) {
  const auto reading = read(wild_message(), {});
  expect_harmless(to_text(reading));
  const auto object = json::parse(to_json(reading)).as_object();
  RC_ASSERT(object.at("texts").as_array().size() == reading.texts.size());
  RC_ASSERT(object.at("subject").as_string() == to_valid_utf8(reading.subject));
  auto known = documented_paths();
  for (const auto& path : paths_of(reading)) RC_ASSERT(known.contains(path));
}

}  // namespace
}  // namespace weir::mail
