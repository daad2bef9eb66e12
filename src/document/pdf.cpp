#include "document/pdf.h"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <vector>

#include "document/pdf_file.h"
#include "document/pdf_page.h"

namespace weir::document {
namespace {

constexpr std::size_t kTreeDepthMax = 64;
constexpr std::size_t kActionsMax = 8;          // one after another
constexpr std::size_t kAnnotationsMax = 2'000;  // of a page
constexpr std::size_t kContentsMax = 1'000;     // streams of a page
constexpr std::size_t kPieceChecksMax = 2'000'000;

using Type = PdfValue::Type;

// What a page takes from the nodes above it.
struct Inherited {
  const PdfValue* resources = &null_pdf_value();
  const PdfValue* media_box = &null_pdf_value();
  const PdfValue* crop_box = &null_pdf_value();
};

class Reader {
 public:
  Reader(std::string_view octets, Output& out) : out_(out), file_(octets, out), fonts_(file_) {}

  void read() {
    if (file_.is_encrypted()) {
      // Texts and strings would be noise.
      out_.problem("pdf_encrypted");
      count_pages_only_ = true;
    }
    read_pages();
    if (out_.document().pages == 0 && !scanned_) {
      scanned_ = true;
      file_.fall_back_to_scan();
      read_pages();
    }
    if (out_.document().pages == 0) out_.problem("pdf_without_pages");
    read_catalog();
    if (file_.work().exhausted) out_.problem("pdf_too_complex");
  }

  [[nodiscard]] std::size_t steps_left() { return file_.work().steps; }

 private:
  struct Node {
    const PdfValue* value = nullptr;
    Inherited inherited;
    std::size_t depth = 0;
  };

  void read_pages() {
    std::vector<Node> open;
    open.push_back({&file_.get(file_.root(), "Pages"), {}, 0});
    std::unordered_set<const PdfValue*> seen;
    while (!open.empty() && !file_.work().exhausted) {
      Node node = open.back();
      open.pop_back();
      const PdfValue& value = *node.value;
      if (!value.is(Type::dictionary)) continue;
      if (!seen.insert(&value).second) {
        out_.problem("pdf_page_loop");
        continue;
      }
      if (const PdfValue& own = file_.get(value, "Resources"); own.is(Type::dictionary))
        node.inherited.resources = &own;
      if (const PdfValue& own = file_.get(value, "MediaBox"); own.is(Type::array))
        node.inherited.media_box = &own;
      if (const PdfValue& own = file_.get(value, "CropBox"); own.is(Type::array))
        node.inherited.crop_box = &own;
      const PdfValue& kids = file_.get(value, "Kids");
      if (!kids.is(Type::array)) {
        if (out_.document().pages >= out_.limits().pages) {
          out_.problem("pdf_too_many_pages");
          return;
        }
        ++out_.document().pages;
        if (!count_pages_only_) read_page(value, node.inherited);
        continue;
      }
      if (node.depth >= kTreeDepthMax) {
        out_.problem("too_deep");
        continue;
      }
      // The first kid on top.
      for (std::size_t i = kids.items.size(); i-- > 0;) {
        if (open.size() >= out_.limits().objects) break;
        if (!file_.work().take_octets(1)) break;
        open.push_back({&file_.resolve(kids.items[i]), node.inherited, node.depth + 1});
      }
    }
  }

  void read_page(const PdfValue& page, const Inherited& inherited) {
    std::string contents;
    const PdfValue& streams = file_.get(page, "Contents");
    if (streams.stream_at != 0) {
      contents = file_.stream(streams);
    } else {
      for (std::size_t i = 0; i < streams.items.size() && i < kContentsMax; ++i) {
        contents += file_.stream(file_.resolve(streams.items[i]));
        contents += '\n';  // a token never goes on in the next stream
      }
    }
    PdfBox box = pdf_box(file_, *inherited.media_box);
    if (const PdfBox crop = pdf_box(file_, *inherited.crop_box);
        crop.known && crop.right > crop.left && crop.top > crop.bottom)
      box = crop;
    if (box.right <= box.left || box.top <= box.bottom) box.known = false;
    const std::vector<PdfPiece> pieces =
        read_pdf_contents(file_, fonts_, *inherited.resources, std::move(contents), box);
    read_annotations(page, pieces);
    look_for_actions(page);
  }

  void read_annotations(const PdfValue& page, const std::vector<PdfPiece>& pieces) {
    const PdfValue& list = file_.get(page, "Annots");
    for (std::size_t i = 0; i < list.items.size() && i < kAnnotationsMax; ++i) {
      const PdfValue& annotation = file_.resolve(list.items[i]);
      if (!annotation.is(Type::dictionary) || !file_.work().take_step()) continue;
      const PdfValue& kind = file_.get(annotation, "Subtype");
      if (const PdfValue& action = file_.get(annotation, "A"); !action.is_null())
        read_action(action, text_under(annotation, pieces));
      look_for_actions(annotation);
      if (kind.is_name("FileAttachment")) read_file(file_.get(annotation, "FS"));
      if (kind.is_name("FreeText")) out_.line(text_of(annotation, "Contents"));
      if (kind.is_name("Text") || kind.is_name("Popup"))
        out_.hidden_line(text_of(annotation, "Contents"));
      if (kind.is_name("Widget")) read_field(annotation);
    }
  }

