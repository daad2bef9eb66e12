#include "mail/files.h"

#include <algorithm>

#include "document/document.h"
#include "image/image.h"
#include "image/qr.h"
#include "mail/problems.h"
#include "mail/transfer.h"

namespace weir::mail {
namespace {

constexpr std::size_t kHead = 1'024;         // octets that tell what a file is
constexpr std::size_t kEncodedHead = 2'048;  // of base64 or quoted-printable that hold as many
constexpr std::size_t kDepth = 2;            // of files inside files that are opened
constexpr std::size_t kLeastSide = 42;       // pixels: no QR code is smaller

bool is_known(std::string_view type, std::string_view name, std::string_view head) {
  return document::kind_of(type, name, head) || image::kind_of(head);
}

}  // namespace

void FileReader::problem(const File& file, std::string_view what, std::string_view detail) {
  add_problem(reading_.problems, what, reading_.parts[file.part].body_offset, detail);
}

bool FileReader::read_part(std::size_t index, const Part& part) {
  const File file{index, part.type, part.name, 0};
  std::string storage, broken;
  const auto head = decode_transfer_view(part.body.substr(0, kEncodedHead), part.encoding, kHead,
                                         storage, broken);
  if (!is_known(part.type, part.name, head)) return false;
  if (octets_left_ == 0) {
    problem(file, "files_too_large");
    return false;
  }
  broken.clear();
  std::string whole;
  const auto octets = decode_transfer_view(part.body, part.encoding, octets_left_, whole, broken);
  if (!broken.empty()) problem(file, broken, part.encoding);
  return read(file, octets);
}

bool FileReader::read_octets(std::size_t index, std::string_view type, std::string_view name,
                             std::string_view octets) {
  return read(File{index, type, name, 0}, octets);
}

bool FileReader::read(const File& file, std::string_view octets) {
  const auto kind = document::kind_of(file.type, file.name, octets.substr(0, kHead));
  if (!kind && !image::kind_of(octets)) return false;
  if (octets.size() > octets_left_) {
    problem(file, "files_too_large");
    octets = octets.substr(0, octets_left_);
  }
  octets_left_ -= octets.size();
  if (!kind) return read_image(file, octets);
  read_document(file, *kind, octets);
  return true;
}

void FileReader::read_document(const File& file, document::Kind kind, std::string_view octets) {
  document_.inflated_octets = std::min(limits_.document.inflated_octets, inflated_left_);
  document_.steps = std::min(limits_.document.steps, steps_left_);
  document_.text_octets = std::min(limits_.document.text_octets, text_left_);
  auto read = document::read_document(kind, octets, document_, reading_.parts[file.part].charset);
  inflated_left_ -= read.inflated_octets;
  steps_left_ -= read.steps;
  text_left_ -= std::min(text_left_, read.text.size() + read.hidden.size());
  for (const auto& what : read.problems) problem(file, what, file.name);
  for (const auto& link : read.links) links_.add_target(link.target, LinkOrigin::document);
  links_.add_text(read.text, LinkOrigin::document);

  DocumentSummary summary;
  summary.part = file.part;
  summary.kind = std::move(read.kind);
  summary.title = std::move(read.title);
  summary.names = std::move(read.names);
  summary.signals = std::move(read.signals);
  summary.pages = read.pages;
  reading_.documents.push_back(std::move(summary));

  if (!read.text.empty() || !read.hidden.empty()) {
    TextPart text;
    text.part = file.part;
    text.type = file.type;
    text.charset_declared = reading_.parts[file.part].charset;
    text.text = std::move(read.text);
    text.hidden = std::move(read.hidden);
    text.attachment = reading_.parts[file.part].attachment;
    reading_.texts.push_back(std::move(text));
  }
  for (const auto& inner : read.embedded) {
    reading_.attachments.push_back({file.part, inner.name, inner.type, inner.octets.size()});
    if (file.depth < kDepth)
      (void)this->read(File{file.part, inner.type, inner.name, file.depth + 1}, inner.octets);
  }
}

bool FileReader::read_image(const File& file, std::string_view octets) {
  const auto size = image::size_of(octets);
  if (!size) {
    problem(file, "image_broken", size.error().detail);
    return false;
  }
  if (size->width < kLeastSide || size->height < kLeastSide) return true;
  image::Limits limits;
  limits.pixels = pixels_left_;
  if (images_left_ == 0 || size->width > limits.pixels / size->height) {
    problem(file, "images_too_many");
    return false;
  }
  --images_left_;
  pixels_left_ -= size->width * size->height;
  const auto grey = image::decode_grey(octets, limits);
  if (!grey) {
    problem(file, "image_broken", grey.error().detail);
    return false;
  }
  for (auto& code : image::read_qr(*grey)) {
    links_.add_target(code, LinkOrigin::qr);
    reading_.codes.push_back({file.part, std::move(code)});
  }
  return true;
}

}  // namespace weir::mail
