"""Who sends what, from where and when: campaigns, good streams and one forwarder, over the week that ends at `end`."""

from . import places as _places
from . import texts as _texts
from .prng import Prng

DAY = 86400
WEEK = 7 * DAY
LEARN_PERCENT = 35  # of each stream, its earliest messages

GOOD_KINDS = ("newsletter", "personal", "invoice", "receipt", "list")
GOOD_MESSAGES = 19  # of a good stream

# campaign: languages, hosts, messages of a host
CAMPAIGNS = {
    "fapiao": (("zh-Hans",), 26, 5),
    "bank": (("en", "zh-Hant"), 28, 5),
    "loan": (("ko",), 25, 5),
    "dating": (("ja",), 26, 5),
    "pills": (("en", "de"), 26, 5),    # through open relays
    "parcel": (("es", "ru"), 49, 4),   # seven dynamic addresses a day, each for one day
}


class Planned:
    """One message to be: label, stream, host, letter and time."""

    def __init__(self, label, stream, campaign, language, kind, host, when, letter, *, mta=0, relay_engine=None, forwarded=False):
        self.label, self.stream, self.campaign, self.language, self.kind = label, stream, campaign, language, kind
        self.host, self.when, self.letter, self.mta = host, when, letter, mta
        self.relay_engine, self.forwarded = relay_engine, forwarded
        self.role = "scan"


class Plan:
    def __init__(self, seed, end, library):
        self.start, self.end = end - WEEK, end
        self._library = library
        self._seed = seed
        self._places = _places.Places(Prng(seed, "addresses"))
        self.messages = []
        self.hosts = {campaign: [] for campaign in CAMPAIGNS}  # in order; of the dynamic pool seven a day
        self.good_hosts = []
        self.landing = {}  # domains that a campaign's links lead to
        for campaign in CAMPAIGNS:
            rng = Prng(seed, "landing", campaign)
            self.landing[campaign] = [rng.text("abcdefghklmnoprstuvwxyz", rng.between(6, 10)) + rng.choice((".example", ".invalid", ".test"))
                                      for _ in range(4)]
            self._plan_campaign(campaign, Prng(seed, "campaign", campaign))
        engine_rng = Prng(seed, "engines")
        self.engines = [self._places.address_in(_places.ENGINES) for _ in range(5)]
        for planned in self.messages:
            if planned.campaign == "pills":
                planned.relay_engine = engine_rng.choice(self.engines)
        for language in _texts.LANGUAGES:
            for at, kind in enumerate(GOOD_KINDS):
                self._plan_good(language, kind, at, Prng(seed, "good", kind, language))
        self._plan_forwarder(Prng(seed, "forwarder"))
        self.messages.sort(key=lambda planned: (planned.when, str(planned.host.address), planned.stream, planned.language))
        self._set_roles()

    def _plan_campaign(self, campaign, rng):
        languages, hosts, each = CAMPAIGNS[campaign]
        for number in range(hosts):
            rack = _places.RACKS[campaign][number % len(_places.RACKS[campaign])]
            if campaign == "parcel":
                host = self._places.dynamic_host(rack)
                begin = self.start + number // 7 * DAY
                first, last = begin + 60, begin + DAY - 60
            else:
                host = self._places.relay(rack) if campaign == "pills" else self._places.bulk_host(rack)
                first = self.start + 60 + rng.below(4 * DAY)  # machines join as the week goes on
                last = min(self.end - 60, first + rng.between(2 * DAY, 6 * DAY))
            self.hosts[campaign].append(host)
            for _ in range(each):
                language = rng.choice(languages)
                letter = rng.choice(self._library.letters[campaign, language])
                self.messages.append(Planned("spam", campaign, campaign, language, campaign, host, rng.between(first, last), letter))

    def _plan_good(self, language, kind, at, rng):
        letters = self._library.letters[kind, language]
        stream = f"good-{kind}-{language}"
        racks = _places.GOOD_RACKS[language]
        # Each sender has a host; people write from two.
        senders = [(letter, self._good_host(racks[(at + number) % len(racks)], letter.fields["from"]))
                   for number, letter in enumerate(letters)]
        for number in range(GOOD_MESSAGES):
            letter, host = senders[number % len(senders)]
            self.messages.append(Planned("ham", stream, stream, language, kind, host, self._daytime(rng), letter,
                                         mta=Prng(self._seed, "mta", host.helo).below(6)))

    def _good_host(self, rack, from_field):
        host = self._places.good_host(rack, from_field.rpartition("@")[2].rstrip(">"))
        self.good_hosts.append(host)
        return host

    def _daytime(self, rng):
        while True:
            when = rng.between(self.start + 60, self.end - 60)
            hour = when // 3600 % 24
            if 5 <= hour <= 19 or rng.chance(25):
                return when

    def _plan_forwarder(self, rng):
        """A club's host that forwards its members' mail, a little spam among much good mail: listing it would cost too much."""
        self.forwarder = self._places.good_host("240.32.9.0/24", "bellfounders.example")
        for number in range(48):
            language = rng.choice(("en", "de"))
            letter = rng.choice(self._library.letters["personal", language])
            self.messages.append(Planned("ham", f"good-forwarded-{language}", f"good-forwarded-{language}", language, "personal", self.forwarder,
                                         self._daytime(rng), letter, forwarded=True))
        for campaign, language in (("pills", "en"), ("pills", "de"), ("bank", "en")):
            letter = rng.choice(self._library.letters[campaign, language])
            self.messages.append(Planned("spam", campaign, campaign, language, campaign, self.forwarder,
                                         rng.between(self.start + 4 * DAY, self.end - 60), letter, forwarded=True))

    def _set_roles(self):
        """The earliest of each stream and language are those whose label a person gave."""
        streams = {}
        for planned in self.messages:
            streams.setdefault((planned.stream, planned.language), []).append(planned)
        for stream in streams.values():
            for planned in stream[:max(3, -(-len(stream) * LEARN_PERCENT // 100))]:
                planned.role = "learn"
