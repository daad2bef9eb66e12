"""What a newcomer's first command does, without the build: tools/up prepares a home, loads the samples, runs a node."""
import os
import re
import shlex
import signal
import subprocess
import time
import unittest

from support import BINARY, ROOT, Home, weir_json


class MakeUp(unittest.TestCase):
    def start(self, home):
        process = subprocess.Popen([ROOT / "tools" / "up"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                   env={**os.environ, "WEIR_HOME": str(home), "WEIR_BINARY": str(BINARY)},
                                   start_new_session=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(lambda: process.poll() is None and process.kill())
        text = ""
        for line in process.stdout:
            text += line
            if "Ctrl-C ends it" in line:
                return process, text
        self.fail("the node did not come up:\n" + text)

    def stop(self, process):
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does
        out = process.stdout.read()
        self.assertEqual(process.wait(30), 0, out)
        self.assertIn("everything is saved", out)

    def test_first_and_second_start(self):
        if not (ROOT / "node_modules").exists():
            self.skipTest("the network data is not installed: tools/setup build")
        with Home() as home:
            process, text = self.start(home.path)
            self.assertIn("Sample mail: ", text)
            commands = re.findall(r"(?m)^  (dig .*|build/weir .*)$", text)
            self.assertEqual(len(commands), 3, text)
            for command in commands:  # they are worth trying only if they work
                words = [str(BINARY) if word == "build/weir" else word for word in shlex.split(command)]
                result = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
                self.assertIn(result.returncode, (0, 1), command)
                self.assertRegex(result.stdout, r"listed until|is listed|ledger is whole", command)
            self.stop(process)
            size = weir_json(home.path, "ledger", "verify", check=0)[0]["size"]
            self.assertGreater(size, 100)
            began = time.monotonic()
            process, text = self.start(home.path)
            print(f"second start: {time.monotonic() - began:.2f} s")
            self.assertNotIn("Sample mail: ", text)
            self.stop(process)
            self.assertGreaterEqual(weir_json(home.path, "ledger", "verify", check=0)[0]["size"], size)

    def test_a_home_that_cannot_be_made_is_named(self):
        result = subprocess.run([ROOT / "tools" / "up"], capture_output=True, text=True, check=False,
                                env={**os.environ, "WEIR_HOME": "/proc/weir", "WEIR_BINARY": str(BINARY)})
        self.assertEqual(result.returncode, 1)
        self.assertIn("/proc/weir", result.stderr)


if __name__ == "__main__":
    unittest.main()
