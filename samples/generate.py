#!/usr/bin/python3
"""Writes the sample mail: `generate.py --out DIR --end UNIXTIME --seed N`. The same arguments give the same octets.

DIR/msgs/*.eml       messages of the week that ends at --end
DIR/index            one line a message in order of time: spam|ham path learn|scan campaign
DIR/networks.csv     start,end,asn,operator          DIR/countries.csv   start,end,country
DIR/truth.json       what a test may compare results with; see README.md
"""

import argparse
import json
import pathlib

from sample_mail import compose, places, plan, texts


def truth_of(planned_week, composed, paths, end, seed):
    campaigns = {}
    for name, hosts in planned_week.hosts.items():
        sent = [p for p in planned_week.messages if p.campaign == name and p.host is not planned_week.forwarder]
        by_host = {}
        for p in sent:
            row = by_host.setdefault(str(p.host.address), {"messages": 0, "first": p.when, "last": p.when})
            row["messages"] += 1
            row["first"], row["last"] = min(row["first"], p.when), max(row["last"], p.when)
        campaigns[name] = {
            "kind": {"pills": "relay", "parcel": "dynamic"}.get(name, "bulk"),
            "languages": sorted({p.language for p in sent}), "messages": len(sent),
            "sources": sorted(by_host), "hosts": by_host,
        }
    spam_networks = {places.neighbourhood(host.address) for hosts in planned_week.hosts.values() for host in hosts}
    good = planned_week.good_hosts
    return {
        "end": end, "seed": seed,
        "campaigns": campaigns,
        "good": sorted(str(host.address) for host in good),
        "neighbours": sorted(str(host.address) for host in good if places.neighbourhood(host.address) in spam_networks),
        "relays": sorted(str(host.address) for host in planned_week.hosts["pills"]),
        "engines": sorted(str(address) for address in planned_week.engines),
        "mixed": [str(planned_week.forwarder.address)],
        "messages": {
            path: {"source": str(p.host.address), "time": p.when, "language": p.language, "charset": c.charset, "declared": c.declared}
            for path, p, c in zip(paths, planned_week.messages, composed)
        },
    }


def generate(out, end, seed):
    library = texts.Library()
    week = plan.Plan(seed, end, library)
    composed = [compose.compose(planned, seed, number, library, week.landing) for number, planned in enumerate(week.messages)]
    paths = [f"msgs/{number:04}.eml" for number in range(1, len(composed) + 1)]
    (out / "msgs").mkdir(parents=True, exist_ok=True)
    for path, message in zip(paths, composed):
        (out / path).write_bytes(message.octets)
    index = "".join(f"{p.label} {path} {p.role} {p.campaign}\n" for path, p in zip(paths, week.messages))
    truth = truth_of(week, composed, paths, end, seed)
    for name, text in (("index", index), ("networks.csv", places.networks_csv()), ("countries.csv", places.countries_csv()),
                       ("truth.json", json.dumps(truth, indent=1, sort_keys=True) + "\n")):
        (out / name).write_bytes(text.encode("utf-8"))
    return len(composed)


def main():
    parser = argparse.ArgumentParser(description="Writes the sample mail of the week that ends at --end.")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder to write; made if missing")
    parser.add_argument("--end", type=int, required=True, help="end of the week, seconds since 1970")
    parser.add_argument("--seed", type=int, default=1, help="any whole number")
    arguments = parser.parse_args()
    count = generate(arguments.out, arguments.end, arguments.seed)
    print(f"{count} messages in {arguments.out}")


if __name__ == "__main__":
    main()
