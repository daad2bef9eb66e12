#include "evidence/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/json_writer.h"
#include "base/utf8.h"
#include "crypto/crypto.h"

namespace weir::evidence {
namespace {

namespace json = boost::json;

constexpr std::int64_t kVersion = 1;
constexpr std::size_t kMaxOctets = 1U << 20;  // what a log takes
constexpr std::size_t kMaxDomainOctets = 253;
constexpr std::size_t kMaxLanguageOctets = 35;
constexpr std::uint32_t kMaxPermille = 1000;
constexpr UnixMillis kLastTime = from_unix_millis(253'402'300'799'999);  // 9999-12-31

constexpr std::string_view kKinds[] = {"learnt_spam", "learnt_ham", "report", "verdict_spam",
                                       "verdict_ham"};

bool is_verdict(Kind kind) { return kind == Kind::verdict_spam || kind == Kind::verdict_ham; }

void bound_list(std::vector<std::string>& list, std::size_t max_items, std::size_t max_octets) {
  std::erase_if(list, [&](const std::string& item) {
    return item.empty() || item.size() > max_octets || !is_utf8(item);
  });
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  if (list.size() > max_items) list.resize(max_items);
}

std::string bounded_reporter(std::string_view reporter) {
  const auto valid = is_utf8(reporter) ? std::string(reporter) : to_valid_utf8(reporter);
  const auto cut = utf8_prefix(valid, kMaxReporterOctets);
  return cut.empty() ? "unknown" : std::string(cut);
}

// The keys of one object, each with what is wrong if it is.
class Keys {
 public:
  explicit Keys(const json::object& object) : object_(object) {}

  static std::unexpected<Error> wrong(std::string_view key, std::string_view what) {
    return fail(Errc::invalid, fmt::format("key '{}' of an evidence record {}", key, what));
  }

  const json::value* find(std::string_view key) const { return object_.if_contains(key); }

  Result<std::string_view> text(std::string_view key) const {
    const auto* value = find(key);
    if (value == nullptr) return wrong(key, "is missing");
    if (!value->is_string()) return wrong(key, "is no string");
    return std::string_view(value->get_string().data(), value->get_string().size());
  }

  // 0 if there is none.
  Result<std::int64_t> number(std::string_view key, std::int64_t max) const {
    const auto* value = find(key);
    if (value == nullptr) return 0;
    if (!value->is_int64() || value->get_int64() < 0 || value->get_int64() > max)
      return wrong(key, fmt::format("is no whole number from 0 to {}", max));
    return value->get_int64();
  }

  Result<UnixMillis> time(std::string_view key) const {
    WEIR_TRY(const auto rfc3339, text(key));
    const auto time = parse_rfc3339(rfc3339);
    if (!time) return wrong(key, "is no time: " + time.error().detail);
    return *time;
  }

  Result<std::vector<std::string>> list(std::string_view key, std::size_t max_items) const {
    std::vector<std::string> out;
    const auto* value = find(key);
    if (value == nullptr) return out;
    if (!value->is_array()) return wrong(key, "is no array");
    if (value->get_array().size() > max_items)
      return wrong(key, fmt::format("has more than {} items", max_items));
    for (const auto& item : value->get_array()) {
      if (!item.is_string()) return wrong(key, "holds something that is no string");
      out.emplace_back(item.get_string().data(), item.get_string().size());
    }
    return out;
  }

