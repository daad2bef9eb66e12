// Accounts: a word that names a service, what people write between it and the account, the account.
//
// The words are everyday ones in their languages, so what follows decides: a sign (":", "ID", the
// word for number) makes any account credible, a mere blank only one with a digit or '_' in it.
#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/folded.h"
#include "mail/identifiers_parts.h"

namespace weir::mail {
namespace {

constexpr std::size_t kMaxConnectors = 8;  // words and signs between the service and the account
constexpr std::size_t kMaxAccount = 40;

enum class Form {
  word,     // an everyday word: the sign is needed
  service,  // names the service and nothing else: a blank will do
  english,  // a service's name that English sentences have before a colon too: "ID", or a digit
  url,      // the account follows at once
};
struct Word {
  std::string_view text;  // lower case
  IdentifierKind kind;
  Form form;
};
using enum IdentifierKind;
constexpr auto kUnsorted = std::to_array<Word>({
    {"qq\u7FA4", qq_group, Form::service},
    {"q\u7FA4", qq_group, Form::service},
    {"qq", qq, Form::service},
    {"q\u53F7", qq, Form::service},
    {"q\u865F", qq, Form::service},
    {"\u6263\u6263", qq, Form::service},
    {"\u62A0\u62A0", qq, Form::service},
    {"\u853B\u853B", qq, Form::service},
    {"\u6263q", qq, Form::service},
    {"\u4F01\u9E45", qq, Form::service},
    {"\u4F01\u9D5D", qq, Form::service},
    {"\u7403\u7403", qq, Form::word},
    {"q", qq, Form::word},
    {"\u5FAE\u4FE1", wechat, Form::service},
    {"\u8587\u4FE1", wechat, Form::service},
    {"\u5A01\u4FE1", wechat, Form::service},
    {"\u5FBD\u4FE1", wechat, Form::service},
    {"\u6E9C\u4FE1", wechat, Form::service},
    {"\u846B\u4FE1", wechat, Form::service},
    {"\u5FAEx", wechat, Form::service},
    {"+\u5FAE", wechat, Form::service},
    {"+\u8587", wechat, Form::service},
    {"\uFF0B\u5FAE", wechat, Form::service},
    {"\u8587x", wechat, Form::service},
    {"v\u4FE1", wechat, Form::service},
    {"\u52A0v", wechat, Form::service},
    {"\u52A0\u5FAE", wechat, Form::service},
    {"\u52A0\u8587", wechat, Form::service},
    {"weixin://contacts/profile/", wechat, Form::url},
    {"weixin", wechat, Form::service},
    {"wechat", wechat, Form::english},
    {"we chat", wechat, Form::english},
    {"vx", wechat, Form::word},
    {"wx", wechat, Form::word},
    {"line id", line, Form::service},
    {"line@", line, Form::service},
    {"line", line, Form::word},
    {"lineid", line, Form::service},
    {"\u52A0line", line, Form::service},
    {"\u8CF4id", line, Form::service},
    {"\u52A0\u8CF4", line, Form::service},
    {"\u52A0\u8D56", line, Form::service},
    {"\u30E9\u30A4\u30F3id", line, Form::service},
    {"\u30E9\u30A4\u30F3", line, Form::word},
    {"\uB77C\uC778", line, Form::word},
    {"kakaotalk", kakao, Form::english},
    {"kakao", kakao, Form::english},
    {"katalk", kakao, Form::english},
    {"\uCE74\uCE74\uC624\uD1A1", kakao, Form::service},
    {"\uCE74\uCE74\uC624", kakao, Form::service},
    {"\uCE74\uD1A1", kakao, Form::service},
    {"\uAE4C\uD1A1", kakao, Form::service},
    {"\uC624\uD508\uCC44\uD305", kakao, Form::service},
    {"telegram", telegram, Form::english},
    {"\uD154\uB808\uADF8\uB7A8", telegram, Form::service},
    {"\uD154\uB808", telegram, Form::service},
    {"\uD154\uADF8", telegram, Form::service},
    {"\u7EB8\u98DE\u673A", telegram, Form::service},
    {"\u7D19\u98DB\u6A5F", telegram, Form::service},
    {"\u98DE\u673A", telegram, Form::word},
    {"\u98DB\u6A5F", telegram, Form::word},
    {"\u7535\u62A5", telegram, Form::word},
    {"\u96FB\u5831", telegram, Form::word},
    {"\u30C6\u30EC\u30B0\u30E9\u30E0", telegram, Form::service},
    {"tg", telegram, Form::word},
    {"whatsapp", whatsapp, Form::service},
    {"whats app", whatsapp, Form::service},
    {"skype", skype, Form::english},
    {"\u30B9\u30AB\u30A4\u30D7", skype, Form::service},
    {"t.me/", telegram, Form::url},
    {"telegram.me/", telegram, Form::url},
    {"telegram.dog/", telegram, Form::url},
    {"tg://resolve?domain=", telegram, Form::url},
    {"wa.me/", whatsapp, Form::url},
    {"whatsapp.com/send?phone=", whatsapp, Form::url},
    {"whatsapp.com/send/?phone=", whatsapp, Form::url},
    {"whatsapp://send?phone=", whatsapp, Form::url},
    {"line.me/ti/p/", line, Form::url},
    {"line.me/r/ti/p/", line, Form::url},
    {"lin.ee/", line, Form::url},
    {"open.kakao.com/", kakao, Form::url},
    {"pf.kakao.com/", kakao, Form::url},
    {"wpa.qq.com/msgrd?v=3&uin=", qq, Form::url},
});
// By first octet; of one octet in the order above.
constexpr auto kWords = [] {
  auto out = kUnsorted;
  for (std::size_t i = 1; i < out.size(); ++i)
    for (std::size_t k = i; k > 0 && static_cast<unsigned char>(out[k].text[0]) <
                                         static_cast<unsigned char>(out[k - 1].text[0]);
         --k)
      std::swap(out[k], out[k - 1]);
  return out;
}();
static_assert(kWords.size() <= 96);

// What stands between; those in the first group are signs.
constexpr auto kSigns = std::to_array<std::string_view>({":",
                                                         "=",
                                                         "\uFF1A",
                                                         "\u53F7\u7801",
                                                         "\u865F\u78BC",
                                                         "\u53F7",
                                                         "\u865F",
                                                         "\u662F",
                                                         "\u4E3A",
                                                         "\u70BA",
                                                         "id",
                                                         "\uC544\uC774\uB514",
                                                         "\u5E10\u53F7",
                                                         "\u8D26\u53F7",
                                                         "\u5E33\u865F",
                                                         "\u2236",
                                                         "\uFE55",
                                                         "\u2192",
                                                         "-->",
                                                         "->",
                                                         ">>"});
constexpr auto kFillers = std::to_array<std::string_view>({" ",
                                                           "\u3000",
                                                           "\xC2\xA0",
                                                           "-",
                                                           ".",
                                                           "#",
                                                           "(",
                                                           "\uFF08",
                                                           "[",
                                                           "\u3010",
                                                           "{",
                                                           "\u300C",
                                                           "\u300A",
                                                           "\"",
                                                           "\u201C",
                                                           "~",
                                                           "_",
                                                           "*",
                                                           "+",
                                                           "/",
                                                           "|",
                                                           ",",
                                                           "\uFF0C",
                                                           "\u52A0",
                                                           "\u6211",
                                                           "\u5BA2\u670D",
                                                           "\u8054\u7CFB",
                                                           "\u806F\u7D61",
                                                           "\u54A8\u8BE2",
                                                           "\u8BF7",
                                                           "\u7684",
                                                           "\u7FA4",
                                                           "\u6DFB\u52A0",
                                                           "\uC740",
                                                           "\uB294",
                                                           "\uBB38\uC758",
                                                           "\uC0C1\uB2F4",
                                                           "\uCE5C\uCD94",
                                                           "\u200B",
                                                           "\uFE0F",
                                                           "\u2665",
                                                           "\u2764",
                                                           "\u3067",
                                                           "me at",
                                                           "me",
                                                           "us",
                                                           "at",
                                                           "number",
                                                           "no",
                                                           "is"});

struct Between {
  std::size_t end = 0;
  bool sign = false;
  bool id = false;
  bool wide = false;  // a sign that English sentences do not have
  bool group = false;
};
Between between_at(std::string_view text, std::size_t at) {
  Between out{at};
  for (std::size_t n = 0; n < kMaxConnectors && out.end < text.size(); ++n) {
    const std::string_view rest = text.substr(out.end, 16);
    const auto matches = [&](std::string_view word) {
      if (!istarts_with(rest, word)) return false;
      // English words are whole ones.
      return !is_alpha(word[0]) || rest.size() == word.size() || !is_alnum(rest[word.size()]);
    };
    if (const auto* sign = std::find_if(kSigns.begin(), kSigns.end(), matches);
        sign != kSigns.end()) {
      out.sign = true;
      out.id |=
          *sign == "id" || *sign == "\uC544\uC774\uB514" || *sign == "\u53F7" || *sign == "\u865F";
      out.wide |= *sign == "\uFF1A";
      out.end += sign->size();
    } else if (const auto* filler = std::find_if(kFillers.begin(), kFillers.end(), matches);
               filler != kFillers.end()) {
      out.group |= *filler == "\u7FA4";
      out.wide |= *filler == "\u300C";
      out.end += filler->size();
    } else {
      break;
    }
  }
  return out;
}

// Signs that stand between two characters of a word to hide it.
bool is_between_letters(char c) {
  return std::string_view(".*-_~/").find(c) != std::string_view::npos;
}

// Length of the word at text[at], letters folded; of two letters of "qq" and between two characters
// beyond ASCII one sign may stand.
std::size_t word_at(std::string_view text, std::size_t at, std::string_view word) {
  std::size_t i = at;
  for (std::size_t k = 0; k < word.size(); ++k) {
    if (i >= text.size()) return 0;
    if (text[i] == word[k] || (!is_8bit(word[k]) && to_lower(text[i]) == word[k])) {
      ++i;
      continue;
    }
    if (is_8bit(word[k]) && k > 0 && is_8bit(word[k - 1]) && is_between_letters(text[i]) &&
        i + 1 < text.size() && text[i + 1] == word[k] &&
        (static_cast<unsigned char>(word[k]) & 0xC0) == 0xC0) {
      i += 2;
      continue;
    }
    if (is_8bit(word[k]) || !is_8bit(text[i])) {
      const bool apart = word == "qq" && k == 1 && i + 1 < text.size() &&
                         std::string_view(" -.*_").find(text[i]) != std::string_view::npos &&
                         to_lower(text[i + 1]) == 'q';
      if (!apart) return 0;
      i += 2;
      continue;
    }
    const Folded f = fold_beyond_ascii(text, i);
    if (to_lower(f.c) != word[k]) return 0;
    i += f.octets;
  }
  return i - at;
}

bool is_account_octet(char c) { return is_alnum(c) || c == '_' || c == '-' || c == '.'; }

// The account at text[at], folded to lower-case ASCII; end moves behind it.
std::string account_text(std::string_view text, std::size_t at, std::size_t& end) {
  std::string out;
  std::size_t i = at;
  end = at;
  while (i < text.size() && out.size() <= kMaxAccount) {
    const Folded f = fold_at(text, i);
    if (f.c == kInvisible) {
      i += f.octets;
      continue;
    }
    if (!(is_account_octet(f.c) || (f.c == '@' && out.empty()) || (f.c == '+' && out.empty())))
      break;
    out.push_back(f.c);
    i += f.octets;
    end = i;
  }
  while (!out.empty() && (out.back() == '.' || out.back() == '-') && end > at) {
    out.pop_back();
    end -= is_8bit(text[end - 1]) ? 3 : 1;
  }
  return out;
}

struct Lengths {
  std::size_t min;
  std::size_t max;
};
Lengths lengths_of(IdentifierKind kind) {
  switch (kind) {
    case wechat: return {6, 20};
    case telegram: return {5, 32};
    case skype: return {6, 32};
    case line: return {4, 20};
    default: return {4, 24};
  }
}

std::size_t take_digits(IdentifierText& in, const Word& word, const Between& between,
                        std::size_t at) {
  std::size_t first = between.end;
  if (word.kind == whatsapp && first > 0 && first < in.text.size() && in.text[first] == '+')
    ++first;
  if (first >= in.text.size()) return at;
  Digits d = digits_at(in.text, first, Numerals::no);
  if (d.count == 0 && word.kind != whatsapp) d = digits_at(in.text, first, Numerals::yes);
  if (d.count == 0 || d.many) return at;
  const bool ends = (d.end >= in.text.size() || !is_alnum(fold_at(in.text, d.end).c)) &&
                    !goes_on_as_mail(in.text, d.end);
  if (!ends) return at;
  if (word.kind == whatsapp) {
    std::string_view number = d.view();
    if (number.starts_with("00")) number.remove_prefix(2);
    if (number.size() < 8 || number.size() > 15 || number[0] == '0') return at;
    in.out.add(whatsapp, "+" + std::string(number), in.text, first, d.end);
    return at;  // it is a telephone number as well
  }
  // Groups of digits with blanks between may be two numbers: the first that is long enough counts.
  std::size_t count = d.count;
  std::size_t end = d.end;
  const bool apart = d.groups > 4 || (d.groups > 1 && d.group[0] < 5);
  if (!apart && d.groups > 1) {
    count = d.group[0];
    end = digits_at(in.text.substr(0, first + (d.odd ? 4 : 1) * count), first, Numerals::no).end;
  }
  if (count < (word.form == Form::word ? 6U : 5U) || count > 11 || d.digit[0] == '0') return at;
  if (word.form == Form::word && !between.sign) return at;
  const IdentifierKind kind = between.group ? qq_group : word.kind;
  in.found(kind, std::string(d.view().substr(0, count)), first, end);
  return end;
}

std::size_t take_account(IdentifierText& in, const Word& word, const Between& between,
                         std::size_t at) {
  std::size_t end = at;
  std::string account = account_text(in.text, between.end, end);
  const bool marked = account.starts_with('@');
  if (marked && word.kind != line) account.erase(0, 1);
  const Lengths lengths = lengths_of(word.kind);
  if (account.size() < lengths.min || account.size() > lengths.max + 1) return at;
  const char next = end < in.text.size() ? fold_at(in.text, end).c : ' ';
  if (is_alnum(next) || next == '@' || next == '/' || next == '=' || goes_on_as_mail(in.text, end))
    return at;
  // A host, a file: not an account.
  if (word.kind != skype && word.kind != line && word.kind != kakao &&
      account.find('.') != std::string::npos)
    return at;
  const bool digit = std::any_of(account.begin(), account.end(), is_digit);
  const bool numeric = std::all_of(account.begin(), account.end(),
                                   [](char c) { return is_digit(c) || c == '-' || c == '.'; });
  const bool letter = std::any_of(account.begin(), account.end(), is_alpha);
  const bool telling = marked || (letter && digit) || account.find('_') != std::string::npos;
  if (numeric) {
    // Only of WeChat, where a mobile number or a QQ number is an account too.
    const bool number = account.find_first_of("-.") == std::string::npos && account[0] != '0' &&
                        account.size() <= 11 && account.size() >= 6;
    if (word.kind != wechat || !number || !(between.sign || word.form == Form::service)) return at;
    in.out.add(wechat, account, in.text, between.end, end);
    return at;  // it may be a telephone number as well
  }
  const bool sign = between.sign || (between.wide && telling);
  if (word.kind == line && word.form == Form::word && !marked && !between.id &&
      !(between.wide && telling))
    return at;
  if (word.form == Form::word && !sign && !marked) return at;
  if (word.form == Form::word && !telling && word.kind != line) return at;
  if (word.form == Form::english && !telling && !between.id) return at;
  if (word.form == Form::service && !telling && !between.sign) return at;
  if (!is_alnum(account[0]) && account[0] != '@' && account[0] != '_') return at;
  if (word.kind == telegram && !is_alpha(account[0])) return at;
  in.found(word.kind, lower(account), between.end, end);
  return end;
}

std::size_t take_url(IdentifierText& in, const Word& word, std::size_t begin, std::size_t at) {
  std::size_t end = begin;
  const std::string_view text = in.text;
  while (end < text.size() && end - begin < 64 &&
         (is_alnum(text[end]) ||
          std::string_view("_-+/@~%").find(text[end]) != std::string_view::npos))
    ++end;
  std::string account(text.substr(begin, end - begin));
  while (account.ends_with('/')) account.pop_back();
  if (account.starts_with("~")) account.erase(0, 1);
  if (word.kind == whatsapp) {
    std::erase_if(account, [](char c) { return !is_digit(c); });
    if (account.size() < 8 || account.size() > 15) return at;
    account.insert(0, "+");
  } else if (word.kind == qq) {
    if (account.size() < 5 || account.size() > 11 ||
        !std::all_of(account.begin(), account.end(), is_digit))
      return at;
  } else if (word.kind == telegram) {
    if (account.starts_with("s/")) account.erase(0, 2);
    const std::string_view first = std::string_view(account).substr(0, account.find('/'));
    if (first == "joinchat" || first.starts_with('+')) {
      // as written: invitations are case-sensitive
    } else if (first.size() < 4 || iequals(first, "share") || iequals(first, "proxy") ||
               iequals(first, "addstickers")) {
      return at;
    } else {
      account = lower(first);
    }
  } else if (word.kind == line) {
    if (account.starts_with("%40")) account.replace(0, 3, "@");
  }
  if (account.size() < 3) return at;
  in.found(word.kind, std::move(account), begin, end);
  return end;
}

// Where the words of one first octet stand; kWords keeps them together.
struct Range {
  std::uint8_t begin = 0;
  std::uint8_t end = 0;
};
const std::array<Range, 256>& ranges() {
  static constexpr auto kRanges = [] {
    std::array<Range, 256> out{};
    for (std::size_t i = 0; i < kWords.size(); ++i) {
      Range& range = out[static_cast<unsigned char>(kWords[i].text[0])];
      if (range.end == 0) range.begin = static_cast<std::uint8_t>(i);
      range.end = static_cast<std::uint8_t>(i + 1);
    }
    return out;
  }();
  return kRanges;
}

}  // namespace

const std::array<std::string_view, 96>& account_words() {
  static constexpr auto kTexts = [] {
    std::array<std::string_view, 96> out{};
    for (std::size_t i = 0; i < kWords.size(); ++i) out[i] = kWords[i].text;
    return out;
  }();
  return kTexts;
}

std::size_t account_at(IdentifierText& in, std::size_t at) {
  const std::string_view text = in.text;
  // An ASCII word starts where a word starts.
  if (at > 0 && is_alnum(text[at - 1]) && !is_8bit(text[at])) return at;
  const Word* best = nullptr;
  std::size_t best_octets = 0;
  char first = text[at];
  if (is_8bit(first)) {
    const char folded = fold_beyond_ascii(text, at).c;
    if (is_alpha(folded)) first = folded;
  }
  const Range range = ranges()[static_cast<unsigned char>(to_lower(first))];
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const Word& word = kWords[i];
    const std::size_t octets = word_at(text, at, word.text);
    if (octets > best_octets) {
      best = &word;
      best_octets = octets;
    }
  }
  if (best == nullptr) return at;
  const std::size_t behind = at + best_octets;
  if (best->form == Form::url) return take_url(in, *best, behind, at);
  // A parameter of a URL, part of a name.
  if (at > 0 && std::string_view("?&=/_.-%").find(text[at - 1]) != std::string_view::npos &&
      !is_8bit(best->text[0]))
    return at;
  const bool ascii_end = !is_8bit(best->text.back());
  // "qqmail", "wxWidgets", "lined", but "qq12345".
  if (ascii_end && behind < text.size() && is_alpha(fold_at(text, behind).c)) return at;
  if (best->text.size() <= 2 && best->kind != qq && behind < text.size() && is_alnum(text[behind]))
    return at;
  const Between between = between_at(text, behind);
  if (best->kind == qq || best->kind == qq_group || best->kind == whatsapp)
    return take_digits(in, *best, between, at);
  return take_account(in, *best, between, at);
}

}  // namespace weir::mail
