// Only the operators that move or show text are followed. Blanks and line ends are told by where
// strings begin and end on the page, since most writers place words, not blanks.
#include "document/pdf_page.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/utf8.h"
#include "document/ascii.h"

namespace weir::document {
namespace {

constexpr std::size_t kOperandsMax = 1'024;
constexpr std::size_t kStatesMax = 128;   // q without Q
constexpr std::size_t kFormsDeepMax = 8;  // forms in forms
constexpr std::size_t kFontsMax = 1'000;
constexpr std::size_t kPiecesMax = 20'000;
constexpr std::size_t kStringOctetsMax = 65'536;

using Token = PdfToken::Kind;
using Type = PdfValue::Type;

struct State {
  PdfMatrix ctm;
  const PdfFont* font = nullptr;
  double size = 0;
  double char_space = 0, word_space = 0, scale = 1, leading = 0, rise = 0;
  int mode = 0;
};

struct Frame {
  std::string octets;
  const PdfValue* resources = nullptr;
  std::size_t at = 0;
  std::size_t states = 0;  // on the stack when it began
};

struct Point {
  double x = 0, y = 0;
};

double finite(double value) { return std::isfinite(value) ? std::clamp(value, -1e9, 1e9) : 0; }

// One stream of text: what stands near its end goes on the same line.
class Flow {
 public:
  // Where the text went.
  struct Where {
    std::size_t begin = 0, end = 0;
  };
  template <class Append>
  void put(std::string_view text, Point from, Point to, Point direction, double height,
           Append append) {
    if (begun_) {
      const double dx = from.x - end_.x, dy = from.y - end_.y;
      const double along = dx * direction.x + dy * direction.y;
      const double across = std::abs(dx * direction.y - dy * direction.x);
      const double unit = std::max(height, height_) > 0 ? std::max(height, height_) : 1;
      // Bold letters are often drawn twice, a little apart.
      if (text == last_ && std::abs(from.x - from_.x) < 0.2 * unit &&
          std::abs(from.y - from_.y) < 0.2 * unit)
        return;
      if (across > 2.2 * unit)
        append("\n\n");
      else if (across > 0.5 * unit || along < -3 * unit)
        append("\n");
      else if (along > 0.15 * unit && !ends_blank_ && !text.starts_with(' '))
        append(" ");
    }
    append(text);
    begun_ = true;
    end_ = to;
    from_ = from;
    height_ = height;
    ends_blank_ = text.ends_with(' ');
    last_.assign(text.substr(0, 64));
    if (text.size() > 64) last_.clear();
  }
  [[nodiscard]] bool begun() const { return begun_; }

 private:
  bool begun_ = false;
  bool ends_blank_ = false;
  Point end_, from_;
  double height_ = 0;
  std::string last_;
};

class Interpreter {
 public:
  Interpreter(PdfFile& file, PdfFonts& fonts, const PdfBox& page)
      : file_(file), fonts_(fonts), page_(page), states_(1) {
    frames_.reserve(kFormsDeepMax + 1);
  }

  std::vector<PdfPiece> run(std::string contents, const PdfValue& resources) {
    push_frame(std::move(contents), resources);
    while (!frames_.empty()) {
      if (run_frame()) continue;  // a form was pushed
      while (states_.size() > frames_.back().states) states_.pop_back();
      frames_.pop_back();
      if (frames_.empty()) break;
      // The state before the form.
      if (states_.size() > 1) states_.pop_back();
    }
    if (seen_.begun()) file_.out().text("\n");
    if (unseen_.begun()) file_.out().hidden("\n");
    return std::move(pieces_);
  }

 private:
  State& state() { return states_.back(); }

  void push_frame(std::string octets, const PdfValue& resources) {
    frames_.push_back({std::move(octets), &resources, 0, states_.size()});
  }

  // False at the end of the frame; true if another one lies on it.
  bool run_frame() {
    const std::size_t depth = frames_.size();
    PdfLexer lexer(frames_.back().octets, frames_.back().at, file_.work());
    operands_.clear();
    for (;;) {
      const PdfToken token = lexer.next();
      if (token.kind == Token::end) return false;
      if (token.kind != Token::keyword) {
        if (operands_.size() < kOperandsMax)
          operands_.push_back(token);
        else
          show_long_array();
        continue;
      }
      if (!file_.work().take_step()) return false;
      if (token.raw == "ID")
        skip_image(lexer);
      else
        apply(token.raw);
      operands_.clear();
      if (frames_.size() > depth) {
        frames_[depth - 1].at = lexer.at();
        return true;
      }
    }
  }

  // A TJ array of any length: what has come of it is shown.
  void show_long_array() {
    if (operands_.front().kind != Token::array_begin) return;
    show_array();
    operands_.resize(1);
  }

