"""A planned message as octets, and what is true about them."""

import html
import re

from . import encode, trace
from .prng import Prng
from .texts import Values, choose

_RCPTS = ("office", "reading", "desk", "garden", "workshop", "library", "editor", "hall", "shop", "studio")
_MAILERS = ("Reedmail 3.2", "Sedge Post 11.0", "Bulrush 2026.2", "Pondmail for Desktops 7", "Waterline Web Mail")
_ENGINE_MAILERS = ("Bulk Carrier 5.1", "QuickSend Pro 2.0", "Reedmail 3.2", "Pondmail for Desktops 7", None)
_WRONG_LABEL = {"zh-Hans": ("iso-8859-1", "us-ascii", "utf-8"), "zh-Hant": ("us-ascii", "iso-8859-1", "gb2312"), "ja": ("us-ascii", "iso-8859-1"),
                "ko": ("iso-8859-1", "us-ascii"), "ru": ("iso-8859-1", "windows-1252"), "de": ("utf-8",), "es": ("utf-8",), "en": ()}
_BANK_PAGE = {"en": "https://www.halcyonferry.example/", "zh-Hant": "https://www.heyan.example/"}  # what a phishing link shows
_SEPARATED = re.compile(r"发票|發票|대출|ポイント|pills|Pillen|посылка|paquete")


class Composed:
    def __init__(self, octets, charset, declared, sender):
        self.octets = octets
        self.charset = charset    # really used for the text
        self.declared = declared  # what the label says: the same, another, or None
        self.sender = sender


class _Style:
    """How a sender's program writes. A good sender's is always the same, an engine's changes with every mail."""

    def __init__(self, planned, rng, own):
        chooser = rng if planned.label == "spam" else own
        self.charset = chooser.choice(encode.CHARSETS[planned.language])
        self.transfer = chooser.choice(("base64", "quoted-printable", "8bit"))
        self.header = chooser.choice(("b", "b", "q"))
        self.mailer = chooser.choice(_ENGINE_MAILERS if planned.label == "spam" else _MAILERS)
        self.label = "right"
        # The faults of old programs: no label, or the label of the language that the program was made for.
        wrong_percent, missing_percent = (8, 14) if planned.label == "spam" else (2, 5)
        at = rng.below(100)
        if at < wrong_percent and _WRONG_LABEL[planned.language]:
            self.label = rng.choice(_WRONG_LABEL[planned.language])
        elif at < wrong_percent + missing_percent:
            self.label = "missing"
            self.header = "raw"


def _layout(planned, rng):
    if planned.label == "spam":
        return rng.weighted((("plain", 36), ("html", 32), ("alternative", 22), ("mixed", 10)))
    return {
        "newsletter": rng.weighted((("alternative", 75), ("html", 15), ("plain", 10))),
        "personal": rng.weighted((("plain", 65), ("alternative", 27), ("mixed", 8))),
        "invoice": rng.weighted((("mixed", 60), ("plain", 25), ("alternative", 15))),
        "receipt": rng.weighted((("alternative", 50), ("html", 30), ("plain", 20))),
        "list": "plain",
    }[planned.kind]


def _disguised(text, rng, charset):
    """What engines do to words that filters know: marks, blanks or, in Unicode, invisible characters between letters."""
    invisible = charset[1] in ("utf-8", "gb18030")

    def separate(match):
        if not rng.chance(25):
            return match.group(0)
        return rng.choice((".", " ", "-", "*", "\u200b") if invisible else (".", " ", "-", "*")).join(match.group(0))

    return _SEPARATED.sub(separate, text)


def _dressed(body, language, library, values, rng):
    """Some engines say next to nothing, some hide behind a paragraph of somebody's good mail."""
    at = rng.below(100)
    if at < 6:
        return values.value("spamurl") + "\n"
    if at < 18:
        borrowed = rng.choice(library.letters[rng.choice(("newsletter", "personal")), language]).body.split("\n\n")
        return body + "\n\n" + values.fill(choose(rng.choice(borrowed[1:-1]), rng)) + "\n"
    return body


