// text/plausibility.h - how probable a text is, whatever language it may be in. For text/ only.
//
// The charset of octets is taken to be the one under which they are most probable: each candidate
// decodes them, and the texts are compared by their log-likelihood (in nats, a negative number)
// under one coarse model of writing: letters and characters by rank of frequency, capitals inside
// words, marks without a base, U+FFFD. The texts stand for the same octets, so the numbers can be
// compared though the texts differ in length.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

namespace weir::text {

// What a charset was made for; the rest of Unicode may be in its tables and is improbable in it.
enum class Writing : std::uint8_t { any, simplified, traditional, japanese, korean };

struct Plausibility {
  double log_likelihood = 0;
  double log_likelihood_beyond_ascii = 0;  // the part of it that is not ASCII
  std::size_t beyond_ascii = 0;            // code points
};

// What a U+FFFD costs, wherever it stands.
inline constexpr double kReplacementNats = 25;

// More text never makes a text more probable, so it stops where log_likelihood falls below
// `enough`: what it then gives is below it too, and nothing else of it means anything.
[[nodiscard]] Plausibility plausibility(std::string_view utf8, Writing writing,
                                        double enough = -std::numeric_limits<double>::infinity());

}  // namespace weir::text
