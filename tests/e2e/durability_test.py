"""Nothing acknowledged is lost: kill -9, damaged files, a full disk; and what is derived can be made again."""
import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest
import urllib.error
from email.utils import formatdate

from support import BINARY, END_TEXT, Home, Node, mail, set_clock, weir, weir_json

MOMENTS = int(os.environ.get("WEIR_KILL_MOMENTS", "200"))


def varint_sized(octets):
    assert len(octets) < 128
    return bytes([len(octets)]) + octets


def evidence_ids(home):
    """The ids of every record in the log, computed as docs/formats/evidence.md says, without Weir."""
    ids = set()
    with sqlite3.connect(home / "evidence.db") as db:
        for (octets,) in db.execute("SELECT octets FROM evidence ORDER BY seq"):
            record = json.loads(octets)
            fields = b"".join([varint_sized(b"weir evidence id 1"), varint_sized(record["kind"].encode()),
                               varint_sized(record["reporter"].encode()), bytes.fromhex(record["message"]),
                               varint_sized(record.get("source", "").encode())])
            ids.add(hashlib.sha256(fields).hexdigest()[:32])
    return ids


def write_mails(folder, count):
    folder.mkdir()
    for number in range(count):
        # Four mails a source, so that the policy has something to decide while it is being killed.
        source = f"198.18.{number // 4 // 250}.{number // 4 % 250 + 1}"
        (folder / f"{number:05}").write_bytes(mail(number, source, date="Sat, 31 Jan 2026 11:58:00 +0000"))
    (folder / "index").write_text("".join(f"spam {n:05}\n" for n in range(count)))


