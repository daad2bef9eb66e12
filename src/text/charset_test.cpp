#include "text/charset.h"

#include <iconv.h>

#include "base/random.h"
#include "base/utf8.h"

namespace weir::text {
namespace {

// The octets of a text in a charset, by the system's own converter.
std::string encode(std::string_view utf8, const char* iconv_name) {
  iconv_t handle = iconv_open(iconv_name, "UTF-8");
  EXPECT_NE(handle, reinterpret_cast<iconv_t>(-1)) << iconv_name;
  std::string out(utf8.size() * 4 + 64, '\0');
  char* in = const_cast<char*>(utf8.data());
  std::size_t in_left = utf8.size();
  char* to = out.data();
  std::size_t left = out.size();
  EXPECT_NE(iconv(handle, &in, &in_left, &to, &left), static_cast<std::size_t>(-1))
      << iconv_name << ": " << utf8;
  iconv(handle, nullptr, nullptr, &to, &left);
  iconv_close(handle);
  out.resize(out.size() - left);
  return out;
}

constexpr std::string_view kSimplified =
    "尊敬的客户：您好！本公司现有部分普通商品销售发票可以优惠代开，如有需要请联系我们，电话在下面"
    "。";
constexpr std::string_view kTraditional =
    "親愛的客戶您好：本公司現有優惠活動，歡迎您來電查詢，我們會有專人為您服務，謝謝您的支持與愛護"
    "。";
constexpr std::string_view kJapanese =
    "お客様各位　いつもご利用いただきありがとうございます。今月のセールのお知らせをお送りします。ぜ"
    "ひご覧ください。";
constexpr std::string_view kKorean =
    "안녕하세요 고객님. 이번 달 특별 할인 행사를 안내해 드립니다. 자세한 내용은 홈페이지를 "
    "확인하시기 바랍니다.";
constexpr std::string_view kRussian =
    "Здравствуйте! Предлагаем вашей компании выгодные условия сотрудничества. Подробности на нашем "
    "сайте.";
constexpr std::string_view kUkrainian =
    "Доброго дня! Запрошуємо вас на зустріч, яка відбудеться цього тижня в нашому офісі.";
constexpr std::string_view kGreek =
    "Καλημέρα σας, σας ενημερώνουμε ότι η παραγγελία σας είναι έτοιμη και θα σταλεί αύριο.";
constexpr std::string_view kHebrew =
    "שלום רב, ברצוננו להודיע לך כי ההזמנה שלך מוכנה ותישלח מחר בבוקר.";
constexpr std::string_view kArabic =
    "السلام عليكم ورحمة الله، نود أن نعلمكم أن الطلب جاهز وسوف يتم إرساله غدا.";
constexpr std::string_view kThai = "สวัสดีครับ เราขอแจ้งให้ทราบว่าสินค้าของท่านพร้อมแล้วและจะจัดส่งในวันพรุ่งนี้";
constexpr std::string_view kGerman =
    "Sehr geehrte Damen und Herren, für Ihre Bestellung erhalten Sie die Größe XL zurück.";
constexpr std::string_view kFrench =
    "Bonjour, votre commande a été expédiée, vous la recevrez très bientôt à l’adresse indiquée.";
constexpr std::string_view kPolish =
    "Dzień dobry, przesyłamy zamówioną książkę i życzymy miłej lektury, proszę dać znać.";
constexpr std::string_view kCzech =
    "Dobrý den, vaše objednávka byla přijata a bude odeslána během příštího týdne.";
constexpr std::string_view kTurkish =
    "Merhaba, siparişiniz hazır; yarın öğleden sonra gönderilecektir, teşekkür ederiz.";
constexpr std::string_view kLithuanian =
    "Laba diena, jūsų užsakymas paruoštas ir bus išsiųstas rytoj, ačiū už kantrybę.";

struct Row {
  std::string_view text;
  const char* iconv_name;
  std::string_view label;  // as declared
  std::string_view used;   // canonical
};

constexpr Row kLabelled[] = {
    {kSimplified, "GB18030", "gb2312", "gb18030"},
    {kSimplified, "GBK", "GBK", "gb18030"},
    {kSimplified, "GB2312", "\"GB2312\"", "gb18030"},
    {kSimplified, "GB18030", " gb18030 ", "gb18030"},
    {kSimplified, "GBK", "cp936", "gb18030"},
    {kSimplified, "GBK", "x-gbk", "gb18030"},
    {kSimplified, "EUC-CN", "euc-cn", "gb18030"},
    {kSimplified, "GB2312", "gb_2312-80", "gb18030"},
    {kSimplified, "UTF-8", "utf-8", "utf-8"},
    {kSimplified, "UTF-8", "UTF8*zh", "utf-8"},
    {kSimplified, "UTF-16LE", "utf-16le", "utf-16le"},
    {kSimplified, "UTF-16BE", "utf-16be", "utf-16be"},
    {kSimplified, "UTF-7", "utf-7", "utf-7"},
    {kSimplified, "ISO-2022-CN", "iso-2022-cn", "iso-2022-cn"},
    {kTraditional, "BIG5", "big5", "big5-hkscs"},
    {kTraditional, "BIG5-HKSCS", "Big5-HKSCS", "big5-hkscs"},
    {kTraditional, "CP950", "cp950", "big5-hkscs"},
    {kTraditional, "GBK", "gbk", "gb18030"},
    {kTraditional, "EUC-TW", "euc-tw", "euc-tw"},
    {kJapanese, "CP932", "Shift_JIS", "cp932"},
    {kJapanese, "CP932", "x-sjis", "cp932"},
    {kJapanese, "CP932", "windows-31j", "cp932"},
    {kJapanese, "EUC-JP", "euc-jp", "euc-jp"},
    {kJapanese, "EUC-JP", "x-euc-jp", "euc-jp"},
    {kJapanese, "ISO-2022-JP", "iso-2022-jp", "iso-2022-jp"},
    {kJapanese, "ISO-2022-JP", "csISO2022JP", "iso-2022-jp"},
    {kKorean, "CP949", "euc-kr", "cp949"},
    {kKorean, "CP949", "ks_c_5601-1987", "cp949"},
    {kKorean, "CP949", "uhc", "cp949"},
    {kKorean, "ISO-2022-KR", "iso-2022-kr", "iso-2022-kr"},
    {kKorean, "JOHAB", "johab", "johab"},
    {kRussian, "KOI8-R", "koi8-r", "koi8-r"},
    {kRussian, "CP1251", "windows-1251", "windows-1251"},
    {kRussian, "CP1251", "win-1251", "windows-1251"},
    {kRussian, "ISO-8859-5", "iso-8859-5", "iso-8859-5"},
    {kRussian, "CP866", "cp866", "ibm866"},
    {kUkrainian, "KOI8-U", "koi8-u", "koi8-u"},
    {kUkrainian, "CP1251", "cp1251", "windows-1251"},
    {kGreek, "CP1253", "windows-1253", "windows-1253"},
    {kGreek, "ISO-8859-7", "iso-8859-7", "iso-8859-7"},
    {kHebrew, "CP1255", "windows-1255", "windows-1255"},
    {kHebrew, "ISO-8859-8", "iso-8859-8-i", "iso-8859-8"},
    {kArabic, "CP1256", "windows-1256", "windows-1256"},
    {kArabic, "ISO-8859-6", "iso-8859-6", "iso-8859-6"},
    {kThai, "TIS-620", "tis-620", "windows-874"},
    {kThai, "CP874", "windows-874", "windows-874"},
    {kGerman, "ISO-8859-1", "iso-8859-1", "windows-1252"},
    {kGerman, "ISO-8859-1", "latin1", "windows-1252"},
    {kGerman, "ISO-8859-15", "iso-8859-15", "iso-8859-15"},
    {kFrench, "CP1252", "iso-8859-1", "windows-1252"},
    {kFrench, "CP1252", "windows-1252", "windows-1252"},
    {kPolish, "ISO-8859-2", "iso-8859-2", "iso-8859-2"},
    {kPolish, "CP1250", "cp1250", "windows-1250"},
    {kCzech, "CP1250", "windows-1250", "windows-1250"},
    {kTurkish, "CP1254", "iso-8859-9", "windows-1254"},
    {kLithuanian, "CP1257", "windows-1257", "windows-1257"},
    {kLithuanian, "ISO-8859-13", "iso-8859-13", "iso-8859-13"},
};

TEST(ToUtf8, ADeclaredCharsetIsUsedWhenItFits) {
  for (const Row& row : kLabelled) {
    const Decoded decoded = to_utf8(encode(row.text, row.iconv_name), row.label);
    EXPECT_EQ(decoded.text, row.text) << row.label;
    EXPECT_EQ(decoded.used, row.used) << row.label;
    EXPECT_EQ(decoded.replaced, 0U) << row.label;
    EXPECT_FALSE(decoded.label_was_wrong) << row.label;
  }
}

constexpr Row kWrong[] = {
    {kSimplified, "GBK", "iso-8859-1", "gb18030"},
    {kSimplified, "GBK", "us-ascii", "gb18030"},
    {kSimplified, "GBK", "utf-8", "gb18030"},
    {kSimplified, "GBK", "big5", "gb18030"},
    {kSimplified, "GBK", "euc-kr", "gb18030"},
    {kSimplified, "GBK", "shift_jis", "gb18030"},
    {kSimplified, "GBK", "windows-1251", "gb18030"},
    {kSimplified, "GBK", "koi8-r", "gb18030"},
    {kSimplified, "GBK", "windows-874", "gb18030"},
    {kSimplified, "GBK", "iso-2022-jp", "gb18030"},
    {kSimplified, "GBK", "no-such-charset", "gb18030"},
    {kSimplified, "UTF-8", "gb2312", "utf-8"},
    {kSimplified, "UTF-8", "iso-8859-1", "utf-8"},
    {kSimplified, "UTF-8", "us-ascii", "utf-8"},
    {kSimplified, "UTF-8", "big5", "utf-8"},
    {kTraditional, "BIG5", "utf-8", "big5-hkscs"},
    {kTraditional, "BIG5", "gb2312", "big5-hkscs"},
    {kTraditional, "BIG5", "iso-8859-1", "big5-hkscs"},
    {kTraditional, "UTF-8", "big5", "utf-8"},
    {kJapanese, "CP932", "iso-8859-1", "cp932"},
    {kJapanese, "CP932", "utf-8", "cp932"},
    {kJapanese, "CP932", "gb2312", "cp932"},
    {kJapanese, "CP932", "euc-jp", "cp932"},
    {kJapanese, "EUC-JP", "shift_jis", "euc-jp"},
    {kJapanese, "EUC-JP", "gb2312", "euc-jp"},
    {kJapanese, "ISO-2022-JP", "us-ascii", "iso-2022-jp"},
    {kJapanese, "ISO-2022-JP", "utf-8", "iso-2022-jp"},
    {kJapanese, "UTF-8", "iso-2022-jp", "utf-8"},
    {kKorean, "CP949", "iso-8859-1", "cp949"},
    {kKorean, "CP949", "utf-8", "cp949"},
    {kKorean, "CP949", "gb2312", "cp949"},
    {kKorean, "UTF-8", "euc-kr", "utf-8"},
    {kKorean, "ISO-2022-KR", "us-ascii", "iso-2022-kr"},
    {kRussian, "CP1251", "iso-8859-1", "windows-1251"},
    {kRussian, "KOI8-R", "windows-1251", "koi8-r"},
    {kRussian, "CP1251", "koi8-r", "windows-1251"},
    {kRussian, "CP1251", "gb2312", "windows-1251"},
    {kRussian, "UTF-8", "koi8-r", "utf-8"},
    {kGreek, "CP1253", "iso-8859-1", "windows-1253"},
    {kHebrew, "CP1255", "us-ascii", "windows-1255"},
    {kArabic, "CP1256", "utf-8", "windows-1256"},
    {kThai, "CP874", "iso-8859-1", "windows-874"},
    {kGerman, "UTF-8", "iso-8859-1", "utf-8"},
    {kGerman, "CP1252", "utf-8", "windows-1252"},
    {kGerman, "CP1252", "gb2312", "windows-1252"},
    {kFrench, "CP1252", "us-ascii", "windows-1252"},
};

TEST(ToUtf8, AWrongLabelIsOverruledByTheOctets) {
  for (const Row& row : kWrong) {
    const Decoded decoded = to_utf8(encode(row.text, row.iconv_name), row.label);
    EXPECT_EQ(decoded.text, row.text) << row.iconv_name << " labelled " << row.label;
    EXPECT_EQ(decoded.used, row.used) << row.iconv_name << " labelled " << row.label;
    EXPECT_EQ(decoded.replaced, 0U);
    EXPECT_TRUE(decoded.label_was_wrong);
  }
}

TEST(ToUtf8, AMissingLabelIsGuessed) {
  for (const Row& row : kWrong) {
    const Decoded decoded = to_utf8(encode(row.text, row.iconv_name), "");
    EXPECT_EQ(decoded.text, row.text) << row.iconv_name;
    EXPECT_EQ(decoded.used, row.used);
    EXPECT_FALSE(decoded.label_was_wrong);
  }
  EXPECT_EQ(to_utf8(encode(kPolish, "CP1250"), "").text, kPolish);
  EXPECT_EQ(to_utf8(encode(kCzech, "CP1250"), "").text, kCzech);
}

TEST(ToUtf8, SubjectsOfAFewCharactersAreGuessedToo) {
  struct Short {
    std::string_view text;
    const char* iconv_name;
  };
  constexpr Short kShort[] = {
      {"代开发票", "GBK"},
      {"优惠代开发票", "GBK"},
      {"你好", "GBK"},
      {"公司培训课程", "GBK"},
      {"免費試用", "BIG5"},
      {"您好，請問", "BIG5"},
      {"會議通知", "BIG5"},
      {"お知らせ", "CP932"},
      {"ご案内です", "EUC-JP"},
      {"会議のご案内", "CP932"},
      {"(광고) 무료 상담", "CP949"},
      {"안녕하세요", "CP949"},
      {"회원 가입 안내", "CP949"},
      {"Привет", "CP1251"},
      {"Новости компании", "KOI8-R"},
      {"Grüße", "CP1252"},
      {"café", "CP1252"},
      {"Señor", "CP1252"},
      {"naïve résumé", "CP1252"},
  };
  for (const Short& row : kShort) {
    const Decoded decoded = to_utf8(encode(row.text, row.iconv_name), "");
    EXPECT_EQ(decoded.text, row.text) << row.iconv_name << " taken for " << decoded.used;
  }
}

TEST(ToUtf8, NoBreakSpacesAloneAreNoForeignWriting) {
  EXPECT_EQ(to_utf8("Sorry,\xA0 Your order\xA0 is ready.\xA0I hope", "").used, "windows-1252");
  EXPECT_EQ(
      to_utf8("voc\xEA n\xE3o est\xE1 \xA0\xA0\xA0\xA0\xA0\xA0\xA0\xA0\xA0\xA0 aqui", "").used,
      "windows-1252");
}

TEST(ToUtf8, PlainAsciiStaysWhatItIs) {
  EXPECT_EQ(to_utf8("hello", "").used, "us-ascii");
  EXPECT_EQ(to_utf8("hello", "us-ascii").used, "us-ascii");
  EXPECT_EQ(to_utf8("hello", "gb2312").used, "gb18030");
  EXPECT_FALSE(to_utf8("hello", "gb2312").label_was_wrong);
  EXPECT_EQ(to_utf8("hello", "iso-2022-jp").used, "iso-2022-jp");
  EXPECT_EQ(to_utf8("hello", "utf-16").text, "hello");
  EXPECT_EQ(to_utf8("", "").text, "");
  EXPECT_EQ(to_utf8("a ~{ b ~} c", "").text, "a ~{ b ~} c");
  EXPECT_EQ(to_utf8("\x1B[31mred\x1B[0m", "").used, "us-ascii");
}

TEST(ToUtf8, HzIsReadByItsTildes) {
  const Decoded decoded = to_utf8("~{<:Ky2;SC#~} is ~~ \n", "hz-gb-2312");
  EXPECT_EQ(decoded.used, "hz-gb-2312");
  EXPECT_EQ(decoded.replaced, 1U);
  const Decoded whole = to_utf8("This is ~{<:Ky2;SC~} ok", "hz");
  EXPECT_EQ(whole.text, "This is 己所不用 ok");
  EXPECT_EQ(to_utf8("This is ~{<:Ky2;SC~} ok", "").used, "hz-gb-2312");
}

TEST(ToUtf8, ByteOrderMarksDecideAndAreDropped) {
  EXPECT_EQ(to_utf8("\xEF\xBB\xBF"
                    "abc",
                    "gb2312")
                .text,
            "abc");
  EXPECT_EQ(to_utf8(std::string_view("\xFF\xFE"
                                     "a\0b\0",
                                     6),
                    "utf-16")
                .text,
            "ab");
  EXPECT_EQ(to_utf8(std::string_view("\xFE\xFF\0a\0b", 6), "utf-16").text, "ab");
  EXPECT_FALSE(to_utf8(std::string_view("\xFE\xFF\0a\0b", 6), "utf-16").label_was_wrong);
  EXPECT_EQ(to_utf8(std::string_view("\xFE\xFF\0a\0b", 6), "").used, "utf-16be");
}

TEST(ToUtf8, AMarkUnderAWrongLabelIsDropped) {
  const Decoded decoded =
      to_utf8("\xFF\xFE" + encode("Dear customer, please", "UTF-16LE"), "utf-8");
  EXPECT_EQ(decoded.text, "Dear customer, please");
  EXPECT_EQ(decoded.used, "utf-16le");
}

TEST(ToUtf8, UkrainianLabelledKoi8RKeepsItsLetters) {
  const std::string octets = encode(kUkrainian, "KOI8-U");
  EXPECT_EQ(to_utf8(octets, "koi8-r").text, kUkrainian);
  EXPECT_EQ(to_utf8(octets, "").text, kUkrainian);
  const std::string_view frame = "\xA6\xA6 \xF7\xD3\xC5\xCD \xD0\xD2\xC9\xD7\xC5\xD4 \xA6\xA6";
  EXPECT_EQ(to_utf8(frame, "koi8-r").text, "╕╕ Всем привет ╕╕");
}

// Seven-bit relays took the escapes away and left the rest.
TEST(ToUtf8, Iso2022JpIsReadWithoutItsEscapes) {
  std::string octets = "Hi $1 " + encode(kJapanese, "ISO-2022-JP") + " $B";
  std::erase(octets, '\x1B');
  EXPECT_EQ(to_utf8(octets, "iso-2022-jp").text, "Hi $1 " + std::string(kJapanese) + " $B");
  EXPECT_EQ(to_utf8("costs $BC(B and $B", "iso-2022-jp").text, "costs $BC(B and $B");
}

TEST(ToUtf8, UnlabelledTextOfTheOldPolishAndRussianCharsetsIsRead) {
  EXPECT_EQ(to_utf8(encode("Zażółć gęślą jaźń", "ISO-8859-2"), "").text, "Zażółć gęślą jaźń");
  EXPECT_EQ(to_utf8(encode(kPolish, "ISO-8859-2"), "").text, kPolish);
  EXPECT_EQ(to_utf8(encode(kPolish, "CP1250"), "").text, kPolish);
  EXPECT_EQ(to_utf8(encode(kRussian, "CP866"), "").text, kRussian);
}

TEST(ToUtf8, DamageIsCountedAndTheRestIsKept) {
  std::string octets = encode(kSimplified, "GBK");
  octets.insert(octets.size() / 2 - octets.size() / 2 % 2, "\xFF");
  const Decoded decoded = to_utf8(octets, "gb2312");
  EXPECT_EQ(decoded.used, "gb18030");
  EXPECT_EQ(decoded.replaced, 1U);
  const Decoded cut = to_utf8(encode("中国人民", "GBK").substr(0, 7), "gbk");
  EXPECT_EQ(cut.text, "中国人\uFFFD");
  EXPECT_EQ(cut.replaced, 1U);
  const Decoded markup = to_utf8("\xC4\xE3\xBA\xC3\xC4<b>", "gbk");  // a lead octet before a tag
  EXPECT_EQ(markup.text, "你好\uFFFD<b>");
  const Decoded utf8 = to_utf8("中国人民你好\xE4\xB8, ok", "utf-8");
  EXPECT_EQ(utf8.text, "中国人民你好\uFFFD, ok");
  EXPECT_EQ(utf8.replaced, 1U);
  EXPECT_EQ(to_utf8("a real \uFFFD is not damage", "utf-8").replaced, 0U);
}

TEST(ToUtf8, ThePostalSignOfTheLaterKoreanStandardDecodes) {
  const std::string korean = encode(kKorean, "CP949");
  for (const std::string_view behind : {"", "AB", "\xB0\xA1"}) {
    const auto decoded = to_utf8(korean + "\xA2\xE8" + std::string(behind), "euc-kr");
    EXPECT_EQ(decoded.used, "cp949");
    EXPECT_EQ(decoded.replaced, 0U);
    EXPECT_EQ(decoded.text, std::string(kKorean) + "\u327E" +
                                (behind == "\xB0\xA1" ? "가" : std::string(behind)));
  }
}

TEST(ToUtf8, DamageRightBehindARarePairComesToAnEnd) {
  for (const std::string_view behind :
       {"\xE3\x2D", "\xFF", "\xA2\xE8\xE3\x2D", "\xC0\x06\xA2\xE8"}) {
    const auto decoded =
        to_utf8(std::string(40, 'x') + "\xBE\xEB\xBC\xC7\xA2\xE8" + std::string(behind), "euc-kr");
    EXPECT_TRUE(is_utf8(decoded.text));
  }
}

TEST(ToUtf8, VendorExtensionsDecode) {
  EXPECT_EQ(to_utf8("\x87\x40 \xFA\x40", "shift_jis").text, "① ⅰ");
  EXPECT_EQ(to_utf8("\x1B$B-!\x1B(B 1", "iso-2022-jp").text, "① 1");
  EXPECT_EQ(to_utf8("\x1B(I6@6E\x1B(B", "iso-2022-jp").text, "ｶﾀｶﾅ");
  EXPECT_EQ(to_utf8("\x80 100 \xB5\xC4", "gbk").text, "€ 100 的");
  EXPECT_EQ(to_utf8("caf\x93\xE9\x94", "iso-8859-1").text, "caf“é”");
}

TEST(ToUtf8, ExtensionsOfEachNationalCharsetDecode) {
  struct Octets {
    std::string_view octets, label, text;
  };
  constexpr Octets kRows[] = {
      {"\x81\x30\x81\x30\xB5\xC4", "gb2312", "\u0080的"},
      {"\x90\x30\x81\x30\xB5\xC4\xCA\xC7", "gb18030", "\U00010000的是"},
      {"\xB5\xC4\xCA\xC7\x80", "gb18030-2022", "的是€"},
      {"\x88\x62\xA7\x41", "big5", "\u00CA\u0304你"},
      {"\xF9\xD6\xA7\x41", "cp950", "碁你"},
      {"\xC6\xE7\xA7\x41", "chinesebig5", "ぁ你"},
      {"\x8C\x63\xB0\xA1", "euc-kr", "똠가"},
      {"\xAD\xA1\xA4\xA2", "euc-jp", "①あ"},
      {"\xF9\xA1\xA4\xA2", "cp51932", "纊あ"},
      {"\x8F\xB0\xA1\xA4\xA2", "eucjp-ms", "丂あ"},
      {"\x8E\xB1\xA4\xA2", "euc-jp", "ｱあ"},
      {"\x82\xF5\x82\xA0", "shift_jisx0213", "か\u309Aあ"},
      {"\x1B$B\x79\x21\x1B(B", "cp50220", "纊"},
      {"\x1B$(D\x30\x21\x1B(B", "iso-2022-jp-1", "丂"},
      {"\x1B$(Q\x2E\x21\x1B(B", "iso-2022-jp-2004", "俱"},
      {"\x0E\x31\x32\x0F", "jis7", "ｱｲ"},
      {"\x1B$A\x35\x44\x1B(B", "iso-2022-jp-2", "的"},
      {"\x1B$(C\x30\x21\x1B(B", "iso-2022-jp-2", "가"},
      {"\x1B.A\x1BNi", "iso-2022-jp-2", "é"},
      {"\x1B&@\x1B$B$\"\x1B(B", "_iso-2022-jp$ESC", "あ"},
      {"\x1B$)A\x0E\x35\x44\x0F ok", "iso-2022-cn", "的 ok"},
      {"\x1B$*H\x1BN\x21\x21 ok", "iso-2022-cn", "乂 ok"},
      {"\x8E\xA2\xA1\xA1\xC4\xA1", "euc-tw", "乂一"},
      {"\xED\xA0\xBD\xED\xB8\x80", "cesu-8", "\U0001F600"},
  };
  for (const Octets& row : kRows) {
    const Decoded decoded = to_utf8(row.octets, row.label);
    EXPECT_EQ(decoded.text, row.text) << row.label;
    EXPECT_EQ(decoded.replaced, 0U) << row.label;
    EXPECT_FALSE(decoded.label_was_wrong) << row.label << " taken for " << decoded.used;
  }
}

TEST(ToUtf8, Utf7DecodesWithItsLabelAndWithout) {
  EXPECT_EQ(to_utf8("1 +- 1, Hi Mom -+Jjo--!", "unicode-1-1-utf-7").text,
            "1 + 1, Hi Mom -\u263A-!");
  EXPECT_EQ(to_utf8("+ZeVnLIqe-", "utf-7").text, "日本語");
  EXPECT_EQ(to_utf8("+ZeVnLIqe", "utf-7").text, "日本語");
  EXPECT_EQ(to_utf8("+2D3eAA- ok", "utf-7").text, "\U0001F600 ok");
  EXPECT_EQ(to_utf8("+2D0- ok", "utf-7").text, "\uFFFD ok");
  EXPECT_EQ(to_utf8("a + b", "utf-7").text, "a + b");
  EXPECT_EQ(to_utf8("&U,BTFw- &-", "utf-7-imap").text, "台北 &");
  const Decoded guessed = to_utf8("+ZeVnLIqe- no +ZeVnLA-", "us-ascii");
  EXPECT_EQ(guessed.used, "utf-7");
  EXPECT_EQ(to_utf8("call +861012345678 or +1-555-0100", "").used, "us-ascii");
  EXPECT_EQ(to_utf8("c++ and a+bcd-e", "").used, "us-ascii");
}

TEST(ToUtf8, Utf16AndUtf32AreReadWithoutMarks) {
  for (const std::string_view text : {kSimplified, kJapanese, kGerman, kRussian}) {
    for (const char* name : {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
      const std::string octets = encode(std::string(text) + "\r\n2005, ok", name);
      const std::string_view family = std::string_view(name).substr(0, 6);
      const Decoded labelled = to_utf8(octets, family);
      EXPECT_EQ(labelled.text, std::string(text) + "\r\n2005, ok") << name;
      EXPECT_EQ(to_utf8(octets, "").text, labelled.text) << name;
    }
  }
  EXPECT_EQ(to_utf8(encode(kSimplified, "UTF-16BE"), "utf-16").used, "utf-16be");
  EXPECT_EQ(to_utf8(encode(kSimplified, "GBK"), "utf-16").used, "gb18030");
  EXPECT_EQ(to_utf8(std::string_view("\xFF\xFE\0\0a\0\0\0", 8), "").text, "a");
}

TEST(ToUtf8, LinesOfAnotherCharsetAreReadInTheirs) {
  struct Mix {
    std::string_view first, second;
    const char *first_code, *second_code;
    std::string_view label;
  };
  constexpr Mix kMixes[] = {{kKorean, kSimplified, "CP949", "UTF-8", "euc-kr"},
                            {kSimplified, kSimplified, "UTF-8", "GBK", "utf-8"},
                            {kTraditional, kGerman, "BIG5", "UTF-8", "big5"},
                            {kGerman, kJapanese, "CP1252", "UTF-8", "iso-8859-1"},
                            {kJapanese, kRussian, "UTF-8", "KOI8-R", ""}};
  for (const Mix& mix : kMixes) {
    const std::string octets = encode(mix.first, mix.first_code) + "\r\n-- \r\n" +
                               encode(mix.second, mix.second_code) + "\r\n" +
                               encode(mix.first, mix.first_code) + "\r\n";
    const Decoded decoded = to_utf8(octets, mix.label);
    EXPECT_EQ(decoded.text, std::string(mix.first) + "\r\n-- \r\n" + std::string(mix.second) +
                                "\r\n" + std::string(mix.first) + "\r\n")
        << mix.first_code << " with " << mix.second_code;
    EXPECT_EQ(decoded.replaced, 0U);
    EXPECT_FALSE(decoded.also_used.empty());
  }
  EXPECT_EQ(to_utf8(encode(kKorean, "CP949") + "\r\n", "euc-kr").also_used, "");
}

TEST(ToUtf8, Utf8EncodedTwiceIsReportedAndLeft) {
  const Decoded twice = to_utf8("cafÃ© Ã¼ber dÃ©jÃ\u00A0", "utf-8");
  EXPECT_TRUE(twice.encoded_twice);
  EXPECT_EQ(twice.text, "cafÃ© Ã¼ber dÃ©jÃ\u00A0");
  EXPECT_FALSE(to_utf8("café über déjà", "utf-8").encoded_twice);
  EXPECT_FALSE(to_utf8("Â© 2005 ÃÃÃ", "utf-8").encoded_twice);
}

TEST(ToUtf8, VietnameseMarksAreComposed) {
  EXPECT_EQ(to_utf8(encode("Tiếng Việt", "VISCII"), "viscii").text, "Tiếng Việt");
  EXPECT_EQ(to_utf8(encode("Tiếng Việt", "TCVN5712-1"), "tcvn").text, "Tiếng Việt");
  EXPECT_EQ(to_utf8(encode("Tiếng Việt", "CP1258"), "windows-1258").text, "Tiếng Việt");
}

TEST(ToUtf8, AViewOfTheOctetsIsEnoughWhereTheyAreUtf8) {
  Decoded decoded;
  const std::string_view octets = "\xEF\xBB\xBF中国";
  EXPECT_EQ(to_utf8_view(octets, "", decoded).data(), octets.data() + 3);
  EXPECT_TRUE(decoded.text.empty());
  EXPECT_EQ(to_utf8_view("\xD6\xD0\xB9\xFA\xC8\xCB", "gbk", decoded), "中国人");
}

TEST(CanonicalCharset, KnowsTheLabelsOfRealMail) {
  EXPECT_EQ(canonical_charset("ks_c_5601-1987"), "cp949");
  EXPECT_EQ(canonical_charset("ansi_x3.110-1983"), "windows-1252");
  EXPECT_EQ(canonical_charset("utf8mb4"), "utf-8");
  EXPECT_EQ(canonical_charset("cp-850"), "ibm850");
  EXPECT_EQ(canonical_charset("chinesebig5"), "big5-hkscs");
  EXPECT_EQ(canonical_charset("_iso-2022-jp$ESC"), "iso-2022-jp");
  EXPECT_EQ(canonical_charset("iso-8859-8-i"), "iso-8859-8");
  EXPECT_EQ(canonical_charset("x-user-defined"), "");
  EXPECT_EQ(canonical_charset("default"), "");
}

TEST(CanonicalCharset, IgnoresCaseBlanksQuotesAndSigns) {
  EXPECT_EQ(canonical_charset("\"UTF-8\""), "utf-8");
  EXPECT_EQ(canonical_charset(" ISO_8859-1:1987 "), "windows-1252");
  EXPECT_EQ(canonical_charset("Shift-JIS"), "cp932");
  EXPECT_EQ(canonical_charset("us-ascii*en-US"), "us-ascii");
  EXPECT_EQ(canonical_charset("iso-8859-11"), "windows-874");
  EXPECT_EQ(canonical_charset("iso-8859-1"), "windows-1252");
  EXPECT_EQ(canonical_charset("klingon"), "");
  EXPECT_EQ(canonical_charset(""), "");
  EXPECT_EQ(canonical_charset(std::string(10'000, 'a')), "");
}

RC_GTEST_PROP(ToUtf8, AnyOctetsUnderAnyLabelGiveValidUtf8,
              (const std::string& octets, std::uint8_t pick)) {
  static constexpr std::string_view kLabels[] = {
      "",      "gb2312", "big5",     "shift_jis",   "euc-jp", "euc-kr", "iso-2022-jp", "hz",
      "utf-7", "utf-16", "utf-16be", "iso-2022-cn", "johab",  "euc-tw", "viscii",      "utf-8"};
  const Decoded decoded = to_utf8(octets, kLabels[pick % std::size(kLabels)]);
  RC_ASSERT(is_utf8(decoded.text));
  RC_ASSERT(!canonical_charset(decoded.used).empty());
  RC_ASSERT(canonical_charset(decoded.used) == decoded.used);
}

TEST(ToUtf8, NoOctetsTakeMoreThanLinearSpace) {
  SeededRandom random(7);
  std::string octets(100'000, '\0');
  random.fill({reinterpret_cast<std::uint8_t*>(octets.data()), octets.size()});
  const Decoded decoded = to_utf8(octets, "");
  EXPECT_TRUE(is_utf8(decoded.text));
  EXPECT_LE(decoded.text.size(), octets.size() * 3);
}

}  // namespace
}  // namespace weir::text
