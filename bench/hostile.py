#!/usr/bin/env python3
"""Messages that try to make a reader slow, one file each.

    bench/hostile.py FOLDER [NAME ...]

Writes each message below, or those named, to FOLDER/NAME.eml: 1 to 10 MB that a reader with a quadratic step, a recursion or an
unbounded buffer would need minutes or gigabytes for. The same octets on every run. `weir_read_bench FOLDER/*.eml` then says what
each of them costs, and with --memory how much is held at once.
"""
import base64
import inspect
import io
import pathlib
import random
import struct
import sys
import zipfile
import zlib

MB = 1_000_000
MESSAGES = {}


def message(make):
    MESSAGES[make.__name__] = make
    return make


def mail(body, *fields):
    head = ["From: a@example.com", "To: b@example.org", "Subject: x", *fields]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + (body if isinstance(body, bytes) else body.encode())


def text(body, kind="text/plain; charset=utf-8", encoding="8bit"):
    return mail(body, "Content-Type: " + kind, "Content-Transfer-Encoding: " + encoding)


def html(body):
    return text(body, "text/html; charset=utf-8")


def filled(unit, octets=2 * MB):
    unit = unit if isinstance(unit, bytes) else unit.encode()
    return unit * (octets // len(unit))


def packed(octets):
    return base64.encodebytes(octets)


def mixed(parts):
    return mail(b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n", "Content-Type: multipart/mixed; boundary=b")


def attached(kind, octets):
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n".encode() + packed(octets)


# Structure

@message
def parts_empty():
    return mixed([b"\r\n"] * 300_000)


@message
def parts_of_one_octet():
    return mixed([b"Content-Type: text/plain\r\n\r\nx"] * 50_000)


@message
def parts_within_limit():
    return mixed([b"Content-Type: text/html; charset=gb2312\r\n\r\n<b>" + "中文邮件".encode("gbk") * 60] * 1_990)


@message
def parts_of_every_charset():
    labels = ["gb2312", "big5", "euc-kr", "shift_jis", "euc-jp", "koi8-r", "windows-1251", "iso-8859-1", "utf-8", "utf-16", "x-none"]
    return mixed([f"Content-Type: text/plain; charset={labels[i % len(labels)]}\r\n\r\n".encode() + random_high(1_000, i) for i in range(1_990)])


@message
def nested_multiparts():
    out = []
    for i in range(30_000):
        out.append(f"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")
    return "".join(out).encode()


@message
def nested_messages():
    return mail(filled("Content-Type: message/rfc822\r\n\r\n"), "Content-Type: message/rfc822")


@message
def nested_base64_messages():
    inner = text("x" * 200_000)
    for _ in range(10):
        inner = mail(packed(inner), "Content-Type: message/rfc822", "Content-Transfer-Encoding: base64")
    return inner


@message
def lines_of_dashes():
    return mail(filled("--b \r\n--c\r\n--bb\r\n--\r\n"), "Content-Type: multipart/mixed; boundary=" + "b" * 70)


@message
def boundaries_nearly_right():
    boundary = "b" * 70
    return mail(filled("--" + boundary[:-1] + "c\r\n"), "Content-Type: multipart/mixed; boundary=" + boundary)


@message
def line_ends_alone():
    return text(filled("\n"))


@message
def carriage_returns_alone():
    return text(filled("\r"))


@message
def nul_octets():
    return text(b"\0" * 2 * MB)


# Header

@message
def header_of_one_field():
    return mail("x", "X-A: " + "a" * 2 * MB)


@message
def header_of_many_fields():
    return mail("x", *(f"X-{i}: y" for i in range(200_000)))


@message
def header_of_encoded_words():
    return mail("x", "Subject: " + "=?gb2312?B?1tA=?= " * 100_000, *["X-A: " + "=?utf-8?Q?=E4=BD?= =?utf-8?Q?=A0?= " * 1_500] * 20)


@message
def header_of_broken_words():
    return mail("x", *["X-A: " + "=?" * 32_000] * 30)


@message
def header_of_parameters():
    return mail("x", "Content-Type: text/plain; " + "; ".join(f"a*{i}*=%41" for i in range(200_000)))


@message
def header_of_comments():
    return mail("x", *["From: " + "(" * 60_000] * 30)


@message
def received_many():
    hop = ("Received: from mail.example.com (mail.example.org [192.0.2.{}])\r\n\tby mx.example.net (Postfix) with ESMTPS id {:x}\r\n"
           "\tfor <b@example.org>; Mon, 1 Jan 2024 00:{:02}:00 +0000 (UTC)")
    return mail("x", *(hop.format(i % 256, i, i % 60) for i in range(10_000)))


@message
def received_long():
    return mail("x", *["Received: " + "from (a [1.2.3.4] by " * 3_000] * 30)


# Text

@message
def links_million():
    return text("".join(f"x{i}.com " for i in range(1_000_000))[:9 * MB])


@message
def links_one_line():
    return text(filled("http://a.example.com/?u=http%3A%2F%2Fb.example.com%2F&"))


@message
def links_of_dots():
    return text(filled("a.b-", 2 * MB))


@message
def links_of_schemes():
    return text(filled("http://"))


@message
def links_of_at_signs():
    return text(filled("http://a@"))


@message
def links_behind_redirects():
    out = []
    for i in range(20_000):
        out.append(f"https://www.google.com/url?q=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttp%253A%252F%252F{i}.example.com%252F\n")
    return text("".join(out))


@message
def at_signs():
    return text(filled("@"))


@message
def mail_addresses():
    return text("".join(f"a{i}@b{i}.example.com," for i in range(100_000)))


@message
def digits():
    return text(filled("1"))


@message
def digits_apart():
    return text(filled("1 3-8.0 ①３"))


@message
def account_words():
    return text(filled("微信QQ加line:@wechat+telegram "))


@message
def addresses_of_coins():
    return text(filled("1BoatSLRHtKNngkdXEeobR76b53LETtpyT 0x52908400098527886E0F7030069857D2E4169EE7 "))


@message
def letters_without_blank():
    return text(filled("abcdefghij"))


@message
def separated_letters():
    return text(filled("v.i.a-g r_a "))


@message
def combining_marks():
    return text(filled("a" + "\u0301" * 50))


@message
def widest_foldings():
    return text(filled("\uFDFA"))


@message
def characters_of_every_script():
    letters = [c for c in map(chr, range(0x80, 0x30000)) if not 0xD800 <= ord(c) <= 0xDFFF]
    random.Random(1).shuffle(letters)
    return text("".join(letters * 4))


@message
def uuencoded_starts():
    return text(filled("begin 644 a\n#86)C\n"))


@message
def uuencoded_files():
    return text(filled("begin 644 a.zip\n#4$L#\n`\nend\n"))


@message
def shifts_of_iso_2022():
    return mail(filled(b"\x1b$B\x1b(B\x1b$)C\x0e\x0f~{~}+AAA-"), "Content-Type: text/plain; charset=iso-2022-jp")


# Charsets

def random_high(octets, seed=1):
    return bytes(c | 0x80 for c in random.Random(seed).randbytes(octets))


def high(label):
    return mail(random_high(2 * MB), "Content-Type: text/plain" + (f"; charset={label}" if label else ""))


for label in ["", "utf-8", "gb18030", "big5", "euc-kr", "shift_jis", "euc-jp", "iso-2022-jp", "utf-7", "utf-16", "koi8-r"]:
    MESSAGES["random_high_" + (label or "unlabelled").replace("-", "_")] = lambda label=label: high(label)


@message
def lines_of_two_charsets():
    return mail(filled("中文邮件\n".encode("gbk") + "中文邮件\n".encode() + "메일\n".encode("cp949")), "Content-Type: text/plain")


# Transfer encodings

@message
def base64_text():
    return text(packed(filled("Hello 中文 http://a.example.com/ ", 3 * MB)), encoding="base64")


@message
def base64_of_noise():
    return text(filled("=A=?B\n"), encoding="base64")


@message
def quoted_printable_signs():
    return text(filled("="), encoding="quoted-printable")


@message
def quoted_printable_breaks():
    return text(filled("=\r\n"), encoding="quoted-printable")


# HTML

@message
def html_nested():
    return html(filled("<div><b><table><td>"))


@message
def html_misnested():
    return html(filled("<b><i><p></b></i><a href=x><table></a>"))


@message
def html_unclosed_tag():
    return html(filled("<a "))


@message
def html_attributes():
    return html("<p " + "".join(f"a{i}=b " for i in range(200_000)) + ">x")


@message
def html_comments():
    return html(filled("<!--<!-"))


@message
def html_references():
    return html(filled("&#x4e2d;&amp;&CounterClockwiseContourIntegral;&#9999999999;"))


@message
def html_rules():
    rules = "".join(f".a{i} div > p .b{i} {{ display: none; color: #fff }}\n" for i in range(20_000))
    return html("<style>" + rules + "</style>" + filled('<div class="a1 a2 a3"><p class=b7>x</p>', MB).decode())


@message
def html_selectors():
    return html("<style>" + "div " * 100_000 + "{display:none} " + "*," * 100_000 + "p{color:red}</style>" + "<div>x" * 100_000)


@message
def html_inline_styles():
    return html(filled('<span style="color:rgb(255,255,255);background:white;font-size:1px;position:absolute;left:-999px">x</span>'))


@message
def html_links():
    return html("".join(f'<a href="http://h{i}.example.com/">http://o{i}.example.org/</a>' for i in range(30_000)))


@message
def html_alternating_hidden():
    return html(filled("<i style=display:none>a</i>b"))


# Files

def deflated(octets):
    return zlib.compress(octets, 9)


def pdf(content, objects=b""):
    return (b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(content)
            + content + b"\nendstream endobj\n" + objects + b"trailer<</Root 1 0 R>>\n")


def zipped(name, octets, copies=1):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml"), b"<Types/>", zipfile.ZIP_DEFLATED)
        for i in range(copies):
            archive.writestr(zipfile.ZipInfo(name.format(i)), octets, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@message
def bomb_pdf():
    bomb = pdf(deflated(filled("BT (x) Tj ET ", 100 * MB)))
    return mixed([attached("application/pdf", bomb)] * 2)


@message
def bombs_pdf():
    bomb = pdf(deflated(filled("BT (x) Tj ET ", 9 * MB)))
    return mixed([attached("application/pdf", bomb)] * 100)


@message
def bombs_office():
    document = filled("<w:t>x</w:t>", 9 * MB)
    return mixed([attached("application/zip", zipped("word/document.xml", document))] * 100)


@message
def bombs_pdf_of_nothing():
    bomb = pdf(deflated(b" " * 8 * MB))
    return mixed([attached("application/pdf", bomb)] * 150)


@message
def zip_of_many_names():
    return mixed([attached("application/zip", zipped("{:08}.exe", b"", 20_000))])


@message
def pdf_of_many_objects():
    objects = b"".join(b"%d 0 obj<</A %d 0 R>>endobj\n" % (i, i + 1) for i in range(5, 80_000))
    return mixed([attached("application/pdf", pdf(deflated(b"BT (x) Tj ET"), objects))])


@message
def pdf_of_broken_objects():
    return mixed([attached("application/pdf", b"%PDF-1.4\n" + filled("1 0 obj<<[(", 2 * MB))])


@message
def rtf_nested():
    return mixed([attached("application/rtf", b"{\\rtf1 " + filled("{\\b x", 2 * MB))])


def png(width, height, rows):
    def chunk(name, octets):
        return struct.pack(">I", len(octets)) + name + octets + struct.pack(">I", zlib.crc32(name + octets))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)) + chunk(b"IEND", b""))


def corners(side):
    """A picture full of the squares that stand in three corners of a QR code, 7 dots each with one between."""
    square = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111", "0000000"]
    rows = [int("".join("01"[c == "0"] for c in (line + "0") * (side // 8)), 2).to_bytes(side // 8, "big") for line in square]
    return png(side, side, (rows[y % 8] for y in range(side)))


@message
def pictures_of_qr_corners():
    return mixed([attached("image/png", corners(1_104))] * 20)


@message
def pictures_of_noise():
    noise = random.Random(1)
    return mixed([attached("image/png", png(1_104, 1_104, (noise.randbytes(138) for _ in range(1_104))))] * 20)


@message
def picture_bomb():
    return mixed([attached("image/png", png(24_000, 24_000, (b"\0" * 3_000 for _ in range(24_000))))])


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        print(inspect.getdoc(sys.modules[__name__]), file=sys.stderr)
        return 2
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or MESSAGES:
        if name not in MESSAGES:
            print(f"bench/hostile.py: no message is named {name}", file=sys.stderr)
            return 2
        (folder / f"{name}.eml").write_bytes(MESSAGES[name]())
    return 0


if __name__ == "__main__":
    sys.exit(main())
