"""What the end-to-end tests share: homes, the real binary, a running node, samples."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("WEIR_BINARY", ROOT / "build" / "weir"))
END = 1_769_860_800  # 2026-01-31T12:00:00Z, when the samples' week ends
END_TEXT = "2026-01-31T12:00:00Z"


def weir(home, *words, check=None, input=None, env=None, timeout=120):
    """Runs a command in a home; `check` is the exit code that must come back."""
    command, rest = list(words), []
    # --home belongs to the command, after its name.
    result = subprocess.run([BINARY, *command, "--home", str(home), *rest], capture_output=True, input=input,
                            timeout=timeout, env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})}, check=False)
    result.out = result.stdout.decode()
    result.err = result.stderr.decode()
    if check is not None and result.returncode != check:
        raise AssertionError(f"weir {' '.join(map(str, words))}: exit {result.returncode}, not {check}\n"
                             f"{result.out[-2000:]}\n{result.err[-2000:]}")
    return result


def weir_json(home, *words, check=None, **more):
    # Not splitlines(): U+2028 may stand inside a text.
    return [json.loads(line) for line in weir(home, *words, "--json", check=check, **more).out.split("\n") if line]


class Home:
    """A folder for one node, gone at the end; free ports, a public address for the links."""

    def __init__(self, **sections):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="weir-e2e-"))
        config = {"dns": {"listen": ["127.0.0.1:0"]}, "http": {"listen": "127.0.0.1:0"},
                  "node": {"public_url": "https://lookup.example"}}
        for section, keys in sections.items():
            config.setdefault(section, {}).update(keys)
        text = ""
        for section, keys in config.items():
            text += f"[{section}]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in keys.items())
        (self.path / "weir.toml").write_text(text)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


class Node:
    """`weir up` in the background; ready when it has said where it listens."""

    def __init__(self, home, *options, timeout=120):
        self.log = open(pathlib.Path(home) / "node.log", "ab")
        self.process = subprocess.Popen([BINARY, "up", "--json", "--home", str(home), *map(str, options)],
                                        stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline()
        if not line:
            self.process.wait(timeout)
            raise AssertionError("the node did not start: " + (pathlib.Path(home) / "node.log").read_text()[-2000:])
        self.ready = json.loads(line)
        self.dns_host, port = self.ready["dns"][0].rsplit(":", 1)
        self.dns_port = int(port)
        self.url = "http://" + self.ready["http"]
        self.zone = self.ready["zone"]

    def get(self, path, **headers):
        request = urllib.request.Request(self.url + path, headers=headers)
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, response.read().decode()

    def dig(self, name, kind="A", *more):
        result = subprocess.run(["dig", f"@{self.dns_host}", "-p", str(self.dns_port), name, kind, "+tries=1", "+time=5",
                                 *more], capture_output=True, text=True, timeout=30, check=False)
        return result.stdout

    def short(self, subject, kind="A", *more):
        return self.dig(f"{reverse(subject)}.{self.zone}", kind, "+short", *more).split("\n")[:-1]

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(60)
        self.close()
        return code

    def kill(self):
        self.process.kill()
        self.process.wait(60)
        self.close()

    def close(self):
        self.process.stdout.close()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()


def reverse(address):
    """The DNSBL form of an address (RFC 5782)."""
    if ":" in address:
        return ".".join(reversed(socket.inet_pton(socket.AF_INET6, address).hex()))
    return ".".join(reversed(address.split(".")))


def make_samples(folder, end=END):
    subprocess.run(["/usr/bin/python3", ROOT / "samples" / "generate.py", "--out", str(folder), "--end", str(end)],
                   check=True, stdout=subprocess.DEVNULL)
    return json.loads((pathlib.Path(folder) / "truth.json").read_text())


def set_clock(file, text):
    """Replaces the file at once: the node never reads half a time."""
    beside = pathlib.Path(str(file) + ".new")
    beside.write_text(text + "\n")
    beside.rename(file)


def mail(number, source, text="buy now", date="Sat, 31 Jan 2026 11:00:00 +0000"):
    return (f"Received: from x.example (x.example [{source}]) by mx.weir.test (Postfix) with ESMTP id A{number};\r\n"
            f"\t{date}\r\nFrom: <a@x.example>\r\nSubject: number {number}\r\n\r\n{text} {number}\r\n").encode()
