//! The builtin classes: fixed handles, names, bases.
//!
//! They are the first objects of every heap, in the order of this table, so that native code can name them by constant.

use super::class::Layout;
use crate::value::ObjId;

/// A row of the table of builtin classes.
#[derive(Debug)]
pub struct BuiltinClass {
    /// `__name__`
    pub name: &'static str,
    /// `__module__`
    pub module: &'static str,
    /// Its one base.
    pub base: ObjId,
    /// How instances are made.
    pub kind: Kind,
}

/// How instances of a builtin class and of classes derived from it are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `object` and classes whose instances have attributes only.
    Plain,
    /// Metaclass.
    Meta,
    /// A value that a derived class's instance carries inside (`int`, `list`, …).
    Value,
    /// Made by native code only; cannot be a base class.
    Final,
    /// As `Value`, but cannot be a base class (`bool`, `range`, `slice`).
    FinalValue,
    /// An exception.
    Exception,
}

impl BuiltinClass {
    /// The layout of direct instances.
    pub fn layout(&self) -> Layout {
        match self.kind {
            Kind::Plain => Layout::Plain,
            Kind::Meta => Layout::Class,
            Kind::Exception => Layout::Exception,
            Kind::Value | Kind::Final | Kind::FinalValue => Layout::Native,
        }
    }
}

macro_rules! classes {
    ($($constant:ident $name:literal $module:literal $base:ident $kind:ident;)+) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Index { $($constant),+ }

        /// Handles of the builtin classes.
        pub mod class_id {
            use super::{Index, ObjId};
            $(#[doc = concat!("`", $name, "`")] pub const $constant: ObjId = ObjId(Index::$constant as u32);)+
        }

        /// All builtin classes in the order of their handles.
        pub const BUILTIN_CLASSES: &[BuiltinClass] = &[
            $(BuiltinClass { name: $name, module: $module, base: class_id::$base, kind: Kind::$kind }),+
        ];
    };
}