def compose(planned, seed, number, library, landing):
    rng = Prng(seed, "message", number)
    letter, language = planned.letter, planned.language
    from_field = letter.fields["from"]
    own_domain = from_field.rpartition("@")[2].rstrip(">")
    spam = planned.label == "spam"
    values = Values(rng, library, language, planned.when, landing[planned.campaign] if spam else [own_domain])
    style = _Style(planned, rng, Prng(seed, "style", planned.stream, own_domain, values.value("name") if planned.kind == "personal" else ""))

    body, subject, from_field = (values.fill(choose(text, rng)) for text in (letter.body, letter.fields["subject"], from_field))
    if spam:
        body = _disguised(_dressed(body, language, library, values, rng), rng, style.charset)
    name, _, sender = from_field.rpartition(" <")
    sender = sender.rstrip(">")
    # One charset for the whole message: the wanted one if it can say all of it.
    _, charset = encode.encode_in(name + subject + body, style.charset)
    if charset[1] in ("ascii", "iso2022_jp") and style.header == "raw":
        style.header = "b"

    part = _part(planned, body, subject, charset, style, values, rng)
    rcpt = rng.choice(_RCPTS) + "@weir.test"
    fields = [("Return-Path", f"<{_envelope_sender(planned, sender, own_domain, rng)}>")]
    fields += [("Received", line) for line in _received(planned, sender, rcpt, landing, rng)]
    fields += _head(planned, name, sender, subject, rcpt, charset, style, own_domain, values, rng)
    octets = encode.write_fields(fields + [("MIME-Version", "1.0")] + part.fields()) + b"\r\n" + part.body()
    declared = {"right": charset[0], "missing": None}.get(style.label, style.label)
    return Composed(octets, charset[1], declared, sender)


def _envelope_sender(planned, sender, own_domain, rng):
    if planned.kind == "list":
        return f"bounces+{rng.between(1000, 9999)}@lists.{own_domain}"
    if planned.kind == "newsletter":
        return f"bounce-{rng.text('0123456789abcdef', 8)}@{own_domain}"
    return sender


def _part(planned, body, subject, charset, style, values, rng):
    layout = _layout(planned, rng)
    boundary = "----=_" + rng.text("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", 20)
    text = lambda content, subtype: encode.text_part(content, subtype, charset, style.transfer, style.label)[0]
    shown_charset = charset[0] if style.label == "right" else None
    if layout == "plain":
        return text(body, "plain")
    if layout == "mixed":
        return encode.multipart("mixed", [text(body, "plain"), _attachment(planned, subject, charset, values, rng)], boundary)
    disguise = _BANK_PAGE.get(planned.language) if planned.kind == "bank" and rng.chance(60) else None
    page = encode.as_html(body, shown_charset, rng, disguise)
    if planned.label == "spam" and rng.chance(35):
        page = page.replace("<p>", f"<p><!-- {rng.text('abcdefghklmnoprst', 12)} -->", 1).replace(
            "</body>", f'<font size="1" color="#ffffff">{rng.text("abcdefghiklmnoprstu ", 90)}</font>\n</body>')
    if layout == "html":
        return text(page, "html")
    plain = body if planned.label == "ham" or rng.chance(60) else html.unescape(body.split("\n\n")[0]) + "\n"
    return encode.multipart("alternative", [text(plain, "plain"), text(page, "html")], boundary)


def _attachment(planned, subject, charset, values, rng):
    if planned.kind == "invoice" or planned.label == "spam":
        word = {"zh-Hans": "账单", "zh-Hant": "帳單", "ja": "請求書", "ko": "청구서", "en": "invoice", "de": "Rechnung", "es": "factura", "ru": "счёт"}[planned.language]
        title = f"{word} {values.value('order')}.pdf"
        return encode.attachment(title, "application/pdf", encode.tiny_pdf(values.value("order")), charset)
    notes = "\n".join(f"{values.value('num')};{rng.between(1, 900)};{rng.between(1, 31)}" for _ in range(12)) + "\n"
    return encode.attachment("liste.csv" if planned.language in ("de", "es") else "list.csv", "text/csv; charset=us-ascii", notes.encode("ascii"), charset)


