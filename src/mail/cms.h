// mail/cms.h - the content inside a signed CMS object (RFC 5652), as S/MIME sends it when it does
// not use multipart/signed.
//
// Input:  BER or DER octets, transfer encoding removed. Output: the octets that were signed, in
//         place; the signature is not looked at. False, and the octets are untouched, if this is no
//         signed data with content. Cost: one pass, no recursion, no allocation.
#pragma once

#include <string>

namespace weir::mail {

[[nodiscard]] bool keep_signed_content(std::string& octets);

}  // namespace weir::mail
