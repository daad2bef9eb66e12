// document/pdf_file.h - the objects of a PDF by their numbers (ISO 32000-1 7.5). For document/
// only.
//
// Objects are found by the chain of cross-reference tables and streams; where that is broken, by a
// scan for "N G obj". Each object is parsed once, when it is asked for. References that lead in a
// circle end as null.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "document/output.h"
#include "document/pdf_value.h"

namespace weir::document {

class PdfFile {
 public:
  PdfFile(std::string_view octets, Output& out);

  // The object itself if it is none that refers to another. The result lives as long as the file.
  [[nodiscard]] const PdfValue& resolve(const PdfValue& value);
  [[nodiscard]] const PdfValue& object(std::uint32_t number);
  // A dictionary's value for a key, resolved.
  [[nodiscard]] const PdfValue& get(const PdfValue& dictionary, std::string_view key) {
    return resolve(resolve(dictionary).at(key));
  }
  [[nodiscard]] const PdfValue& root();
  [[nodiscard]] const PdfValue& info() { return resolve(info_); }
  [[nodiscard]] bool is_encrypted() const { return encrypted_; }
  // Takes everything from a scan of the whole file from now on.
  void fall_back_to_scan();

  // The decoded octets of a stream; empty for the codes of images.
  [[nodiscard]] std::string stream(const PdfValue& dictionary);

  [[nodiscard]] PdfWork& work() { return work_; }
  [[nodiscard]] Output& out() { return out_; }

 private:
  struct Place {
    bool packed = false;
    std::size_t at = 0;       // of "N G obj" in the file, or the number of the object stream
    std::uint32_t index = 0;  // in the object stream
  };
  struct Pack {
    std::string octets;
    std::vector<std::pair<std::uint32_t, std::size_t>> objects;  // number, where it begins
  };

  [[nodiscard]] bool read_chain();
  [[nodiscard]] std::optional<std::size_t> read_section(std::size_t at);
  [[nodiscard]] std::optional<std::size_t> read_table(PdfLexer& lexer);
  [[nodiscard]] std::optional<std::size_t> read_xref_stream(std::size_t at);
  void take_trailer(const PdfValue& trailer);
  void add_place(std::uint32_t number, const Place& place);
  void scan();
  void scan_packs();
  [[nodiscard]] std::optional<PdfValue> read_object_at(std::size_t at,
                                                       std::optional<std::uint32_t> number);
  [[nodiscard]] PdfValue load(std::uint32_t number);
  [[nodiscard]] PdfValue load_packed(const Place& place, std::uint32_t number);
  [[nodiscard]] Pack* pack(std::uint32_t number);
  [[nodiscard]] std::string_view raw_stream(const PdfValue& dictionary);

  std::string_view octets_;
  Output& out_;
  PdfWork work_;
  std::size_t values_left_;
  std::unordered_map<std::uint32_t, Place> places_;
  std::unordered_map<std::uint32_t, PdfValue> objects_;
  std::unordered_set<std::uint32_t> loading_;
  std::unordered_map<std::uint32_t, Pack> packs_;
  std::deque<PdfValue> trailers_;
  PdfValue root_, info_;
  bool encrypted_ = false;
  bool scanned_ = false;
};

}  // namespace weir::document
