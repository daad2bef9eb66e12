"""Each command as a person uses it: output, JSON, exit codes, errors that say what to do."""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import unittest

from support import BINARY, Home, Node, mail, weir, weir_json

SPAM = "cheap pills without prescription, buy now, limited offer"
HAM = "the minutes of our meeting on Tuesday are attached, please correct"


def write_box(home, count=30):
    """Half spam, half good, as single files and an index."""
    folder = home.path / "in"
    folder.mkdir()
    lines = []
    for number in range(count):
        spam = number % 2 == 0
        (folder / f"m{number}").write_bytes(mail(number, f"198.18.0.{number + 1}", SPAM if spam else HAM))
        lines.append(f"{'spam' if spam else 'ham'} m{number}\n")
    (folder / "index").write_text("".join(lines))
    return folder


class Commands(unittest.TestCase):
    def test_help_is_one_screen_and_names_every_command(self):
        text = subprocess.run([BINARY, "--help"], capture_output=True, text=True, check=True).stdout
        self.assertLessEqual(len(text.splitlines()), 40, text)
        for word in ("up", "scan", "learn", "report", "check", "ledger", "rebuild", "eval", "config"):
            self.assertIn(f"  {word} ", text)

    def test_learn_then_scan_then_unlearn(self):
        with Home() as home:
            folder = write_box(home)
            fresh = weir_json(home.path, "scan", folder / "m0", check=None)[0]
            self.assertAlmostEqual(fresh["spam_probability"], 0.5, places=2)
            weir(home.path, "learn", "spam", *[folder / f"m{n}" for n in range(0, 20, 2)], check=0)
            weir(home.path, "learn", "ham", *[folder / f"m{n}" for n in range(1, 20, 2)], check=0)
            scanned = weir_json(home.path, "scan", folder / "m28", folder / "m29")
            self.assertGreater(scanned[0]["spam_probability"], 0.6)
            self.assertLess(scanned[1]["spam_probability"], 0.4)
            for key in ("path", "action", "reasons", "languages", "source", "links", "problems"):
                self.assertIn(key, scanned[0])
            self.assertEqual(scanned[0]["source"]["ip"], "198.18.0.29")
            reason = scanned[0]["reasons"][0]
            self.assertEqual(set(reason), {"what", "weight", "text"})
            before = weir_json(home.path, "scan", folder / "m28")[0]["spam_probability"]
            weir(home.path, "learn", "spam", folder / "m1", check=0)
            weir(home.path, "learn", "ham", folder / "m1", check=0)
            after = weir_json(home.path, "scan", folder / "m28")[0]["spam_probability"]
            self.assertAlmostEqual(before, after, places=1)

    def test_learning_in_blocks_forgets_neither(self):
        for order in (("spam", "ham"), ("ham", "spam")):
            with Home() as home:
                folder = write_box(home, 400)
                for label in order:
                    paths = [folder / f"m{n}" for n in range(300) if (n % 2 == 0) == (label == "spam")]
                    weir(home.path, "learn", label, *paths, check=0)
                scanned = weir_json(home.path, "scan", *[folder / f"m{n}" for n in range(300, 400)])
                for number, line in enumerate(scanned):
                    if number % 2 == 0:
                        self.assertGreater(line["spam_probability"], 0.8, order)
                    else:
                        self.assertLess(line["spam_probability"], 0.2, order)

    def test_scan_keeps_the_order_of_its_input(self):
        with Home() as home:
            folder = write_box(home, 200)
            paths = [line["path"] for line in weir_json(home.path, "scan", folder / "index")]
            self.assertEqual(paths, [str(folder / f"m{n}") for n in range(200)])

    def test_scan_reads_mbox_maildir_and_standard_input(self):
        with Home() as home:
            box = home.path / "box"
            box.write_bytes(b"".join(b"From a@b.example Sat Jan 31 12:00:00 2026\n" + mail(n, "198.18.0.1") + b"\n"
                                     for n in range(3)))
            self.assertEqual(len(weir_json(home.path, "scan", box)), 3)
            for name in ("cur", "new", "tmp"):
                (home.path / "Maildir" / name).mkdir(parents=True)
                (home.path / "Maildir" / name / "1").write_bytes(mail(1, "198.18.0.1"))
            self.assertEqual(len(weir_json(home.path, "scan", home.path / "Maildir")), 2)
            self.assertEqual(weir_json(home.path, "scan", "-", input=mail(1, "198.18.0.9"))[0]["source"]["ip"],
                             "198.18.0.9")

    def test_a_message_that_cannot_be_opened_is_named_and_the_rest_goes_on(self):
        with Home() as home:
            folder = write_box(home, 4)
            (folder / "index").write_text("spam m0\nspam gone\nham m1\n")
            result = weir(home.path, "scan", "--json", folder / "index", check=1)
            lines = [json.loads(line) for line in result.out.splitlines()]
            self.assertEqual(len(lines), 3)
            self.assertIn("gone", lines[1]["error"])

    def test_report_of_an_arf_mail_files_the_source_it_names(self):
        with Home() as home:
            arf = home.path / "arf.eml"
            arf.write_bytes(
                b"From: <fbl@provider.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; "
                b"report-type=feedback-report; boundary=b\r\n\r\n--b\r\n\r\nThis is a report.\r\n--b\r\nContent-Type: "
                b"message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: X/1\r\nVersion: 1\r\nSource-IP: "
                b"198.18.4.4\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + mail(1, "198.18.5.5") + b"\r\n--b--\r\n")
            filed = weir_json(home.path, "report", arf, check=0)[0]
            self.assertEqual(filed["source"], "198.18.4.4")
            self.assertRegex(filed["evidence_id"], "^[0-9a-f]{32}$")

    def test_eval_reports_the_figures(self):
        with Home() as home:
            folder = write_box(home, 100)
            scores = home.path / "scores"
            figures = weir_json(home.path, "eval", "--index", folder / "index", "--skip", "20", "--scores", scores, check=0)[0]
            self.assertEqual(figures["messages"], 80)
            for key in ("roca_error_percent", "spam_missed_percent_at_ham_0.1", "cpu_seconds", "peak_rss_mb"):
                self.assertIsInstance(figures[key], (int, float), key)
            self.assertLess(figures["roca_error_percent"], 20)
            lines = scores.read_text().splitlines()
            self.assertEqual(len(lines), 80)
            self.assertRegex(lines[0], r"^(spam|ham) [0-9.e-]+ m20$")  # the path as the index has it

    def test_config_errors_name_the_line(self):
        with Home() as home:
            (home.path / "weir.toml").write_text("[dns]\nlissten = []\n")
            result = weir(home.path, "config", "show", check=1)
            self.assertIn("weir.toml:2: unknown key 'dns.lissten'; did you mean 'dns.listen'?", result.err)
            (home.path / "weir.toml").write_text("")
            self.assertIn("[dns]", weir(home.path, "config", "show", check=0).out)
            self.assertIn("dns", json.loads(weir(home.path, "config", "show", "--json", check=0).out))

    def test_wrong_subject_is_wrong_use(self):
        with Home() as home:
            self.assertIn("no address, prefix or domain", weir(home.path, "check", "nonsense", check=2).err)

    def test_a_busy_port_is_named_with_the_remedy(self):
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            held.listen()
            port = held.getsockname()[1]
            with Home(http={"listen": f"127.0.0.1:{port}"}) as home:
                result = weir(home.path, "up", check=1)
                self.assertIn(str(port), result.err)
                self.assertRegex(result.err, "in use")

    def test_a_second_node_in_one_home_is_refused(self):
        with Home() as home, Node(home.path):
            self.assertRegex(weir(home.path, "up", check=1).err, "in use by process")

    def test_a_folder_without_permission_is_named(self):
        with Home() as home:
            home.path.chmod(0o755)
            locked = home.path / "locked"
            locked.mkdir(mode=0o500)
            command = [str(BINARY), "report", "--home", str(locked / "x"), str(home.path / "weir.toml")]
            if os.geteuid() == 0:  # root may do everything: try as somebody who may not
                if not shutil.which("setpriv"):
                    self.skipTest("setpriv is not installed")
                program = home.path / "weir"
                shutil.copy(BINARY, program)
                command[0] = str(program)
                command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
            result = subprocess.run(command, capture_output=True, text=True, check=False)
            self.assertEqual(result.returncode, 1, result.stderr)
            self.assertIn("locked", result.stderr)
            self.assertIn("check the owner and mode", result.stderr)

    def test_commands_that_only_read_make_no_home(self):
        with Home() as home:
            (home.path / "m").write_bytes(mail(1, "198.18.0.1"))
            none = home.path / "none"
            for words in (["scan", home.path / "m"], ["check", "192.0.2.1"], ["ledger", "show"]):
                weir(none, *words, check=0)
                self.assertFalse(none.exists(), words)
            for words in (["ledger", "verify"], ["rebuild"], ["decide"]):
                self.assertIn(str(none), weir(none, *words, check=1).err)
                self.assertFalse(none.exists(), words)

    def test_scan_needs_no_right_to_write_in_the_home(self):
        with Home() as home:
            folder = write_box(home, 4)
            weir(home.path, "learn", "spam", folder / "m0", check=0)
            command = [str(BINARY), "scan", "--json", "--home", str(home.path), str(folder / "m2")]
            if os.geteuid() == 0:  # root may do everything: try as somebody who may not
                if not shutil.which("setpriv"):
                    self.skipTest("setpriv is not installed")
                home.path.chmod(0o755)
                shutil.copy(BINARY, home.path / "weir")
                command[0] = str(home.path / "weir")
                command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
            else:
                (home.path / "evidence.db").chmod(0o400)
                home.path.chmod(0o500)
            result = subprocess.run(command, capture_output=True, text=True, check=False)
            home.path.chmod(0o755)
            self.assertNotEqual(result.stdout, "", result.stderr)
            self.assertGreater(json.loads(result.stdout)["spam_probability"], 0.5)

    def test_output_that_cannot_be_written_is_a_failure(self):
        with Home() as home, open("/dev/full", "wb") as full:
            result = subprocess.run([BINARY, "check", "192.0.2.1", "--home", str(home.path)], stdout=full,
                                    stderr=subprocess.PIPE, check=False)
            self.assertEqual(result.returncode, 1)
            self.assertIn(b"cannot write to standard output", result.stderr)

    def test_standard_input_may_be_a_socket_or_closed(self):
        with Home() as home:
            command = [BINARY, "scan", "-", "--json", "--home", str(home.path)]
            ours, theirs = socket.socketpair()
            with ours, theirs:
                ours.sendall(mail(1, "198.18.0.9"))
                ours.shutdown(socket.SHUT_WR)
                result = subprocess.run(command, stdin=theirs, capture_output=True, check=False)
            self.assertEqual(json.loads(result.stdout)["source"]["ip"], "198.18.0.9")
            closed = subprocess.run(["sh", "-c", '"$@" <&-', "sh", *command], capture_output=True, check=False)
            self.assertEqual(closed.returncode, 1)
            self.assertIn("standard input", json.loads(closed.stdout)["error"])

    def test_a_wrong_time_is_wrong_use(self):
        with Home() as home:
            for words in (["check", "192.0.2.1"], ["decide"]):
                self.assertIn("yesterday", weir(home.path, *words, "--now", "yesterday", check=2).err)


class ManAndCompletion(unittest.TestCase):
    def test_man_pages_are_well_formed(self):
        if not shutil.which("mandoc"):
            self.skipTest("mandoc is not installed")
        for page in ("", "scan", "ledger verify"):
            text = subprocess.run([BINARY, "man", *([page] if page else [])], capture_output=True, check=True).stdout
            lint = subprocess.run(["mandoc", "-T", "lint", "-W", "error"], input=text, capture_output=True, check=False)
            self.assertEqual(lint.stdout.decode(), "", page)
            shown = subprocess.run(["mandoc", "-T", "utf8"], input=text, capture_output=True, check=True).stdout.decode()
            self.assertIn("weir", shown)

    def test_bash_completes(self):
        script = ("source <(\"$0\" completion bash); COMP_WORDS=(weir le); COMP_CWORD=1; _weir; echo \"${COMPREPLY[*]}\";"
                  "COMP_WORDS=(weir ledger verify --a); COMP_CWORD=3; _weir; echo \"${COMPREPLY[*]}\"")
        out = subprocess.run(["bash", "-c", script, str(BINARY)], capture_output=True, text=True, check=True).stdout
        self.assertEqual(out.split("\n")[:2], ["learn ledger", "--at"])

    def test_fish_completes(self):
        if not shutil.which("fish"):
            self.skipTest("fish is not installed")
        out = subprocess.run(["fish", "-c", f"{BINARY} completion fish | source; complete -C 'weir le'"],
                             capture_output=True, text=True, check=True, env={**os.environ, "HOME": "/tmp"}).stdout
        self.assertEqual(sorted(line.split("\t")[0] for line in out.splitlines()), ["learn", "ledger"])

    def test_zsh_loads_the_script(self):
        if not shutil.which("zsh"):
            self.skipTest("zsh is not installed")
        result = subprocess.run(["zsh", "-fc", f"autoload -U compinit && compinit -u -D; source <({BINARY} completion zsh); "
                                 "print ${_comps[weir]}"], capture_output=True, text=True, check=True)
        self.assertEqual(result.stdout.strip(), "_weir", result.stderr)


if __name__ == "__main__":
    unittest.main()
