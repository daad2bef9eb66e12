#include <string_view>

#include "policy/policy.h"
#include "policy/prefix_set.h"

namespace weir::policy {
namespace {

constexpr std::string_view kReserved[] = {
    "0.0.0.0/8",           // this network, RFC 791 3.2
    "10.0.0.0/8",          // private, RFC 1918
    "100.64.0.0/10",       // shared between a provider and its customers, RFC 6598
    "127.0.0.0/8",         // loopback, RFC 1122 3.2.1.3
    "169.254.0.0/16",      // link-local, RFC 3927
    "172.16.0.0/12",       // private, RFC 1918
    "192.168.0.0/16",      // private, RFC 1918
    "224.0.0.0/4",         // multicast, RFC 5771
    "255.255.255.255/32",  // broadcast, RFC 919 7
    "::/96",               // unspecified, loopback, IPv4-compatible, RFC 4291 2.5
    "64:ff9b::/96",        // all of IPv4 behind a translator, RFC 6052: one /64 holds everybody
    "64:ff9b:1::/48",      // the same with a local prefix, RFC 8215
    "fc00::/7",            // unique local, RFC 4193
    "fe80::/10",           // link-local, RFC 4291 2.5.6
    "fec0::/10",           // site-local, deprecated but never global, RFC 3879
    "ff00::/8",            // multicast, RFC 4291 2.7
};

PrefixSet reserved() {
  std::vector<Prefix> prefixes;
  for (const auto text : kReserved) prefixes.push_back(Prefix::parse(text).value());
  return PrefixSet(std::move(prefixes));
}

}  // namespace

bool never_listable(const Prefix& subject) {
  static const PrefixSet set = reserved();
  return set.overlaps(subject);
}

}  // namespace weir::policy
