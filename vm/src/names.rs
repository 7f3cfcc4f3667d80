//! Names that the machine itself uses: interned at fixed handles, right after the builtin classes.

use crate::object::builtin::BUILTIN_CLASSES;
use crate::value::ObjId;

macro_rules! names {
    ($($constant:ident $text:literal)+) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Index { $($constant),+ }

        /// Handles of the machine's own names.
        pub mod name {
            use super::{BUILTIN_CLASSES, Index, ObjId};
            $(#[doc = concat!("`", $text, "`")] pub const $constant: ObjId = ObjId(BUILTIN_CLASSES.len() as u32 + Index::$constant as u32);)+
        }

        /// All names in the order of their handles.
        pub const NAMES: &[&str] = &[$($text),+];
    };
}

names! {
    INIT "__init__" NEW "__new__" CALL "__call__" DEL "__del__" REPR "__repr__" STR "__str__" BYTES "__bytes__" FORMAT "__format__"
    LT "__lt__" LE "__le__" EQ "__eq__" NE "__ne__" GT "__gt__" GE "__ge__" HASH "__hash__" BOOL "__bool__"
    GETATTR "__getattr__" GETATTRIBUTE "__getattribute__" SETATTR "__setattr__" DELATTR "__delattr__" DIR "__dir__"
    GET "__get__" SET "__set__" DELETE "__delete__" SET_NAME "__set_name__" SLOTS "__slots__" DICT "__dict__" CLASS "__class__"
    WEAKREF "__weakref__" INIT_SUBCLASS "__init_subclass__" PREPARE "__prepare__" MRO_ENTRIES "__mro_entries__" CLASS_GETITEM "__class_getitem__"
    INSTANCECHECK "__instancecheck__" SUBCLASSCHECK "__subclasscheck__" MRO "__mro__" BASES "__bases__"
    LEN "__len__" LENGTH_HINT "__length_hint__" GETITEM "__getitem__" SETITEM "__setitem__" DELITEM "__delitem__" MISSING "__missing__"
    ITER "__iter__" NEXT "__next__" REVERSED "__reversed__" CONTAINS "__contains__"
    ADD "__add__" SUB "__sub__" MUL "__mul__" MATMUL "__matmul__" TRUEDIV "__truediv__" FLOORDIV "__floordiv__" MOD "__mod__" DIVMOD "__divmod__"
    POW "__pow__" LSHIFT "__lshift__" RSHIFT "__rshift__" AND "__and__" XOR "__xor__" OR "__or__"
    RADD "__radd__" RSUB "__rsub__" RMUL "__rmul__" RMATMUL "__rmatmul__" RTRUEDIV "__rtruediv__" RFLOORDIV "__rfloordiv__" RMOD "__rmod__"
    RDIVMOD "__rdivmod__" RPOW "__rpow__" RLSHIFT "__rlshift__" RRSHIFT "__rrshift__" RAND "__rand__" RXOR "__rxor__" ROR "__ror__"
    IADD "__iadd__" ISUB "__isub__" IMUL "__imul__" IMATMUL "__imatmul__" ITRUEDIV "__itruediv__" IFLOORDIV "__ifloordiv__" IMOD "__imod__"
    IPOW "__ipow__" ILSHIFT "__ilshift__" IRSHIFT "__irshift__" IAND "__iand__" IXOR "__ixor__" IOR "__ior__"
    NEG "__neg__" POS "__pos__" ABS "__abs__" INVERT "__invert__" COMPLEX "__complex__" INT "__int__" FLOAT "__float__" INDEX "__index__"
    ROUND "__round__" TRUNC "__trunc__" FLOOR "__floor__" CEIL "__ceil__" ENTER "__enter__" EXIT "__exit__"
    NAME "__name__" QUALNAME "__qualname__" MODULE "__module__" DOC "__doc__" ANNOTATIONS "__annotations__" FILE "__file__" PATH "__path__" PACKAGE "__package__"
    LOADER "__loader__" SPEC "__spec__" ALL "__all__" MAIN "__main__" BUILTINS "__builtins__" CLASSCELL "__classcell__" STATIC_ATTRIBUTES "__static_attributes__"
    FIRSTLINENO "__firstlineno__" TYPE_PARAMS "__type_params__" MATCH_ARGS "__match_args__" ABSTRACT_METHODS "__abstractmethods__" ORIG_BASES "__orig_bases__"
    NOTES "__notes__" CAUSE "__cause__" CONTEXT "__context__" TRACEBACK "__traceback__" SUPPRESS_CONTEXT "__suppress_context__" ISABSTRACT "__isabstractmethod__"
    WRAPPED "__wrapped__" DEFAULTS "__defaults__" KWDEFAULTS "__kwdefaults__" CODE "__code__" GLOBALS "__globals__" CLOSURE "__closure__" SELF "__self__" FUNC "__func__"
    OBJ_NAME "name" OBJ "obj" VALUE "value" CODE_ATTR "code" ERRNO "errno" STRERROR "strerror" FILENAME "filename" FILENAME2 "filename2" MSG "msg" PATH_ATTR "path" NAME_FROM "name_from"
    PRINT_FILE_AND_LINE "print_file_and_line" LINENO "lineno" OFFSET "offset" TEXT "text" END_LINENO "end_lineno" END_OFFSET "end_offset"
    MESSAGE "message" EXCEPTIONS "exceptions" ENCODING "encoding" OBJECT "object" START "start" END "end" REASON "reason" ARGS "args"
    KEYS "keys" WRITE "write" FLUSH "flush" HIDDEN_VALUE " value" BUILTINS_MODULE "builtins" SYS "sys" STDOUT "stdout" STDERR "stderr" EMPTY ""
    TYPE_NAME "type" SUPER "super" REDUCE "__reduce__" SIZEOF "__sizeof__" COPY "__copy__" DEEPCOPY "__deepcopy__" FSPATH "__fspath__" BUFFER "__buffer__"
}
