//! Exceptions: `BaseException` and the fields of its builtin subclasses.

use crate::names::name;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, Stop, constructor, function, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::exception::Exception;
use crate::object::instance::Attrs;
use crate::value::{ObjId, Value};

/// `BaseException`
pub const TABLE: TypeTable = TypeTable { class: c::BASE_EXCEPTION, methods: METHODS, getsets: GETSETS };
/// `StopIteration`
pub const STOP_ITERATION: TypeTable = TypeTable {
    class: c::STOP_ITERATION,
    methods: &[],
    getsets: &[GetSetDef { name: "value", get: first_arg, set: None }],
};
/// `SystemExit`
pub const SYSTEM_EXIT: TypeTable = TypeTable {
    class: c::SYSTEM_EXIT,
    methods: &[],
    getsets: &[GetSetDef { name: "code", get: exit_code, set: None }],
};
/// `BaseExceptionGroup`
pub const GROUP: TypeTable = TypeTable {
    class: c::BASE_EXCEPTION_GROUP,
    methods: &[
        method("derive", Sig::One, |cx, a| cx.tail_prelude("exception_group_derive", &[a.get(0), a.get(1)])),
        method("split", Sig::One, |cx, a| cx.tail_prelude("exception_group_split", &[a.get(0), a.get(1)])),
        method("subgroup", Sig::One, |cx, a| cx.tail_prelude("exception_group_subgroup", &[a.get(0), a.get(1)])),
    ],
    getsets: &[],
};

/// RAISE_VARARGS with a class, or with something that is no exception: what, cause or `Unbound`.
pub(crate) static RAISE: NativeDef = function("raise", Sig::Raw, raise);

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    method("__init__", Sig::Raw, init),
    method("__str__", Sig::NoArgs, |cx, args| {
        let text = cx.str_of_exception(args.get(0))?;
        Ok(cx.new_str(text))
    }),
    method("__repr__", Sig::NoArgs, |cx, args| {
        let given = cx.vm.exception(args.get(0)).args;
        let text = cx.repr_exception(args.get(0), given)?;
        Ok(cx.new_str(text))
    }),
    method("with_traceback", Sig::One, with_traceback),
    method("add_note", Sig::One, add_note),
    method("__reduce__", Sig::NoArgs, reduce),
];

const GETSETS: &[GetSetDef] = &[
    GetSetDef { name: "args", get: |cx, a| Ok(cx.vm.exception(a.get(0)).args), set: Some(set_args) },
    GetSetDef { name: "__traceback__", get: |cx, a| Ok(cx.vm.exception(a.get(0)).traceback), set: Some(set_traceback) },
    GetSetDef { name: "__cause__", get: |cx, a| Ok(cx.vm.exception(a.get(0)).cause), set: Some(set_cause) },
    GetSetDef { name: "__context__", get: |cx, a| Ok(cx.vm.exception(a.get(0)).context), set: Some(set_context) },
    GetSetDef {
        name: "__suppress_context__",
        get: |cx, a| Ok(Value::Bool(cx.vm.exception(a.get(0)).suppress_context)),
        set: Some(set_suppress),
    },
];

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = cx.vm.as_class(args.get(0)).expect("a constructor gets its class");
    let class = os_error_class(cx, class, args);
    let given = cx.new_tuple(args.pos[1..].to_vec());
    let shape = cx.vm.heap.class(class).root_shape;
    let exception = Value::Obj(cx.heap().alloc(Object::Exception(Box::new(Exception {
        class,
        args: given,
        attrs: Attrs::new(shape),
        cause: Value::None,
        context: Value::None,
        suppress_context: false,
        traceback: Value::None,
    }))));
    if cx.vm.heap.is_subclass(class, c::BASE_EXCEPTION_GROUP) {
        group_fields(cx, exception, class, &args.pos[1..])?;
    } else if is_written_in_python(cx, class, name::INIT) && !is_made_by_new(cx, class) {
        cx.default_fields(exception, class, &args.pos[1..]);
    } else {
        set_fields(cx, exception, class, &args.pos[1..], args.kw)?;
    }
    Ok(exception)
}

