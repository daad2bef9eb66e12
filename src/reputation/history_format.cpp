// The octets of a History (docs/formats/history.md). What parse() takes, serialise() gives back
// octet for octet: a text that holds the same in another form is corrupt, so that no state can be
// reached by parsing which apply() would not have made.
#include <fmt/format.h>

#include <algorithm>

#include "crypto/crypto.h"
#include "reputation/history.h"

namespace weir::reputation {
namespace {

constexpr std::string_view kMagic = "weir history";
constexpr std::uint16_t kVersion = 1;
constexpr std::int64_t kMaxDay = 1'000'000'000;  // what apply() gives at most
constexpr std::size_t kDigestOctets = std::tuple_size_v<Digest>;

// Small numbers of either sign as small numbers: 0, -1, 1, -2, ... are 0, 1, 2, 3, ...
void write_signed(ByteWriter& out, std::int64_t value) {
  out.varint((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

std::int64_t read_signed(ByteReader& in) {
  const auto value = in.varint();
  return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
}

std::int32_t read_day_number(ByteReader& in, bool& ok) {
  const auto day = read_signed(in);
  ok = ok && in.ok() && day >= -kMaxDay && day <= kMaxDay;
  return ok ? static_cast<std::int32_t>(day) : 0;
}

std::uint32_t read_count(ByteReader& in, bool& ok) {
  const auto count = in.varint();
  ok = ok && in.ok() && count <= UINT32_MAX;
  return ok ? static_cast<std::uint32_t>(count) : 0;
}

template <std::size_t N>
std::array<std::uint8_t, N> read_array(ByteReader& in) {
  std::array<std::uint8_t, N> out{};
  const auto octets = in.octets(N);
  std::copy(octets.begin(), octets.end(), out.begin());
  return out;
}

template <std::size_t N>
std::string_view view(const std::array<std::uint8_t, N>& octets) {
  return {reinterpret_cast<const char*>(octets.data()), N};
}

void write_subject(ByteWriter& out, const Prefix& subject) {
  out.u8(subject.is_v4() ? 4 : 6);
  out.octets(view(subject.address().octets()).substr(0, subject.is_v4() ? 4 : 8));
}

bool read_subject(ByteReader& in, Prefix& out) {
  const auto family = in.u8();
  if (family != 4 && family != 6) return false;
  const auto octets = in.octets(family == 4 ? 4 : 8);
  if (!in.ok()) return false;
  std::array<std::uint8_t, 16> number{};
  std::copy(octets.begin(), octets.end(), number.begin());
  const auto address =
      family == 6 ? Address::v6(number)
                  : Address::v4(std::uint32_t{number[0]} << 24 | std::uint32_t{number[1]} << 16 |
                                std::uint32_t{number[2]} << 8 | number[3]);
  out = subject_of(address);
  return true;
}

}  // namespace

void History::write_source(ByteWriter& out, const Prefix& subject, const Source& source) const {
  write_subject(out, subject);
  write_signed(out, to_unix_millis(source.first_spam));
  write_signed(out, to_unix_millis(source.last_spam));
  out.octets(as_octets(source.evidence_digest));
  out.varint(source.spam_reporters.size());
  for (const auto& reporter : source.spam_reporters) {
    out.u64(reporter.name_hash);
    out.varint(reporter.pieces);
    write_signed(out, reporter.last_day);
  }
  out.varint(source.days.size());
  for (const auto& [day, counts] : source.days) {
    write_signed(out, day);
    for (const auto count : {counts.learnt_spam, counts.learnt_ham, counts.reports,
                             counts.verdict_spam, counts.verdict_ham})
      out.varint(count);
    const auto& remembered = remembered_.at(day).at(subject);
    out.varint(remembered.ids.size());
    for (const auto id : remembered.ids) out.u64(id);
    out.varint(remembered.labels.size());
    for (const auto& [key, label] : remembered.labels) {
      out.octets(view(key));
      out.u8(label.is_spam ? 1 : 0);
      out.u64(label.reporter_hash);
    }
  }
}

std::string History::serialise() const {
  ByteWriter out;
  out.octets(kMagic);
  out.u16(kVersion);
  write_signed(out, newest_day_);
  out.varint(sources_.size());
  for (const auto& [subject, source] : sources_) write_source(out, subject, source);
  const auto digest = crypto::sha256(out.str());
  out.octets(as_octets(digest));
  return out.take();
}

bool History::read_day(ByteReader& in, const Prefix& subject, Source& source) {
  bool ok = true;
  const auto day = read_day_number(in, ok);
  ok = ok && day <= newest_day_ && day >= newest_day_ - kDaysKept &&
       (source.days.empty() || source.days.rbegin()->first < day);
  if (!ok) return false;
  auto& counts = source.days[day];
  for (auto* count : {&counts.learnt_spam, &counts.learnt_ham, &counts.reports,
                      &counts.verdict_spam, &counts.verdict_ham})
    *count = read_count(in, ok);
  auto& remembered = remembered_[day][subject];
  const auto ids = in.varint();
  if (!ok || ids > kMaxRemembered || ids > in.left() / 8) return false;
  remembered.ids.reserve(ids);
  for (std::uint64_t i = 0; i < ids; ++i) {
    remembered.ids.push_back(in.u64());
    if (i > 0 && remembered.ids[i - 1] >= remembered.ids[i]) return false;
  }
  const auto labels = in.varint();
  if (labels > kMaxRemembered - ids) return false;
  for (std::uint64_t i = 0; i < labels && in.ok(); ++i) {
    const auto key = read_array<16>(in);
    Label label;
    label.is_spam = in.u8() != 0;
    label.reporter_hash = in.u64();
    remembered.labels.emplace(key, label);
    if (!labels_.emplace(key, Place{.day = day, .subject = subject}).second) return false;
  }
  return in.ok();
}

bool History::read_source(ByteReader& in) {
  Prefix subject;
  if (!read_subject(in, subject)) return false;
  if (!sources_.empty() && sources_.rbegin()->first >= subject) return false;
  auto& source = sources_[subject];
  source.first_spam = from_unix_millis(read_signed(in));
  source.last_spam = from_unix_millis(read_signed(in));
  source.evidence_digest = read_array<kDigestOctets>(in);
  const auto reporters = in.varint();
  if (!in.ok() || reporters > kMaxReporters) return false;
  bool ok = true;
  for (std::uint64_t i = 0; i < reporters; ++i) {
    SpamReporter reporter;
    reporter.name_hash = in.u64();
    reporter.pieces = read_count(in, ok);
    reporter.last_day = read_day_number(in, ok);
    ok = ok && reporter.pieces > 0 &&
         (i == 0 || source.spam_reporters.back().name_hash < reporter.name_hash);
    if (!ok) return false;
    source.spam_reporters.push_back(reporter);
  }
  source.reporters = static_cast<std::uint32_t>(reporters);
  const auto days = in.varint();
  if (!in.ok() || days == 0 || days > std::uint64_t{kDaysKept} + 1) return false;
  for (std::uint64_t i = 0; i < days; ++i)
    if (!read_day(in, subject, source)) return false;
  return true;
}

Result<History> History::parse(std::string_view octets) {
  const auto corrupt = [](std::string_view what, std::size_t offset) {
    return fail(Errc::corrupt,
                fmt::format("the history of sources {}: remove it and rebuild it from the evidence "
                            "log",
                            what),
                offset);
  };
  ByteReader in(octets);
  if (in.octets(kMagic.size()) != kMagic) return corrupt("does not begin as one", 0);
  const auto version = in.u16();
  if (!in.ok() || version == 0) return corrupt("has no version", in.offset());
  if (version > kVersion)
    return fail(Errc::unsupported, fmt::format("the history of sources has version {}, this "
                                               "program knows {}: rebuild it from the evidence log",
                                               version, kVersion));
  if (in.left() < kDigestOctets) return corrupt("is cut short", octets.size());
  const auto content = octets.substr(0, octets.size() - kDigestOctets);
  if (as_octets(crypto::sha256(content)) != octets.substr(content.size()))
    return corrupt("does not match its SHA-256", content.size());

  History history;
  in = ByteReader(content);
  in.octets(kMagic.size() + 2);
  const auto newest = read_signed(in);
  const auto sources = in.varint();
  const bool is_empty = newest == INT32_MIN && sources == 0;
  bool ok = in.ok() && (is_empty || (newest >= -kMaxDay && newest <= kMaxDay));
  if (ok) history.newest_day_ = static_cast<std::int32_t>(newest);
  for (std::uint64_t i = 0; ok && i < sources; ++i) ok = history.read_source(in);
  if (!ok || !in.at_end()) return corrupt("is not of the form that it should have", in.offset());
  if (history.serialise() != octets) return corrupt("is not in its one form", 0);
  return history;
}

}  // namespace weir::reputation
