"""Text into the octets of a message: charsets, RFC 2047 words, transfer encodings, MIME parts.

Lines end with CRLF, as they come over SMTP.
"""

import base64
import binascii
import html
import re

# Charsets that the mail programs of a language use or used: (name on the label, Python codec).
CHARSETS = {
    "zh-Hans": (("gb2312", "gb2312"), ("GBK", "gbk"), ("gb18030", "gb18030"), ("utf-8", "utf-8")),
    "zh-Hant": (("big5", "big5"), ("Big5", "big5"), ("utf-8", "utf-8")),
    "ja": (("ISO-2022-JP", "iso2022_jp"), ("Shift_JIS", "shift_jis"), ("EUC-JP", "euc_jp"), ("UTF-8", "utf-8")),
    "ko": (("euc-kr", "euc_kr"), ("ks_c_5601-1987", "euc_kr"), ("utf-8", "utf-8")),
    "en": (("us-ascii", "ascii"), ("iso-8859-1", "latin-1"), ("utf-8", "utf-8")),
    "de": (("windows-1252", "cp1252"), ("ISO-8859-15", "iso8859_15"), ("utf-8", "utf-8")),
    "es": (("windows-1252", "cp1252"), ("iso-8859-15", "iso8859_15"), ("UTF-8", "utf-8")),
    "ru": (("koi8-r", "koi8_r"), ("windows-1251", "cp1251"), ("utf-8", "utf-8")),
}
UTF8 = ("utf-8", "utf-8")
# What those programs wrote where the charset has no such character.
_FOLDED = {"koi8_r": str.maketrans({"—": "-", "–": "-", "«": '"', "»": '"', "№": "N"})}


def encode_in(text, charset):
    """(octets, charset really used): the wanted charset if it can say the text, UTF-8 otherwise."""
    text = text.translate(_FOLDED.get(charset[1], {}))
    try:
        return text.encode(charset[1]), charset
    except UnicodeEncodeError:
        return text.encode("utf-8"), UTF8


def encoded_words(text, charset, use_q):
    """RFC 2047: words of at most 75 octets, no character cut in two, one a line."""
    _, charset = encode_in(text, charset)
    text = text.translate(_FOLDED.get(charset[1], {}))
    words, piece = [], ""
    for character in text + "\0":
        longer = _encoded_word(piece + character, charset, use_q)
        if character == "\0" or len(longer) > 70:
            words.append(_encoded_word(piece, charset, use_q))
            piece = ""
        piece += character
    return "\r\n ".join(words).encode("ascii")


def _encoded_word(text, charset, use_q):
    octets = text.encode(charset[1])
    if not use_q:
        return f"=?{charset[0]}?B?{base64.b64encode(octets).decode()}?="
    safe = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*+-/"
    q = "".join("_" if o == 0x20 else chr(o) if o in safe else f"={o:02X}" for o in octets)
    return f"=?{charset[0]}?Q?{q}?="


def header_text(text, charset, style):
    """A field's text. style: 'b', 'q', or 'raw' for octets that nobody labelled."""
    if text.isascii():
        return text.encode("ascii")
    if style == "raw":
        return encode_in(text, charset)[0]
    return encoded_words(text, charset, style == "q")


class Part:
    def __init__(self, content_type, octets, transfer, extra=()):
        self.content_type, self.octets, self.transfer, self.extra = content_type, octets, transfer, tuple(extra)

    def fields(self):
        fields = [("Content-Type", self.content_type)]
        if self.transfer:
            fields.append(("Content-Transfer-Encoding", self.transfer))
        return fields + list(self.extra)

    def body(self):
        if self.transfer == "base64":
            return _lines_of_76(base64.b64encode(self.octets))
        if self.transfer == "quoted-printable":
            return binascii.b2a_qp(self.octets.replace(b"\r\n", b"\n"), istext=True).replace(b"\n", b"\r\n")
        return self.octets


def _lines_of_76(encoded):
    return b"".join(encoded[i:i + 76] + b"\r\n" for i in range(0, len(encoded), 76))


def text_part(text, subtype, charset, transfer, label):
    """label: 'right', 'missing' or the name of a charset that it is not. Returns the part and the charset really used."""
    octets, used = encode_in(text.replace("\n", "\r\n"), charset)
    content_type = f"text/{subtype}"
    if label == "right":
        content_type += f'; charset="{used[0]}"' if used[0].isupper() else f"; charset={used[0]}"
    elif label != "missing":
        content_type += f"; charset={label}"
    if used[1] in ("ascii", "iso2022_jp"):
        transfer = "7bit"
    return Part(content_type, octets, transfer), used


def multipart(subtype, parts, boundary):
    lines = [b"This is a message with several parts.\r\n" if subtype == "mixed" else b""]
    for part in parts:
        lines.append(b"--" + boundary.encode() + b"\r\n" + write_fields(part.fields()) + b"\r\n" + part.body())
        if not lines[-1].endswith(b"\r\n"):
            lines.append(b"\r\n")
    lines.append(b"--" + boundary.encode() + b"--\r\n")
    return Part(f'multipart/{subtype};\r\n\tboundary="{boundary}"', b"".join(lines), None)


def write_fields(fields):
    out = []
    for name, value in fields:
        out.append(name.encode() + b": " + (value if isinstance(value, bytes) else value.encode("ascii")) + b"\r\n")
    return b"".join(out)


_URL = re.compile(r"https?://[^\s<>\"|）)]+")


def as_html(text, charset_name, rng, disguise=None):
    """The text as a page. disguise: the address that a link shows instead of the one that it leads to."""
    def link(match):
        shown = disguise or match.group(0)
        return f'<a href="{match.group(0)}">{shown}</a>'

    paragraphs = []
    for paragraph in text.strip("\n").split("\n\n"):
        lines = "<br>\n".join(_URL.sub(link, html.escape(line, quote=False)) for line in paragraph.split("\n"))
        paragraphs.append(f"<p>{lines}</p>")
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset_name}">\n' if charset_name else ""
    colour = rng.choice(("#222", "#003366", "black", "#1a1a1a"))
    return f'<html>\n<head>\n{meta}</head>\n<body style="color:{colour}">\n' + "\n".join(paragraphs) + "\n</body>\n</html>\n"


def attachment(name, content_type, octets, charset):
    """Names outside ASCII as RFC 2231 has it, in the message's charset."""
    if name.isascii():
        disposition = f'attachment; filename="{name}"'
    else:
        encoded, used = encode_in(name, charset)
        disposition = f"attachment;\r\n\tfilename*={used[0]}''" + "".join(f"%{octet:02X}" for octet in encoded)
    return Part(content_type, octets, "base64", [("Content-Disposition", disposition)])


def tiny_pdf(title):
    """A one-page document that says its title; enough for a reader to open."""
    shown = "".join(c for c in title if c.isascii() and c.isalnum() or c in " -") or "document"
    stream = f"BT /F1 18 Tf 72 760 Td ({shown}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    return out.encode("ascii")
