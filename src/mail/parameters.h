// mail/parameters.h - the value and parameters of Content-Type and Content-Disposition (RFC
// 2045 5.1, RFC 2231).
//
// Input:  the raw field value, folding included. Output: the head ("text/html"), lower case, and
// the parameters in order, RFC 2231
//         sections joined in the order of their numbers. Comments are skipped; quoted strings lose
//         quotes and backslashes.
//         What mailers write instead is read as well: no semicolon between parameters, blanks in
//         unquoted values, quotes that do not end.
// Bounds: O(octets); at most `max_parameters` (cut says that there are more). Never fails: what
// cannot be read is left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace weir::mail {

inline constexpr std::size_t kMaxParameters = 64;

struct Parameter {
  std::string name;     // lower case, without section number and '*'
  std::string value;    // octets; percent-decoded where RFC 2231 says so
  std::string charset;  // RFC 2231 charset, or empty
  bool extended = false;
};

struct ParameterizedValue {
  std::string head;
  std::vector<Parameter> parameters;
  bool cut = false;  // there are more than max_parameters
  [[nodiscard]] const Parameter* find(std::string_view name) const;  // the first one, or nullptr
};

[[nodiscard]] ParameterizedValue parse_parameterized(std::string_view raw_value,
                                                     std::size_t max_parameters = kMaxParameters);
// The parameter for a person: RFC 2231 charset applied, else RFC 2047 words decoded as every mailer
// does.
[[nodiscard]] std::string decode_parameter(const Parameter& parameter);

}  // namespace weir::mail