def _received(planned, sender, rcpt, landing, rng):
    minutes = trace.OFFSETS[planned.language]
    lines = [trace.received_by_us(planned.host, rcpt, planned.when, rng)]
    if planned.forwarded:
        origin = "203.0.113.250" if planned.label == "spam" else f"198.51.100.{rng.between(240, 253)}"
        lines.append(trace.through_relay(planned.host, origin, "mail." + sender.partition("@")[2], planned.when, minutes, rng))
    elif planned.relay_engine is not None:
        lines.append(trace.through_relay(planned.host, planned.relay_engine, rng.choice(("localhost", "mail.hub.invalid", "smtp")), planned.when, minutes, rng))
        lines.append(trace.forged("webpost.invalid", f"203.0.113.{rng.between(2, 250)}", planned.when, rng) if rng.chance(60) else
                     f"from smtp (HELO localhost) ({planned.relay_engine})\r\n  by localhost with SMTP; {trace.date(planned.when - 600, minutes)}")
    elif planned.label == "spam":
        if rng.chance(40):
            lines.append(trace.forged(rng.choice(("halcyonferry.example", "webpost.invalid", "heyan.example", "bigmail.invalid")),
                                      f"240.{rng.between(64, 90)}.{rng.below(256)}.{rng.between(1, 254)}", planned.when, rng))
    else:
        lines.append(trace.from_inside(planned.mta, planned.host, sender, planned.when, minutes, rng))
        if planned.kind == "list":
            lines.append(trace.from_inside(planned.mta + 1, planned.host, sender, planned.when - 90, minutes, rng))
    return lines


def _head(planned, name, sender, subject, rcpt, charset, style, own_domain, values, rng):
    minutes = trace.OFFSETS[planned.language] if planned.label == "ham" or rng.chance(60) else rng.choice((-480, -300, 0, 480))
    when = planned.when - rng.between(2, 90)
    if planned.label == "spam" and rng.chance(12):
        when += rng.choice((-30, 1, 3)) * 86400
    display = encode.header_text(name, charset, style.header)
    if name.isascii() and re.search(r"[^\w ]", name):
        display = b'"' + display + b'"'
    to, reply = rcpt, []
    if planned.kind == "list":
        list_id = planned.letter.fields["list"].partition("<")[2].rstrip(">")
        address = list_id.replace(".", "@", 1)
        to, reply = address, [("List-Id", f"<{list_id}>"), ("List-Post", f"<mailto:{address}>"), ("Precedence", "list")]
        if subject.startswith("Re:"):
            reply.append(("In-Reply-To", f"<{rng.text('0123456789abcdef', 16)}@{own_domain}>"))
    elif planned.kind == "newsletter":
        reply = [("List-Unsubscribe", f"<{values.value('url')}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]
    elif planned.label == "spam" and rng.chance(25):
        reply = [("Reply-To", f"<{rng.text('abcdefghklmnoprst', 7)}@{values.value('rdomain')}>")]
    fields = [
        ("Date", trace.date(when, minutes)),
        ("From", display + f" <{sender}>".encode("ascii")),
        ("To", f"<{to}>"),
        ("Subject", encode.header_text(subject.strip(), charset, style.header)),
        ("Message-ID", f"<{rng.text('0123456789abcdefghkmnp', 18)}@{sender.partition('@')[2]}>"),
    ]
    if planned.label == "spam" and rng.chance(30):
        fields = [fields[at] for at in (3, 1, 2, 0, 4)]
    if style.mailer:
        fields.append(("X-Mailer", style.mailer))
    return fields + reply
