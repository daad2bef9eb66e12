#!/usr/bin/env python3
"""How many Chinese, Japanese and Korean messages each reader decodes to text.

    bench/charsets.py WEIR_CHARSET_TABLE FOLDER... [--rspamd-every N] [--differences]

A message counts as East Asian if any reader finds ten characters of these writings in its text parts. It counts as
decoded by a reader that finds at least nine tenths of the most characters found by any, and no U+FFFD. Rspamd is asked
about every Nth of them (default 1; a process each), and left out if rspamadm is not installed. Reads only.
"""
import email, email.policy, os, re, shutil, subprocess, sys, json

CJK = re.compile("[\u3041-\u30fe\u3400-\u9fff\uac00-\ud7a3]")


def tally(text):
    return {"cjk": len(CJK.findall(text)), "replaced": text.count("\ufffd"), "undecoded": 0}


def by_python(path):
    with open(path, "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    total = {"cjk": 0, "replaced": 0, "undecoded": 0}
    for part in message.walk():
        if part.get_content_maintype() != "text" or part.is_multipart():
            continue
        try:
            found = tally(part.get_content())
        except Exception:
            total["undecoded"] += 1
            continue
        for key in total:
            total[key] += found[key]
    return total


def by_rspamd(path):
    run = subprocess.run(["rspamadm", "mime", "extract", "-t", "-H", "-o", "decoded_utf", path], capture_output=True)
    return tally(run.stdout.decode("utf-8", "replace"))


def messages(folder):
    index = os.path.join(folder, "index")
    if os.path.exists(index):
        with open(index) as file:
            return [os.path.join(folder, line.split()[1]) for line in file if line.strip()]
    return sorted(os.path.join(at, name) for at, _, names in os.walk(folder) for name in names
                  if name.endswith((".eml", ".msg", ".txt")))


def main(arguments):
    differences = "--differences" in arguments
    every = 1
    if "--rspamd-every" in arguments:
        at = arguments.index("--rspamd-every")
        every = int(arguments[at + 1])
        del arguments[at:at + 2]
    table, *folders = [a for a in arguments if not a.startswith("--")]
    folders = [folder for folder in folders if os.path.isdir(folder)]
    if not folders:
        print("skipped: no data")
        return 0
    rspamd = shutil.which("rspamadm") is not None
    print("| folder | East Asian messages | Weir | GMime | Python | Rspamd |\n| --- | --- | --- | --- | --- | --- |")
    for folder in folders:
        paths = messages(folder)
        run = subprocess.run([table], input="\n".join(paths) + "\n", capture_output=True, text=True, check=True)
        readers = {"weir": [0, 0], "gmime": [0, 0], "python": [0, 0], "rspamd": [0, 0]}
        count = 0
        for path, line in zip(paths, run.stdout.splitlines()):
            found = json.loads(line)
            found["python"] = by_python(path)
            if max(f["cjk"] for f in found.values()) < 10:
                continue
            if rspamd and count % every == 0:
                found["rspamd"] = by_rspamd(path)
            count += 1
            most = max(f["cjk"] for f in found.values() if f["replaced"] == 0) if any(
                f["replaced"] == 0 for f in found.values()) else 0
            good = {}
            for name, f in found.items():
                good[name] = most > 0 and f["replaced"] == 0 and f["undecoded"] == 0 and f["cjk"] >= 0.9 * most
                readers[name][0] += good[name]
                readers[name][1] += 1
            if differences and any(g != good["weir"] for g in good.values()):
                print("#", path, {name: (f["cjk"], f["replaced"], f["undecoded"]) for name, f in found.items()})
        cells = [f"{n} of {all_}" if all_ else "not asked" for n, all_ in readers.values()]
        print(f"| {os.path.basename(folder.rstrip('/'))} | {count} | " + " | ".join(cells) + " |")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
