"""Virtual time beside real time: whole programs on installed CPythons and under gilsim with costs calibrated on them.

    python3 benches/run_time/compare.py --gilsim BINARY --python PATH [--python PATH ...] [--costs FOLDER] [--runs N] [--write] FILE_OR_FOLDER ...

For each CPython it calibrates, unless FOLDER has the cost file VERSION.toml already, and keeps it there. Each program runs N times under
`timed.py`, which tells its time in units of the probe that the calibration used too, so that a machine which does other work, at either time, changes little; the median counts. `--write` keeps the
table in docs/FIDELITY.md. Prints virtual by real time for each program, their median, and how many are within 25 %. Programs that start threads are apart
(their name has `threads` in it): what they wait for is not computing.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import tomllib

HERE = pathlib.Path(__file__).parent
sys.path.append(str(HERE.parent / "fidelity"))
import section

NOTE = """Written by `benches/run_time/compare.py` on DATE: virtual by real time of whole programs, with the costs that `gilsim calibrate` measured on the
same CPython and machine. Both are measured in units of a short loop, since the machine did other work too and its speed changed from moment to moment. %s.
What is left is mostly instances of two classes at one place (class_create), which make specialised code miss, and how large an integer or a table is (sieve).
threads_lock is apart: from 3.10 on four threads around one lock take what their instructions take. Up to 3.9 a switch can fall into the `with`, and then real
threads queue for the lock and hand it over by the operating system, two to six times as long; which of the two regimes a run is in is decided by the latencies.
A column that is too high or too low as a whole shows the speed at which the probe was caught.
"""
WITHIN = 0.25


def output_of(command):
    return subprocess.run(command, capture_output=True, text=True, check=True)


def version_of(python):
    return output_of([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]).stdout.strip()


def is_threaded(name):
    return "threads" in name


def real_s(python, program, runs, probe_s):
    command = [python, HERE / "timed.py", program] + ["elapsed"] * is_threaded(program.stem)
    units = statistics.median(float(output_of(command).stderr.split()[-1]) for _ in range(runs))
    return units * probe_s


def virtual_s(gilsim, costs, program):
    report = output_of([gilsim, "run", "--format", "json", "--costs", costs, program]).stdout
    return json.loads(report)["run"]["virtual_time_ns"] / 1e9


def programs(paths):
    for path in map(pathlib.Path, paths):
        yield from sorted(path.glob("*.py")) if path.is_dir() else [path]


def column(gilsim, python, costs, programs, runs):
    """Ratios of one CPython by program."""
    version, ratios = version_of(python), {}
    file = pathlib.Path(costs) / (version + ".toml")
    if not file.exists():
        subprocess.run([gilsim, "calibrate", "--python", python, "-o", file], check=True)
    probe_s = tomllib.loads(file.read_text())["probe_ns"] / 1e9
    for program in programs:
        real, virtual = real_s(python, program, runs, probe_s), virtual_s(gilsim, file, program)
        ratios[program.stem] = virtual / real
        print("%-5s %-20s real %7.3f s  virtual %7.3f s  ratio %5.2f" % (version, program.stem, real, virtual, virtual / real), flush=True)
    return version, ratios


def judged(ratios):
    return [ratio for name, ratio in ratios.items() if not is_threaded(name)]


def summary(columns):
    """In words: how many programs are near enough."""
    within = sum(abs(ratio - 1) <= WITHIN for ratios in columns.values() for ratio in judged(ratios))
    medians = ", ".join("%s on %s" % ("%.2f" % statistics.median(judged(ratios)), version) for version, ratios in columns.items())
    count = sum(len(judged(ratios)) for ratios in columns.values())
    return "Within 25 %%: %d of %d programs without threads; the medians are %s" % (within, count, medians)


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("--gilsim", required=True)
    options.add_argument("--python", action="append", required=True)
    options.add_argument("--costs", default=tempfile.mkdtemp())
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--write", action="store_true")
    options.add_argument("programs", nargs="+")
    options = options.parse_args()
    found = list(programs(options.programs))
    columns = dict(column(options.gilsim, python, options.costs, found, options.runs) for python in options.python)
    print(summary(columns))
    if options.write:
        lines = ["| program | %s |" % " | ".join(columns), "| :-- |" + " --: |" * len(columns)]
        for program in found:
            lines.append("| %s | %s |" % (program.stem, " | ".join("%.2f" % ratios[program.stem] for ratios in columns.values())))
        section.write("Virtual beside real run time", NOTE % summary(columns) + "\n" + "\n".join(lines))


main()