fn is_written_in_python(cx: &Cx<'_>, class: ObjId, method: ObjId) -> bool {
    cx.vm.heap.lookup(class, method).is_some_and(|f| !cx.vm.is_native(f))
}

/// OSError leaves its arguments to `__init__` only where that is written in Python and `__new__` is not
/// (`oserror_use_init`).
fn is_made_by_new(cx: &Cx<'_>, class: ObjId) -> bool {
    let use_init = is_written_in_python(cx, class, name::INIT) && !is_written_in_python(cx, class, name::NEW);
    cx.vm.heap.is_subclass(class, c::OS_ERROR) && !use_init
}

fn init(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let exception = args.get(0);
    let class = cx.vm.heap.class_of(exception);
    if is_made_by_new(cx, class) {
        return Ok(Value::None);
    }
    let given = cx.new_tuple(args.pos[1..].to_vec());
    cx.vm.exception_mut(exception).args = given;
    set_fields(cx, exception, class, &args.pos[1..], args.kw)?;
    Ok(Value::None)
}

/// The fields that the builtin class among the bases has beside `args`.
fn set_fields(
    cx: &mut Cx<'_>,
    exception: Value,
    class: ObjId,
    pos: &[Value],
    kw: &[(ObjId, Value)],
) -> Result<(), Box<Stop>> {
    let is = |cx: &Cx<'_>, base: ObjId| cx.vm.heap.is_subclass(class, base);
    let keywords: &[ObjId] = if is(cx, c::ATTRIBUTE_ERROR) {
        &[name::OBJ_NAME, name::OBJ]
    } else if is(cx, c::NAME_ERROR) {
        &[name::OBJ_NAME]
    } else if is(cx, c::IMPORT_ERROR) {
        &[name::OBJ_NAME, name::PATH_ATTR, name::NAME_FROM]
    } else {
        &[]
    };
    for (key, value) in kw {
        if !keywords.contains(key) {
            let shown = cx.vm.heap.class(class).name.clone();
            let message = match keywords.is_empty() {
                true => format!("{shown}() takes no keyword arguments"),
                false => format!("{shown}() got an unexpected keyword argument '{}'", cx.vm.heap.name(*key)),
            };
            return Err(cx.type_error(message));
        }
        cx.vm.set_exception_field(exception, *key, *value);
    }
    for field in keywords {
        if !kw.iter().any(|(key, _)| key == field) {
            cx.vm.set_exception_field(exception, *field, Value::None);
        }
    }
    cx.default_fields(exception, class, pos);
    Ok(())
}

impl Cx<'_> {
    /// Fields taken from the positional arguments.
    pub(crate) fn default_fields(&mut self, exception: Value, class: ObjId, pos: &[Value]) {
        let is = |cx: &Cx<'_>, base: ObjId| cx.vm.heap.is_subclass(class, base);
        let arg = |i: usize| pos.get(i).copied().unwrap_or(Value::None);
        let fields: Vec<(ObjId, Value)> = if is(self, c::OS_ERROR) && (2..=5).contains(&pos.len()) {
            let mut fields = vec![
                (name::ERRNO, arg(0)),
                (name::STRERROR, arg(1)),
                (name::FILENAME, arg(2)),
                (name::FILENAME2, arg(4)),
            ];
            if pos.len() > 2 {
                let two = self.new_tuple(pos[..2].to_vec());
                self.vm.exception_mut(exception).args = two;
            }
            fields.truncate(4);
            fields
        } else if is(self, c::OS_ERROR) {
            [name::ERRNO, name::STRERROR, name::FILENAME, name::FILENAME2].map(|n| (n, Value::None)).to_vec()
        } else if is(self, c::IMPORT_ERROR) {
            vec![(name::MSG, if pos.len() == 1 { arg(0) } else { Value::None })]
        } else if is(self, c::UNICODE_DECODE_ERROR) || is(self, c::UNICODE_ENCODE_ERROR) {
            vec![
                (name::ENCODING, arg(0)),
                (name::OBJECT, arg(1)),
                (name::START, arg(2)),
                (name::END, arg(3)),
                (name::REASON, arg(4)),
            ]
        } else if is(self, c::SYNTAX_ERROR) {
            let place: Vec<Value> = self.vm.heap.tuple(arg(1)).map(<[Value]>::to_vec).unwrap_or_default();
            let at = |i: usize| place.get(i).copied().unwrap_or(Value::None);
            vec![
                (name::MSG, arg(0)),
                (name::FILENAME, at(0)),
                (name::LINENO, at(1)),
                (name::OFFSET, at(2)),
                (name::TEXT, at(3)),
                (name::END_LINENO, at(4)),
                (name::END_OFFSET, at(5)),
            ]
        } else {
            Vec::new()
        };
        for (field, value) in fields {
            self.vm.set_exception_field(exception, field, value);
        }
    }
}

