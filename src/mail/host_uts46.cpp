#include "mail/host_uts46.h"

#include <unicode/uidna.h>

#include <array>
#include <memory>

#include "base/ascii.h"

namespace weir::mail {
namespace {

const UIDNA* uts46() {
  static const std::unique_ptr<UIDNA, decltype(&uidna_close)> idna = [] {
    UErrorCode error = U_ZERO_ERROR;
    UIDNA* made = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, &error);
    return std::unique_ptr<UIDNA, decltype(&uidna_close)>(U_SUCCESS(error) ? made : nullptr,
                                                          &uidna_close);
  }();
  return idna.get();
}

}  // namespace

std::string to_ascii_name(std::string_view utf8) {
  const UIDNA* idna = uts46();
  if (idna == nullptr) return {};
  std::array<char, 512> buffer{};
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t length = uidna_nameToASCII_UTF8(
      idna, utf8.data(), static_cast<std::int32_t>(utf8.size()), buffer.data(),
      static_cast<std::int32_t>(buffer.size()), &info, &error);
  // Errors of single labels (a hyphen in a wrong place) leave a name that can be looked up; U+FFFD
  // marks one that cannot.
  if (U_FAILURE(error) || length <= 0 || static_cast<std::size_t>(length) > buffer.size())
    return {};
  return lower({buffer.data(), static_cast<std::size_t>(length)});
}

std::string to_unicode_name(std::string_view ascii) {
  const UIDNA* idna = uts46();
  if (idna == nullptr) return {};
  std::array<char, 1'024> buffer{};
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t length = uidna_nameToUnicodeUTF8(
      idna, ascii.data(), static_cast<std::int32_t>(ascii.size()), buffer.data(),
      static_cast<std::int32_t>(buffer.size()), &info, &error);
  if (U_FAILURE(error) || length <= 0 || static_cast<std::size_t>(length) > buffer.size())
    return {};
  return {buffer.data(), static_cast<std::size_t>(length)};
}

}  // namespace weir::mail