def eventually(true, seconds=10):
    """Whether it comes true within the time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def health(node):
    try:
        return node.get("/healthz")[0]
    except urllib.error.HTTPError as error:
        return error.code


class KillNine(unittest.TestCase):
    def test_every_acknowledged_id_is_there_after_random_kills(self):
        seed = int(os.environ.get("WEIR_SEED", random.randrange(1 << 32)))
        chance = random.Random(seed)
        acknowledged = set()
        killed_reports = killed_nodes = 0
        with Home() as home:
            path = home.path
            clock = path / "clock"
            set_clock(clock, END_TEXT)
            write_mails(path / "in", 3000)
            log = open(path / "node.log", "ab")
            # On a busy machine everything takes longer: the moments spread over one report, whatever that takes.
            (path / "round").write_text("".join(f"spam in/{n:05}\n" for n in range(100)) * 5)
            weir(path, "report", path / "round", check=0)  # makes the logs
            began = time.monotonic()
            weir(path, "report", path / "round", check=0)
            span = time.monotonic() - began
            for moment in range(MOMENTS):
                # A part of the mails, so that each round files new ones and some again.
                first = chance.randrange(2900)
                (path / "round").write_text("".join(f"spam in/{n:05}\n" for n in range(first, first + 100)) * 5)
                node = subprocess.Popen([BINARY, "up", "--json", "--home", str(path), "--clock", str(clock)],
                                        stdout=subprocess.DEVNULL, stderr=log)
                filing = subprocess.Popen([BINARY, "report", "--json", "--home", str(path), str(path / "round"),
                                           "--reporter", f"r{moment}"], stdout=subprocess.PIPE, stderr=log)
                time.sleep(chance.random() * span)
                for process in chance.sample((node, filing), 2):
                    process.kill()
                    time.sleep(chance.random() * 0.005)
                out = filing.stdout.read().decode()
                filing.stdout.close()
                killed_nodes += node.wait(30) == -signal.SIGKILL
                killed_reports += filing.wait(30) == -signal.SIGKILL
                # The last line may be torn; a whole line is an acknowledgement.
                acknowledged |= {json.loads(line)["evidence_id"] for line in out.split("\n")[:-1]}
            log.close()
            message = f"replay with WEIR_SEED={seed}"
            self.assertGreater(killed_nodes, MOMENTS * 0.9, message)
            self.assertGreater(killed_reports, MOMENTS * 0.1, message)
            self.assertGreater(len(acknowledged), MOMENTS, message)
            with Node(path, "--clock", clock) as node:  # it starts again, and says so only after its first step
                self.assertEqual(node.get("/healthz")[0], 200, message)
                self.assertEqual(node.stop(), 0, message)
            missing = acknowledged - evidence_ids(path)
            self.assertEqual(len(missing), 0, message)
            verified = weir_json(path, "ledger", "verify", check=0)[0]
            self.assertTrue(verified["ok"], message)
            self.assertGreater(verified["size"], 10, message)
            self.same_after_rebuild(path)

    def same_after_rebuild(self, path):
        def digests():
            return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in (path / "projections").iterdir()}
        before = digests()
        self.assertEqual(len(before), 5)
        weir(path, "rebuild", check=0)
        self.assertEqual(digests(), before)


class Damage(unittest.TestCase):
    def make(self, home):
        set_clock(home.path / "clock", END_TEXT)
        write_mails(home.path / "in", 80)
        weir(home.path, "report", home.path / "in" / "index", check=0)
        weir(home.path, "decide", "--now", END_TEXT, check=0)
        for name in ("evidence.db", "ledger.db"):  # everything into the one file, so that a copy is whole
            with sqlite3.connect(home.path / name) as db:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.close()
        self.assertGreater(weir_json(home.path, "ledger", "verify", check=0)[0]["size"], 5)

    def test_a_changed_byte_in_the_ledger_is_found_and_named(self):
        with Home() as home:
            self.make(home)
            file = home.path / "ledger.db"
            whole = file.read_bytes()
            # Every entry says "rule": change a letter of one, as a person with write access would.
            at = whole.index(b'"reason"', len(whole) // 2) + 12
            file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
            verified = weir_json(home.path, "ledger", "verify", check=1)[0]
            self.assertFalse(verified["ok"])
            self.assertRegex(verified["error"], r"\d")
            result = weir(home.path, "up", check=1)
            self.assertRegex(result.err, "ledger")

    def test_an_entry_rewritten_with_its_checksum_is_found_by_the_tree(self):
        with Home() as home:
            self.make(home)
            with sqlite3.connect(home.path / "ledger.db") as db:
                seq, octets = db.execute("SELECT seq, octets FROM entries WHERE seq = 3").fetchone()
                forged = octets.replace(b"198.18.0.", b"198.19.0.")
                self.assertNotEqual(forged, octets)
                import ctypes.util
                library = ctypes.util.find_library("xxhash")
                if not library:
                    self.skipTest("libxxhash is not installed")
                xxhash = ctypes.CDLL(library)
                xxhash.XXH64.restype = ctypes.c_uint64
                xxhash.XXH64.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint64]
                value = xxhash.XXH64(forged, len(forged), seq)
                db.execute("UPDATE entries SET octets = ?, sum = ? WHERE seq = ?",
                           (forged, value - (1 << 64) if value >= 1 << 63 else value, seq))
            db.close()
            verified = weir_json(home.path, "ledger", "verify", check=1)[0]
            self.assertIn("checkpoint", verified["error"])

    def test_truncated_logs_are_refused_with_a_clear_error(self):
        with Home() as home:
            self.make(home)
            for name in ("evidence.db", "ledger.db"):
                file = home.path / name
                whole = file.read_bytes()
                for size in (len(whole) // 2, 4096, 100):
                    file.write_bytes(whole[:size])
                    result = weir(home.path, "up", timeout=60, check=1)
                    self.assertIn(name, result.err, size)
                file.write_bytes(whole)
            self.assertTrue(weir_json(home.path, "ledger", "verify", check=0)[0]["ok"])

    def test_a_ledger_without_its_key_or_a_key_without_its_ledger_is_refused(self):
        for gone, says in (("keys/ledger.seed", "ledger.seed is missing"), ("ledger.db", "ledger.db is missing or empty")):
            with Home() as home:
                with Node(home.path) as node:
                    self.assertEqual(node.stop(), 0)
                (home.path / gone).unlink()
                self.assertIn(says, weir(home.path, "up", check=1).err)

    def test_entries_whose_checkpoint_failed_are_signed_and_served_once_it_can_be(self):
        with Home() as home, Node(home.path) as node:
            with contextlib.closing(sqlite3.connect(home.path / "ledger.db", timeout=10)) as db:
                db.execute("CREATE TRIGGER broken BEFORE INSERT ON checkpoints BEGIN SELECT RAISE(ABORT, 'no'); END")
                db.commit()
                for number in range(6):
                    (home.path / f"m{number}").write_bytes(mail(number, "198.18.7.7", date=formatdate()))
                weir(home.path, "report", *[home.path / f"m{number}" for number in range(6)], check=0)
                self.assertTrue(eventually(lambda: health(node) == 503))
                time.sleep(1)
                self.assertEqual(health(node), 503, "a failed decision stays failed until one succeeds")
                db.execute("DROP TRIGGER broken")
                db.commit()
            self.assertTrue(eventually(lambda: node.short("198.18.7.7"), 20))
            self.assertEqual(health(node), 200)
            self.assertEqual(weir_json(home.path, "ledger", "verify", check=0)[0]["size"], 1)

    def test_damaged_projections_are_made_again(self):
        with Home() as home:
            self.make(home)
            weir(home.path, "rebuild", check=0)
            for file in (home.path / "projections").iterdir():
                file.write_bytes(file.read_bytes()[:10])
            self.assertEqual(weir_json(home.path, "check", "198.18.0.1", "--now", END_TEXT, check=1)[0]["evidence"]["reports"], 4)


class FullDisk(unittest.TestCase):
    def test_a_full_disk_is_named_and_loses_nothing_acknowledged(self):
        with Home() as home:
            small = home.path / "small"
            small.mkdir()
            mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)]
            if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
                self.skipTest("mounting a small file system needs root")
            try:
                write_mails(home.path / "in", 3000)
                result = weir(small, "report", "--json", home.path / "in" / "index", check=1)
                self.assertRegex(result.err, r"(?i)full|space")
                acknowledged = {json.loads(line)["evidence_id"] for line in result.out.splitlines()}
                self.assertGreater(len(acknowledged), 100)
                self.assertLess(len(acknowledged), 3000)
                roomy = home.path / "roomy"
                shutil.copytree(small, roomy)
                self.assertEqual(acknowledged - evidence_ids(roomy), set())
                weir(roomy, "report", "--json", home.path / "in" / "index", check=0)
                weir(roomy, "decide", "--now", END_TEXT, check=0)
                self.assertTrue(weir_json(roomy, "ledger", "verify", check=0)[0]["ok"])
            finally:
                subprocess.run(["umount", "-l", str(small)], check=False)


if __name__ == "__main__":
    unittest.main()
