// text/charset_score.h - how probable octets are under one charset. For text/ only.
//
// A Scorer reads a sample piece by piece, so that several charsets can be compared on a beginning
// and the improbable ones be dropped. 8-bit charsets are judged by a table of costs, without being
// decoded; 64 KB for a charset of pairs, made when it is first asked for.
#pragma once

#include <string>
#include <string_view>

#include "text/decoder_step.h"
#include "text/plausibility.h"

namespace weir::text {

class Scorer {
 public:
  // `sample` must outlive the scorer.
  Scorer(const Charset& charset, std::string_view sample);
  Scorer(const Scorer&) = delete;
  Scorer& operator=(const Scorer&) = delete;

  // Reads on until the octet at `until` has been read, or the sample ends.
  void advance(std::size_t until);

  [[nodiscard]] const Charset& charset() const { return *charset_; }
  [[nodiscard]] bool at_end() const { return at_ >= octets_.size(); }
  // Of what was read; plus, at the end, what the text lacks.
  [[nodiscard]] double nats() const;
  // Whether what was read is like a text in the charset's own languages.
  [[nodiscard]] bool convincing() const;
  [[nodiscard]] std::size_t damaged() const { return sum_.damaged; }

 private:
  // What the loops change; they work on a copy of their own, which stays in registers.
  struct Sum {
    std::uint64_t units = 0;
    std::uint64_t units_beyond_ascii = 0;
    std::uint64_t beyond_ascii = 0;
    std::size_t damaged = 0;
    std::uint32_t kind = 0;
    std::uint32_t key = ' ';
    bool own = false;
    void take(Cost cost, std::uint32_t key, const std::uint8_t* context);
  };
  void advance_single(std::size_t until);
  void advance_pairs(std::size_t until);
  void advance_text(std::size_t until);

  const Charset* charset_;
  std::string_view octets_;
  std::string decoded_;  // if the charset is none of 8 bits: its text, which octets_ is then
  const Cost* costs_ = nullptr;
  const PairTable* pairs_ = nullptr;
  const std::uint8_t* context_;
  Writing writing_;
  Family family_;
  std::size_t at_ = 0;
  Sum sum_;
};

}  // namespace weir::text
