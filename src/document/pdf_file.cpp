#include "document/pdf_file.h"

#include <algorithm>

#include "document/ascii.h"
#include "document/filters.h"

namespace weir::document {
namespace {

constexpr std::size_t kSectionsMax = 512;  // of the chain: updates of one file
constexpr std::size_t kFiltersMax = 8;
constexpr std::size_t kReferencesMax = 16;  // from one to the next
constexpr std::size_t kLoadingMax = 16;     // objects that are loaded for another's sake
constexpr std::size_t kValuesMax = 500'000;
constexpr std::size_t kPacksMax = 1'000;

using Token = PdfToken::Kind;
using Type = PdfValue::Type;

// Enough for every honest file: each octet of it and of its streams is read once or twice.
std::size_t octets_to_read(std::size_t size, const Limits& limits) {
  return 16 * size + 4 * limits.inflated_octets + 65'536;
}

// The number before the end, with the blanks around it left out.
std::optional<std::uint32_t> number_before(std::string_view octets, std::size_t& end) {
  while (end > 0 && is_pdf_blank(octets[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && is_digit(octets[begin - 1]) && end - begin < 10) --begin;
  if (begin == end) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = begin; i < end; ++i)
    value = value * 10 + static_cast<unsigned>(octets[i] - '0');
  end = begin;
  if (value > 0xFFFFFFFF) return std::nullopt;
  return static_cast<std::uint32_t>(value);
}

}  // namespace

PdfFile::PdfFile(std::string_view octets, Output& out)
    : octets_(octets), out_(out), values_left_(kValuesMax) {
  // Offsets count from the head; what stands before it was put there by others.
  const std::size_t head = octets.substr(0, 1'024).find("%PDF-");
  if (head == std::string_view::npos)
    out.problem("pdf_without_head");
  else
    octets_.remove_prefix(head);
  work_.octets = octets_to_read(octets.size(), out.limits());
  work_.steps = out.limits().steps;
  if (!read_chain() || !root().is(Type::dictionary)) fall_back_to_scan();
}

const PdfValue& PdfFile::root() { return resolve(root_); }

void PdfFile::fall_back_to_scan() {
  if (scanned_) return;
  out_.problem("pdf_xref_broken");
  scan();
}

const PdfValue& PdfFile::resolve(const PdfValue& value) {
  const PdfValue* at = &value;
  for (std::size_t i = 0; i < kReferencesMax && at->is(Type::reference); ++i)
    at = &object(at->object_number());
  return at->is(Type::reference) ? null_pdf_value() : *at;
}

const PdfValue& PdfFile::object(std::uint32_t number) {
  if (const auto found = objects_.find(number); found != objects_.end()) return found->second;
  if (loading_.size() >= kLoadingMax || !loading_.insert(number).second) return null_pdf_value();
  PdfValue value = load(number);
  loading_.erase(number);
  // Elements of an unordered_map stay where they are.
  return objects_.emplace(number, std::move(value)).first->second;
}

PdfValue PdfFile::load(std::uint32_t number) {
  auto place = places_.find(number);
  if (place == places_.end()) return {};
  if (place->second.packed) return load_packed(place->second, number);
  if (auto value = read_object_at(place->second.at, number)) return std::move(*value);
  if (scanned_) return {};
  // The table lies; the objects are still there.
  fall_back_to_scan();
  place = places_.find(number);
  if (place == places_.end()) return {};
  if (place->second.packed) return load_packed(place->second, number);
  if (auto value = read_object_at(place->second.at, number)) return std::move(*value);
  return {};
}

std::optional<PdfValue> PdfFile::read_object_at(std::size_t at,
                                                std::optional<std::uint32_t> number) {
  if (at >= octets_.size()) return std::nullopt;
  PdfLexer lexer(octets_, at, work_);
  const PdfToken first = lexer.next();
  const PdfToken second = lexer.next();
  const PdfToken third = lexer.next();
  if (first.kind != Token::number || second.kind != Token::number || third.kind != Token::keyword ||
      !third.raw.starts_with("obj"))
    return std::nullopt;
  if (number && first.number != static_cast<double>(*number)) return std::nullopt;
  // "obj" may run into what follows it.
  if (third.raw.size() > 3) lexer.move_to(lexer.at() - (third.raw.size() - 3));
  std::string_view end;
  PdfValue value = read_pdf_value(lexer, values_left_, &end);
  if (values_left_ == 0) out_.problem("pdf_too_complex");
  if (end == "stream" && value.is(Type::dictionary)) {
    std::size_t begin = lexer.at();
    if (begin < octets_.size() && octets_[begin] == '\r') ++begin;
    if (begin < octets_.size() && octets_[begin] == '\n') ++begin;
    value.stream_at = begin;
  }
  return value;
}

PdfFile::Pack* PdfFile::pack(std::uint32_t number) {
  if (const auto found = packs_.find(number); found != packs_.end()) return &found->second;
  if (packs_.size() >= kPacksMax) return nullptr;
  const PdfValue& dictionary = object(number);
  if (dictionary.stream_at == 0) return nullptr;
  Pack& made = packs_[number];
  made.octets = stream(dictionary);
  const auto first = static_cast<std::size_t>(
      std::max<std::int64_t>(0, resolve(dictionary.at("First")).integer()));
  const auto count = resolve(dictionary.at("N")).integer();
  PdfLexer lexer(made.octets, 0, work_);
  for (std::int64_t i = 0; i < count && lexer.at() < first; ++i) {
    const PdfToken object_number = lexer.next();
    const PdfToken offset = lexer.next();
    if (object_number.kind != Token::number || offset.kind != Token::number) break;
    if (made.objects.size() >= out_.limits().objects) break;
    const double at = static_cast<double>(first) + offset.number;
    if (at < 0 || at > static_cast<double>(made.octets.size())) continue;
    made.objects.emplace_back(static_cast<std::uint32_t>(std::clamp(object_number.number, 0., 4e9)),
                              static_cast<std::size_t>(at));
  }
  return &made;
}

PdfValue PdfFile::load_packed(const Place& place, std::uint32_t number) {
  Pack* in = pack(static_cast<std::uint32_t>(place.at));
  if (in == nullptr) return {};
  auto found = in->objects.end();
  if (place.index < in->objects.size() && in->objects[place.index].first == number)
    found = in->objects.begin() + place.index;
  else
    found = std::ranges::find(in->objects, number, &std::pair<std::uint32_t, std::size_t>::first);
  if (found == in->objects.end()) return {};
  // Objects stand in the order of their numbers in the list; the next one is the end of this.
  std::size_t end = in->octets.size();
  if (found + 1 != in->objects.end() && (found + 1)->second > found->second)
    end = (found + 1)->second;
  PdfLexer lexer(std::string_view(in->octets).substr(0, end), found->second, work_);
  return read_pdf_value(lexer, values_left_);
}

// ---- streams

std::string_view PdfFile::raw_stream(const PdfValue& dictionary) {
  const std::size_t begin = dictionary.stream_at;
  if (begin == 0 || begin > octets_.size()) return {};
  const std::string_view rest = octets_.substr(begin);
  const std::int64_t length = resolve(dictionary.at("Length")).integer(-1);
  if (length >= 0 && static_cast<std::size_t>(length) <= rest.size()) {
    std::string_view behind = rest.substr(static_cast<std::size_t>(length)).substr(0, 32);
    while (!behind.empty() && is_pdf_blank(behind.front())) behind.remove_prefix(1);
    if (behind.starts_with("endstream") || behind.starts_with("endobj"))
      return rest.substr(0, static_cast<std::size_t>(length));
  }
  std::size_t end = std::min(rest.find("endstream"), rest.size());
  if (!work_.take_octets(end)) return {};
  if (end == rest.size()) out_.problem("pdf_stream_unclosed");
  while (end > 0 && (rest[end - 1] == '\n' || rest[end - 1] == '\r')) --end;
  return rest.substr(0, end);
}

std::string PdfFile::stream(const PdfValue& dictionary) {
  const std::string_view raw = raw_stream(dictionary);
  if (raw.empty() || !work_.take_octets(raw.size())) return {};
  const PdfValue& filter =
      resolve(dictionary.at("Filter").is_null() ? dictionary.at("F") : dictionary.at("Filter"));
  const PdfValue& parameters = resolve(
      dictionary.at("DecodeParms").is_null() ? dictionary.at("DP") : dictionary.at("DecodeParms"));
  std::vector<const PdfValue*> filters, parameter_list;
  if (filter.is(Type::name)) {
    filters.push_back(&filter);
    parameter_list.push_back(parameters.is(Type::array) && !parameters.items.empty()
                                 ? &resolve(parameters.items.front())
                                 : &parameters);
  } else if (filter.is(Type::array)) {
    for (std::size_t i = 0; i < filter.items.size() && i < kFiltersMax; ++i) {
      filters.push_back(&resolve(filter.items[i]));
      parameter_list.push_back(parameters.is(Type::array) && i < parameters.items.size()
                                   ? &resolve(parameters.items[i])
                                   : &null_pdf_value());
    }
  }
  std::string octets;
  std::string_view in = raw;
  for (std::size_t i = 0; i < filters.size(); ++i) {
    const std::string_view name = filters[i]->raw;
    const PdfValue& with = *parameter_list[i];
    const std::size_t room = out_.inflated_left();
    Filtered done;
    if (name == "FlateDecode" || name == "Fl")
      done = inflate_octets(in, room);
    else if (name == "LZWDecode" || name == "LZW")
      done = decode_lzw(in, room, get(with, "EarlyChange").integer(1) != 0);
    else if (name == "ASCII85Decode" || name == "A85")
      done = decode_ascii85(in, room);
    else if (name == "ASCIIHexDecode" || name == "AHx")
      done = decode_ascii_hex(in, room);
    else if (name == "RunLengthDecode" || name == "RL")
      done = decode_run_length(in, room);
    else if (name != "Crypt")
      return {};  // an image
    else
      done.octets = in;
    if (done.cut) out_.problem("pdf_too_much_inflated");
    if (done.broken) out_.problem("pdf_stream_broken");
    const auto number = [&](std::string_view key, std::int64_t otherwise) {
      return std::max<std::int64_t>(0, get(with, key).integer(otherwise));
    };
    const Predictor predictor{
        .kind = static_cast<int>(std::min<std::int64_t>(number("Predictor", 1), 15)),
        .colors = static_cast<std::size_t>(number("Colors", 1)),
        .bits = static_cast<std::size_t>(number("BitsPerComponent", 8)),
        .columns = static_cast<std::size_t>(number("Columns", 1))};
    octets = undo_predictor(std::move(done.octets), predictor);
    out_.count_inflated(octets.size());
    in = octets;
  }
  return filters.empty() ? std::string(raw) : octets;
}

// ---- cross-reference sections

bool PdfFile::read_chain() {
  const std::size_t tail = octets_.size() > 2'048 ? octets_.size() - 2'048 : 0;
  const std::size_t word = octets_.rfind("startxref");
  if (word == std::string_view::npos || word < tail) return false;
  PdfLexer lexer(octets_, word + 9, work_);
  const PdfToken offset = lexer.next();
  if (offset.kind != Token::number) return false;
  std::vector<std::size_t> pending;
  std::unordered_set<std::size_t> seen;
  std::optional<std::size_t> next = static_cast<std::size_t>(std::clamp(offset.number, 0., 1e15));
  while (next && seen.size() < kSectionsMax) {
    if (!seen.insert(*next).second) {
      out_.problem("pdf_xref_loop");
      break;
    }
    const std::size_t before = trailers_.size();
    const std::optional<std::size_t> previous = read_section(*next);
    if (trailers_.size() == before) return false;
    next = previous;
  }
  return true;
}

std::optional<std::size_t> PdfFile::read_section(std::size_t at) {
  if (at >= octets_.size()) return std::nullopt;
  PdfLexer lexer(octets_, at, work_);
  const PdfToken first = lexer.next();
  if (first.kind == Token::keyword && first.raw == "xref") return read_table(lexer);
  if (first.kind == Token::number) return read_xref_stream(at);
  return std::nullopt;
}

std::optional<std::size_t> PdfFile::read_table(PdfLexer& lexer) {
  for (;;) {
    const PdfToken first = lexer.next();
    if (first.kind == Token::keyword && first.raw == "trailer") break;
    const PdfToken count = lexer.next();
    if (first.kind != Token::number || count.kind != Token::number) return std::nullopt;
    for (double i = 0; i < count.number; ++i) {
      const PdfToken offset = lexer.next();
      if (offset.kind != Token::number) {
        if (offset.kind != Token::keyword || offset.raw != "trailer") return std::nullopt;
        lexer.move_to(lexer.at() - 7);
        break;
      }
      (void)lexer.next();  // generation
      const PdfToken use = lexer.next();
      if (use.kind != Token::keyword) return std::nullopt;
      if (use.raw == "n")
        add_place(static_cast<std::uint32_t>(std::clamp(first.number + i, 0., 4e9)),
                  {.at = static_cast<std::size_t>(std::clamp(offset.number, 0., 1e15))});
    }
  }
  trailers_.push_back(read_pdf_value(lexer, values_left_));
  const PdfValue& trailer = trailers_.back();
  if (!trailer.is(Type::dictionary)) {
    trailers_.pop_back();
    return std::nullopt;
  }
  take_trailer(trailer);
  // A hybrid file keeps the packed objects in a stream beside the table.
  if (const std::int64_t hybrid = trailer.at("XRefStm").integer(-1); hybrid > 0)
    (void)read_xref_stream(static_cast<std::size_t>(hybrid));
  const std::int64_t previous = trailer.at("Prev").integer(-1);
  return previous >= 0 ? std::optional(static_cast<std::size_t>(previous)) : std::nullopt;
}

std::optional<std::size_t> PdfFile::read_xref_stream(std::size_t at) {
  auto read = read_object_at(at, std::nullopt);
  if (!read || read->stream_at == 0) return std::nullopt;
  trailers_.push_back(std::move(*read));
  const PdfValue& trailer = trailers_.back();
  take_trailer(trailer);
  std::size_t widths[3] = {1, 2, 1};
  const PdfValue& w = trailer.at("W");
  for (std::size_t i = 0; i < 3 && i < w.items.size(); ++i)
    widths[i] = static_cast<std::size_t>(std::clamp<std::int64_t>(w.items[i].integer(), 0, 8));
  const std::size_t row = widths[0] + widths[1] + widths[2];
  const std::string table = stream(trailer);
  std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
  const PdfValue& index = trailer.at("Index");
  for (std::size_t i = 0; i + 1 < index.items.size(); i += 2)
    ranges.emplace_back(index.items[i].integer(), index.items[i + 1].integer());
  if (ranges.empty()) ranges.emplace_back(0, trailer.at("Size").integer());
  std::size_t i = 0;
  for (const auto& [first, count] : ranges) {
    for (std::int64_t n = 0; n < count && row > 0 && i + row <= table.size(); ++n, i += row) {
      std::uint64_t fields[3] = {widths[0] == 0 ? 1U : 0U, 0, 0};
      std::size_t at_octet = i;
      for (std::size_t f = 0; f < 3; ++f)
        for (std::size_t k = 0; k < widths[f]; ++k)
          fields[f] = (fields[f] << 8) | octet(table[at_octet++]);
      const auto number =
          static_cast<std::uint32_t>(std::clamp<std::int64_t>(first, 0, 1LL << 31) + n);
      if (fields[0] == 1)
        add_place(number, {.at = static_cast<std::size_t>(fields[1])});
      else if (fields[0] == 2)
        add_place(number, {.packed = true,
                           .at = static_cast<std::size_t>(fields[1]),
                           .index = static_cast<std::uint32_t>(fields[2] & 0xFFFFFFFF)});
    }
  }
  const std::int64_t previous = trailer.at("Prev").integer(-1);
  return previous >= 0 ? std::optional(static_cast<std::size_t>(previous)) : std::nullopt;
}

void PdfFile::add_place(std::uint32_t number, const Place& place) {
  if (places_.size() >= out_.limits().objects) {
    out_.problem("pdf_too_many_objects");
    return;
  }
  places_.emplace(number, place);  // the newest section is read first, and stays
}

// The newest one counts, which is read first.
void PdfFile::take_trailer(const PdfValue& trailer) {
  // A reference only: what stands in the trailer itself would go with it.
  if (root_.is_null() && trailer.at("Root").is(Type::reference)) root_ = trailer.at("Root");
  if (info_.is_null() && trailer.at("Info").is(Type::reference)) info_ = trailer.at("Info");
  if (!trailer.at("Encrypt").is_null()) encrypted_ = true;
}

// ---- the scan

void PdfFile::scan() {
  scanned_ = true;
  places_.clear();
  root_ = {};
  info_ = {};
  std::size_t count = 0;
  for (std::size_t at = octets_.find("obj"); at != std::string_view::npos;
       at = octets_.find("obj", at + 3)) {
    std::size_t end = at;
    const auto generation = number_before(octets_, end);
    if (!generation || end == 0 || !is_pdf_blank(octets_[end - 1])) continue;
    const auto number = number_before(octets_, end);
    if (!number) continue;
    if (++count > out_.limits().objects) {
      out_.problem("pdf_too_many_objects");
      break;
    }
    places_[*number] = {.at = end};  // the last one counts
  }
  // The last trailer with a root counts.
  for (std::size_t at = octets_.rfind("trailer"); at != std::string_view::npos && root_.is_null();
       at = at == 0 ? std::string_view::npos : octets_.rfind("trailer", at - 1)) {
    PdfLexer lexer(octets_, at + 7, work_);
    trailers_.push_back(read_pdf_value(lexer, values_left_));
    take_trailer(trailers_.back());
    if (work_.exhausted || trailers_.size() > kSectionsMax) break;
  }
  scan_packs();
}

// Object streams, and dictionaries that tell what trailers would have told.
void PdfFile::scan_packs() {
  std::vector<std::pair<std::size_t, std::uint32_t>> order;
  order.reserve(places_.size());
  for (const auto& [number, place] : places_) order.emplace_back(place.at, number);
  std::ranges::sort(order);
  for (std::size_t i = 0; i < order.size() && !work_.exhausted; ++i) {
    const std::size_t next = i + 1 < order.size() ? order[i + 1].first : octets_.size();
    // The dictionary stands at the front; streams are not searched.
    const std::string_view head =
        octets_.substr(order[i].first, std::min<std::size_t>(next - order[i].first, 1'024));
    if (!work_.take_octets(head.size() / 8)) break;
    const bool is_pack = head.find("/ObjStm") != std::string_view::npos;
    const bool is_trailer = head.find("/XRef") != std::string_view::npos;
    const bool is_catalog = root_.is_null() && head.find("/Catalog") != std::string_view::npos;
    if (!is_pack && !is_trailer && !is_catalog) continue;
    const PdfValue& value = object(order[i].second);
    if (is_trailer && value.at("Type").is_name("XRef")) {
      if (value.at("Root").is(Type::reference)) root_ = value.at("Root");
      if (!value.at("Encrypt").is_null()) encrypted_ = true;
    }
    if (is_catalog && value.at("Type").is_name("Catalog")) {
      root_ = {};
      root_.type = Type::reference;
      root_.number = order[i].second;
    }
    if (!is_pack || !value.at("Type").is_name("ObjStm")) continue;
    const Pack* in = pack(order[i].second);
    if (in == nullptr) continue;
    for (std::uint32_t index = 0; index < in->objects.size(); ++index) {
      if (places_.size() >= out_.limits().objects) break;
      const std::uint32_t number = in->objects[index].first;
      places_.emplace(number, Place{.packed = true, .at = order[i].second, .index = index});
      if (root_.is_null() &&
          std::string_view(in->octets).substr(in->objects[index].second, 256).find("/Catalog") !=
              std::string_view::npos) {
        root_.type = Type::reference;
        root_.number = number;
      }
    }
  }
}

}  // namespace weir::document
