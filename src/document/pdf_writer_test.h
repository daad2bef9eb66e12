// document/pdf_writer_test.h - makes small PDFs for tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace weir::document {

class PdfWriter {
 public:
  // Objects are numbered from 1 in the order in which they are added.
  std::size_t add(std::string body) {
    objects_.push_back(std::move(body));
    return objects_.size();
  }
  std::size_t add_stream(std::string_view octets, std::string_view entries = {}) {
    return add("<</Length " + std::to_string(octets.size()) + std::string(entries) +
               ">>\nstream\n" + std::string(octets) + "\nendstream");
  }
  // With a cross-reference table; `trailer` is what stands beside Size.
  [[nodiscard]] std::string file(std::string_view trailer) const {
    std::string out = "%PDF-1.7\n";
    std::vector<std::size_t> offsets;
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      offsets.push_back(out.size());
      out += std::to_string(i + 1) + " 0 obj\n" + objects_[i] + "\nendobj\n";
    }
    const std::size_t xref = out.size();
    out += "xref\n0 " + std::to_string(objects_.size() + 1) + "\n0000000000 65535 f \n";
    for (const std::size_t offset : offsets) {
      const std::string digits = std::to_string(offset);
      out += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
    }
    out += "trailer\n<</Size " + std::to_string(objects_.size() + 1) + " " + std::string(trailer) +
           ">>\nstartxref\n" + std::to_string(xref) + "\n%%EOF\n";
    return out;
  }
  [[nodiscard]] const std::vector<std::string>& objects() const { return objects_; }

 private:
  std::vector<std::string> objects_;
};

// One page with these contents and the font /F, objects 1 to 5; more objects may be added.
inline PdfWriter one_page(std::string_view contents, std::string_view font,
                          std::string_view page_entries = {}) {
  PdfWriter writer;
  writer.add("<</Type/Catalog/Pages 2 0 R>>");
  writer.add(
      "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 "
      "R>>>>>>");
  writer.add("<</Type/Page/Parent 2 0 R/Contents 4 0 R" + std::string(page_entries) + ">>");
  writer.add_stream(contents);
  writer.add(std::string(font));
  return writer;
}

}  // namespace weir::document
