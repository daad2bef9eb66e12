#include "base/json_writer.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "base/utf8.h"

namespace weir {
namespace {

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(JsonWriter, CommasAreItsBusiness) {
  JsonWriter w;
  w.begin_object();
  w.key("a").value(1);
  w.key("b").begin_array().value("x").value(true).null().begin_object().end_object().end_array();
  w.key("c").begin_object().key("d").value(false).end_object();
  w.key("e").raw("[1,2]");
  w.end_object();
  EXPECT_EQ(w.str(), R"({"a":1,"b":["x",true,null,{}],"c":{"d":false},"e":[1,2]})");
}

TEST(JsonWriter, IntegersAreExactAtBothEnds) {
  JsonWriter w;
  w.begin_array();
  w.value(std::numeric_limits<std::int64_t>::min());
  w.value(std::numeric_limits<std::uint64_t>::max());
  w.value(std::uint8_t{200}).value(-1);
  w.end_array();
  EXPECT_EQ(w.take(), "[-9223372036854775808,18446744073709551615,200,-1]");
}

TEST(JsonWriter, DoublesRoundTripAndNonFiniteOnesAreNull) {
  JsonWriter w;
  w.begin_array().value(0.1).value(1e300).value(-2.5).value(std::nan(""));
  w.value(std::numeric_limits<double>::infinity()).end_array();
  EXPECT_EQ(w.str(), "[0.1,1e+300,-2.5,null,null]");
}

TEST(JsonWriter, StringsAreEscapedAsRfc8785Says) {
  EXPECT_EQ(json_string("\"\\/\b\f\n\r\t"), R"("\"\\/\b\f\n\r\t")");
  EXPECT_EQ(json_string(std::string_view("\0\x01\x1f\x7f", 4)), "\"\\u0000\\u0001\\u001f\x7f\"");
  EXPECT_EQ(json_string("中文 한국어 é"), "\"中文 한국어 é\"");
}

TEST(JsonWriter, OctetsThatAreNoUtf8BecomeReplacementCharacters) {
  EXPECT_EQ(json_string("a\xff"
                        "b\xe4\xb8"),
            "\"a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\"");
}

TEST(JsonWriter, WriterCanBeUsedAgainAfterTake) {
  JsonWriter w;
  w.begin_array().value(1).end_array();
  EXPECT_EQ(w.take(), "[1]");
  w.begin_array().value(2).end_array();
  EXPECT_EQ(w.take(), "[2]");
}

TEST(JsonWriterDeathTest, MisuseIsABugAndStops) {
  EXPECT_DEATH(JsonWriter().begin_object().value(1), "assertion");
  EXPECT_DEATH(JsonWriter().begin_array().key("a"), "assertion");
  EXPECT_DEATH(JsonWriter().begin_array().end_object(), "assertion");
  EXPECT_DEATH(JsonWriter().begin_object().key("a").end_object(), "assertion");
  EXPECT_DEATH((void)JsonWriter().begin_object().str(), "assertion");
  EXPECT_DEATH(JsonWriter().value(1).value(2), "assertion");
}

RC_GTEST_PROP(JsonWriter, AnyOctetsGiveValidUtf8WithoutControlCharacters,
              (const std::string& text)) {
  const auto json = json_string(text);
  RC_ASSERT(is_utf8(json));
  for (const char c : json) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20);
}

}  // namespace
}  // namespace weir
