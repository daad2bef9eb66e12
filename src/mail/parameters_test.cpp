#include "mail/parameters.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/utf8.h"

namespace weir::mail {
namespace {

std::string value(std::string_view raw, std::string_view name) {
  const auto parsed = parse_parameterized(raw);
  const Parameter* found = parsed.find(name);
  return found == nullptr ? "(none)" : decode_parameter(*found);
}

TEST(Parameters, QuotedValuesKeepWhatStandsInThem) {
  EXPECT_EQ(value("a/b; name=\"x; y=\\\"z\\\"\"", "name"), "x; y=\"z\"");
  EXPECT_EQ(value("a/b; name=\"folded\r\n name\"", "name"), "folded name");
  EXPECT_EQ(value("a/b; name=\"never ends; x=1", "name"), "never ends; x=1");
  EXPECT_EQ(value("a/b; name=\"C:\\dir\\a.doc\"", "name"), "C:\\dir\\a.doc");
}

TEST(Parameters, UnquotedValuesMayHoldBlanks) {
  EXPECT_EQ(value("a/b; name=my file.doc; x=1", "name"), "my file.doc");
  EXPECT_EQ(value("a/b; name=my file.doc (a comment)", "name"), "my file.doc");
  EXPECT_EQ(value("a/b (one (two)); (three) name=a", "name"), "a");
}

TEST(Parameters, ASemicolonMayBeMissing) {
  const std::string raw = "text/plain charset=utf-8 name=\"a b\" format=flowed";
  EXPECT_EQ(parse_parameterized(raw).head, "text/plain");
  EXPECT_EQ(value(raw, "charset"), "utf-8");
  EXPECT_EQ(value(raw, "name"), "a b");
  EXPECT_EQ(value(raw, "format"), "flowed");
  EXPECT_EQ(value("text/plain; name=\"a\" charset=\"b\"", "charset"), "b");
  EXPECT_EQ(value("text/plain\r\n charset=x", "charset"), "x");
}

TEST(Parameters, DividedAndEncodedValuesAreJoined) {
  EXPECT_EQ(value("a/b; n*0*=utf-8''%E4%B8; n*1*=%AD; n*2=\" c\"", "n"), "\u4E2D c");
  EXPECT_EQ(value("a/b; n*1=b; n*0=a", "n"), "ab");
  EXPECT_EQ(value("a/b; n=plain; n*=gb2312'zh'%D6%D0", "n"), "\u4E2D");
  EXPECT_EQ(value("a/b; n*=utf-8''=?utf-8?B?5Lit?=", "n"), "\u4E2D");
  EXPECT_EQ(value("a/b; n*=%E4%B8%AD", "n"), "\u4E2D");
}

TEST(Parameters, ManyAreCut) {
  const auto parsed = parse_parameterized("a/b; a=1; b=2; c=3", 2);
  EXPECT_EQ(parsed.parameters.size(), 2U);
  EXPECT_TRUE(parsed.cut);
  EXPECT_FALSE(parse_parameterized("a/b; a=1; b=2", 2).cut);
}

RC_GTEST_PROP(ParametersLaw, AQuotedValueReadsBack, ()) {
  const auto original = *rc::gen::container<std::string>(
      rc::gen::element('a', 'Z', ' ', '"', '\\', ';', '=', '(', ')', '\'', '*', '%', '/', '.'));
  std::string quoted = "\"";
  for (const char c : original) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  const auto parsed = parse_parameterized("text/html; x=" + quoted + "\"; y=1");
  RC_ASSERT(parsed.find("x") != nullptr);
  RC_ASSERT(parsed.find("x")->value == original);
  RC_ASSERT(parsed.find("y") != nullptr);
}

RC_GTEST_PROP(ParametersLaw, AnyOctetsAreRead, ()) {
  const auto piece = rc::gen::element<std::string>("text", "/", "html", ";", "=", "\"", "\\", "(",
                                                   ")", " ", "\r\n", "*", "0", "name", "%41", "''",
                                                   ",", "charset", "\xFF", std::string("\0", 1));
  std::string raw;
  for (const auto& p : *rc::gen::container<std::vector<std::string>>(piece)) raw += p;
  for (const auto& parameter : parse_parameterized(raw).parameters) {
    RC_ASSERT(!parameter.name.empty());
    RC_ASSERT(is_utf8(decode_parameter(parameter)));
  }
}

}  // namespace
}  // namespace weir::mail
