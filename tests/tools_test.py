"""The tools that guard the checkout: each must find what is planted, and say what to do about it."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent


def run(*command, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=120, check=False, **options)
    return done.returncode, done.stdout + done.stderr


class Planted(unittest.TestCase):
    """A checkout of three modules, in a folder that goes away."""

    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="weir-tools-"))
        self.addCleanup(shutil.rmtree, self.root)
        self.write("CMakeLists.txt", "set(WEIR_MODULES base low\n  middle high)\n")
        for module, deps in (("base", ""), ("low", "DEPS base"), ("middle", "DEPS base low"), ("high", "DEPS middle")):
            self.write(f"src/{module}/CMakeLists.txt",
                       f"weir_module({module} SOURCES {module}.cpp {deps})\nweir_test({module} SOURCES {module}_test.cpp)\n")
            self.write(f"src/{module}/{module}.h", f"// {module}/{module}.h - what it is.\n#pragma once\n")
            self.write(f"src/{module}/{module}.cpp", f'#include "{module}/{module}.h"\n')
            self.write(f"src/{module}/{module}_test.cpp", f'#include "{module}/{module}.h"\n')
            self.write(f"src/{module}/README.md", f"# {module}\n")

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))

    def add(self, path, text):
        with open(self.root / path, "a", encoding="utf-8") as stream:
            stream.write(text)

    def expect(self, tool, *pieces):
        code, said = run(ROOT / "tools" / tool, self.root)
        self.assertEqual(code, 1, said)
        for piece in pieces:
            self.assertIn(piece, said)
        return said

    def expect_clean(self, tool):
        code, said = run(ROOT / "tools" / tool, self.root)
        self.assertEqual(code, 0, said)


class Layers(Planted):
    def test_a_ladder_without_faults_passes(self):
        self.add("src/middle/middle.cpp", '#include "low/low.h"\n#include "base/base.h"\n#include <fmt/format.h>\n')
        self.expect_clean("check_layers")

    def test_an_include_that_points_up_is_named(self):
        self.add("src/low/low.cpp", '#include "middle/middle.h"\n')
        self.expect("check_layers", "src/low/low.cpp:2: low must not know middle")

    def test_an_include_that_deps_does_not_name_is_named(self):
        self.add("src/high/high.cpp", '#include "low/low.h"\n')
        self.expect("check_layers", "src/high/high.cpp:2: add low to DEPS of weir_module(high)")

    def test_deps_cannot_point_up(self):
        self.write("src/low/CMakeLists.txt", "weir_module(low SOURCES low.cpp\n  DEPS base high)\n")
        self.expect("check_layers", "DEPS names high, which stands above low")

    def test_a_commented_out_dependency_is_none(self):
        self.write("src/high/CMakeLists.txt", "weir_module(high SOURCES high.cpp DEPS middle # low\n)\n")
        self.add("src/high/high.cpp", '#  include "low/low.h"\n')
        self.expect("check_layers", "add low to DEPS")

    def test_a_test_may_use_what_its_own_deps_name_and_the_module_may_not(self):
        self.write("src/low/CMakeLists.txt",
                   "weir_module(low SOURCES low.cpp)\nweir_test(low SOURCES low_test.cpp DEPS high)\n")
        self.add("src/low/low_test.cpp", '#include "high/high.h"\n')
        self.expect_clean("check_layers")
        self.add("src/low/low.cpp", '#include "high/high.h"\n')
        self.expect("check_layers", "src/low/low.cpp:2")

    def test_a_module_without_a_place_on_the_ladder_is_named(self):
        self.write("src/stray/stray.cpp", "")
        self.expect("check_layers", "src/stray: not in WEIR_MODULES")

    def test_relative_and_missing_includes_are_named(self):
        self.add("src/low/low.cpp", '#include "../base/base.h"\n#include "low/gone.h"\n')
        self.expect("check_layers", 'write "low/base.h"', '"low/gone.h" does not exist')


class Style(Planted):
    def test_a_checkout_without_faults_passes(self):
        self.expect_clean("check_style")

    def test_banned_calls_are_named_with_what_to_use_instead(self):
        for call, remedy in (("char* p = strtok(a, b);", "string_view::find"), ("std::regex r;", "small parser"),
                             ("auto n = std::stoi(s);", "from_chars"), ("int n = rand();", "weir::Random"),
                             ("auto t = std::chrono::system_clock::now();", "weir::Clock"), ('printf("x");', "log.h"),
                             ("strcpy(a, b);", "std::string"), ('sprintf(a, "x");', "std::string"),
                             ("thread.detach();", "jthread"), ("// TODO: later", "do it now"),
                             ('open("/home/x");', "path of one machine")):
            with self.subTest(call):
                self.write("src/low/low.cpp", f'#include "low/low.h"\n{call}\n')
                self.expect("check_style", "src/low/low.cpp:2", remedy)

    def test_words_in_comments_and_strings_are_no_calls(self):
        self.add("src/low/low.cpp", '// never strtok(a, b), std::stoi(x)\nauto s = "rand() printf(";\n'
                                    'auto r = R"(strcpy(a, b))";\nint strtoken(int);\nfprintf(stderr, "x");\n')
        self.expect_clean("check_style")

    def test_a_reason_allows_one_rule_on_one_line(self):
        self.add("src/low/low.cpp", "int n = rand();  // style: allow rand (the test wants the bad one)\n")
        self.expect_clean("check_style")
        self.add("src/low/low.cpp", "int m = rand();  // style: allow strtok (wrong rule)\n")
        self.expect("check_style", "src/low/low.cpp:3: rand")

    def test_a_brace_or_a_lambda_beside_co_await_is_named(self):
        for statement in ("co_await send(c, Reply{250, text});", "auto x = co_await\n    f({a, b});",
                          "co_await run([s = std::move(s)] { use(s); });"):
            with self.subTest(statement):
                self.write("src/low/low.cpp", f"{statement}\n")
                self.expect("check_style", "co_await: name the value on the line before")

    def test_plain_co_await_passes(self):
        self.add("src/low/low.cpp", "Reply reply{250, text};\nco_await send(c, std::move(reply));\n"
                                    "if (co_await ready(c)) { go(); }\nauto n = co_await read(parts[i]);\n")
        self.expect_clean("check_style")

    def test_a_result_that_may_be_dropped_is_named(self):
        self.add("src/low/low.h", "Result<int> parse(int);\n")
        self.expect("check_style", "src/low/low.h:3: nodiscard")
        self.write("src/low/low.h", "// A contract.\n#pragma once\n[[nodiscard]] Result<std::map<int, int>> parse(int);\n"
                                    "[[nodiscard]] static\n  Status f();\nusing F = Status (*)(int);\n")
        self.expect_clean("check_style")

    def test_files_of_no_target_and_modules_without_readme_are_named(self):
        self.write("src/low/lost.cpp", "")
        (self.root / "src/middle/README.md").unlink()
        self.expect("check_style", "src/low/lost.cpp: target", "src/middle: readme")

    def test_links_that_lead_nowhere_are_named(self):
        self.write("docs/page.md", "# A page\n[a](other.md) [b](#a-page) [c](#gone) [d](https://example.org/)\n"
                                   "```\n[e](in-code.md)\n```\n`src/low/gone.h` `src/low/low.h`\n")
        said = self.expect("check_style", "'other.md' leads nowhere", "no heading '#gone'", "there is no src/low/gone.h")
        self.assertNotIn("in-code", said)
        self.assertNotIn("#a-page", said)

    def test_a_cited_page_that_is_missing_is_named(self):
        self.add("src/low/low.h", "// Format: docs/formats/low.md\n")
        self.expect("check_style", "there is no docs/formats/low.md")


class RunTests(unittest.TestCase):
    """The counter itself: nothing that went wrong may look like success."""

    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="weir-tools-"))
        self.addCleanup(shutil.rmtree, self.root)
        self.build = self.root / "build"
        self.build.mkdir()

    def ctest(self, *tests):
        """A CTest folder whose tests are small shell scripts."""
        lines = []
        for name, script in tests:
            file = self.build / f"{name}_test"
            file.write_text("#!/bin/bash\n" + script)
            file.chmod(0o755)
            lines.append(f'add_test({name} "{file}")\n')
        (self.build / "CTestTestfile.cmake").write_text("".join(lines))
        return run(ROOT / "tools/run_tests", "--build", self.build, "--only", "ctest")

    @staticmethod
    def report(name, cases):
        body = "".join(f'<testcase name="{case}" {result}' for case, result in cases)
        text = f'<testsuites><testsuite name="Suite">{body}</testsuite></testsuites>'
        return f"cat >\"${{GTEST_OUTPUT#xml:}}{name}_test.xml\" <<'END'\n{text}\nEND\n"

    RAN = 'status="run" result="completed"/>'
    SKIPPED = 'status="run" result="skipped"><skipped message="a_test.cpp:7&#x0A;no such disk"/></testcase>'
    BROKEN = 'status="run" result="completed"><failure message="1 is not 2"/></testcase>'

    def test_cases_are_counted_one_by_one(self):
        code, said = self.ctest(("a", self.report("a", [("x", self.RAN), ("y", self.RAN)])), ("replay", "exit 0"))
        self.assertEqual((code, said.splitlines()[-1]), (0, "3 passed, 0 failed"), said)

    def test_a_failed_case_is_named_with_its_message(self):
        code, said = self.ctest(("a", self.report("a", [("x", self.RAN), ("y", self.BROKEN)]) + "exit 1"))
        self.assertEqual((code, said.splitlines()[-1]), (1, "1 passed, 1 failed"), said)
        self.assertIn("FAILED: a: Suite.y\n    1 is not 2", said)

    def test_a_skipped_case_is_named_and_is_not_passed(self):
        code, said = self.ctest(("a", self.report("a", [("x", self.RAN), ("y", self.SKIPPED)])))
        self.assertEqual((code, said.splitlines()[-1]), (0, "1 passed, 0 failed"), said)
        self.assertIn("skipped: a: Suite.y: no such disk", said)

    def test_a_crash_before_the_report_is_a_failure(self):
        code, said = self.ctest(("a", "echo before; kill -SEGV $$"))
        self.assertEqual((code, said.splitlines()[-1]), (1, "0 passed, 1 failed"), said)
        self.assertIn("before", said)

    def test_a_bad_end_after_cases_that_passed_is_a_failure(self):
        code, said = self.ctest(("a", self.report("a", [("x", self.RAN)]) + "echo leak; exit 1"))
        self.assertEqual((code, said.splitlines()[-1]), (1, "1 passed, 1 failed"), said)

    def test_a_missing_binary_is_a_failure(self):
        (self.build / "CTestTestfile.cmake").write_text(f'add_test(a "{self.build}/gone")\n')
        code, said = run(ROOT / "tools/run_tests", "--build", self.build, "--only", "ctest")
        self.assertEqual((code, said.splitlines()[-1]), (1, "0 passed, 1 failed"), said)

    def test_nothing_found_is_a_failure(self):
        code, said = self.ctest()
        self.assertEqual((code, said.splitlines()[-1]), (1, "0 passed, 1 failed"), said)
        code, said = run(ROOT / "tools/run_tests", "--build", self.root / "nowhere", "--only", "ctest")
        self.assertEqual(code, 1, said)

    def test_python_tests_are_counted_and_a_crash_loses_none(self):
        file = self.root / "sample_test.py"
        file.write_text(textwrap.dedent("""
            import os, unittest
            class T(unittest.TestCase):
                def test_a(self): pass
                def test_b(self): self.fail('no')
                @unittest.skip('not here')
                def test_c(self): pass
                def test_d(self):
                    for i in range(3):
                        with self.subTest(i=i): self.assertNotEqual(i, 1)
                def test_e(self): os._exit(3)
                def test_f(self): pass
        """))
        out = self.root / "out"
        run(sys.executable, ROOT / "tools/run_tests", "--python-child", file, out)
        kinds = [json.loads(line)["kind"] for line in out.read_text().splitlines()]
        self.assertEqual(kinds, ["start", "passed", "start", "failed", "start", "skipped", "start", "failed", "start"])


class Setup(unittest.TestCase):
    def test_a_wrong_goal_says_which_there_are(self):
        code, said = run(ROOT / "tools/setup", "everything")
        self.assertEqual(code, 1)
        self.assertIn("build|run|test|check", said)

    def test_it_is_quick_and_silent_when_nothing_is_missing(self):
        run(ROOT / "tools/setup", "test")
        began = time.monotonic()
        code, said = run(ROOT / "tools/setup", "test")
        self.assertEqual((code, said), (0, ""))
        self.assertLess(time.monotonic() - began, 5)  # well under a second on a machine that does nothing else

    def test_without_root_and_sudo_it_says_what_to_run(self):
        # A copy of the tool with a package that does not exist, and a PATH on which nobody is root.
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder)
            (place / "tools").mkdir()
            (place / "bin").mkdir()
            shutil.copy(ROOT / "tools/setup", place / "tools/setup")
            (place / "tools/packages.txt").write_text("[build]\nno-such-package  # a reason\ngit|nothing\n")
            for name, script in (("id", "echo 1000"), ("apt-get", f"touch {place}/called")):
                (place / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
                (place / "bin" / name).chmod(0o755)
            for name in ("bash", "dpkg-query", "dirname", "env"):
                os.symlink(shutil.which(name), place / "bin" / name)
            code, said = run(place / "tools/setup", "build", env={"PATH": str(place / "bin")})
            self.assertEqual(code, 1, said)
            self.assertIn("no-such-package          a reason".split()[0], said)
            self.assertIn("a reason", said)
            self.assertIn("run as root: apt-get install --no-install-recommends no-such-package\n", said)
            self.assertFalse((place / "called").exists())

    def test_every_package_has_a_reason(self):
        for line in (ROOT / "tools/packages.txt").read_text().splitlines():
            if line and not re.match(r"[#\[]", line):
                self.assertRegex(line, r"^\S+( unless:\S+)?\s+# \S")


class Install(unittest.TestCase):
    def test_program_pages_and_completions_land_below_the_prefix(self):
        if not (ROOT / "build/weir").exists():
            self.skipTest("build/weir is not built")
        with tempfile.TemporaryDirectory() as folder:
            code, said = run(ROOT / "tools/install", folder, "/usr")
            self.assertEqual(code, 0, said)
            root = pathlib.Path(folder) / "usr"
            for name in ("bin/weir", "share/man/man1/weir.1", "share/man/man1/weir-scan.1",
                         "share/man/man1/weir-ledger-verify.1", "share/bash-completion/completions/weir",
                         "share/zsh/site-functions/_weir", "share/fish/vendor_completions.d/weir.fish"):
                self.assertGreater((root / name).stat().st_size, 0, name)
            code, said = run(root / "bin/weir", "--version")
            self.assertEqual(code, 0, said)

    def test_a_place_that_cannot_be_written_is_named(self):
        if not (ROOT / "build/weir").exists():
            self.skipTest("build/weir is not built")
        with tempfile.NamedTemporaryFile() as file:
            code, said = run(ROOT / "tools/install", file.name, "/usr")
            self.assertEqual(code, 1)
            self.assertIn("make install PREFIX=$HOME/.local", said)


if __name__ == "__main__":
    unittest.main()
