"""Invented operators, their networks, and the hosts in them.

Every address is of a range for documentation, benchmarking or future use, so nobody's host is meant; every AS number is one for
documentation or private use; every name ends in .example, .test or .invalid.
"""

import ipaddress

ALLOWED = [ipaddress.ip_network(text) for text in (
    "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15", "240.0.0.0/4", "2001:db8::/32", "3fff::/20")]

# network, AS number, operator, country, domain of its host names
OPERATORS = (
    ("198.18.0.0/18", 64496, "Reedwater Access (invented)", "CN", "reedwater.example"),
    ("198.18.64.0/18", 64497, "Heronsford Hosting (invented)", "DE", "heronsford.example"),
    ("198.18.128.0/18", 64498, "Pondside Telecom (invented)", "KR", "pondside.example"),
    ("198.18.192.0/18", 64499, "Sluicegate Cloud (invented)", "JP", "sluicegate.example"),
    ("198.19.0.0/17", 64500, "Millrace Broadband (invented)", "TW", "millrace.example"),
    ("198.19.128.0/18", 64501, "Osierbank DSL, Consumer Lines (invented)", "ES", "osierbank.example"),
    ("198.19.192.0/18", 64502, "Eelgrass Networks (invented)", "RU", "eelgrass.example"),
    ("192.0.2.0/24", 64503, 'Kingfisher "Rack and Shelf" Colocation (invented)', "US", "kingfisher.example"),
    ("198.51.100.0/24", 64504, "Bittern Campus Network (invented)", "ES", "bittern.example"),
    ("203.0.113.0/24", 64505, "Dabchick Mail Services (invented)", "NL", "dabchick.example"),
    ("240.16.0.0/16", 65536, "Lilypad Systems (invented)", "ZA", "lilypad.example"),
    ("240.32.0.0/16", 65537, "Watermint Internet (invented)", "GB", "watermint.example"),
    ("2001:db8:100::/40", 65538, "Crayfish Six (invented)", "FR", "crayfish.example"),
    ("3fff:200::/28", 65539, "Dragonfly Hosting (invented)", "SG", "dragonfly.example"),
)

# Where the campaigns' hosts stand; good hosts are put into the same networks on purpose.
RACKS = {
    "fapiao": ("198.18.10.0/24", "198.18.11.0/24", "198.19.20.0/24", "240.16.5.0/24", "2001:db8:110::/48"),
    "bank": ("198.18.70.0/24", "198.18.71.0/24", "203.0.113.0/24", "240.32.8.0/24", "3fff:200:5::/48"),
    "loan": ("198.18.130.0/24", "198.18.131.0/24", "198.51.100.0/24", "240.16.9.0/24"),
    "dating": ("198.18.200.0/24", "198.18.201.0/24", "192.0.2.0/24", "198.19.21.0/24", "2001:db8:120::/48"),
    "pills": ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "240.32.9.0/24", "198.19.200.0/24", "198.19.201.0/24"),
    "parcel": ("198.19.160.0/22",),
}
ENGINES = "240.16.77.0/24"  # behind the open relays
GOOD_RACKS = {
    "zh-Hans": ("198.18.10.0/24", "198.18.11.0/24", "240.16.5.0/24", "2001:db8:110::/48"),
    "zh-Hant": ("198.19.20.0/24", "198.19.21.0/24", "198.18.71.0/24"),
    "ja": ("198.18.200.0/24", "198.18.201.0/24", "2001:db8:120::/48"),
    "ko": ("198.18.130.0/24", "198.18.131.0/24", "240.16.9.0/24"),
    "en": ("240.32.8.0/24", "240.32.9.0/24", "192.0.2.0/24", "203.0.113.0/24"),
    "de": ("198.18.70.0/24", "198.18.71.0/24", "203.0.113.0/24", "3fff:200:5::/48"),
    "es": ("198.51.100.0/24", "198.19.160.0/22", "198.18.131.0/24"),
    "ru": ("198.19.200.0/24", "198.19.201.0/24", "198.19.160.0/22"),
}


class Host:
    def __init__(self, address, rdns, helo):
        self.address, self.rdns, self.helo = address, rdns, helo


class Places:
    """Hands out addresses, each once; an IPv6 host gets a /64 of its own, because that is what a listing of it covers."""

    def __init__(self, rng):
        self._rng = rng
        self._taken = set()

    def address_in(self, network_text):
        network = ipaddress.ip_network(network_text)
        while True:
            if network.version == 6:
                subnet = int(network.network_address) + (self._rng.between(1, 0xFFFF) << 64)
                address, key = ipaddress.ip_address(subnet + self._rng.between(1, 0xFFFF)), subnet
            else:
                address = network.network_address + self._rng.between(2, network.num_addresses - 3)
                key = int(address)
            if key not in self._taken and int(address) & 0xFF not in (0, 0xFF):
                self._taken.add(key)
                return address

    def good_host(self, network, domain):
        name = self._rng.choice(("mail", "mx", "out", "smtp", "post")) + "." + domain
        return Host(self.address_in(network), name, name)

    def bulk_host(self, network):
        """A rented or taken-over machine: the provider's name for it or none, and any HELO."""
        address = self.address_in(network)
        provider = operator_of(address)[4]
        label = address.exploded.replace(":", "").lstrip("0")[-16:] if address.version == 6 else str(address).replace(".", "-")
        rdns = self._rng.weighted(((None, 4), (f"host-{label}.{provider}", 5), (f"vps{self._rng.between(100, 9999)}.{provider}", 3)))
        literal = f"[IPv6:{address}]" if address.version == 6 else f"[{address}]"
        helo = self._rng.weighted(((rdns or literal, 4), (literal, 1), ("localhost", 1), (f"WIN-{self._rng.text('ABCDEFGHKLMNP0123456789', 9)}", 2),
                                   (self._rng.text("abcdefghkmnprstuvw", 7) + ".example", 4)))
        return Host(address, rdns, helo)

    def dynamic_host(self, network):
        address = self.address_in(network)
        rdns = f"dyn-{str(address).replace('.', '-')}.pool.{operator_of(address)[4]}"
        return Host(address, rdns, self._rng.weighted(((rdns, 3), ("localhost.localdomain", 1), (self._rng.text("abcdefghkmnp", 6), 2))))

    def relay(self, network):
        domain = self._rng.text("abcdefghklmnoprstuvw", self._rng.between(5, 9)) + ".example"
        name = self._rng.choice(("mail", "gate", "exchange", "ns1", "www")) + "." + domain
        return Host(self.address_in(network), name, name)


def operator_of(address):
    for row in OPERATORS:
        network = ipaddress.ip_network(row[0])
        if address.version == network.version and address in network:
            return row
    raise AssertionError(f"{address} is in no invented network")


def neighbourhood(address):
    """The network that neighbours share: the /24, or the /48."""
    return ipaddress.ip_network((address, 24 if address.version == 4 else 48), strict=False)


def networks_csv():
    lines = ["# start,end,asn,operator: invented, for the samples only\n"]
    for network_text, asn, operator, _, _ in OPERATORS:
        network = ipaddress.ip_network(network_text)
        quoted = operator.replace('"', '""')
        lines.append(f'{network[0]},{network[-1]},{asn},"{quoted}"\n')
    return "".join(lines)


def countries_csv():
    lines = ["# start,end,country: invented, for the samples only\n"]
    for network_text, _, _, country, _ in OPERATORS:
        network = ipaddress.ip_network(network_text)
        lines.append(f"{network[0]},{network[-1]},{country}\n")
    return "".join(lines)