  // The data of an image inside the contents ends with EI between blanks.
  static void skip_image(PdfLexer& lexer) {
    const std::string_view octets = lexer.octets();
    for (std::size_t at = octets.find("EI", lexer.at()); at != std::string_view::npos;
         at = octets.find("EI", at + 2)) {
      const bool before = at > 0 && is_pdf_blank(octets[at - 1]);
      const bool behind = at + 2 >= octets.size() || is_pdf_blank(octets[at + 2]);
      if (!before || !behind) continue;
      lexer.move_to(at + 2);
      return;
    }
    lexer.move_to(octets.size());
  }

  [[nodiscard]] double number(std::size_t index) const {
    return index < operands_.size() ? finite(operands_[index].number) : 0;
  }
  [[nodiscard]] PdfMatrix matrix() const {
    return {number(0), number(1), number(2), number(3), number(4), number(5)};
  }

  void apply(std::string_view op) {
    switch (op.size()) {
      case 1: apply_short(op.front()); return;
      case 2: apply_pair(op[0], op[1]); return;
      default: return;
    }
  }

  void apply_short(char op) {
    switch (op) {
      case 'q':
        if (states_.size() < kStatesMax)
          states_.push_back(State(state()));
        else
          ++states_dropped_;
        break;
      case 'Q':
        if (states_dropped_ > 0)
          --states_dropped_;
        else if (states_.size() > frames_.back().states)
          states_.pop_back();
        break;
      case '\'':
        next_line();
        show_operand(0);
        break;
      case '"':
        state().word_space = number(0);
        state().char_space = number(1);
        next_line();
        show_operand(2);
        break;
      default: break;
    }
  }

  static constexpr int pair(char a, char b) { return (a << 8) | b; }

  void apply_pair(char first, char second) {
    State& now = state();
    switch (pair(first, second)) {
      case pair('c', 'm'): now.ctm = matrix().times(now.ctm); break;
      case pair('B', 'T'):
        line_ = {};
        text_ = {};
        break;
      case pair('T', 'c'): now.char_space = number(0); break;
      case pair('T', 'w'): now.word_space = number(0); break;
      case pair('T', 'z'): now.scale = number(0) / 100; break;
      case pair('T', 'L'): now.leading = number(0); break;
      case pair('T', 's'): now.rise = number(0); break;
      case pair('T', 'r'): now.mode = static_cast<int>(std::clamp(number(0), 0., 7.)); break;
      case pair('T', 'f'): set_font(); break;
      case pair('T', 'd'): move(number(0), number(1)); break;
      case pair('T', 'D'):
        now.leading = -number(1);
        move(number(0), number(1));
        break;
      case pair('T', 'm'):
        line_ = matrix();
        text_ = line_;
        break;
      case pair('T', '*'): next_line(); break;
      case pair('T', 'j'): show_operand(0); break;
      case pair('T', 'J'): show_array(); break;
      case pair('D', 'o'): do_form(); break;
      default: break;
    }
  }

  void move(double x, double y) {
    line_ = PdfMatrix{1, 0, 0, 1, x, y}.times(line_);
    text_ = line_;
  }
  void next_line() { move(0, -state().leading); }

  void set_font() {
    if (operands_.empty() || operands_.front().kind != Token::name) return;
    state().size = number(1);
    const PdfValue& fonts = file_.get(*frames_.back().resources, "Font");
    const PdfValue& entry = fonts.at(operands_.front().raw);
    state().font = entry.is_null() ? nullptr : fonts_.find(entry);
  }

  void do_form() {
    if (operands_.empty() || operands_.front().kind != Token::name) return;
    const PdfValue& form =
        file_.get(file_.get(*frames_.back().resources, "XObject"), operands_.front().raw);
    if (form.stream_at == 0 || !file_.get(form, "Subtype").is_name("Form")) return;
    if (frames_.size() >= kFormsDeepMax || states_.size() >= kStatesMax) {
      file_.out().problem("too_deep");
      return;
    }
    std::string contents = file_.stream(form);
    if (contents.empty()) return;
    states_.push_back(State(state()));
    const PdfValue& matrix = file_.get(form, "Matrix");
    if (matrix.items.size() == 6) {
      double m[6];
      for (std::size_t i = 0; i < 6; ++i) m[i] = finite(file_.resolve(matrix.items[i]).number);
      state().ctm = PdfMatrix{m[0], m[1], m[2], m[3], m[4], m[5]}.times(state().ctm);
    }
    const PdfValue& own = file_.get(form, "Resources");
    push_frame(std::move(contents), own.is_null() ? *frames_.back().resources : own);
  }

  void show_operand(std::size_t index) {
    if (index >= operands_.size()) return;
    const PdfToken& token = operands_[index];
    if (token.kind != Token::string && token.kind != Token::hex_string) return;
    show(token);
  }

