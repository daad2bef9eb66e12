#include "ledger/entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/json_writer.h"

namespace weir::ledger {
namespace {

namespace json = boost::json;

constexpr std::array kActions = {Action::list, Action::extend, Action::lift};

bool is_printable_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_rule_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

// Takes a non-empty run of rule characters from the front.
bool take_word(std::string_view& text) {
  const auto end = std::ranges::find_if_not(text, is_rule_character);
  const auto length = static_cast<std::size_t>(end - text.begin());
  text.remove_prefix(length);
  return length > 0;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// name "/" rule "@" version
bool is_rule(std::string_view text) {
  if (text.size() > kMaxRuleOctets || !take_word(text) || !take(text, '/') || !take_word(text) ||
      !take(text, '@'))
    return false;
  return !text.empty() && text.size() <= 10 && text[0] != '0' &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_writable(UnixMillis time) {
  constexpr UnixMillis kEnd = std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1};
  return time >= UnixMillis{} && time < kEnd;
}

Status invalid(std::string detail) { return fail(Errc::invalid, std::move(detail)); }

Status validate_subject(const Prefix& subject) {
  const int shortest = subject.is_v4() ? kShortestV4 : kShortestV6;
  if (subject.length() < shortest)
    return invalid(fmt::format("the subject {} is wider than /{}", subject.to_string(), shortest));
  return {};
}

Status validate_counts(const Entry& entry) {
  const auto& c = entry.counts;
  const auto largest =
      std::max({c.learnt_spam, c.learnt_ham, c.reports, c.verdict_spam, c.verdict_ham});
  if (largest > kMaxCount) return invalid("a count is larger than 2^53-1");
  if (entry.collateral_ppm > 1'000'000) return invalid("the collateral is more than all mail");
  return {};
}

Status validate_times(const Entry& entry) {
  if (!is_writable(entry.time) || !is_writable(entry.since) || !is_writable(entry.until))
    return invalid("a time is outside the years 1970 to 9999");
  if (entry.action == Action::list && entry.since != entry.time)
    return invalid("a list entry begins its listing when it is decided");
  if (entry.since > entry.time) return invalid("the listing begins after the entry was decided");
  if (entry.action == Action::lift) {
    if (entry.until != entry.time) return invalid("a lift ends its listing when it is decided");
    return {};
  }
  if (entry.until <= entry.time) return invalid("the listing ends before it was decided");
  if (entry.until - entry.since > kMaxListing)
    return invalid(fmt::format("the listing is longer than {}", to_string_duration(kMaxListing)));
  return {};
}

// The members of one JSON object, with errors that name the key.
class Reader {
 public:
  explicit Reader(const json::object& object) : object_(object) {}

  Result<std::string_view> text(std::string_view key) const {
    const auto* value = object_.if_contains(key);
    if (value == nullptr || !value->is_string())
      return fail(Errc::invalid, fmt::format("'{}' must be there and be text", key));
    return std::string_view(value->get_string());
  }

  Result<std::uint64_t> number(std::string_view key) const {
    const auto* value = object_.if_contains(key);
    if (value != nullptr && value->is_int64() && value->get_int64() >= 0)
      return static_cast<std::uint64_t>(value->get_int64());
    return fail(Errc::invalid,
                fmt::format("'{}' must be there and be a whole number from 0 to 2^53-1", key));
  }

  Result<UnixMillis> time(std::string_view key) const {
    WEIR_TRY(const auto value, text(key));
    return named(key, parse_rfc3339(value));
  }

  Result<Prefix> prefix(std::string_view key) const {
    WEIR_TRY(const auto value, text(key));
    return named(key, Prefix::parse(value));
  }

  Result<Digest> digest(std::string_view key) const {
    WEIR_TRY(const auto value, text(key));
    return named(key, parse_digest(value));
  }

 private:
  template <class T>
  static Result<T> named(std::string_view key, Result<T> result) {
    if (!result) result.error() = with_context(std::move(result.error()), fmt::format("'{}'", key));
    return result;
  }

  const json::object& object_;
};

Result<Action> parse_action(std::string_view text) {
  for (const auto action : kActions)
    if (text == to_string(action)) return action;
  return fail(Errc::invalid, fmt::format("'action' is none of list, extend, lift"));
}

Result<EvidenceCounts> read_counts(const json::object& object) {
  const auto* value = object.if_contains("counts");
  if (value == nullptr || !value->is_object())
    return fail(Errc::invalid, "'counts' must be there and be an object");
  const Reader reader(value->get_object());
  EvidenceCounts counts;
  WEIR_TRY(counts.learnt_ham, reader.number("learnt_ham"));
  WEIR_TRY(counts.learnt_spam, reader.number("learnt_spam"));
  WEIR_TRY(counts.reports, reader.number("reports"));
  WEIR_TRY(counts.verdict_ham, reader.number("verdict_ham"));
  WEIR_TRY(counts.verdict_spam, reader.number("verdict_spam"));
  return counts;
}

Result<Entry> read_entry(const json::object& object) {
  const Reader reader(object);
  WEIR_TRY(const auto version, reader.number("v"));
  if (version > 1)
    return fail(Errc::unsupported,
                fmt::format("version {} is newer than this program knows", version));
  if (version == 0) return fail(Errc::invalid, "there is no version 0");
  Entry entry;
  WEIR_TRY(const auto action, reader.text("action"));
  WEIR_TRY(entry.action, parse_action(action));
  WEIR_TRY(entry.code, reader.text("code"));
  WEIR_TRY(entry.collateral_ppm, reader.number("collateral_ppm"));
  WEIR_TRY(entry.counts, read_counts(object));
  WEIR_TRY(entry.evidence, reader.digest("evidence"));
  WEIR_TRY(entry.reason, reader.text("reason"));
  WEIR_TRY(entry.rule, reader.text("rule"));
  WEIR_TRY(entry.since, reader.time("since"));
  WEIR_TRY(entry.subject, reader.prefix("subject"));
  WEIR_TRY(entry.time, reader.time("time"));
  WEIR_TRY(entry.until, reader.time("until"));
  return entry;
}

// Where two texts first differ.
std::size_t first_difference(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

}  // namespace

std::string_view to_string(Action action) {
  switch (action) {
    case Action::list: return "list";
    case Action::extend: return "extend";
    case Action::lift: return "lift";
  }
  return "unknown";
}

bool is_listing_code(std::string_view code) {
  const auto address = Address::parse(code);
  return address && address->is_v4() && address->v4_number() >> 24 == 127 &&
         address->v4_number() != 0x7f000001 && address->to_string() == code;
}

Status validate(const Entry& entry) {
  if (!is_listing_code(entry.code))
    return invalid("the code is not an address in 127.0.0.0/8 other than 127.0.0.1");
  if (!is_rule(entry.rule))
    return invalid("the rule is not of the form name/rule@version, such as usual/spam-source@1");
  if (entry.reason.empty() || entry.reason.size() > kMaxReasonOctets ||
      !is_printable_ascii(entry.reason))
    return invalid(
        fmt::format("the reason is not 1 to {} octets of printable ASCII", kMaxReasonOctets));
  WEIR_CHECK(validate_subject(entry.subject));
  WEIR_CHECK(validate_counts(entry));
  return validate_times(entry);
}

std::string serialise(const Entry& entry) {
  JsonWriter w;
  // In sorted order, as RFC 8785 3.2.3 wants it.
  w.begin_object();
  w.key("action").value(to_string(entry.action));
  w.key("code").value(entry.code);
  w.key("collateral_ppm").value(entry.collateral_ppm);
  w.key("counts").begin_object();
  w.key("learnt_ham").value(entry.counts.learnt_ham);
  w.key("learnt_spam").value(entry.counts.learnt_spam);
  w.key("reports").value(entry.counts.reports);
  w.key("verdict_ham").value(entry.counts.verdict_ham);
  w.key("verdict_spam").value(entry.counts.verdict_spam);
  w.end_object();
  w.key("evidence").value(to_hex(as_octets(entry.evidence)));
  w.key("reason").value(entry.reason);
  w.key("rule").value(entry.rule);
  w.key("since").value(to_rfc3339(entry.since));
  w.key("subject").value(entry.subject.to_string());
  w.key("time").value(to_rfc3339(entry.time));
  w.key("until").value(to_rfc3339(entry.until));
  w.key("v").value(1);
  w.end_object();
  return w.take();
}

Result<Entry> parse_entry(std::string_view octets) {
  if (octets.size() > kMaxEntryOctets)
    return fail(Errc::invalid, fmt::format("an entry is at most {} octets", kMaxEntryOctets));
  boost::system::error_code error;
  const auto document = json::parse({octets.data(), octets.size()}, error);
  if (error || !document.is_object()) return fail(Errc::invalid, "not a JSON object");
  WEIR_TRY(auto entry, read_entry(document.get_object()));
  WEIR_CHECK(validate(entry));
  // One decision has one octet string: unknown and repeated keys, blanks, another order, other
  // spellings of a number, a time or a prefix all end here.
  const auto canonical = serialise(entry);
  if (canonical != octets)
    return fail(Errc::invalid, "not canonical", first_difference(octets, canonical));
  return entry;
}

}  // namespace weir::ledger
