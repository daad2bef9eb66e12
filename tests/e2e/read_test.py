"""`weir read` and POST /v1/read: what is in a message, for a person and for a program."""
import json
import pathlib
import unittest
import urllib.error
import urllib.request

from support import ROOT, Home, Node, mail, weir

SAMPLES = ROOT / "src" / "mail" / "testdata"


def objects(result):
    # A text may hold U+2028, where str.splitlines() would cut.
    return [json.loads(line) for line in result.out.split("\n") if line]


def post(node, body, method="POST"):
    request = urllib.request.Request(node.url + "/v1/read", data=body, method=method)
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.headers["Content-Type"], json.loads(response.read())


class Read(unittest.TestCase):
    def test_a_file_for_a_person(self):
        with Home() as home:
            text = weir(home.path, "read", SAMPLES / "links.eml", check=0).out
            for word in ("Subject ", "Trace: source ", "\nParts\n", "\nText of part ", "\nLinks: "):
                self.assertIn(word, text)

    def test_a_file_and_standard_input_give_the_same_object(self):
        octets = (SAMPLES / "links.eml").read_bytes()
        with Home() as home:
            file = objects(weir(home.path, "read", SAMPLES / "links.eml", "--json", check=0))
            stdin = objects(weir(home.path, "read", "-", "--json", check=0, input=octets))
        self.assertEqual([m.pop("path") for m in file + stdin], [str(SAMPLES / "links.eml"), "-"])
        self.assertEqual(file, stdin)
        self.assertEqual(file[0]["v"], 1)
        self.assertEqual(file[0]["octets"], len(octets))

    def test_a_folder_is_read_in_order(self):
        with Home() as home:
            folder = home.path / "in"
            folder.mkdir()
            for number in range(12):
                (folder / f"m{number:02}").write_bytes(mail(number, f"198.18.0.{number + 1}"))
            read = objects(weir(home.path, "read", folder, "--json", check=0))
            self.assertEqual([m["subject"] for m in read], [f"number {n}" for n in range(12)])
            self.assertEqual([m["trace"]["source"] for m in read], [f"198.18.0.{n + 1}" for n in range(12)])
            text = weir(home.path, "read", folder, check=0).out
            self.assertEqual(text.count("== "), 12)

    def test_a_missing_file_says_so_and_fails(self):
        with Home() as home:
            result = weir(home.path, "read", home.path / "nowhere", check=1)
            self.assertIn("nowhere", result.err)

    def test_a_terminal_is_not_sent_controls(self):
        octets = b"Subject: =?utf-8?q?=1B]0;x=07?=\r\n\r\n\x1b[2J\xe2\x80\xaetxt.exe\r\n"
        with Home() as home:
            text = weir(home.path, "read", "-", check=0, input=octets).out
        self.assertNotIn("\x1b", text)
        self.assertNotIn("\u202e", text)
        self.assertIn("\\u{1B}[2J\\u{202E}txt.exe", text)

    def test_the_node_answers_with_the_same_object(self):
        with Home() as home, Node(home.path) as node:
            for sample in sorted(SAMPLES.glob("*.eml"))[:10]:
                kind, answer = post(node, sample.read_bytes())
                self.assertIn("application/json", kind)
                said = objects(weir(home.path, "read", sample, "--json", check=0))[0]
                said.pop("path")
                self.assertEqual(answer, said, sample.name)
            with self.assertRaises(urllib.error.HTTPError) as refused:
                post(node, None, method="GET")
            self.assertEqual(refused.exception.code, 405)
            refused.exception.close()

    def test_the_node_reads_a_message_of_five_megabytes(self):
        line = b"buy at http://shop.example.com/ now, said the spammer again\r\n"
        octets = mail(1, "198.18.0.1") + line * (5_000_000 // len(line))
        with Home() as home, Node(home.path) as node:
            _, answer = post(node, octets)
            self.assertEqual(answer["octets"], len(octets))
            self.assertEqual([link["host"] for link in answer["links"]], ["shop.example.com"])


if __name__ == "__main__":
    unittest.main()