/// `OSError(errno, text)` is an instance of the subclass for that number.
fn os_error_class(cx: &Cx<'_>, class: ObjId, args: &Args<'_>) -> ObjId {
    let (Value::Int(errno), true) = (args.get(1), class == c::OS_ERROR && args.len() > 2) else { return class };
    match errno {
        1 | 13 => c::PERMISSION_ERROR,
        2 => c::FILE_NOT_FOUND_ERROR,
        3 => c::PROCESS_LOOKUP_ERROR,
        4 => c::INTERRUPTED_ERROR,
        10 => c::CHILD_PROCESS_ERROR,
        11 | 114 | 115 => c::BLOCKING_IO_ERROR,
        17 => c::FILE_EXISTS_ERROR,
        20 => c::NOT_A_DIRECTORY_ERROR,
        21 => c::IS_A_DIRECTORY_ERROR,
        32 | 108 => c::BROKEN_PIPE_ERROR,
        103 => c::CONNECTION_ABORTED_ERROR,
        104 => c::CONNECTION_RESET_ERROR,
        110 => c::TIMEOUT_ERROR,
        111 => c::CONNECTION_REFUSED_ERROR,
        _ => cx.vm.as_class(args.get(0)).unwrap_or(class),
    }
}

fn group_fields(cx: &mut Cx<'_>, exception: Value, class: ObjId, pos: &[Value]) -> Result<(), Box<Stop>> {
    if pos.len() != 2 {
        let message = format!("BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)", pos.len());
        return Err(cx.type_error(message));
    }
    if cx.as_str(pos[0]).is_none() {
        let message = format!("BaseExceptionGroup.__new__() argument 1 must be str, not {}", cx.type_name(pos[0]));
        return Err(cx.type_error(message));
    }
    let items: Option<Vec<Value>> = match cx.object(pos[1]) {
        Some(Object::List(items)) => Some(items.clone()),
        Some(Object::Tuple(items)) => Some(items.to_vec()),
        _ => None,
    };
    let Some(items) = items else {
        return Err(cx.type_error("second argument (exceptions) must be a sequence"));
    };
    if items.is_empty() {
        return Err(cx.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    if let Some(i) = items.iter().position(|item| !cx.vm.is_exception(*item)) {
        return Err(cx.value_error(format!("Item {i} of second argument (exceptions) is not an exception")));
    }
    let plain = items.iter().all(|item| cx.vm.exception_is(*item, c::EXCEPTION));
    if !plain && cx.vm.heap.is_subclass(class, c::EXCEPTION) {
        let shown = match class == c::EXCEPTION_GROUP {
            true => "an ExceptionGroup".to_owned(),
            false => format!("'{}'", cx.vm.heap.class(class).name),
        };
        return Err(cx.type_error(format!("Cannot nest BaseExceptions in {shown}")));
    }
    if plain && class == c::BASE_EXCEPTION_GROUP {
        cx.vm.exception_mut(exception).class = c::EXCEPTION_GROUP;
    }
    let tuple = cx.new_tuple(items);
    cx.vm.set_exception_field(exception, name::MESSAGE, pos[0]);
    cx.vm.set_exception_field(exception, name::EXCEPTIONS, tuple);
    Ok(())
}

fn first_arg(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(cx.vm.stop_iteration_value(args.get(0)))
}

fn exit_code(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let given = cx.vm.exception(args.get(0)).args;
    Ok(match cx.vm.heap.tuple(given) {
        Some([]) | None => Value::None,
        Some([one]) => *one,
        Some(_) => given,
    })
}

fn set_args(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let items = cx.iterate(args.get(1))?;
    let tuple = cx.new_tuple(items);
    cx.vm.exception_mut(args.get(0)).args = tuple;
    Ok(Value::None)
}

fn set_traceback(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let value = args.get(1);
    if !value.is_none() && !matches!(cx.object(value), Some(Object::Traceback(_))) {
        return Err(cx.type_error("__traceback__ must be a traceback or None"));
    }
    cx.vm.exception_mut(args.get(0)).traceback = value;
    Ok(Value::None)
}

fn with_traceback(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    set_traceback(cx, args)?;
    Ok(args.get(0))
}

fn link(cx: &mut Cx<'_>, value: Value, what: &str) -> Result<Value, Box<Stop>> {
    if value.is_none() || cx.vm.is_exception(value) {
        return Ok(value);
    }
    Err(cx.type_error(format!("exception {what} must be None or derive from BaseException")))
}

fn set_cause(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let value = link(cx, args.get(1), "cause")?;
    let data = cx.vm.exception_mut(args.get(0));
    data.cause = value;
    data.suppress_context = true;
    Ok(Value::None)
}

fn set_context(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let value = link(cx, args.get(1), "context")?;
    cx.vm.exception_mut(args.get(0)).context = value;
    Ok(Value::None)
}

fn set_suppress(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let suppress = cx.truth(args.get(1))?;
    cx.vm.exception_mut(args.get(0)).suppress_context = suppress;
    Ok(Value::None)
}

fn add_note(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if cx.as_str(args.get(1)).is_none() {
        let message = format!("note must be a str, not '{}'", cx.type_name(args.get(1)));
        return Err(cx.type_error(message));
    }
    let id = args.get(0).obj().expect("an exception");
    let list = match cx.vm.get_slot(id, name::NOTES) {
        Some(list) => list,
        None => {
            let list = cx.new_list(Vec::new());
            cx.vm.set_slot(id, name::NOTES, list);
            list
        }
    };
    cx.vm.list_push(list.obj().expect("a list"), args.get(1));
    Ok(Value::None)
}

fn reduce(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = Value::Obj(cx.vm.heap.class_of(args.get(0)));
    let given = cx.vm.exception(args.get(0)).args;
    Ok(cx.new_tuple(vec![class, given]))
}

impl Cx<'_> {
    /// Refuses what a call of an exception class gave, if it is no exception; `shown` is its class.
    ///
    /// # Errors
    /// TypeError, and those of `__repr__`.
    pub fn check_made_exception(&mut self, class: Value, made: Value, shown: &str) -> Result<(), Box<Stop>> {
        if self.vm.is_exception(made) {
            return Ok(());
        }
        let class = self.repr(class)?;
        let message = format!("calling {class} should have returned an instance of BaseException, not {shown}");
        Err(self.type_error(message))
    }
}

fn raise(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (kind, cause) = (args.get(0), args.get(1));
    let exception = if cx.vm.is_exception(kind) {
        kind
    } else if cx.vm.is_exception_class(kind) {
        let made = cx.construct(kind)?;
        let made_class = Value::Obj(cx.vm.heap.class_of(made));
        let shown = cx.repr(made_class)?;
        cx.check_made_exception(kind, made, &shown)?;
        made
    } else {
        return Err(cx.type_error("exceptions must derive from BaseException"));
    };
    let cause = if cx.vm.is_exception_class(cause) { cx.call(cause, &[])? } else { cause };
    match cx.vm.raise_from(exception, cause) {
        crate::interp::run::Trap::Raise(e) => Err(Box::new(Stop::Raise(e))),
        _ => unreachable!("raising raises"),
    }
}
