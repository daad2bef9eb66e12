"""Letters: what people and engines write, with alternatives.

A file texts/LANGUAGE.txt holds word lists (`@name = a|b`) and letters. A letter begins with `== kind`, has fields (`from:`, `subject:`,
`list:`), an empty line and a body. `{a|b|}` takes one alternative and may nest; `$word` is a value of the message.
"""

import pathlib
import re
import time

TEXTS = pathlib.Path(__file__).parent.parent / "texts"
LANGUAGES = ("zh-Hans", "zh-Hant", "ja", "ko", "en", "de", "es", "ru")

_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
}


class Letter:
    def __init__(self, kind, language):
        self.kind = kind
        self.language = language
        self.fields = {}
        self.body = ""


class Library:
    """All letters by (kind, language), and the word lists by language."""

    def __init__(self):
        self.letters = {}
        self.words = {}
        for language in LANGUAGES:
            self._read(language)

    def _read(self, language):
        words = self.words[language] = {}
        sections = re.split(r"(?m)^== (\S+)\n", (TEXTS / f"{language}.txt").read_text(encoding="utf-8"))
        for line in sections[0].splitlines():
            if line.startswith("@"):
                name, _, alternatives = line[1:].partition(" = ")
                words[name] = alternatives.split("|")
        for kind, text in zip(sections[1::2], sections[2::2]):
            letter = Letter(kind, language)
            head, _, body = text.partition("\n\n")
            for line in head.splitlines():
                name, _, value = line.partition(": ")
                letter.fields[name] = value
            letter.body = body.strip("\n") + "\n"
            self.letters.setdefault((kind, language), []).append(letter)


def choose(template, rng):
    """Every {a|b} replaced by one of its alternatives, the inner ones only where they are kept."""
    out, at = [], 0
    while at < len(template):
        if template[at] != "{":
            out.append(template[at])
            at += 1
            continue
        alternatives, depth, begin, end = [], 0, at + 1, at
        while True:
            character = template[end]
            if character == "{":
                depth += 1
            elif character == "}":
                depth -= 1
            if character == "|" and depth == 1 or depth == 0:
                alternatives.append(template[begin:end])
                begin = end + 1
                if depth == 0:
                    break
            end += 1
        out.append(choose(rng.choice(alternatives), rng))
        at = end + 1
    return "".join(out)


class Values:
    """The values of `$word` in one message: the same word has the same value all through it, except codes and links."""

    _FRESH = ("rcode", "spamurl", "url")

    def __init__(self, rng, library, language, when, links):
        self._rng = rng
        self._words = library.words[language]
        self._language = language
        self._when = when
        self._links = links  # landing domains of a campaign, or the sender's own
        self._known = {}

    def fill(self, text):
        return re.sub(r"\$([a-z]+)", lambda match: self.value(match.group(1)), text)

    def value(self, word):
        if word in self._FRESH:
            return getattr(self, "_" + word)()
        if word not in self._known:
            self._known[word] = self._make(word)
        return self._known[word]

    def _make(self, word):
        rng = self._rng
        if word in ("name", "local"):
            at = rng.below(len(self._words["name"]))
            self._known["name"], self._known["local"] = self._words["name"][at], self._words["local"][at]
            return self._known[word]
        if word == "other":
            return rng.choice([name for name in self._words["name"] if name != self.value("name")])
        if word in self._words:
            return rng.choice(self._words[word])
        return getattr(self, "_" + word)()

    def _rlocal(self):
        return self._rng.text("abcdefghiklmnoprstuvwy", self._rng.between(4, 9)) + (
            str(self._rng.below(1000)) if self._rng.chance(40) else "")

    def _rdomain(self):
        return self._rng.text("abcdefghiklmnoprstuvwyz", self._rng.between(5, 11)) + self._rng.choice(
            (".example", ".test", ".invalid"))

    def _rcode(self):
        return self._rng.text("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", self._rng.between(5, 8))

    def _url(self):
        return f"https://www.{self._links[0]}/{self._rng.choice(('n', 'd', 'info', 'view'))}/{self._rng.between(1000, 99999)}"

    def _spamurl(self):
        host = self._rng.choice(self._links)
        if self._rng.chance(50):
            host = self._rng.text("abcdefghkmnprstuvwxyz", self._rng.between(2, 6)) + "." + host
        return f"http://{host}/{self._rng.text('abcdefghkmnprstuvwxyz0123456789', self._rng.between(3, 9))}"

    def _small(self):
        return str(self._rng.between(2, 9))

    def _num(self):
        return str(self._rng.between(11, 98))

    def _order(self):
        return f"{time.gmtime(self._when).tm_year}-{self._rng.between(10000, 99999)}"

    def _track(self):
        return f"WT{self._rng.between(10**9, 10**10 - 1)}"

    def _phone(self):
        return f"{self._rng.between(1000, 9999)}-{self._rng.between(1000, 9999)}"

    def _spaced(self):
        return self._rng.choice((" ", "-", ".", "")).join(str(self._rng.below(10)) for _ in range(8))

    def _wide(self):
        return "".join(chr(0xFF10 + self._rng.below(10)) for _ in range(8))

    def _time(self):
        hour, minute = self._rng.between(9, 19), self._rng.choice((0, 15, 30, 45))
        if self._language == "ja":
            return f"{hour}時{minute}分" if minute else f"{hour}時"
        if self._language == "ko":
            return f"{hour}시 {minute}분" if minute else f"{hour}시"
        return f"{hour}:{minute:02}"

    def _month(self):
        return str(time.gmtime(self._when).tm_mon)

    def _date(self):
        day = time.gmtime(self._when + 86400 * self._rng.between(2, 20))
        if self._language in ("zh-Hans", "zh-Hant", "ja"):
            return f"{day.tm_mon}月{day.tm_mday}日"
        if self._language == "ko":
            return f"{day.tm_mon}월 {day.tm_mday}일"
        month = _MONTHS[self._language][day.tm_mon - 1]
        return {"de": f"{day.tm_mday}. {month}", "es": f"{day.tm_mday} de {month}"}.get(self._language, f"{day.tm_mday} {month}")

    def _amount(self):
        units, cents = self._rng.between(12, 480), self._rng.between(0, 99)
        return {
            "zh-Hans": f"￥{units * 3}.{cents:02}", "zh-Hant": f"NT${units * 17:,}", "ja": f"{units * 110:,}円",
            "ko": f"{units * 900:,}원", "en": f"£{units}.{cents:02}", "de": f"{units},{cents:02} EUR",
            "es": f"{units},{cents:02} €", "ru": f"{units * 45} рублей",
        }[self._language]
