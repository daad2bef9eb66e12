// mail/files.h - what is in the files that a message carries: text of documents, links, names, QR
// codes.
//
// Adds to a Reading, and to the links found: a document's text as a TextPart sent as a file, its
// links, the names of what is inside, what it would do when opened; QR codes of pictures. A file is
// known by its first octets before its label. What is no document and no picture is left alone;
// what cannot be read is a problem. Bounds: FileLimits for all files of the message together. One
// FileReader serves one message, one thread.
#pragma once

#include "mail/links.h"
#include "mail/reading.h"

namespace weir::mail {

class FileReader {
 public:
  FileReader(const FileLimits& limits, Reading& reading, LinkCollector& links)
      : limits_(limits),
        reading_(reading),
        links_(links),
        document_(limits.document),
        octets_left_(limits.octets),
        inflated_left_(limits.inflated_octets),
        steps_left_(limits.steps),
        text_left_(limits.text_octets),
        pixels_left_(limits.pixels),
        images_left_(limits.images) {}

  // True if the part is a document or a picture that was read.
  bool read_part(std::size_t index, const Part& part);
  // The same for decoded octets inside part `index`.
  bool read_octets(std::size_t index, std::string_view type, std::string_view name,
                   std::string_view octets);

 private:
  struct File {
    std::size_t part = 0;
    std::string_view type, name;
    std::size_t depth = 0;  // of files inside files
  };
  bool read(const File& file, std::string_view octets);
  void read_document(const File& file, document::Kind kind, std::string_view octets);
  // False if it cannot be decoded.
  bool read_image(const File& file, std::string_view octets);
  void problem(const File& file, std::string_view what, std::string_view detail = {});

  const FileLimits& limits_;
  Reading& reading_;
  LinkCollector& links_;
  document::Limits document_;  // of the next document
  std::size_t octets_left_, inflated_left_, steps_left_, text_left_, pixels_left_, images_left_;
};

}  // namespace weir::mail
