//! Native modules that only name things: `_queue`, `_collections`, `_random`, `errno`.

use crate::interp::Vm;
use crate::native::registry::ModuleTable;
use crate::object::builtin::class_id as c;
use crate::value::{ObjId, Value};

/// `_queue`
pub const QUEUE: ModuleTable = ModuleTable {
    name: "_queue",
    functions: &[],
    fill: |vm, ns| {
        fill_with(vm, ns, &[("SimpleQueue", Value::Obj(c::SIMPLE_QUEUE)), ("Empty", Value::Obj(c::QUEUE_EMPTY))])
    },
};

/// `_collections`
pub const COLLECTIONS: ModuleTable = ModuleTable {
    name: "_collections",
    functions: &[],
    fill: |vm, ns| {
        let entries = [
            ("deque", Value::Obj(c::DEQUE)),
            ("_deque_iterator", Value::Obj(c::DEQUE_ITERATOR)),
            ("_deque_reverse_iterator", Value::Obj(c::DEQUE_REVERSE_ITERATOR)),
        ];
        fill_with(vm, ns, &entries);
    },
};

/// `_random`
pub const RANDOM: ModuleTable = ModuleTable {
    name: "_random",
    functions: &[],
    fill: |vm, ns| fill_with(vm, ns, &[("Random", Value::Obj(c::RANDOM))]),
};

/// `errno`
pub const ERRNO: ModuleTable = ModuleTable { name: "errno", functions: &[], fill: fill_errno };

fn fill_with(vm: &mut Vm, namespace: ObjId, entries: &[(&str, Value)]) {
    for (text, value) in entries {
        let name = vm.heap.intern(text);
        vm.heap.dict_set_name(namespace, name, *value);
    }
}

/// Error numbers of Linux.
const ERRNOS: &[(&str, i64)] = &[
    ("EPERM", 1),
    ("ENOENT", 2),
    ("ESRCH", 3),
    ("EINTR", 4),
    ("EIO", 5),
    ("ENXIO", 6),
    ("E2BIG", 7),
    ("ENOEXEC", 8),
    ("EBADF", 9),
    ("ECHILD", 10),
    ("EAGAIN", 11),
    ("ENOMEM", 12),
    ("EACCES", 13),
    ("EFAULT", 14),
    ("ENOTBLK", 15),
    ("EBUSY", 16),
    ("EEXIST", 17),
    ("EXDEV", 18),
    ("ENODEV", 19),
    ("ENOTDIR", 20),
    ("EISDIR", 21),
    ("EINVAL", 22),
    ("ENFILE", 23),
    ("EMFILE", 24),
    ("ENOTTY", 25),
    ("ETXTBSY", 26),
    ("EFBIG", 27),
    ("ENOSPC", 28),
    ("ESPIPE", 29),
    ("EROFS", 30),
    ("EMLINK", 31),
    ("EPIPE", 32),
    ("EDOM", 33),
    ("ERANGE", 34),
    ("EDEADLK", 35),
    ("ENAMETOOLONG", 36),
    ("ENOLCK", 37),
    ("ENOSYS", 38),
    ("ENOTEMPTY", 39),
    ("ELOOP", 40),
    ("ENOTSOCK", 88),
    ("EDESTADDRREQ", 89),
    ("EMSGSIZE", 90),
    ("EPROTOTYPE", 91),
    ("ENOPROTOOPT", 92),
    ("EPROTONOSUPPORT", 93),
    ("ENOTSUP", 95),
    ("EOPNOTSUPP", 95),
    ("EAFNOSUPPORT", 97),
    ("EADDRINUSE", 98),
    ("EADDRNOTAVAIL", 99),
    ("ENETDOWN", 100),
    ("ENETUNREACH", 101),
    ("ENETRESET", 102),
    ("ECONNABORTED", 103),
    ("ECONNRESET", 104),
    ("ENOBUFS", 105),
    ("EISCONN", 106),
    ("ENOTCONN", 107),
    ("ESHUTDOWN", 108),
    ("ETIMEDOUT", 110),
    ("ECONNREFUSED", 111),
    ("EHOSTDOWN", 112),
    ("EHOSTUNREACH", 113),
    ("EALREADY", 114),
    ("EINPROGRESS", 115),
    ("ESTALE", 116),
    ("EDQUOT", 122),
    ("ECANCELED", 125),
    ("EOWNERDEAD", 130),
    ("ENOTRECOVERABLE", 131),
    ("EWOULDBLOCK", 11),
];

fn fill_errno(vm: &mut Vm, namespace: ObjId) {
    let codes = vm.heap.new_dict();
    for (text, number) in ERRNOS {
        let name = vm.heap.intern(text);
        vm.heap.dict_set_name(namespace, name, Value::Int(*number));
        let place = vm.heap.dict(codes).find(*number, |key| key == Value::Int(*number));
        if place.is_none() {
            vm.heap.dict_push(codes, *number, Value::Int(*number), Value::Obj(name));
        }
    }
    fill_with(vm, namespace, &[("errorcode", Value::Obj(codes))]);
}
