"""The simulated engine beside the one on OS threads: the counter and the convoy demo under several versions.

    python3 benches/engines/compare.py --gilsim BINARY [--runs N] [--write]

The simulated engine runs once, since every run is the same; the other one N times, and the table has the median and the extremes. `--write` keeps the table in
docs/FIDELITY.md. Wall time of a machine that does other work shows in the column of the real threads only.
"""

import argparse
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).parents[1] / "fidelity"))
import section

VERSIONS = ("2.7", "3.6", "3.9", "3.10", "3.13")
# Demo, its arguments for gilsim and for itself, and what its last number says.
ROWS = (
    ("data_race", (), (), "lost updates of 1,000,000"),
    ("convoy", (), ("0",), "answer late, alone, ms"),
    ("convoy", ("--switch-interval", "1ms"), ("1",), "answer late, interval 1 ms, ms"),
    ("convoy", ("--switch-interval", "5ms"), ("1",), "answer late, interval 5 ms, ms"),
    ("convoy", ("--switch-interval", "20ms"), ("1",), "answer late, interval 20 ms, ms"),
)
NOTE = """Written by `benches/engines/compare.py` on DATE. The program and the rules are the same; `os` is the median of %d runs on threads of the operating system,
with the least and the greatest, on a machine with two cores. Its runs differ from each other. On 2.7 the race for the GIL that is offered is
decided by the operating system there, and by drawn numbers in the simulation; that version has no switch interval.
"""


def last_number(gilsim, version, flags, program, arguments, engine):
    command = [gilsim, "run", "-q", "--engine", engine, "--python", version, *flags, program, "--", *arguments]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return float(re.findall(r"-?\d+(?:\.\d+)?", output)[-1])


def row(gilsim, folder, version, runs, what):
    demo, flags, arguments, says = what
    program = pathlib.Path(folder) / (demo + ".py")
    simulated = last_number(gilsim, version, flags, program, arguments, "simulated")
    real = sorted(last_number(gilsim, version, flags, program, arguments, "os") for _ in range(runs))
    numbers = [simulated, statistics.median(real), real[0], real[-1]]
    digits = 0 if demo == "data_race" else 2
    return "| %s | %s | %s | %s | %s to %s |" % (version, says, *("{:,.{}f}".format(number, digits) for number in numbers))


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("--gilsim", required=True)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--write", action="store_true")
    options = options.parse_args()
    gilsim = pathlib.Path(options.gilsim).resolve()
    lines = ["| GIL of | what | simulated | os | |", "| :-- | :-- | --: | --: | --: |"]
    with tempfile.TemporaryDirectory() as folder:
        for demo in ("data-race", "convoy"):
            subprocess.run([gilsim, "demos", "copy", demo, folder], check=True, stdout=subprocess.DEVNULL)
        for version in VERSIONS:
            for what in ROWS:
                lines.append(row(gilsim, folder, version, options.runs, what))
                print(lines[-1], flush=True)
    if options.write:
        section.write("Simulated beside real threads", NOTE % options.runs + "\n" + "\n".join(lines))


main()
