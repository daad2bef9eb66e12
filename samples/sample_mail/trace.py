"""Received lines: the top one, written by the receiving host, and what stands below it, true or not."""

import time

RECEIVER = "mx.weir.test"
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_ID = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
OFFSETS = {"zh-Hans": 480, "zh-Hant": 480, "ja": 540, "ko": 540, "en": 0, "de": 60, "es": 60, "ru": 180}


def date(when, minutes=0):
    t = time.gmtime(when + minutes * 60)
    sign, away = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return (f"{_DAYS[t.tm_wday]}, {t.tm_mday} {_MONTHS[t.tm_mon - 1]} {t.tm_year} {t.tm_hour:02}:{t.tm_min:02}:{t.tm_sec:02} "
            f"{sign}{away // 60:02}{away % 60:02}")


def literal(address):
    return f"[IPv6:{address}]" if address.version == 6 else f"[{address}]"


def received_by_us(host, rcpt, when, rng):
    tls = "\r\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\r\n\t key-exchange X25519 server-signature ECDSA (prime256v1))" \
          "\r\n\t(No client certificate requested)" if host.rdns and rng.chance(55) else ""
    return (f"from {host.helo} ({host.rdns or 'unknown'} {literal(host.address)}){tls}\r\n\tby {RECEIVER} (Postfix) with "
            f"ESMTP{'S' if tls else ''} id {rng.text(_ID, 15)}\r\n\tfor <{rcpt}>; {date(when)} (UTC)")


def _inside(rng):
    return f"10.{rng.below(256)}.{rng.below(256)}.{rng.between(1, 254)}"


def _postfix(host_name, rng, when, minutes, sender):
    client = _inside(rng)
    return (f"from {rng.choice(('desk', 'laptop', 'studio', 'pc4'))} (unknown [{client}])\r\n\tby {host_name} (Postfix) with ESMTPSA id "
            f"{rng.text(_ID, 12)}\r\n\tfor <{sender}>; {date(when, minutes)}")


def _exim(host_name, rng, when, minutes, sender):
    return (f"from [{_inside(rng)}] (helo={rng.choice(('desk', 'tablet', 'office-2'))})\r\n\tby {host_name} with esmtpsa  (TLS1.3) tls "
            f"TLS_AES_128_GCM_SHA256\r\n\t(Exim 4.96)\r\n\t(envelope-from <{sender}>)\r\n\tid 1{rng.text(_ID, 5)}-{rng.text('0123456789ABCDEF', 8)}-"
            f"{rng.text(_ID, 3)};\r\n\t{date(when, minutes)}")


def _sendmail(host_name, rng, when, minutes, sender):
    return (f"from localhost (localhost [127.0.0.1])\r\n\tby {host_name} (8.17.1/8.17.1) with ESMTP id {rng.text(_ID, 8)}{rng.between(100000, 999999)};"
            f"\r\n\t{date(when, minutes)}")


def _qmail(host_name, rng, when, minutes, sender):
    return f"(qmail {rng.between(1000, 30000)} invoked by uid {rng.choice((89, 1001, 508))}); {date(when, 0).replace('+0000', '-0000')}"


def _qmail_smtp(host_name, rng, when, minutes, sender):
    return (f"from unknown (HELO {rng.choice(('desk', 'reception'))}) ({_inside(rng)})\r\n  by {host_name} with SMTP; "
            f"{date(when, 0).replace('+0000', '-0000')}")


def _groupware(host_name, rng, when, minutes, sender):
    domain = host_name.partition(".")[2]
    return (f"from hub{rng.between(1, 4)}.{domain} ({_inside(rng)}) by hub{rng.between(5, 8)}.{domain}\r\n ({_inside(rng)}) with SMTP Server "
            f"(version=TLS1_2,\r\n cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.2.{rng.between(900, 1500)}.{rng.between(1, 40)}; {date(when, minutes)}")


MTAS = (_postfix, _exim, _sendmail, _qmail, _qmail_smtp, _groupware)


def from_inside(mta, host, sender, when, minutes, rng):
    """The line of a good sender's own host: its own program, always the same one."""
    return MTAS[mta % len(MTAS)](host.helo, rng, when - rng.between(1, 40), minutes, sender)


def forged(claimed_domain, address, when, rng):
    """A line that the sender made up: somebody else's host, a time that does not fit."""
    wrong = when + rng.choice((-86400, -7200, 3600, 5 * 3600)) + rng.below(3000)
    name = rng.choice(("mail", "smtp-out", "mta3", "webmail")) + "." + claimed_domain
    if rng.chance(50):
        return (f"from {name} ({name} [{address}]) by {rng.choice(('mx1', 'relay', 'in4'))}.{claimed_domain} (8.12.{rng.below(12)}/8.12.{rng.below(12)}) "
                f"with SMTP\r\n\tid {rng.text(_ID, 10)}; {date(wrong, rng.choice((-480, -300, 0, 480)))}")
    return f"from {address} by {name} with HTTP;\r\n\t{date(wrong, rng.choice((-480, -300, 0, 480)))}"


def through_relay(relay, engine, engine_helo, when, minutes, rng):
    """The line that an open relay wrote truly about the engine behind it."""
    own = rng.choice(("(8.9.3/8.9.3) with SMTP", "(Postfix) with SMTP", "(8.11.6/8.11.6) with ESMTP"))
    return (f"from {engine_helo} ([{engine}])\r\n\tby {relay.helo} {own} id {rng.text(_ID, 9)}\r\n\tfor <list-{rng.between(100, 999)}@{relay.helo}>; "
            f"{date(when - rng.between(2, 400), minutes)}")