classes! {
    OBJECT "object" "builtins" OBJECT Plain;
    TYPE "type" "builtins" OBJECT Meta;
    INT "int" "builtins" OBJECT Value;
    BOOL "bool" "builtins" INT FinalValue;
    FLOAT "float" "builtins" OBJECT Value;
    COMPLEX "complex" "builtins" OBJECT Value;
    STR "str" "builtins" OBJECT Value;
    BYTES "bytes" "builtins" OBJECT Value;
    BYTEARRAY "bytearray" "builtins" OBJECT Value;
    MEMORYVIEW "memoryview" "builtins" OBJECT FinalValue;
    TUPLE "tuple" "builtins" OBJECT Value;
    LIST "list" "builtins" OBJECT Value;
    DICT "dict" "builtins" OBJECT Value;
    SET "set" "builtins" OBJECT Value;
    FROZENSET "frozenset" "builtins" OBJECT Value;
    SLICE "slice" "builtins" OBJECT FinalValue;
    RANGE "range" "builtins" OBJECT FinalValue;
    NONE_TYPE "NoneType" "builtins" OBJECT Final;
    NOT_IMPLEMENTED_TYPE "NotImplementedType" "builtins" OBJECT Final;
    ELLIPSIS_TYPE "ellipsis" "builtins" OBJECT Final;
    FUNCTION "function" "builtins" OBJECT Final;
    BUILTIN_FUNCTION "builtin_function_or_method" "builtins" OBJECT Final;
    METHOD_DESCRIPTOR "method_descriptor" "builtins" OBJECT Final;
    WRAPPER_DESCRIPTOR "wrapper_descriptor" "builtins" OBJECT Final;
    METHOD_WRAPPER "method-wrapper" "builtins" OBJECT Final;
    CLASSMETHOD_DESCRIPTOR "classmethod_descriptor" "builtins" OBJECT Final;
    METHOD "method" "builtins" OBJECT FinalValue;
    CODE "code" "builtins" OBJECT Final;
    CELL "cell" "builtins" OBJECT Final;
    MODULE "module" "builtins" OBJECT FinalValue;
    GENERATOR "generator" "builtins" OBJECT Final;
    FRAME "frame" "builtins" OBJECT Final;
    TRACEBACK "traceback" "builtins" OBJECT Final;
    PROPERTY "property" "builtins" OBJECT Value;
    STATICMETHOD "staticmethod" "builtins" OBJECT Value;
    CLASSMETHOD "classmethod" "builtins" OBJECT Value;
    SUPER "super" "builtins" OBJECT FinalValue;
    MAPPING_PROXY "mappingproxy" "builtins" OBJECT FinalValue;
    MEMBER_DESCRIPTOR "member_descriptor" "builtins" OBJECT Final;
    GETSET_DESCRIPTOR "getset_descriptor" "builtins" OBJECT Final;
    GENERIC_ALIAS "GenericAlias" "types" OBJECT Value;
    UNION_TYPE "UnionType" "types" OBJECT Final;
    DICT_KEYS "dict_keys" "builtins" OBJECT Final;
    DICT_VALUES "dict_values" "builtins" OBJECT Final;
    DICT_ITEMS "dict_items" "builtins" OBJECT Final;
    LIST_ITERATOR "list_iterator" "builtins" OBJECT Final;
    LIST_REVERSE_ITERATOR "list_reverseiterator" "builtins" OBJECT Final;
    TUPLE_ITERATOR "tuple_iterator" "builtins" OBJECT Final;
    STR_ITERATOR "str_iterator" "builtins" OBJECT Final;
    STR_ASCII_ITERATOR "str_ascii_iterator" "builtins" OBJECT Final;
    BYTES_ITERATOR "bytes_iterator" "builtins" OBJECT Final;
    BYTEARRAY_ITERATOR "bytearray_iterator" "builtins" OBJECT Final;
    RANGE_ITERATOR "range_iterator" "builtins" OBJECT Final;
    DICT_KEY_ITERATOR "dict_keyiterator" "builtins" OBJECT Final;
    DICT_VALUE_ITERATOR "dict_valueiterator" "builtins" OBJECT Final;
    DICT_ITEM_ITERATOR "dict_itemiterator" "builtins" OBJECT Final;
    DICT_REVERSE_KEY_ITERATOR "dict_reversekeyiterator" "builtins" OBJECT Final;
    DICT_REVERSE_VALUE_ITERATOR "dict_reversevalueiterator" "builtins" OBJECT Final;
    DICT_REVERSE_ITEM_ITERATOR "dict_reverseitemiterator" "builtins" OBJECT Final;
    SET_ITERATOR "set_iterator" "builtins" OBJECT Final;
    SEQUENCE_ITERATOR "iterator" "builtins" OBJECT Final;
    CALLABLE_ITERATOR "callable_iterator" "builtins" OBJECT Final;
    ENUMERATE "enumerate" "builtins" OBJECT FinalValue;
    ZIP "zip" "builtins" OBJECT FinalValue;
    MAP "map" "builtins" OBJECT FinalValue;
    FILTER "filter" "builtins" OBJECT FinalValue;
    REVERSED "reversed" "builtins" OBJECT FinalValue;
    LOCK "lock" "_thread" OBJECT FinalValue;
    RLOCK "RLock" "_thread" OBJECT FinalValue;
    THREAD_HANDLE "_ThreadHandle" "_thread" OBJECT FinalValue;
    THREAD_LOCAL "_local" "_thread" OBJECT Plain;
    SIMPLE_QUEUE "SimpleQueue" "_queue" OBJECT FinalValue;
    DEQUE "deque" "collections" OBJECT Value;
    DEQUE_ITERATOR "_deque_iterator" "collections" OBJECT Final;
    DEQUE_REVERSE_ITERATOR "_deque_reverse_iterator" "collections" OBJECT Final;
    RANDOM "Random" "_random" OBJECT Value;
    TEXT_IO "TextIOWrapper" "_io" OBJECT Final;
    WEAKREF "ReferenceType" "weakref" OBJECT Value;
    STRUCT_TIME "struct_time" "time" TUPLE Value;
    VERSION_INFO "version_info" "sys" TUPLE FinalValue;
    SYS_FLAGS "flags" "sys" TUPLE FinalValue;
    FLOAT_INFO "float_info" "sys" TUPLE FinalValue;
    INT_INFO "int_info" "sys" TUPLE FinalValue;
    HASH_INFO "hash_info" "sys" TUPLE FinalValue;
    THREAD_INFO "thread_info" "sys" TUPLE FinalValue;

    BASE_EXCEPTION "BaseException" "builtins" OBJECT Exception;
    BASE_EXCEPTION_GROUP "BaseExceptionGroup" "builtins" BASE_EXCEPTION Exception;
    GENERATOR_EXIT "GeneratorExit" "builtins" BASE_EXCEPTION Exception;
    KEYBOARD_INTERRUPT "KeyboardInterrupt" "builtins" BASE_EXCEPTION Exception;
    SYSTEM_EXIT "SystemExit" "builtins" BASE_EXCEPTION Exception;
    EXCEPTION "Exception" "builtins" BASE_EXCEPTION Exception;
    EXCEPTION_GROUP "ExceptionGroup" "builtins" BASE_EXCEPTION_GROUP Exception;
    ARITHMETIC_ERROR "ArithmeticError" "builtins" EXCEPTION Exception;
    FLOATING_POINT_ERROR "FloatingPointError" "builtins" ARITHMETIC_ERROR Exception;
    OVERFLOW_ERROR "OverflowError" "builtins" ARITHMETIC_ERROR Exception;
    ZERO_DIVISION_ERROR "ZeroDivisionError" "builtins" ARITHMETIC_ERROR Exception;
    ASSERTION_ERROR "AssertionError" "builtins" EXCEPTION Exception;
    ATTRIBUTE_ERROR "AttributeError" "builtins" EXCEPTION Exception;
    BUFFER_ERROR "BufferError" "builtins" EXCEPTION Exception;
    EOF_ERROR "EOFError" "builtins" EXCEPTION Exception;
    IMPORT_ERROR "ImportError" "builtins" EXCEPTION Exception;
    MODULE_NOT_FOUND_ERROR "ModuleNotFoundError" "builtins" IMPORT_ERROR Exception;
    LOOKUP_ERROR "LookupError" "builtins" EXCEPTION Exception;
    INDEX_ERROR "IndexError" "builtins" LOOKUP_ERROR Exception;
    KEY_ERROR "KeyError" "builtins" LOOKUP_ERROR Exception;
    MEMORY_ERROR "MemoryError" "builtins" EXCEPTION Exception;
    NAME_ERROR "NameError" "builtins" EXCEPTION Exception;
    UNBOUND_LOCAL_ERROR "UnboundLocalError" "builtins" NAME_ERROR Exception;
    OS_ERROR "OSError" "builtins" EXCEPTION Exception;
    BLOCKING_IO_ERROR "BlockingIOError" "builtins" OS_ERROR Exception;
    CHILD_PROCESS_ERROR "ChildProcessError" "builtins" OS_ERROR Exception;
    CONNECTION_ERROR "ConnectionError" "builtins" OS_ERROR Exception;
    BROKEN_PIPE_ERROR "BrokenPipeError" "builtins" CONNECTION_ERROR Exception;
    CONNECTION_ABORTED_ERROR "ConnectionAbortedError" "builtins" CONNECTION_ERROR Exception;
    CONNECTION_REFUSED_ERROR "ConnectionRefusedError" "builtins" CONNECTION_ERROR Exception;
    CONNECTION_RESET_ERROR "ConnectionResetError" "builtins" CONNECTION_ERROR Exception;
    FILE_EXISTS_ERROR "FileExistsError" "builtins" OS_ERROR Exception;
    FILE_NOT_FOUND_ERROR "FileNotFoundError" "builtins" OS_ERROR Exception;
    INTERRUPTED_ERROR "InterruptedError" "builtins" OS_ERROR Exception;
    IS_A_DIRECTORY_ERROR "IsADirectoryError" "builtins" OS_ERROR Exception;
    NOT_A_DIRECTORY_ERROR "NotADirectoryError" "builtins" OS_ERROR Exception;
    PERMISSION_ERROR "PermissionError" "builtins" OS_ERROR Exception;
    PROCESS_LOOKUP_ERROR "ProcessLookupError" "builtins" OS_ERROR Exception;
    TIMEOUT_ERROR "TimeoutError" "builtins" OS_ERROR Exception;
    REFERENCE_ERROR "ReferenceError" "builtins" EXCEPTION Exception;
    RUNTIME_ERROR "RuntimeError" "builtins" EXCEPTION Exception;
    NOT_IMPLEMENTED_ERROR "NotImplementedError" "builtins" RUNTIME_ERROR Exception;
    PYTHON_FINALIZATION_ERROR "PythonFinalizationError" "builtins" RUNTIME_ERROR Exception;
    RECURSION_ERROR "RecursionError" "builtins" RUNTIME_ERROR Exception;
    STOP_ASYNC_ITERATION "StopAsyncIteration" "builtins" EXCEPTION Exception;
    STOP_ITERATION "StopIteration" "builtins" EXCEPTION Exception;
    SYNTAX_ERROR "SyntaxError" "builtins" EXCEPTION Exception;
    INDENTATION_ERROR "IndentationError" "builtins" SYNTAX_ERROR Exception;
    TAB_ERROR "TabError" "builtins" INDENTATION_ERROR Exception;
    SYSTEM_ERROR "SystemError" "builtins" EXCEPTION Exception;
    TYPE_ERROR "TypeError" "builtins" EXCEPTION Exception;
    VALUE_ERROR "ValueError" "builtins" EXCEPTION Exception;
    UNICODE_ERROR "UnicodeError" "builtins" VALUE_ERROR Exception;
    UNICODE_DECODE_ERROR "UnicodeDecodeError" "builtins" UNICODE_ERROR Exception;
    UNICODE_ENCODE_ERROR "UnicodeEncodeError" "builtins" UNICODE_ERROR Exception;
    UNICODE_TRANSLATE_ERROR "UnicodeTranslateError" "builtins" UNICODE_ERROR Exception;
    WARNING "Warning" "builtins" EXCEPTION Exception;
    BYTES_WARNING "BytesWarning" "builtins" WARNING Exception;
    DEPRECATION_WARNING "DeprecationWarning" "builtins" WARNING Exception;
    ENCODING_WARNING "EncodingWarning" "builtins" WARNING Exception;
    FUTURE_WARNING "FutureWarning" "builtins" WARNING Exception;
    IMPORT_WARNING "ImportWarning" "builtins" WARNING Exception;
    PENDING_DEPRECATION_WARNING "PendingDeprecationWarning" "builtins" WARNING Exception;
    RESOURCE_WARNING "ResourceWarning" "builtins" WARNING Exception;
    RUNTIME_WARNING "RuntimeWarning" "builtins" WARNING Exception;
    SYNTAX_WARNING "SyntaxWarning" "builtins" WARNING Exception;
    UNICODE_WARNING "UnicodeWarning" "builtins" WARNING Exception;
    USER_WARNING "UserWarning" "builtins" WARNING Exception;
    QUEUE_EMPTY "Empty" "_queue" EXCEPTION Exception;
}