  void show_array() {
    const State& now = state();
    for (const PdfToken& token : operands_) {
      if (token.kind == Token::number) {
        advance(-finite(token.number) / 1'000 * now.size * now.scale);
      } else if (token.kind == Token::string || token.kind == Token::hex_string) {
        show(token);
      }
    }
  }

  void advance(double x) {
    text_.e = finite(text_.e + x * text_.a);
    text_.f = finite(text_.f + x * text_.b);
  }

  void show(const PdfToken& token) {
    const State& now = state();
    if (now.font == nullptr) {
      file_.out().problem("pdf_font_missing");
      return;
    }
    const std::string octets =
        pdf_string({.kind = token.kind, .raw = token.raw.substr(0, kStringOctetsMax)});
    shown_.clear();
    const PdfFont::Shown shown = now.font->show(octets, shown_);
    if (shown.unmapped > 0) file_.out().problem("pdf_font_unmapped");
    const PdfMatrix at = text_.times(now.ctm);
    const Point from{at.e + now.rise * at.c, at.f + now.rise * at.d};
    advance((shown.width / 1'000 * now.size + static_cast<double>(shown.codes) * now.char_space +
             static_cast<double>(shown.blanks) * now.word_space) *
            now.scale);
    const PdfMatrix behind = text_.times(now.ctm);
    const Point to{behind.e + now.rise * behind.c, behind.f + now.rise * behind.d};
    put(shown_, at, from, to);
  }

  void put(std::string& text, const PdfMatrix& at, Point from, Point to) {
    // NUL and other controls draw nothing that is text.
    std::erase_if(text, [](char c) { return octet(c) < 0x20 && c != '\t' && c != '\n'; });
    if (text.empty()) return;
    const double length = std::hypot(at.a, at.b);
    const Point direction = length > 0 ? Point{at.a / length, at.b / length} : Point{1, 0};
    const double height = finite(std::abs(state().size) * std::hypot(at.c, at.d));
    const bool outside = page_.known && (std::max(from.x, to.x) < page_.left ||
                                         std::min(from.x, to.x) > page_.right ||
                                         from.y + height < page_.bottom || from.y > page_.top);
    Output& out = file_.out();
    if (state().mode == 3 || state().mode == 7 || outside ||
        (height < 0.7 && !state().font->is_type3())) {
      unseen_.put(text, from, to, direction, height, [&](std::string_view s) { out.hidden(s); });
      return;
    }
    const std::string& all = out.document().text;
    std::size_t begin = all.size();
    seen_.put(text, from, to, direction, height, [&](std::string_view s) {
      begin = all.size();
      out.text(s);
    });
    if (all.size() > begin && pieces_.size() < kPiecesMax)
      pieces_.push_back(
          {std::min(from.x, to.x), std::max(from.x, to.x), from.y + height / 3, begin, all.size()});
  }

  PdfFile& file_;
  PdfFonts& fonts_;
  PdfBox page_;
  std::vector<Frame> frames_;
  std::vector<State> states_;
  std::size_t states_dropped_ = 0;
  std::vector<PdfToken> operands_;
  PdfMatrix line_, text_;
  std::string shown_;
  Flow seen_, unseen_;
  std::vector<PdfPiece> pieces_;
};

}  // namespace

PdfMatrix PdfMatrix::times(const PdfMatrix& then) const {
  return {finite(a * then.a + b * then.c),          finite(a * then.b + b * then.d),
          finite(c * then.a + d * then.c),          finite(c * then.b + d * then.d),
          finite(e * then.a + f * then.c + then.e), finite(e * then.b + f * then.d + then.f)};
}

PdfBox pdf_box(PdfFile& file, const PdfValue& array) {
  if (!array.is(Type::array) || array.items.size() < 4) return {};
  double n[4];
  for (std::size_t i = 0; i < 4; ++i) n[i] = finite(file.resolve(array.items[i]).number);
  return {std::min(n[0], n[2]), std::min(n[1], n[3]), std::max(n[0], n[2]), std::max(n[1], n[3]),
          true};
}

const PdfFont* PdfFonts::find(const PdfValue& reference) {
  const PdfValue& dictionary = file_.resolve(reference);
  if (!dictionary.is(Type::dictionary)) return nullptr;
  if (const auto found = fonts_.find(&dictionary); found != fonts_.end())
    return found->second.get();
  if (fonts_.size() >= kFontsMax) return nullptr;
  auto font = std::make_unique<PdfFont>(file_, dictionary);
  return fonts_.emplace(&dictionary, std::move(font)).first->second.get();
}

std::vector<PdfPiece> read_pdf_contents(PdfFile& file, PdfFonts& fonts, const PdfValue& resources,
                                        std::string contents, const PdfBox& page) {
  return Interpreter(file, fonts, page).run(std::move(contents), resources);
}

}  // namespace weir::document
