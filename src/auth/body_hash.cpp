#include "auth/body_hash.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "crypto/crypto.h"

namespace weir::auth {
namespace {

constexpr std::size_t kChunk = 16'384;

// Gathers canonical octets and hashes them in chunks, up to the limit.
class Sink {
 public:
  explicit Sink(std::optional<std::uint64_t> limit) : limit_(limit) { buffer_.reserve(kChunk); }

  void add(std::string_view octets) {
    octets_ += octets.size();
    if (limit_) {
      const auto left = *limit_ - std::min(*limit_, hashed_);
      if (octets.size() > left) octets = octets.substr(0, left);
      hashed_ += octets.size();
    }
    if (buffer_.size() + octets.size() > kChunk) flush();
    if (octets.size() > kChunk)
      sha_.update(octets);
    else
      buffer_ += octets;
  }
  void line_end() { add("\r\n"); }
  [[nodiscard]] bool full() const { return limit_ && octets_ > *limit_; }

  [[nodiscard]] BodyHash finish() {
    flush();
    return {sha_.finish(), octets_, full()};
  }

 private:
  void flush() {
    sha_.update(buffer_);
    buffer_.clear();
  }
  crypto::Sha256 sha_;
  std::string buffer_;
  std::optional<std::uint64_t> limit_;
  std::uint64_t octets_ = 0;
  std::uint64_t hashed_ = 0;
};

void add_relaxed(Sink& sink, std::string_view line) {
  std::size_t at = 0;
  while (at < line.size()) {
    // Words with single spaces between them go as one piece.
    std::size_t end = at;
    while (end < line.size()) {
      if (line[end] == '\t') break;
      if (line[end] == ' ' && (end + 1 == line.size() || is_blank(line[end + 1]))) break;
      ++end;
    }
    sink.add(line.substr(at, end - at));
    at = end;
    while (at < line.size() && is_blank(line[at])) ++at;
    if (at > end && at < line.size()) sink.add(" ");
  }
}

bool is_blank_line(std::string_view line, Canon canon) {
  return canon == Canon::simple ? line.empty() : std::ranges::all_of(line, is_blank);
}

BodyHash hash_body(std::string_view body, Canon canon, std::optional<std::uint64_t> limit) {
  Sink sink(limit);
  std::uint64_t empty_lines = 0;  // held back: those at the end are not hashed
  bool any = false;
  for (std::size_t at = 0; at < body.size() && !sink.full();) {
    const auto feed = body.find('\n', at);
    const auto stop = feed == std::string_view::npos ? body.size() : feed;
    auto line = body.substr(at, stop - at);
    if (feed != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
    at = feed == std::string_view::npos ? body.size() : feed + 1;
    if (is_blank_line(line, canon)) {
      ++empty_lines;
      continue;
    }
    for (; empty_lines > 0; --empty_lines) sink.line_end();
    any = true;
    if (canon == Canon::simple)
      sink.add(line);
    else
      add_relaxed(sink, line);
    sink.line_end();
  }
  if (!any && canon == Canon::simple) sink.line_end();  // an empty body is one line end (3.4.3)
  return sink.finish();
}

}  // namespace

const BodyHash& BodyHasher::hash(Canon canon, std::optional<std::uint64_t> limit) {
  for (const auto& known : known_)
    if (known.canon == canon && known.limit == limit) return known.hash;
  known_.push_back({canon, limit, hash_body(body_, canon, limit)});
  return known_.back().hash;
}

}  // namespace weir::auth
