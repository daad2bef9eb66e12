#include "text/charset_table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/charset.h"

namespace weir::text {
namespace {

// Where a label's letter of the law and its use differ, the use wins: gb2312 mail holds gbk
// characters, iso-8859-1 mail windows-1252 quotation marks, euc-kr mail the syllables that only
// cp949 has.
constexpr auto kCharsets = std::to_array<Charset>({
    {"utf-8", "UTF-8", Coding::utf8,
     "utf8 unicode11utf8 unicode20utf8 xunicode20utf8 utf8mb4 utf8mb3 cp65001 65001 utf80 utf8n "
     "utf8sig utf8bom cesu8 xcesu8 csutf8 xutf8 unicode11 iso10646utf8 utf8utf8 utf8unicode"},
    {"us-ascii", "ASCII", Coding::single,
     "ascii usascii usasci ansix341968 ansix341986 iso646us iso646irv1991 isoir6 csascii us ibm367 "
     "cp367 7bit"},
    {"gb18030", "GB18030", Coding::multi,
     "gb180302000 gb180302005 gb180302022 gb2312 gb23121980 gb231280 csgb2312 csiso58gb231280 "
     "isoir58 gbk xgbk csgbk "
     "gb2312charset chinese cp936 ms936 windows936 euccn xeuccn csgb18030 gb gb1988 936 "
     "simplifiedchinese"},
    {"big5-hkscs", "BIG5-HKSCS", Coding::multi,
     "big5 big5hk big5hkscs csbig5 cnbig5 xxbig5 big5eten big52003 chinesebig5 chinesebig5charset "
     "big5charset xbig5 big5plus "
     "cp950 ms950 windows950 950 "
     "traditionalchinese"},
    {"cp932", "CP932", Coding::multi,
     "shiftjis sjis xsjis csshiftjis mskanji ms932 windows31j cswindows31j windows932 932 "
     "shiftjiswin shiftjischarset shiftjisms sjiswin mssjis xmscp932 cp943 ibm943 943 xshiftjis "
     "shiftjisxp "
     "japaneseshiftjis"},
    {"shift_jisx0213", "SHIFT_JISX0213", Coding::multi,
     "shiftjisx0213 sjisx0213 shiftjis2004 sjis2004 csshiftjisx0213"},
    {"euc-jp", "EUC-JP-MS", Coding::multi,
     "eucjp xeucjp xeuc cseucpkdfmtjapanese eucjpms eucjpwin ujis xujis cp51932 51932 eucj cseucjp "
     "japaneseeuc "
     "extendedunixcodepackedformatforjapanese"},
    {"euc-jisx0213", "EUC-JISX0213", Coding::multi, "eucjisx0213 eucjis2004"},
    {"cp949", "CP949", Coding::multi,
     "euckr xeuckr cseuckr korean ksc5601 ksc56011987 ksc56011989 csksc56011987 isoir149 "
     "windows949 ms949 uhc xwindows949 "
     "hangulcharset xuhc ksc5601cp949 ksc56011992 ksc5861 ksc58611992 euckrcp949 kr 51949 cp51949 "
     "949 kscms949 "
     "ks56011987 ksx1001"},
    {"euc-tw", "EUC-TW", Coding::multi, "euctw xeuctw cseuctw"},
    {"johab", "JOHAB", Coding::multi, "xjohab cp1361 ms1361 1361 ksc5601johab ksc56011992johab"},
    {"iso-2022-jp", "", Coding::iso_2022_jp,
     "csiso2022jp iso2022jp1 iso2022jp2 iso2022jp3 iso2022jp2004 iso2022jpms cp50220 cp50221 "
     "cp50222 csiso2022jp2 jis7 jis "
     "iso2022jpcp932 iso2022jp22004 iso2022jpesc iso2022 50220 50221 50222 csjisencoding jis8 "
     "isojp japanese xjis junet"},
    {"iso-2022-kr", "", Coding::iso_2022_kr, "csiso2022kr iso2022kresc cp50225 50225"},
    {"iso-2022-cn", "", Coding::iso_2022_cn,
     "iso2022cnext csiso2022cn csiso2022cnext cp50227 cp50229"},
    {"hz-gb-2312", "", Coding::hz, "hz hzgb hzgb2312 cshzgb2312 cp52936 52936"},
    {"utf-7", "", Coding::utf7,
     "unicode11utf7 csunicode11utf7 csutf7 unicode20utf7 xunicode20utf7 cp65000 65000"},
    {"utf-7-imap", "", Coding::utf7,
     "utf7imap imaputf7 imap4utf7 ximapmodifiedutf7 ximap4modifiedutf7 mutf7"},
    {"utf-16le", "", Coding::pairs,
     "utf16 unicode ucs2 iso10646ucs2 csunicode csutf16 csutf16le unicodefeff ucs2le cp1200 1200 "
     "xutf16le "
     "unicodelittleunmarked csucs2 iso10646 iso106461"},
    {"utf-16be", "", Coding::pairs,
     "unicodefffe csutf16be ucs2be cp1201 1201 xutf16be unicodebigunmarked"},
    {"utf-32le", "", Coding::quads,
     "utf32 ucs4 ucs4le iso10646ucs4 csucs4 csutf32 csutf32le cp12000 xutf32le"},
    {"utf-32be", "", Coding::quads, "ucs4be csutf32be cp12001 xutf32be"},
    {"windows-1252", "CP1252", Coding::single,
     "iso88591 iso885911987 isoir100 latin1 l1 cp819 ibm819 csisolatin1 cp1252 xcp1252 ms1252 ansi "
     "windows1252 8859 "
     "iso8859 88591 latin 1252 xansi isolatin1 ansix31101983 isoir99 iso88591windows windowslatin1 "
     "winlatin1 westeuropean westerneuropean xwesterneuropean iso885911998 xiso88591"},
    {"windows-1250", "CP1250", Coding::single, "cp1250 xcp1250 1250 ms1250 win1250 cswindows1250"},
    {"windows-1251", "CP1251", Coding::single,
     "cp1251 xcp1251 win1251 win 1251 ms1251 windowscyrillic cswindows1251 xwindows1251 ansi1251 "
     "cp1251windows"},
    {"windows-1253", "CP1253", Coding::single, "cp1253 xcp1253 1253 ms1253 win1253 cswindows1253"},
    {"windows-1254", "CP1254", Coding::single,
     "iso88599 iso885991989 isoir148 latin5 l5 csisolatin5 cp1254 xcp1254 88599 1254 ms1254 "
     "win1254 cswindows1254 88599e turkish iso88599windows turkishiso"},
    {"windows-1255", "CP1255", Coding::single, "cp1255 xcp1255 1255 ms1255 win1255 cswindows1255"},
    {"windows-1256", "CP1256", Coding::single, "cp1256 xcp1256 1256 ms1256 win1256 cswindows1256"},
    {"windows-1257", "CP1257", Coding::single, "cp1257 xcp1257 1257 ms1257 win1257 cswindows1257"},
    {"windows-1258", "CP1258", Coding::single, "cp1258 xcp1258 1258 ms1258 win1258 cswindows1258"},
    {"windows-874", "CP874", Coding::single,
     "dos874 iso885911 tis620 cstis620 tis6202533 tis62025330 tis62025331 874 cp874 ibm874 thai "
     "csiso885911 xwindows874 win874 tis620iso8859 iso885911thai tis6200"},
    {"iso-8859-2", "ISO-8859-2", Coding::single,
     "iso885921987 isoir101 latin2 l2 csisolatin2 88592 isolatin2 iso88592windows xiso88592 "
     "centraleuropeaniso"},
    {"iso-8859-3", "ISO-8859-3", Coding::single,
     "iso885931988 isoir109 latin3 l3 csisolatin3 88593"},
    {"iso-8859-4", "ISO-8859-4", Coding::single,
     "iso885941988 isoir110 latin4 l4 csisolatin4 88594"},
    {"iso-8859-5", "ISO-8859-5", Coding::single,
     "iso885951988 isoir144 cyrillic csisolatincyrillic 88595"},
    {"iso-8859-6", "ISO-8859-6", Coding::single,
     "iso885961987 isoir127 arabic csisolatinarabic ecma114 asmo708 88596 iso88596e iso88596i "
     "csiso88596e csiso88596i"},
    {"iso-8859-7", "ISO-8859-7", Coding::single,
     "iso885971987 iso885972003 isoir126 greek greek8 csisolatingreek ecma118 elot928 suneugreek "
     "88597"},
    {"iso-8859-8", "ISO-8859-8", Coding::single,
     "iso885981988 isoir138 hebrew csisolatinhebrew visual 88598 iso88598e iso88598i csiso88598e "
     "csiso88598i logical"},
    {"iso-8859-10", "ISO-8859-10", Coding::single, "isoir157 latin6 l6 csisolatin6 885910"},
    {"iso-8859-13", "ISO-8859-13", Coding::single, "latin7 885913"},
    {"iso-8859-14", "ISO-8859-14", Coding::single, "latin8 885914"},
    {"iso-8859-15", "ISO-8859-15", Coding::single,
     "latin9 latin0 l9 csisolatin9 csiso885915 885915"},
    {"iso-8859-16", "ISO-8859-16", Coding::single, "latin10 l10 885916"},
    {"koi8-r", "KOI8-R", Coding::single, "koi8 koi koi8r cskoi8r 20866 cp20866 xkoi8r koi8e"},
    {"koi8-u", "KOI8-U", Coding::single, "koi8u koi8ru 21866 cp21866 cskoi8u"},
    {"ibm866", "IBM866", Coding::single, "cp866 866 csibm866 dos866 xcp866 alt ibm866nav"},
    {"ibm850", "IBM850", Coding::single, "cp850 xcp850 850 dos850 csibm850 cspc850multilingual"},
    {"ibm852", "IBM852", Coding::single, "cp852 xcp852 852 dos852 cspcp852"},
    {"ibm437", "IBM437", Coding::single,
     "cp437 xcp437 437 dos437 ibm438 ibmpc pc8 cspc8codepage437"},
    {"macintosh", "MACINTOSH", Coding::single, "mac xmacroman macroman csmacintosh"},
    {"x-mac-cyrillic", "MAC-CYRILLIC", Coding::single, "maccyrillic xmacukrainian macukrainian"},
    {"x-mac-ce", "MAC-CENTRALEUROPE", Coding::single, "macce maccentraleurope xmaccentraleurroman"},
    {"ibm855", "IBM855", Coding::single, "cp855 855 csibm855 dos855"},
    {"ibm857", "IBM857", Coding::single, "cp857 857 csibm857 dos857"},
    {"ibm858", "IBM858", Coding::single, "cp858 858 ccsid00858 cp00858 pcmultilingual850euro"},
    {"ibm860", "IBM860", Coding::single, "cp860 860 csibm860"},
    {"ibm861", "IBM861", Coding::single, "cp861 861 cpis csibm861"},
    {"ibm862", "IBM862", Coding::single, "cp862 862 cspc862latinhebrew dos862"},
    {"ibm863", "IBM863", Coding::single, "cp863 863 csibm863"},
    {"ibm864", "IBM864", Coding::single, "cp864 864 csibm864"},
    {"ibm865", "IBM865", Coding::single, "cp865 865 csibm865"},
    {"ibm869", "IBM869", Coding::single, "cp869 869 cpgr csibm869"},
    {"ibm737", "CP737", Coding::single, "cp737 737"},
    {"ibm775", "CP775", Coding::single, "cp775 775 cspc775baltic"},
    {"cp1125", "CP1125", Coding::single, "1125 ruscii cp866u"},
    {"koi8-t", "KOI8-T", Coding::single, "koi8t"},
    {"pt154", "PT154", Coding::single, "ptcp154 csptcp154 cp154 cyrillicasian"},
    {"georgian-ps", "GEORGIAN-PS", Coding::single, "georgianps"},
    {"georgian-academy", "GEORGIAN-ACADEMY", Coding::single, "georgianacademy"},
    {"armscii-8", "ARMSCII-8", Coding::single, "armscii8"},
    {"viscii", "VISCII", Coding::single, "csviscii viscii111 viscii11"},
    {"tcvn", "TCVN5712-1", Coding::single,
     "tcvn5712 tcvn57121 tcvn571211993 tcvn3 vntcvn xviettcvn5712"},
    {"tscii", "TSCII", Coding::multi, "tamil tscii17 xtscii cstscii"},
});

// A label reduced to its letters and digits, at most 63 of them: longer ones are in no table.
struct Squeezed {
  std::array<char, 64> letters{};
  std::size_t size = 0;
  constexpr explicit Squeezed(std::string_view label) {
    for (char c : label) {
      if (c == '*') break;
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) continue;
      if (size == letters.size() - 1) {
        size = 0;
        return;
      }
      letters[size++] = c;
    }
  }
  [[nodiscard]] constexpr std::string_view view() const { return {letters.data(), size}; }
};

struct Row {
  std::string_view label;
  std::uint8_t charset = 0;
};

constexpr std::size_t count_labels() {
  std::size_t count = 0;
  for (const Charset& charset : kCharsets)
    count += 1 + static_cast<std::size_t>(std::ranges::count(charset.labels, ' '));
  return count;
}

constexpr auto kRows = [] {
  std::array<Row, count_labels()> rows{};
  std::size_t n = 0;
  for (std::size_t i = 0; i < kCharsets.size(); ++i) {
    std::string_view labels = kCharsets[i].labels;
    while (!labels.empty()) {
      const std::size_t end = std::min(labels.find(' '), labels.size());
      rows[n++] = {labels.substr(0, end), static_cast<std::uint8_t>(i)};
      labels.remove_prefix(std::min(end + 1, labels.size()));
    }
  }
  std::ranges::sort(rows, {}, &Row::label);
  return rows;
}();
static_assert(std::ranges::adjacent_find(kRows, {}, &Row::label) == kRows.end(),
              "one label means one charset");

// The canonical names are labels too.
constexpr auto kSqueezedNames = [] {
  std::array<Squeezed, kCharsets.size()> names = [] {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return std::array<Squeezed, sizeof...(I)>{Squeezed(kCharsets[I].name)...};
    }(std::make_index_sequence<kCharsets.size()>());
  }();
  return names;
}();

constexpr auto kNames = [] {
  std::array<Row, kCharsets.size()> rows{};
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i] = {kSqueezedNames[i].view(), static_cast<std::uint8_t>(i)};
  std::ranges::sort(rows, {}, &Row::label);
  return rows;
}();

const Charset* find_in(std::span<const Row> rows, std::string_view label) {
  const auto row = std::ranges::lower_bound(rows, label, {}, &Row::label);
  return row != rows.end() && row->label == label ? &kCharsets[row->charset] : nullptr;
}

}  // namespace

std::span<const Charset> charsets() { return kCharsets; }

std::size_t index_of(const Charset& charset) {
  return static_cast<std::size_t>(&charset - kCharsets.data());
}

const Charset* find_charset(std::string_view label) {
  const Squeezed wanted(label);
  if (wanted.size == 0) return nullptr;
  const Charset* charset = find_in(kRows, wanted.view());
  return charset != nullptr ? charset : find_in(kNames, wanted.view());
}

std::string_view canonical_charset(std::string_view label) {
  const Charset* charset = find_charset(label);
  return charset == nullptr ? std::string_view{} : charset->name;
}

}  // namespace weir::text
