# gilsim: atomic
"""time.get_clock_info()"""

_CLOCKS = {
    'time': ('clock_gettime(CLOCK_REALTIME)', False, True),
    'monotonic': ('clock_gettime(CLOCK_MONOTONIC)', True, False),
    'perf_counter': ('clock_gettime(CLOCK_MONOTONIC)', True, False),
    'process_time': ('clock_gettime(CLOCK_PROCESS_CPUTIME_ID)', True, False),
    'thread_time': ('clock_gettime(CLOCK_THREAD_CPUTIME_ID)', True, False),
}


def info(name):
    """Facts about a clock."""
    from types import SimpleNamespace
    if not isinstance(name, str):
        raise TypeError(f"get_clock_info() argument 1 must be str, not {type(name).__name__}")
    if name not in _CLOCKS:
        raise ValueError("unknown clock")
    implementation, monotonic, adjustable = _CLOCKS[name]
    return SimpleNamespace(implementation=implementation, monotonic=monotonic, adjustable=adjustable,
                           resolution=1e-09)
