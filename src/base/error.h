// base/error.h - the one way to say that something could not be done.
//
// Result<T> is returned wherever failing is normal (outside bytes, files, sockets). Exceptions are
// for bugs and for libraries; they are caught at main, at the root of a connection and at the root
// of a worker. A new Errc exists only if some caller would act differently on it; everything else
// is `detail`.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace weir {

enum class Errc : std::uint8_t {
  invalid,      // the bytes or arguments are not of the form asked for
  too_large,    // a stated limit was reached
  not_found,    // the thing named does not exist
  corrupt,      // stored data does not match its own checksum, hash or format
  conflict,     // compare-and-set lost: read the head again and decide anew
  busy,         // held by somebody else (lock, port): try later or stop the other
  permission,   // the operating system refused
  full,         // no space left
  io,           // any other failure of a file, socket or device
  unsupported,  // written by a newer program, or a form that is not implemented
};

[[nodiscard]] std::string_view to_string(Errc code);

struct Error {
  Errc code = Errc::invalid;
  std::string detail;        // one sentence for a person: what, where, what to do
  std::uint64_t offset = 0;  // octets from the start of the input, where that means something

  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline std::unexpected<Error> fail(Errc code, std::string detail,
                                                 std::uint64_t offset = 0) {
  return std::unexpected(Error{code, std::move(detail), offset});
}

// Puts what the caller knows ("while reading ledger entry 7") before the detail.
[[nodiscard]] Error with_context(Error error, std::string_view context);

namespace detail {
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);
}

}  // namespace weir

#define WEIR_CAT_(a, b) a##b
#define WEIR_CAT(a, b) WEIR_CAT_(a, b)

// WEIR_TRY(const auto x, f()): binds the value or returns the error. Statements, not an expression:
// g++ 12 crashes on a statement expression that holds co_await.
#define WEIR_TRY(declaration, expression) \
  WEIR_TRY_(WEIR_CAT(weir_try_, __LINE__), declaration, expression)
#define WEIR_TRY_(result, declaration, expression)     \
  auto result = (expression);                          \
  if (!result) [[unlikely]]                            \
    return std::unexpected(std::move(result).error()); \
  declaration = std::move(*result)

// WEIR_CHECK(f()): the same for Status.
#define WEIR_CHECK(expression)                                                  \
  do {                                                                          \
    if (auto weir_check_status = (expression); !weir_check_status) [[unlikely]] \
      return std::unexpected(std::move(weir_check_status).error());             \
  } while (false)

// A programmer's error: stays on in release, prints and aborts. Never on outside input.
#define WEIR_ASSERT(condition)                                          \
  do {                                                                  \
    if (!(condition)) [[unlikely]]                                      \
      ::weir::detail::assertion_failed(#condition, __FILE__, __LINE__); \
  } while (false)
