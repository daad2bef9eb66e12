// list/list_gen.h - RapidCheck generators for tests: addresses close together, so that listings
// overlap and queries hit.
#pragma once

#include <rapidcheck.h>

#include "list/index.h"

namespace weir::list {

// Few different values in each part, in both families.
inline rc::Gen<Address> any_address() {
  const auto octet = rc::gen::elementOf(std::vector<std::uint8_t>{0, 1, 2, 127, 128, 0x22, 255});
  return rc::gen::map(
      rc::gen::pair(rc::gen::arbitrary<bool>(),
                    rc::gen::container<std::array<std::uint8_t, 4>>(octet)),
      [](const std::pair<bool, std::array<std::uint8_t, 4>>& parts) {
        const auto& [v6, o] = parts;
        if (!v6)
          return Address::v4((std::uint32_t{o[0]} << 24) | (std::uint32_t{o[1]} << 16) |
                             (std::uint32_t{o[2]} << 8) | o[3]);
        return Address::v6({0x20, 1, o[0], o[1], 0, 0, 0, o[1], o[2], 0, 0, 0, 0, 0, o[3], o[0]});
      });
}

inline rc::Gen<Prefix> any_prefix() {
  return rc::gen::map(rc::gen::pair(any_address(), rc::gen::inRange(0, 129)),
                      [](const std::pair<Address, int>& parts) {
                        const auto& [address, length] = parts;
                        return Prefix(address, address.is_v4() ? length % 33 : length);
                      });
}

inline rc::Gen<UnixMillis> any_time() {
  return rc::gen::map(rc::gen::inRange(0, 10),
                      [](int seconds) { return from_unix_millis(seconds * 1'000); });
}

inline rc::Gen<Listing> any_listing() {
  return rc::gen::build<Listing>(
      rc::gen::set(&Listing::subject, any_prefix()),
      rc::gen::set(&Listing::code, rc::gen::map(rc::gen::inRange<std::uint8_t>(2, 12),
                                                [](std::uint8_t last) {
                                                  return std::array<std::uint8_t, 4>{127, 0, 0,
                                                                                     last};
                                                })),
      rc::gen::set(&Listing::since, any_time()), rc::gen::set(&Listing::until, any_time()),
      rc::gen::set(&Listing::reason,
                   rc::gen::element<std::string>("", "trap", "three reports", "\xe5\x9e\x83\n")));
}

inline rc::Gen<std::vector<Listing>> any_listings() {
  return rc::gen::container<std::vector<Listing>>(any_listing());
}

}  // namespace weir::list
