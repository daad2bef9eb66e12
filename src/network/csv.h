// network/csv.h - one row after another out of CSV text (RFC 4180), nothing kept. Internal to
// network/.
//
// Input:    octets; lines end with LF or CRLF, the last one may be open; a byte order mark, empty
// lines and lines that
//           begin with '#' are skipped. A field that begins with '"' may hold commas, line ends and
//           "" for one quote.
// Errors:   Errc::invalid (text after a closing quote, a quote inside a bare field, a quote never
// closed),
//           Errc::too_large (more than kMaxFields fields). The detail has no line number: line()
//           says where the row began.
// Lifetime: fields() are views into the input or into the reader, valid until the next call of
// next(). Cost:     one pass over the input.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

namespace weir::network {

class CsvReader {
 public:
  static constexpr std::size_t kMaxFields = 8;

  explicit CsvReader(std::string_view octets);
  // Moves to the next row; false at the end of the input.
  [[nodiscard]] Result<bool> next();
  [[nodiscard]] std::span<const std::string_view> fields() const {
    return {fields_.data(), count_};
  }
  [[nodiscard]] std::uint64_t line() const { return row_line_; }      // from 1
  [[nodiscard]] std::uint64_t offset() const { return row_offset_; }  // of the row's first octet

 private:
  void skip_lines_without_row();
  [[nodiscard]] Status read_field();
  [[nodiscard]] Status read_quoted();
  [[nodiscard]] bool at_line_end() const;
  void end_line();

  std::string_view input_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t row_line_ = 1;
  std::size_t row_offset_ = 0;
  std::size_t count_ = 0;
  std::array<std::string_view, kMaxFields> fields_;
  std::array<std::string, kMaxFields> unquoted_;  // fields whose text is not a run of the input
};

}  // namespace weir::network
