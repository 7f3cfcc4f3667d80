"""Puts the costs of cost files into gilsim's shipped tables: one column for each file, the others stay.

    gilsim calibrate --python PATH -o 3.9.toml       for each version, on a quiet machine
    python3.13 benches/costs/ship.py 3.13.toml 3.9.toml ...

The first file is the measure of the others: all costs are scaled so that the median of its costs is what the shipped column of its version says, and
that column stays. So columns measured at different times, or on different machines, can be compared.
"""

import pathlib
import re
import statistics
import sys
import tomllib

ROOT = pathlib.Path(__file__).parents[2]
TABLES = {"instruction_ns": ROOT / "vm/src/code/costs.rs", "native_ns": ROOT / "vm/src/native/costs.rs"}
OPCODES = dict(re.findall(r'^    (\w+) "([A-Z_0-9]+)" \w+;', (ROOT / "vm/src/code/op.rs").read_text(), re.M))
ROW = re.compile(r'\((?:Op::(\w+)|"([^"]+)"), \[([0-9, ]+)\]\)')
COLUMNS = re.search(r'COLUMNS: .* = &?\[(.*)\];', TABLES["instruction_ns"].read_text()).group(1).replace('"', "").split(", ")


def name_of(row):
    variant, native, _ = row.groups()
    return OPCODES[variant] if variant else native


def scale(file):
    """How many times as long this machine takes as the shipped column of that version says."""
    column = COLUMNS.index(file["python"])
    ratios = []
    for section, path in TABLES.items():
        for row in ROW.finditer(path.read_text()):
            shipped = int(row.group(3).split(", ")[column])
            ratios.append(file[section][name_of(row)] / max(shipped, 1))
    return statistics.median(ratios)


def main():
    first, *others = [tomllib.loads(pathlib.Path(path).read_text()) for path in sys.argv[1:]]
    factor = scale(first)
    print("this machine takes %.2f times as long for %s as the table says" % (factor, first["python"]))
    for section, path in TABLES.items():
        def changed(row):
            numbers = row.group(3).split(", ")
            for file in others:
                least = 1 if section == "instruction_ns" else 0
                numbers[COLUMNS.index(file["python"])] = str(max(round(file[section][name_of(row)] / factor), least))
            return row.group(0).replace(row.group(3), ", ".join(numbers))

        path.write_text(ROW.sub(changed, path.read_text()))


main()
