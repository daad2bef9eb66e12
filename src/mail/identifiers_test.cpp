#include "mail/identifiers.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <ctime>

#include "base/bytes.h"
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "mail/identifiers_checks.h"

namespace weir::mail {
namespace {

std::string all(std::string_view text) {
  std::string out;
  for (const Identifier& i : find_identifiers(text)) {
    EXPECT_EQ(text.substr(i.offset, i.written.size()), i.written);
    out += (out.empty() ? "" : " ") + std::string(identifier_kind_name(i.kind)) + "=" + i.value;
  }
  return out;
}

struct Row {
  std::string_view text;
  std::string_view found;
};
void expect(std::initializer_list<Row> rows) {
  for (const Row& row : rows) EXPECT_EQ(all(row.text), row.found) << row.text;
}

TEST(Identifiers, MailAddressesInAnyDisguise) {
  expect({{"write to Sales.Dept@Example.COM.", "mail=sales.dept@example.com"},
          {"<a+b@mx.example.co.jp>,", "mail=a+b@mx.example.co.jp"},
          {"请联系abc@example.cn谢谢", "mail=abc@example.cn"},
          {"联系：ａｂｃ＠ｅｘａｍｐｌｅ．ｃｏｍ。", "mail=abc@example.com"},
          {"name(at)example.com", "mail=name@example.com"},
          {"name [at] example [dot] com", "mail=name@example.com"},
          {"name at example dot com", "mail=name@example.com"},
          {"abc艾特example点com", "mail=abc@example.com"},
          {"jörg@example.de", "mail=jörg@example.de"},
          {"write 用户@example.com now", "mail=用户@example.com"},
          {"a@müller.example.com", "mail=a@xn--mller-kva.example.com"},
          {"12345678@qq.com", "mail=12345678@qq.com qq=12345678"},
          {"13800138000@example.com", "mail=13800138000@example.com"},
          {"meet me at example.com or @home, a@b, @example.com, x@localhost, 5 @ 3.50", ""}});
}

TEST(Identifiers, TelephoneNumbersWithABlankBetween) {
  expect({{"\uBB38\uC758 070-1234-5678 02-123-4567 031-123-4567",
           "phone=07012345678 phone=021234567 phone=0311234567"},
          {"010-1111-2222 010-3333-4444 010-5555-6666 \uC785\uB2C8\uB2E4",
           "phone=01011112222 phone=+821033334444 phone=+821055556666"},
          {"13800138000 13900139000 13700137000",
           "phone=+8613800138000 phone=+8613900139000 phone=+8613700137000"},
          {"4111 1111 1111 1111", "bank_card=4111111111111111"},
          {"0755-1234 5678 9012-3456-7890-1234-5678-9012", ""}});
}

TEST(Identifiers, NamesOfPagesAreNoMailAddresses) {
  expect({{"https://lists.example.org/2010/20100414.GA366@example.org", ""},
          {"http://www.bank.example.com@evil.example.com/", ""},
          {"https://example.com/?to=a@example.com", "mail=a@example.com"},
          {"mailto://a@example.com", "mail=a@example.com"},
          {"mail/a@example.com or me/you", "mail=a@example.com"}});
}

TEST(Identifiers, AccountsBehindWordsThatAreTakenApart) {
  expect({{"\u5FAE-\u4FE1\uFF1Aqq987654", "wechat=qq987654"},
          {"\u5FAE.\u4FE1: abc_123", "wechat=abc_123"},
          {"\uCE74.\uD1A1 xyz88", "kakao=xyz88"},
          {"+\u5FAE\uFF1Aabc7788", "wechat=abc7788"},
          {"\u8BF7\u52A0v\u2665abc888888", "wechat=abc888888"},
          {"\u52A0\u5FAE\u2764\uFE0F\uFF1Aqwe123456", "wechat=qwe123456"}});
}

TEST(Identifiers, LineAccountsBehindSignsOfEastAsia) {
  expect({{"LINE\u3067\u300Cabc_123\u300D\u3092\u8FFD\u52A0", "line=abc_123"},
          {"\u30E9\u30A4\u30F3\uFF1Axyz789", "line=xyz789"},
          {"\uFF2C\uFF29\uFF2E\uFF25\uFF1A\uFF41\uFF42\uFF43\uFF11\uFF12\uFF13", "line=abc123"},
          {"LINE\u3067\u300Chello\u300D, line: abc123, Line\uFF1Athanks", ""}});
}

TEST(Identifiers, TelephoneNumbersOfManyCountries) {
  expect({{"call +1 (415) 555-0100 now", "phone=+14155550100"},
          {"+44 (0)20 7946 0958", "phone=+442079460958"},
          {"0086 138 0013 8000", "phone=+8613800138000"},
          {"手机13800138000，谢谢", "phone=+8613800138000"},
          {"１３８００１３８０００", "phone=+8613800138000"},
          {"138-0013-8000", "phone=+8613800138000"},
          {"1 3 8 0 0 1 3 8 0 0 0", "phone=+8613800138000"},
          {"①③⑧⓪⓪①③⑧⓪⓪⓪", "phone=+8613800138000"},
          {"电话一三八零零一三八零零零", "phone=+8613800138000"},
          {"壹叁捌零零壹叁捌零零零", "phone=+8613800138000"},
          {"138零零一三八000", "phone=+8613800138000"},
          {"联系电话：010-12345678转8", "phone=01012345678"},
          {"电话010-12345678-801", "phone=01012345678"},
          {"（0755）12345678", "phone=075512345678"},
          {"热线400-123-4567", "phone=4001234567"},
          {"お電話は03-1234-5678まで", "phone=0312345678"},
          {"0120-123-456", "phone=0120123456"},
          {"090-1234-5678", "phone=09012345678"},
          {"전화 010-1234-5678", "phone=+821012345678"},
          {"문의 02-123-4567", "phone=021234567"},
          {"대표 1588-1234", "phone=15881234"},
          {"(415) 555-0100", "phone=+14155550100"},
          {"415.555.0100", "phone=+14155550100"},
          {"1-800-555-0100", "phone=+18005550100"},
          {"Tel: 5550100", "phone=5550100"}});
}

TEST(Identifiers, OtherNumbersAreNoTelephoneNumbers) {
  expect({{"2024-03-05 10:30:00 +0800", ""},
          {"1861-1865, 1588-1603", ""},
          {"ISBN 0-201-63361-2", ""},
          {"http://example.com/?id=13800138000&x=13800138000", ""},
          {"192.168.100.200 10.0.0.1 1.2.3.4.5", ""},
          {"EUR 12,345,678.90 and 3.14159265358979", ""},
          {"138001380001 013800138000 x13800138000 13800138000x", ""},
          {"02-11-2003 or 2003/02/11", ""},
          {"hotel 5550100", ""},
          {std::string_view("99999999999999999999999999999999999999999999"), ""}});
}

TEST(Identifiers, AccountsOfMessengers) {
  expect({{"QQ:123456789", "qq=123456789"},
          {"加 Q Q 1 2 3 4 5 6 7", "qq=1234567"},
          {"ＱＱ：１２３４５６７", "qq=1234567"},
          {"扣扣号码是1234567", "qq=1234567"},
          {"企鹅号 1234567", "qq=1234567"},
          {"QQ群：123456789", "qq_group=123456789"},
          {"q群123456789", "qq_group=123456789"},
          {"加微信abc_12345咨询", "wechat=abc_12345"},
          {"微信号：Abcdefg", "wechat=abcdefg"},
          {"薇信 abc123x", "wechat=abc123x"},
          {"vx：abc123456", "wechat=abc123456"},
          {"加V：abc12345", "wechat=abc12345"},
          {"ＷＥＩＸＩＮ：ａｂｃ１２３", "wechat=abc123"},
          {"weixin://contacts/profile/weir_example", "wechat=weir_example"},
          {"微信13800138000", "phone=+8613800138000 wechat=13800138000"},
          {"LINE ID: abc.def", "line=abc.def"},
          {"LINE：@abc1234x", "line=@abc1234x"},
          {"加賴：abc123", "line=abc123"},
          {"https://line.me/ti/p/AbC123", "line=AbC123"},
          {"카톡 아이디 abc123", "kakao=abc123"},
          {"카카오톡: abcd", "kakao=abcd"},
          {"https://open.kakao.com/o/sAbCdEf", "kakao=o/sAbCdEf"},
          {"텔레그램 @abc_def", "telegram=abc_def"},
          {"飞机：@abcdef1", "telegram=abcdef1"},
          {"Telegram: @Abcdef", "telegram=abcdef"},
          {"join t.me/Abcdef now", "telegram=abcdef"},
          {"https://t.me/joinchat/AAbbCC", "telegram=joinchat/AAbbCC"},
          {"https://wa.me/8613800138000", "whatsapp=+8613800138000"},
          {"WhatsApp: +1 415 555 0100", "phone=+14155550100 whatsapp=+14155550100"},
          {"Skype ID: live.abc", "skype=live.abc"},
          {"skype: abc123def", "skype=abc123def"}});
}

TEST(Identifiers, EverydayWordsAreNoAccounts) {
  expect({{"the line is busy, line: 5, online: yes, LINE 12345", ""},
          {"wxWidgets and qqplot, QQ, Q: what? A: 2005", ""},
          {"Skype: download it; telegram: contact us; WeChat: available", ""},
          {"飞机晚点，电报已发，微信支付", ""},
          {"?q=66527235-1 &wx=abc123", ""}});
}

// Base58 of a number written in octets, each leading zero octet as '1'.
std::string base58(std::string_view octets) {
  constexpr std::string_view kAlphabet =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  std::string digits;
  for (const char c : octets) {
    unsigned carry = static_cast<unsigned char>(c);
    for (char& d : digits) {
      carry += static_cast<unsigned>(d) << 8;
      d = static_cast<char>(carry % 58);
      carry /= 58;
    }
    for (; carry > 0; carry /= 58) digits.push_back(static_cast<char>(carry % 58));
  }
  std::string out(std::min(octets.find_first_not_of('\0'), octets.size()), '1');
  for (auto d = digits.rbegin(); d != digits.rend(); ++d)
    out.push_back(kAlphabet[static_cast<unsigned char>(*d)]);
  return out;
}
std::string base58check(char version, std::string payload) {
  payload.insert(payload.begin(), version);
  const Digest once = crypto::sha256(payload);
  const Digest twice = crypto::sha256(as_octets(once));
  return base58(payload + std::string(as_octets(twice).substr(0, 4)));
}

TEST(Identifiers, AddressesOfMoneyHaveRightChecksums) {
  const std::string payload(20, 'x');
  for (const auto& [version, kind] : std::vector<std::pair<char, std::string>>{{'\x00', "bitcoin"},
                                                                               {'\x05', "bitcoin"},
                                                                               {'\x30', "litecoin"},
                                                                               {'\x32', "litecoin"},
                                                                               {'\x1E', "dogecoin"},
                                                                               {'\x41', "tron"}}) {
    std::string address = base58check(version, payload);
    EXPECT_EQ(all("pay " + address + " now"), kind + "=" + address);
    address[9] = address[9] == 'a' ? 'b' : 'a';
    EXPECT_EQ(all("pay " + address + " now"), "");
  }
  // BIP 173 and BIP 350.
  expect({{"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
           "bitcoin=bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"},
          {"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", ""},
          {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
           "bitcoin=bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"}});
  // EIP-55.
  expect({{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
           "ethereum=0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"},
          {"0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", ""},
          {"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
           "ethereum=0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"}});
}

TEST(Identifiers, KeccakIsTheOneBeforeTheStandard) {
  const auto hex = [](std::string_view text) {
    const auto digest = keccak256(text);
    return to_hex({reinterpret_cast<const char*>(digest.data()), digest.size()});
  };
  EXPECT_EQ(hex(""), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  EXPECT_EQ(hex("abc"), "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
}

TEST(Identifiers, MoneroAddressesAreBlocksOfBase58) {
  std::string octets = "\x12" + std::string(64, 'y');
  const auto digest = keccak256(octets);
  octets.append(reinterpret_cast<const char*>(digest.data()), 4);
  std::string address;
  for (std::size_t i = 0; i < octets.size(); i += 8) {
    const std::string_view block = std::string_view(octets).substr(i, 8);
    const std::string digits = base58(block);
    address += std::string((block.size() == 8 ? 11U : 7U) - digits.size(), '1') + digits;
  }
  EXPECT_EQ(all("xmr " + address), "monero=" + address);
  address[20] = address[20] == 'a' ? 'b' : 'a';
  EXPECT_EQ(all("xmr " + address), "");
}

TEST(Identifiers, AccountsOfBanks) {
  expect({{"IBAN DE89 3704 0044 0532 0130 00.", "iban=DE89370400440532013000"},
          {"GB82WEST12345698765432", "iban=GB82WEST12345698765432"},
          {"DE88 3704 0044 0532 0130 00", ""},
          {"card 4111 1111 1111 1111", "bank_card=4111111111111111"},
          {"4111-1111-1111-1112", ""},
          {"order 4111111111111111", ""},
          {"卡号：4111111111111111", "bank_card=4111111111111111"}});
}

TEST(Identifiers, AreListedOnceInOrderAndCounted) {
  IdentifierCollector collector({.count = 2});
  collector.add_text("a@example.com b@example.com A@EXAMPLE.com");
  EXPECT_FALSE(collector.cut());
  collector.add_text("c@example.com a@example.com");
  EXPECT_TRUE(collector.cut());
  const auto found = collector.take();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].times, 2U);
  EXPECT_EQ(found[0].written, "a@example.com");
  EXPECT_EQ(found[1].offset, 14U);
  const std::string address = base58check('\x00', std::string(20, 'z'));
  EXPECT_EQ(all(address + " a@example.com"), "bitcoin=" + address + " mail=a@example.com");
}

TEST(Identifiers, HostileTextCostsLinearTime) {
  for (const std::string_view piece : {"@",
                                       "a@",
                                       "a@b.",
                                       "1",
                                       "1 ",
                                       "1-",
                                       "(1",
                                       "+1",
                                       "q",
                                       "qq",
                                       "qq:",
                                       "微信",
                                       "微信:",
                                       "(at)",
                                       " at ",
                                       "一",
                                       "１",
                                       "①",
                                       "a@b.c.d.e.f.g.h.",
                                       "DE89 ",
                                       "t.me/",
                                       "line id ",
                                       "1A1zP1eP5QGefi2DMPTfTL5SLm",
                                       "0x",
                                       "bc1q",
                                       "微信号号号号号号",
                                       "中@a.cn"}) {
    std::string text;
    while (text.size() < (1U << 19)) text += piece;
    const std::clock_t begin = std::clock();
    EXPECT_LE(find_identifiers(text, {.count = 10'000}).size(), 10'000U);
    EXPECT_LT(std::clock() - begin, 4 * CLOCKS_PER_SEC) << piece;
  }
}

RC_GTEST_PROP(IdentifiersLaw, WhatIsFoundStandsInTheTextAndIsFoundAgainAlone, ()) {
  const auto piece = rc::gen::element<std::string>(
      "a@example.com", "13800138000", "１３８", "00138000", "QQ", "微信", "：", ":", " ", "-", "中",
      "。", "t.me/", "abc123", "@", "(at)", "example", ".", "com", "+86", "一三八", "\xFF", "号",
      "LINE ID", "400-123-4567");
  std::string text;
  for (const auto& p : *rc::gen::container<std::vector<std::string>>(piece)) text += p;
  text = to_valid_utf8(text);
  const auto found = find_identifiers(text);
  for (std::size_t i = 0; i < found.size(); ++i) {
    RC_ASSERT(text.substr(found[i].offset, found[i].written.size()) == found[i].written);
    RC_ASSERT(!found[i].value.empty() && found[i].value.size() <= kIdentifierOctetsMax);
    RC_ASSERT(is_utf8(found[i].value) && is_utf8(found[i].written));
    if (i > 0) RC_ASSERT(found[i - 1].offset <= found[i].offset);
    if (found[i].kind == IdentifierKind::mail) {
      // A canonical address is its own canonical form.
      const auto again = find_identifiers(found[i].value);
      RC_ASSERT(std::any_of(again.begin(), again.end(), [&](const Identifier& other) {
        return other.kind == IdentifierKind::mail && other.value == found[i].value;
      }));
    }
  }
}

RC_GTEST_PROP(IdentifiersLaw, AMobileNumberIsTheSameHoweverItIsWritten, ()) {
  static const std::vector<std::vector<std::string>> kDigits = {
      {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
      {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"},
      {"⓪", "①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"},
      {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}};
  std::string number = "1";
  number += static_cast<char>(*rc::gen::inRange<int>('3', '9' + 1));
  for (int i = 0; i < 9; ++i) number += static_cast<char>(*rc::gen::inRange<int>('0', '9' + 1));
  const auto& form = kDigits[*rc::gen::inRange<std::size_t>(0, kDigits.size())];
  std::string written;
  for (const char c : number) written += form[static_cast<std::size_t>(c - '0')];
  RC_ASSERT(all("请致电" + written + "，谢谢") == "phone=+86" + number);
}

}  // namespace
}  // namespace weir::mail
