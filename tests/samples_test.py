#!/usr/bin/python3
"""What samples/README.md says about the sample mail holds. Run: python3 tests/samples_test.py"""

import codecs
import collections
import email
import email.header
import email.policy
import filecmp
import ipaddress
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
END = 1_795_000_000
ALLOWED = [ipaddress.ip_network(text) for text in (
    "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15", "240.0.0.0/4", "2001:db8::/32", "3fff::/20")]
INSIDE = [ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("127.0.0.0/8")]
LANGUAGES = {"zh-Hans", "zh-Hant", "ja", "ko", "en", "de", "es", "ru"}
CHARSETS = ("gb2312", "gbk", "gb18030", "big5", "euc_kr", "iso2022_jp", "shift_jis", "euc_jp", "koi8_r", "cp1251", "cp1252", "utf-8")


def generate(folder, seed):
    subprocess.run([sys.executable, "-B", ROOT / "samples/generate.py", "--out", folder, "--end", str(END), "--seed", str(seed)],
                   check=True, stdout=subprocess.DEVNULL)


def inside(address, networks):
    return any(address.version == network.version and address in network for network in networks)


class Samples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name) / "a"
        generate(cls.folder, 1)
        cls.index = [line.split() for line in (cls.folder / "index").read_text(encoding="ascii").splitlines()]
        cls.truth = json.loads((cls.folder / "truth.json").read_text(encoding="utf-8"))
        cls.octets = {path: (cls.folder / path).read_bytes() for _, path, _, _ in cls.index}
        cls.messages = {path: email.message_from_bytes(octets, policy=email.policy.compat32) for path, octets in cls.octets.items()}

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def test_the_same_seed_gives_the_same_octets_and_another_seed_others(self):
        again, other = (pathlib.Path(self.temporary.name) / name for name in ("b", "c"))
        generate(again, 1)
        generate(other, 2)
        names = ["index", "networks.csv", "countries.csv", "truth.json", *self.octets]
        self.assertEqual(filecmp.cmpfiles(self.folder, again, names, shallow=False), (names, [], []))
        self.assertNotEqual((self.folder / "truth.json").read_bytes(), (other / "truth.json").read_bytes())

    def test_there_is_enough_of_every_language_and_it_stays_small(self):
        self.assertGreaterEqual(len(self.index), 1200)
        self.assertLessEqual(len(self.index), 2000)
        for label in ("ham", "spam"):
            counts = collections.Counter(self.truth["messages"][path]["language"] for found, path, _, _ in self.index if found == label)
            self.assertEqual(set(counts), LANGUAGES)
            self.assertGreaterEqual(min(counts.values()), 50, counts)
        counts = collections.Counter(row["language"] for row in self.truth["messages"].values())
        self.assertGreaterEqual(min(counts.values()), 60, counts)
        self.assertLess(sum(map(len, self.octets.values())), 8_000_000)

    def test_the_index_is_in_order_of_time_inside_the_week(self):
        times = [self.truth["messages"][path]["time"] for _, path, _, _ in self.index]
        self.assertEqual(times, sorted(times))
        self.assertGreaterEqual(times[0], END - 7 * 86400)
        self.assertLess(times[-1], END)

    def test_a_third_is_learnt_and_what_is_scanned_comes_later_in_each_stream(self):
        learnt = sum(role == "learn" for _, _, role, _ in self.index)
        self.assertTrue(0.33 < learnt / len(self.index) < 0.38, learnt)
        streams = collections.defaultdict(list)
        for label, path, role, campaign in self.index:
            streams[label, campaign, self.truth["messages"][path]["language"]].append(role)
        for stream, roles in streams.items():
            self.assertIn("scan", roles, stream)
            self.assertGreaterEqual(roles.count("learn"), 3, stream)
            self.assertEqual(roles, sorted(roles), stream)  # 'learn' before 'scan'

    def test_six_campaigns_of_many_hosts_in_several_networks(self):
        campaigns = self.truth["campaigns"]
        self.assertEqual(len(campaigns), 6)
        self.assertEqual({name for label, _, _, name in self.index if label == "spam"}, set(campaigns))
        for name, campaign in campaigns.items():
            self.assertGreaterEqual(len(campaign["sources"]), 24, name)
            networks = {address.rpartition(".")[0] or address.rpartition("::")[0] for address in campaign["sources"]}
            self.assertGreaterEqual(len(networks), 4, name)
            for address, host in campaign["hosts"].items():
                self.assertGreaterEqual(host["messages"], 4, address)
                if campaign["kind"] == "dynamic":
                    day = 86400
                    self.assertEqual((host["first"] - END) // day, (host["last"] - END) // day, address)

    def test_spam_and_good_mail_come_from_different_hosts_of_the_same_networks(self):
        spam = {self.truth["messages"][path]["source"] for label, path, _, _ in self.index if label == "spam"}
        ham = {self.truth["messages"][path]["source"] for label, path, _, _ in self.index if label == "ham"}
        self.assertEqual(spam & ham, set(self.truth["mixed"]))
        self.assertEqual(ham, set(self.truth["good"]) | set(self.truth["mixed"]))
        self.assertEqual(spam, set(self.truth["mixed"]).union(*(c["sources"] for c in self.truth["campaigns"].values())))
        self.assertGreaterEqual(len(self.truth["neighbours"]), 40)
        sent = collections.Counter(self.truth["messages"][path]["source"] for label, path, _, _ in self.index if label == "ham")
        self.assertGreaterEqual(min(sent.values()), 4)

    def test_ipv6_hosts_have_a_64_of_their_own(self):
        everybody = self.truth["good"] + [a for c in self.truth["campaigns"].values() for a in c["sources"]]
        v6 = [address for address in map(ipaddress.ip_address, everybody) if address.version == 6]
        self.assertGreaterEqual(len(v6), 10)
        self.assertEqual(len({int(address) >> 64 for address in v6}), len(v6))

    def test_the_top_received_line_names_the_source(self):
        for path, message in self.messages.items():
            top = message.get_all("Received")[0]
            self.assertRegex(top, r"by mx\.weir\.test \(Postfix\) with ESMTPS? id \w+\s+for <\w+@weir\.test>; ")
            source = re.match(r"from \S+ \(\S+ \[(?:IPv6:)?([0-9a-f.:]+)\]\)", top).group(1)
            self.assertEqual(source, self.truth["messages"][path]["source"], path)
            stamp = email.utils.parsedate_to_datetime(top.rpartition(";")[2]).timestamp()
            self.assertEqual(int(stamp), self.truth["messages"][path]["time"], path)
            self.assertNotIn("mx.weir.test", "".join(message.get_all("Received")[1:]), path)

    def test_relays_show_the_engine_below_them(self):
        engines = set(self.truth["engines"])
        relays = set(self.truth["relays"])
        for path, message in self.messages.items():
            if self.truth["messages"][path]["source"] in relays:
                lines = message.get_all("Received")
                self.assertEqual(len(lines), 3, path)
                self.assertIn(re.search(r"\[([0-9.]+)\]", lines[1]).group(1), engines)

    def test_every_address_is_of_a_range_that_is_nobodys(self):
        # What a regular expression takes for an address and is none, such as "8.12.4.1", would have to be four numbers: none is written.
        four = re.compile(rb"(?<![\w.+-])(\d{1,3}(?:\.\d{1,3}){3})(?![\w.-])")
        for path, message in self.messages.items():
            for line in message.get_all("Received"):
                for text in four.findall(re.sub(rb"id 15\.2\S*", b"", line.encode())):
                    self.assertTrue(inside(ipaddress.ip_address(text.decode()), ALLOWED + INSIDE), (path, text))
        for row in self.truth["messages"].values():
            self.assertTrue(inside(ipaddress.ip_address(row["source"]), ALLOWED))
        for name in ("networks.csv", "countries.csv"):
            for line in (self.folder / name).read_text(encoding="utf-8").splitlines()[1:]:
                start, end = map(ipaddress.ip_address, line.split(",")[:2])
                self.assertTrue(any(start.version == n.version and start in n and end in n for n in ALLOWED), line)
                if name == "networks.csv":
                    asn = int(line.split(",")[2])
                    self.assertTrue(64496 <= asn <= 64511 or 65536 <= asn <= 65551 or 64512 <= asn <= 65534, line)

    def test_every_name_is_reserved(self):
        host = re.compile(r"(?:https?://|@)([a-zA-Z0-9.-]+)")
        for path, message in self.messages.items():
            octets = [self.octets[path].split(b"\r\n\r\n", 1)[0]]
            octets += [part.get_payload(decode=True) for part in message.walk() if part.get_content_maintype() == "text"]
            for text in octets:
                for name in host.findall(text.decode(self.truth["messages"][path]["charset"], "replace")):
                    self.assertRegex(name.rstrip("."), r"\.(example|test|invalid)$", path)

    def test_charsets_are_what_is_claimed_and_the_rest_is_said_to_be_otherwise(self):
        used, faults = collections.Counter(), collections.Counter()
        for path, message in self.messages.items():
            truth = self.truth["messages"][path]
            declared = truth["declared"]
            right = declared is not None and codecs.lookup(declared).name == codecs.lookup(truth["charset"]).name
            if right:
                used[codecs.lookup(truth["charset"]).name] += 1
            else:
                faults["missing" if declared is None else "wrong"] += 1
            for part in message.walk():
                if part.get_content_maintype() != "text" or part.get_filename():
                    continue
                self.assertEqual((part.get_content_charset() or "").lower(), (declared or "").lower(), path)
                text = part.get_payload(decode=True).decode(declared if right else truth["charset"])  # strict: throws if it is not so
                self.assertNotIn("\ufffd", text)
            for name in ("Subject", "From"):
                if all(ord(c) < 128 for c in str(message[name])):
                    self.assertNotIn("\ufffd", str(email.header.make_header(email.header.decode_header(message[name]))))
        for charset in CHARSETS:
            self.assertGreaterEqual(used[codecs.lookup(charset).name], 10, charset)
        self.assertGreaterEqual(faults["missing"], 60)
        self.assertGreaterEqual(faults["wrong"], 30)

    def test_transfer_encodings_and_layouts_vary(self):
        transfers, kinds = collections.Counter(), collections.Counter()
        for message in self.messages.values():
            kinds[message.get_content_type()] += 1
            for part in message.walk():
                transfers[part.get("Content-Transfer-Encoding")] += 1
        for transfer in ("base64", "quoted-printable", "8bit", "7bit"):
            self.assertGreaterEqual(transfers[transfer], 100, transfers)
        for kind in ("text/plain", "text/html", "multipart/alternative", "multipart/mixed"):
            self.assertGreaterEqual(kinds[kind], 100, kinds)

    def test_lines_are_as_smtp_carries_them(self):
        for path, octets in self.octets.items():
            self.assertNotIn(b"\n", octets.replace(b"\r\n", b""), path)
            self.assertNotIn(b"\r", octets.replace(b"\r\n", b""), path)
            self.assertLessEqual(max(map(len, octets.split(b"\r\n"))), 998, path)

    def test_no_template_mark_is_left(self):
        for path, message in self.messages.items():
            for part in message.walk():
                if part.get_content_maintype() == "text" and not part.get_filename():
                    text = part.get_payload(decode=True).decode(self.truth["messages"][path]["charset"])
                    self.assertIsNone(re.search(r"[{}]|\$[a-z]", text), path)


if __name__ == "__main__":
    unittest.main()