  // What stands inside the rectangle of an annotation.
  std::string text_under(const PdfValue& annotation, const std::vector<PdfPiece>& pieces) {
    const PdfBox box = pdf_box(file_, file_.get(annotation, "Rect"));
    if (!box.known || piece_checks_ + pieces.size() > kPieceChecksMax) return {};
    piece_checks_ += pieces.size();
    std::string under;
    for (const PdfPiece& piece : pieces) {
      const double middle = (piece.left + piece.right) / 2;
      if (piece.base < box.bottom || piece.base > box.top || middle < box.left ||
          middle > box.right)
        continue;
      const std::string_view text = out_.document().text;
      if (piece.end > text.size()) break;
      under += text.substr(piece.begin, piece.end - piece.begin);
      if (under.size() > 512) break;
    }
    return under;
  }

  void read_action(const PdfValue& first, std::string_view shown) {
    const PdfValue* action = &first;
    for (std::size_t i = 0; i < kActionsMax && action->is(Type::dictionary); ++i) {
      const PdfValue& kind = file_.get(*action, "S");
      if (kind.is_name("URI")) {
        out_.link(text_of(*action, "URI"), shown);
      } else if (kind.is_name("JavaScript")) {
        out_.signal("pdf_javascript");
      } else if (kind.is_name("Launch")) {
        out_.signal("pdf_launch");
        read_file(file_.get(*action, "F"));
      } else if (kind.is_name("SubmitForm")) {
        out_.signal("pdf_submit_form");
        const PdfValue& target = file_.get(*action, "F");
        out_.link(target.is_string() ? pdf_text(target.string()) : text_of(target, "F"), shown);
      } else if (kind.is_name("GoToR") || kind.is_name("GoToE") || kind.is_name("ImportData")) {
        read_file(file_.get(*action, "F"));
      }
      const PdfValue& next = file_.get(*action, "Next");
      action =
          next.is(Type::array) && !next.items.empty() ? &file_.resolve(next.items.front()) : &next;
    }
  }

  // Actions that need no click, or not a click on a link.
  void look_for_actions(const PdfValue& holder) {
    const PdfValue& actions = file_.get(holder, "AA");
    for (std::size_t i = 1; i < actions.items.size() && i < 64; i += 2)
      read_action(file_.resolve(actions.items[i]), {});
  }

  void read_field(const PdfValue& widget) {
    const PdfValue* field = &widget;
    // A field's own name and value may stand above its widget.
    for (std::size_t i = 0; i < kActionsMax && field->is(Type::dictionary); ++i) {
      const PdfValue& value = file_.get(*field, "V");
      if (value.is_string()) {
        out_.line(pdf_text(value.string()));
        break;
      }
      field = &file_.get(*field, "Parent");
    }
  }

  // A file specification: a name, and perhaps the file.
  void read_file(const PdfValue& file) {
    if (file.is_string()) {
      out_.name(pdf_text(file.string()));
      return;
    }
    for (const std::string_view key : {"UF", "F", "Unix", "DOS", "Mac"})
      if (const std::string name = text_of(file, key); !name.empty()) {
        if (file_.get(file, "FS").is_name("URL"))
          out_.link(name);
        else
          out_.name(name);
        return;
      }
  }

  // The values of a name tree, each given to use().
  template <class Use>
  void for_each_in_tree(const PdfValue& root, Use use) {
    std::vector<std::pair<const PdfValue*, std::size_t>> open{{&root, 0}};
    std::unordered_set<const PdfValue*> seen;
    while (!open.empty() && !file_.work().exhausted) {
      const auto [node, depth] = open.back();
      open.pop_back();
      if (!node->is(Type::dictionary) || !seen.insert(node).second) continue;
      const PdfValue& names = file_.get(*node, "Names");
      for (std::size_t i = 1; i < names.items.size(); i += 2) {
        if (!file_.work().take_step()) return;
        use(names.items[i - 1], file_.resolve(names.items[i]));
      }
      const PdfValue& kids = file_.get(*node, "Kids");
      if (depth >= kTreeDepthMax) continue;
      for (const PdfValue& kid : kids.items) {
        if (open.size() >= out_.limits().objects || !file_.work().take_octets(1)) break;
        open.emplace_back(&file_.resolve(kid), depth + 1);
      }
    }
  }

  void read_catalog() {
    const PdfValue& root = file_.root();
    if (!file_.get(root, "OpenAction").is_null()) {
      const PdfValue& action = file_.get(root, "OpenAction");
      // An array is only the page to be shown first.
      if (action.is(Type::dictionary) && !file_.get(action, "S").is_name("GoTo")) {
        out_.signal("pdf_open_action");
        if (!count_pages_only_) read_action(action, {});
      }
    }
    if (!count_pages_only_) look_for_actions(root);
    const PdfValue& names = file_.get(root, "Names");
    if (!file_.get(names, "JavaScript").is_null()) out_.signal("pdf_javascript");
    const PdfValue& files = file_.get(names, "EmbeddedFiles");
    if (!files.is_null()) out_.signal("pdf_embedded_file");
    const PdfValue& form = file_.get(root, "AcroForm");
    if (!file_.get(form, "XFA").is_null()) out_.signal("pdf_xfa");
    if (count_pages_only_) return;
    for_each_in_tree(files, [&](const PdfValue& name, const PdfValue& file) {
      const std::size_t before = out_.document().names.size();
      read_file(file);
      if (out_.document().names.size() == before) out_.name(pdf_text(name.string()));
    });
    out_.title(text_of(file_.info(), "Title"));
  }

  [[nodiscard]] std::string text_of(const PdfValue& dictionary, std::string_view key) {
    return pdf_text(file_.get(dictionary, key).string());
  }

  Output& out_;
  PdfFile file_;
  PdfFonts fonts_;
  std::size_t piece_checks_ = 0;
  bool count_pages_only_ = false;
  bool scanned_ = false;
};

}  // namespace

void read_pdf(std::string_view octets, Output& out) {
  Reader reader(octets, out);
  reader.read();
  out.document().steps = out.limits().steps - reader.steps_left();
}

}  // namespace weir::document
