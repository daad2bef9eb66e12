#!/usr/bin/env python3
"""What we, GMime and Python's email package take out of each message of the torture sets.

    bench/torture.py WEIR_TORTURE_TABLE FOLDER [--differences]

Prints one row for each folder below FOLDER, then how many messages differ and in what; with --differences a line
for each message that differs. Says `skipped: no data` if the folder is not there. Reads only; opens nothing.
"""
import email, email.header, email.policy, email.utils, json, os, re, subprocess, sys
from collections import Counter, defaultdict


def folded(text):
    return re.sub(r"[ \t\r\n\f\v]+", " ", text).strip(" \t\r\n\f\v")


def fnv(octets):
    value = 14695981039346656037
    for octet in re.sub(rb"[ \t\r\n\f\v]+", b" ", octets).strip(b" \t\r\n\f\v"):
        value = ((value ^ octet) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def plain(text):
    return str(text).encode("utf-8", "replace").decode("utf-8", "replace")


def decoded(value):
    if value is None:
        return ""
    try:
        return plain(folded(str(email.header.make_header(email.header.decode_header(value)))))
    except Exception:
        return plain(folded(str(value)))


def by_python(path):
    with open(path, "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.compat32)
    parts = []
    for part in message.walk():
        octets = b""
        if not part.is_multipart():
            try:
                octets = part.get_payload(decode=True) or b""
            except Exception:
                octets = b""
        try:
            name = decoded(part.get_filename() or "")
        except Exception:
            name = ""
        parts.append([part.get_content_type(), name, len(octets), fnv(octets)])
    return {"parts": parts, "subject": decoded(message["subject"]), "from": decoded(message["from"]),
            "to": decoded(message["to"]), "problems": []}


def addresses(text):
    """The same whatever quotes, comments and blanks stand around the names."""
    return re.sub(r"""[\s"'<>;,\\]+""", "", text)


def compare(ours, theirs):
    found = []
    a, b = ours["parts"], theirs["parts"]
    if len(a) != len(b):
        found.append("parts")
    elif [p[0] for p in a] != [p[0] for p in b]:
        found.append("types")
    elif any(p[3] != q[3] for p, q in zip(a, b) if not p[0].startswith(("multipart/", "message/"))):
        found.append("octets")
    if sorted(p[1] for p in a if p[1]) != sorted(p[1] for p in b if p[1]):
        found.append("names")
    if ours["subject"] != theirs["subject"]:
        found.append("subject")
    if addresses(ours["from"]) != addresses(theirs["from"]) or addresses(ours["to"]) != addresses(theirs["to"]):
        found.append("addresses")
    return found


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(arguments) != 2 or not os.path.isdir(arguments[1]):
        print("skipped: no data")
        return
    tool, folder = arguments
    lines = subprocess.run([tool, folder], capture_output=True, check=True).stdout.decode("utf-8").split("\n")
    totals = defaultdict(Counter)
    classes = Counter()
    worst = (0, "")
    details = []
    for line in filter(None, lines):
        row = json.loads(line)
        readers = {"weir": row["weir"], "gmime": row["gmime"], "python": by_python(os.path.join(folder, row["path"]))}
        total = totals[row["path"].split("/")[0]]
        total["messages"] += 1
        for reader, seen in readers.items():
            total[reader, "parts"] += len(seen["parts"])
            total[reader, "text"] += sum(p[2] for p in seen["parts"] if p[0].startswith("text/"))
            total[reader, "names"] += sum(1 for p in seen["parts"] if p[1])
            total[reader, "fields"] += sum(1 for f in ("subject", "from", "to") if seen[f])
        if row["octets"] >= 1000:
            worst = max(worst, (row["ns_per_octet"], row["path"]))
        for reader in ("gmime", "python"):
            difference = compare(readers["weir"], readers[reader])
            if difference:
                total["differ", reader] += 1
            for what in difference:
                classes[reader, what] += 1
                details.append((row["path"], reader, what, readers["weir"], readers[reader]))

    print("| folder | messages | parts | text octets | file names | fields decoded | differ from GMime | from Python |")
    print("|---|---|---|---|---|---|---|---|")
    for name, total in sorted(totals.items()):
        cells = [" / ".join(str(total[r, what]) for r in ("weir", "gmime", "python"))
                 for what in ("parts", "text", "names", "fields")]
        print(f"| {name} | {total['messages']} | " + " | ".join(cells) +
              f" | {total['differ', 'gmime']} | {total['differ', 'python']} |")
    print()
    for (reader, what), count in sorted(classes.items()):
        print(f"{reader}: {what} differ in {count} messages")
    print(f"slowest of at least 1,000 octets: {worst[0]} ns per octet, {worst[1]}")
    if "--differences" in sys.argv:
        for path, reader, what, ours, theirs in details:
            print(f"\n{path} {reader} {what}; problems {','.join(ours['problems'])}")
            for name, seen in (("weir", ours), (reader, theirs)):
                if what in ("parts", "types", "octets", "names"):
                    print(f"  {name}: {seen['parts']}")
                elif what == "subject":
                    print(f"  {name}: {seen['subject']!r}")
                else:
                    print(f"  {name}: {seen['from']!r} {seen['to']!r}")


if __name__ == "__main__":
    main()