 private:
  const json::object& object_;
};

// A newer version or kind is told apart before anything else is looked at.
Result<Kind> known_kind(const Keys& keys) {
  const auto* version = keys.find("v");
  if (version == nullptr || !version->is_int64() || version->get_int64() < 1)
    return Keys::wrong("v", "is no version number");
  if (version->get_int64() > kVersion)
    return fail(Errc::unsupported, fmt::format("evidence record of version {}; this program "
                                               "knows {}",
                                               version->get_int64(), kVersion));
  WEIR_TRY(const auto name, keys.text("kind"));
  const auto* found = std::find(std::begin(kKinds), std::end(kKinds), name);
  if (found == std::end(kKinds))
    return fail(Errc::unsupported,
                fmt::format("evidence of the kind '{}', which this program does not know",
                            utf8_prefix(name, 40)));
  return static_cast<Kind>(found - std::begin(kKinds));
}

Result<Record> read_keys(const Keys& keys) {
  Record record;
  WEIR_TRY(record.kind, known_kind(keys));
  WEIR_TRY(record.observed_at, keys.time("observed_at"));
  WEIR_TRY(record.recorded_at, keys.time("recorded_at"));
  if (record.observed_at > record.recorded_at)
    return Keys::wrong("observed_at", "is later than recorded_at");
  WEIR_TRY(record.reporter, keys.text("reporter"));
  if (keys.find("source") != nullptr) {
    WEIR_TRY(const auto text, keys.text("source"));
    const auto source = Address::parse(text);
    if (!source) return Keys::wrong("source", "is no address");
    record.source = *source;
  }
  WEIR_TRY(const auto digest_text, keys.text("message"));
  const auto digest = parse_digest(digest_text);
  if (!digest) return Keys::wrong("message", "is no SHA-256 digest in hex");
  record.message = *digest;
  WEIR_TRY(const auto permille, keys.number("spam_permille", kMaxPermille));
  record.spam_permille = static_cast<std::uint32_t>(permille);
  WEIR_TRY(record.domains, keys.list("domains", kMaxDomains));
  WEIR_TRY(record.languages, keys.list("languages", kMaxLanguages));
  WEIR_TRY(const auto features_version, keys.number("features_version", INT32_MAX));
  record.features_version = static_cast<int>(features_version);
  if (keys.find("features") != nullptr) {
    WEIR_TRY(const auto base64, keys.text("features"));
    auto features = parse_base64(base64);
    if (!features) return Keys::wrong("features", "is no base64");
    record.features = std::move(*features);
  }
  return record;
}

void write_list(JsonWriter& json, std::string_view key, const std::vector<std::string>& list) {
  if (list.empty()) return;
  json.key(key).begin_array();
  for (const auto& item : list) json.value(item);
  json.end_array();
}

// The keys in the order of their octets, as RFC 8785 asks; a key whose value says nothing is left
// out.
std::string write(const Record& record) {
  JsonWriter json;
  json.begin_object();
  write_list(json, "domains", record.domains);
  if (record.features_version != 0) {
    json.key("features").value(to_base64(record.features));
    json.key("features_version").value(record.features_version);
  }
  json.key("kind").value(to_string(record.kind));
  write_list(json, "languages", record.languages);
  json.key("message").value(to_hex(as_octets(record.message)));
  json.key("observed_at").value(to_rfc3339(record.observed_at));
  json.key("recorded_at").value(to_rfc3339(record.recorded_at));
  json.key("reporter").value(record.reporter);
  if (record.source) json.key("source").value(record.source->to_string());
  if (is_verdict(record.kind)) json.key("spam_permille").value(record.spam_permille);
  json.key("v").value(kVersion);
  json.end_object();
  return json.take();
}

}  // namespace

std::string_view to_string(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

bool is_spam(Kind kind) {
  return kind == Kind::learnt_spam || kind == Kind::report || kind == Kind::verdict_spam;
}

Record bounded(Record record) {
  record.recorded_at = std::clamp(record.recorded_at, UnixMillis{}, kLastTime);
  record.observed_at = std::clamp(record.observed_at, UnixMillis{}, record.recorded_at);
  record.reporter = bounded_reporter(record.reporter);
  record.spam_permille = is_verdict(record.kind) ? std::min(record.spam_permille, kMaxPermille) : 0;
  bound_list(record.domains, kMaxDomains, kMaxDomainOctets);
  bound_list(record.languages, kMaxLanguages, kMaxLanguageOctets);
  if (record.features_version <= 0 || record.features.size() > kMaxFeatureOctets) {
    record.features_version = 0;
    record.features.clear();
  }
  return record;
}

EvidenceId id(const Record& record) {
  ByteWriter fields;
  fields.sized("weir evidence id 1");
  fields.sized(to_string(record.kind));
  fields.sized(bounded_reporter(record.reporter));
  fields.octets(as_octets(record.message));
  fields.sized(record.source ? record.source->to_string() : "");
  const auto digest = crypto::sha256(fields.str());
  EvidenceId out{};
  std::copy_n(digest.begin(), out.size(), out.begin());
  return out;
}

std::string to_string(const EvidenceId& id) {
  return to_hex({reinterpret_cast<const char*>(id.data()), id.size()});
}

std::string serialise(const Record& record) { return write(bounded(record)); }

Result<Record> parse(std::string_view octets) {
  if (octets.size() > kMaxOctets)
    return fail(Errc::too_large, "an evidence record has at most 1 MiB");
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = 16;
  json::stream_parser parser({}, options);
  const auto read = parser.write_some(octets.data(), octets.size(), error);
  if (!error && read < octets.size()) error = json::error::extra_data;
  if (!error) parser.finish(error);
  if (error) return fail(Errc::invalid, "an evidence record is no JSON: " + error.message(), read);
  const auto value = parser.release();
  if (!value.is_object()) return fail(Errc::invalid, "an evidence record is no JSON object");
  WEIR_TRY(auto record, read_keys(Keys(value.get_object())));
  // One record, one text: no unknown or repeated key, no other order, spelling or bound than
  // serialise() gives.
  if (const auto canonical = write(bounded(record)); canonical != octets) {
    const auto differs =
        std::mismatch(canonical.begin(), canonical.end(), octets.begin(), octets.end()).second;
    return fail(Errc::invalid,
                "an evidence record is not in its canonical form (unknown key, order, blanks, "
                "a list out of order or a value out of bounds)",
                static_cast<std::uint64_t>(differs - octets.begin()));
  }
  return record;
}

}  // namespace weir::evidence
