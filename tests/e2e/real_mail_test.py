"""Real mail, where there is any: no message crashes, hangs or is dropped; evidence goes where the trace points.

The corpora are not part of the project: a folder named by WEIR_DATA, or one beside the checkout, holds them as archives."""
import json
import os
import pathlib
import subprocess
import time
import unittest

from support import ROOT, Home, weir

DATA = pathlib.Path(os.environ.get("WEIR_DATA", ROOT.parent / "shared" / "data"))
UNPACKED = ROOT / "build" / "data"


def corpus(name):
    archive = DATA / f"{name}.tar.zst"
    if not archive.exists():
        raise unittest.SkipTest("no data")
    folder, done = UNPACKED / name, UNPACKED / f".{name}"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with subprocess.Popen(["zstd", "-dc", archive], stdout=subprocess.PIPE) as packed:
            subprocess.run(["tar", "-xf", "-", "-C", folder], stdin=packed.stdout, check=True)
        done.touch()
    return folder


class RealMail(unittest.TestCase):
    def scan(self, *paths):
        began = time.monotonic()
        with Home() as home:
            result = weir(home.path, "scan", "--json", *paths, timeout=600)
        self.assertIn(result.returncode, (0, 1), result.err)
        lines = [json.loads(line) for line in result.out.splitlines()]
        print(f"{paths[0]}: {len(lines)} messages in {time.monotonic() - began:.1f} s,",
              f"{sum(1 for l in lines if l.get('problems'))} with problems,",
              f"{sum(1 for l in lines if l.get('source', {}).get('ip'))} with a source")
        return lines

    def check_index(self, name):
        return self.check_index_file(next(corpus(name).rglob("index")))

    def check_index_file(self, index):
        lines = self.scan(index)
        expected = [line.split()[1] for line in index.read_text().splitlines() if line.strip()]
        self.assertEqual([l["path"] for l in lines], [str(index.parent / p) for p in expected])
        self.assertFalse([l for l in lines if "error" in l])
        return lines

    def test_spamassassin_public_corpus(self):
        index = ROOT / "var" / "corpus" / "spam-assassin" / "index"  # made by tools/fetch_corpus
        if not index.exists():
            self.skipTest("no data: run tools/fetch_corpus")
        lines = self.check_index_file(index)
        self.assertEqual(len(lines), 6046)
        # The rest was submitted on the receiving host itself, or has no Received line at all.
        self.assertGreater(sum(1 for l in lines if l["source"]["ip"]) / len(lines), 0.8)

    def test_english_mail_of_2010(self):
        lines = self.check_index("csdmc2010")
        self.assertGreater(sum(1 for l in lines if l["source"]["ip"]) / len(lines), 0.95)

    def test_chinese_mail_without_charset_labels(self):
        lines = self.check_index("zh-2005")
        chinese = sum(1 for l in lines if any(t.startswith("zh") for t in l["languages"]))
        self.assertGreater(chinese / len(lines), 0.95)

    def test_phishing_in_many_languages(self):
        lines = self.check_index("phish-2022-23")
        self.assertGreater(sum(1 for l in lines if l["source"]["ip"]) / len(lines), 0.95)
        self.assertGreater(len({t for l in lines for t in l["languages"]}), 10)

    def test_no_message_of_the_torture_sets_is_dropped(self):
        folder = corpus("torture")
        lines = self.scan(folder)
        seen = {l["path"].rsplit("#", 1)[0] for l in lines}
        missing = {str(p) for p in folder.rglob("*") if p.is_file()} - seen
        self.assertEqual(missing, set())
        self.assertFalse([l for l in lines if "error" in l])

    def test_reports_and_bounces(self):
        folder = corpus("reports")
        with Home() as home:
            result = weir(home.path, "report", "--json", folder, timeout=600)
            lines = [json.loads(line) for line in result.out.splitlines()]
            files = [p for p in folder.rglob("*") if p.is_file()]
            self.assertGreaterEqual(len(lines), len(files))
            for line in lines:
                self.assertTrue(line.get("evidence_id") or line.get("error"), line)


if __name__ == "__main__":
    unittest.main()
