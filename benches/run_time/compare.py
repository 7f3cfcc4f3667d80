"""Virtual time beside real time: whole programs on installed CPythons and under gilsim with costs calibrated on them.

    python3 benches/run_time/compare.py --gilsim BINARY --python PATH [--python PATH ...] [--costs FOLDER] [--runs N] FILE_OR_FOLDER ...

For each CPython it calibrates, unless FOLDER has the cost file VERSION.toml already, which it otherwise keeps there. Each program runs N times under
`timed.py`, which allows for a machine that does other work; the least time counts. Prints virtual by real time for each program, their median, and how
many are within 25 %. Programs that start threads are apart (their name has `threads` in it): what they wait for is not computing.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
WITHIN = 0.25


def output_of(command):
    return subprocess.run(command, capture_output=True, text=True, check=True)


def version_of(python):
    return output_of([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]).stdout.strip()


def real_s(python, program, runs):
    return min(float(output_of([python, HERE / "timed.py", program]).stderr.split()[-1]) for _ in range(runs))


def virtual_s(gilsim, costs, program):
    report = output_of([gilsim, "run", "--format", "json", "--costs", costs, program]).stdout
    return json.loads(report)["run"]["virtual_time_ns"] / 1e9


def programs(paths):
    for path in map(pathlib.Path, paths):
        yield from sorted(path.glob("*.py")) if path.is_dir() else [path]


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("--gilsim", required=True)
    options.add_argument("--python", action="append", required=True)
    options.add_argument("--costs", default=tempfile.mkdtemp())
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("programs", nargs="+")
    options = options.parse_args()
    for python in options.python:
        version = version_of(python)
        costs = pathlib.Path(options.costs) / (version + ".toml")
        if not costs.exists():
            subprocess.run([options.gilsim, "calibrate", "--python", python, "-o", costs], check=True)
        ratios = {}
        for program in programs(options.programs):
            real, virtual = real_s(python, program, options.runs), virtual_s(options.gilsim, costs, program)
            ratios[program.stem] = virtual / real
            print("%-5s %-20s real %7.3f s  virtual %7.3f s  ratio %5.2f" % (version, program.stem, real, virtual, virtual / real))
            sys.stdout.flush()
        judged = [ratio for name, ratio in ratios.items() if "threads" not in name]
        within = sum(abs(ratio - 1) <= WITHIN for ratio in judged)
        print("%-5s median %.2f, %d of %d programs within 25 %%" % (version, statistics.median(judged), within, len(judged)))


main()
