//! The opcodes, each with its operand and its effect on the stack.
//!
//! Stack pictures read `before -- after`, the top of the stack on the right. `[x]` is present only under the condition
//! given. `NULL` is the unbound marker. "slot n" is the n-th entry of the frame's localsplus. Names and semantics are
//! CPython 3.13's (`Python/bytecodes.c`), except that jump operands are absolute instruction indices.

use super::Operand;

macro_rules! ops {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal $operand:ident;)+) => {
        /// An opcode.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum Op { $($(#[doc = $doc])+ $variant),+ }

        impl Op {
            /// All opcodes in ascending order.
            pub const ALL: &[Op] = &[$(Op::$variant),+];
            /// How many opcodes there are.
            pub const COUNT: usize = Self::ALL.len();

            /// The name that `dis` prints.
            pub const fn name(self) -> &'static str {
                match self { $(Op::$variant => $name),+ }
            }

            /// What the operand means.
            pub const fn operand(self) -> Operand {
                match self { $(Op::$variant => Operand::$operand),+ }
            }
        }
    };
}

ops! {
    // Loads and stores

    /// `-- value`: pushes constant `arg`.
    LoadConst "LOAD_CONST" Const;
    /// `-- value`: pushes slot `arg`, which is known to be bound.
    LoadFast "LOAD_FAST" Local;
    /// `-- value`: pushes slot `arg`; UnboundLocalError if it is unbound.
    LoadFastCheck "LOAD_FAST_CHECK" Local;
    /// `-- value`: pushes slot `arg` (NULL if unbound) and makes the slot unbound. For inlined comprehensions.
    LoadFastAndClear "LOAD_FAST_AND_CLEAR" Local;
    /// `value --`: stores into slot `arg`; a NULL value makes the slot unbound.
    StoreFast "STORE_FAST" Local;
    /// `--`: makes slot `arg` unbound; UnboundLocalError if it was.
    DeleteFast "DELETE_FAST" Local;
    /// `-- value`: pushes the content of the cell in slot `arg`; NameError or UnboundLocalError if empty.
    LoadDeref "LOAD_DEREF" Cell;
    /// `value --`: stores into the cell in slot `arg`.
    StoreDeref "STORE_DEREF" Cell;
    /// `--`: empties the cell in slot `arg`; NameError or UnboundLocalError if empty.
    DeleteDeref "DELETE_DEREF" Cell;
    /// `mapping -- value`: looks the name of slot `arg` up in the mapping, then in the cell in slot `arg`.
    LoadFromDictOrDeref "LOAD_FROM_DICT_OR_DEREF" Cell;
    /// `mapping -- value`: looks name `arg` up in the mapping, then in globals, then in builtins.
    LoadFromDictOrGlobals "LOAD_FROM_DICT_OR_GLOBALS" Name;
    /// `--`: replaces the content of slot `arg` (a parameter's value, or unbound) by a new cell that holds it.
    MakeCell "MAKE_CELL" Cell;
    /// `--`: copies the `arg` cells of the function's closure into the last `arg` slots.
    CopyFreeVars "COPY_FREE_VARS" Number;
    /// `-- value [NULL]`: name `arg >> 1` from globals, then builtins; bit 0: pushes NULL as well. NameError.
    LoadGlobal "LOAD_GLOBAL" NameNull;
    /// `value --`: binds name `arg` in globals.
    StoreGlobal "STORE_GLOBAL" Name;
    /// `--`: unbinds name `arg` in globals; NameError.
    DeleteGlobal "DELETE_GLOBAL" Name;
    /// `-- value`: name `arg` from the frame's namespace, then globals, then builtins; NameError.
    LoadName "LOAD_NAME" Name;
    /// `value --`: binds name `arg` in the frame's namespace.
    StoreName "STORE_NAME" Name;
    /// `--`: unbinds name `arg` in the frame's namespace; NameError.
    DeleteName "DELETE_NAME" Name;
    /// `-- mapping`: pushes the frame's namespace.
    LoadLocals "LOAD_LOCALS" None;
    /// `object -- value [self-or-NULL]`: attribute `arg >> 1`. Bit 0 set: pushes (unbound method, object) if the
    /// attribute is a method of the type, else (value, NULL).
    LoadAttr "LOAD_ATTR" NameMethod;
    /// `super class self -- value [self-or-NULL]`: attribute `arg >> 2` of `super(class, self)`. If the first item is
    /// not the builtin `super` it is called: with two arguments if bit 1 is set, else with none. Bit 0 as in LOAD_ATTR.
    LoadSuperAttr "LOAD_SUPER_ATTR" NameSuper;
    /// `value object --`: sets attribute `arg`.
    StoreAttr "STORE_ATTR" Name;
    /// `object --`: deletes attribute `arg`.
    DeleteAttr "DELETE_ATTR" Name;
    /// `container key -- value`: `container[key]`.
    BinarySubscr "BINARY_SUBSCR" None;
    /// `value container key --`: `container[key] = value`.
    StoreSubscr "STORE_SUBSCR" None;
    /// `container key --`: `del container[key]`.
    DeleteSubscr "DELETE_SUBSCR" None;
    /// `container start stop -- value`: `container[start:stop]`.
    BinarySlice "BINARY_SLICE" None;
    /// `value container start stop --`: `container[start:stop] = value`.
    StoreSlice "STORE_SLICE" None;
    /// `-- AssertionError`: pushes the class, whatever the name is bound to.
    LoadAssertionError "LOAD_ASSERTION_ERROR" None;
    /// `-- builtins.__build_class__`.
    LoadBuildClass "LOAD_BUILD_CLASS" None;
    /// `--`: makes `__annotations__` a dict in the frame's namespace unless it is bound there.
    SetupAnnotations "SETUP_ANNOTATIONS" None;

    // Stack

    /// `value --`.
    PopTop "POP_TOP" None;
    /// `-- NULL`.
    PushNull "PUSH_NULL" None;
    /// `… -- … item`: pushes the `arg`-th item from the top (1 = top).
    Copy "COPY" Number;
    /// Exchanges the top with the `arg`-th item from the top (2 = the one below).
    Swap "SWAP" Number;
    /// Nothing.
    Nop "NOP" None;

    // Operators

    /// `left right -- result`: operator `arg` (`BinaryOperator`).
    BinaryOp "BINARY_OP" Binary;
    /// `left right -- result`: rich comparison `arg >> 5` (`Comparison`); bit 4 set: the result as a bool.
    CompareOp "COMPARE_OP" Compare;
    /// `left right -- bool`: `is`, or `is not` if `arg` is 1.
    IsOp "IS_OP" Invert;
    /// `item container -- bool`: `in`, or `not in` if `arg` is 1.
    ContainsOp "CONTAINS_OP" Invert;
    /// `value -- -value`.
    UnaryNegative "UNARY_NEGATIVE" None;
    /// `value -- ~value`.
    UnaryInvert "UNARY_INVERT" None;
    /// `bool -- bool`: negation; the operand is a bool already.
    UnaryNot "UNARY_NOT" None;
    /// `value -- bool`: truth value.
    ToBool "TO_BOOL" None;
    /// `value -- result`: intrinsic function `arg` (`Intrinsic1`).
    CallIntrinsic1 "CALL_INTRINSIC_1" Intrinsic1;
    /// `first second -- result`: intrinsic function `arg` (`Intrinsic2`).
    CallIntrinsic2 "CALL_INTRINSIC_2" Intrinsic2;

    // Displays

    /// `item × arg -- tuple`.
    BuildTuple "BUILD_TUPLE" Number;
    /// `item × arg -- list`.
    BuildList "BUILD_LIST" Number;
    /// `item × arg -- set`.
    BuildSet "BUILD_SET" Number;
    /// `(key value) × arg -- dict`.
    BuildMap "BUILD_MAP" Number;
    /// `value × arg keys -- dict`: keys is a tuple of `arg` constants.
    BuildConstKeyMap "BUILD_CONST_KEY_MAP" Number;
    /// `piece × arg -- str`: concatenation of strings.
    BuildString "BUILD_STRING" Number;
    /// `start stop [step] -- slice`: `arg` is 2 or 3.
    BuildSlice "BUILD_SLICE" Number;
    /// `list … value -- list …`: appends to the list at depth `arg` (1 = top after the value is popped).
    ListAppend "LIST_APPEND" Number;
    /// `set … value -- set …`: adds to the set at depth `arg`.
    SetAdd "SET_ADD" Number;
    /// `dict … key value -- dict …`: sets an item of the dict at depth `arg`.
    MapAdd "MAP_ADD" Number;
    /// `list … iterable -- list …`: extends the list at depth `arg`; TypeError "Value after * must be an iterable, not T".
    ListExtend "LIST_EXTEND" Number;
    /// `set … iterable -- set …`: updates the set at depth `arg`.
    SetUpdate "SET_UPDATE" Number;
    /// `dict … mapping -- dict …`: updates the dict at depth `arg`; TypeError "'T' object is not a mapping".
    DictUpdate "DICT_UPDATE" Number;
    /// `callable NULL args dict … mapping -- callable NULL args dict …`: as DICT_UPDATE, but a repeated or non-string key
    /// is a TypeError that names the callable, which lies `arg + 3` items below the mapping's place.
    DictMerge "DICT_MERGE" Number;
    /// `value -- str(value), repr(value) or ascii(value)`: `arg` 1, 2, 3.
    ConvertValue "CONVERT_VALUE" Conversion;
    /// `value -- format(value, '')`: a str passes unchanged.
    FormatSimple "FORMAT_SIMPLE" None;
    /// `value spec -- format(value, spec)`.
    FormatWithSpec "FORMAT_WITH_SPEC" None;

    // Unpacking and iteration

    /// `iterable -- item × arg`: first item on top; ValueError "not enough values to unpack (expected 2, got 1)" and so on.
    UnpackSequence "UNPACK_SEQUENCE" Number;
    /// `iterable -- items`: low byte of `arg` items before the star, then a list, then `arg >> 8` items; first on top.
    UnpackEx "UNPACK_EX" Number;
    /// `iterable -- iterator`.
    GetIter "GET_ITER" None;
    /// `iterator -- iterator item`: next item; when exhausted pops the iterator and goes on at `arg + 2` (after the
    /// END_FOR and POP_TOP that stand at `arg`).
    ForIter "FOR_ITER" Jump;
    /// `value --`: where FOR_ITER's generator would put its return value; skipped on the usual way out.
    EndFor "END_FOR" None;
    /// `object -- object length`.
    GetLen "GET_LEN" None;

    // Jumps

    /// Goes on at `arg`.
    JumpForward "JUMP_FORWARD" Jump;
    /// Goes on at `arg`, which lies before: the back edge of a loop.
    JumpBackward "JUMP_BACKWARD" Jump;
    /// Goes on at `arg`, which lies before; never an eval check (inside `yield from`).
    JumpBackwardNoInterrupt "JUMP_BACKWARD_NO_INTERRUPT" Jump;
    /// `bool --`: jumps if False. The operand is a bool.
    PopJumpIfFalse "POP_JUMP_IF_FALSE" Jump;
    /// `bool --`: jumps if True. The operand is a bool.
    PopJumpIfTrue "POP_JUMP_IF_TRUE" Jump;
    /// `value --`: jumps if None.
    PopJumpIfNone "POP_JUMP_IF_NONE" Jump;
    /// `value --`: jumps if not None.
    PopJumpIfNotNone "POP_JUMP_IF_NOT_NONE" Jump;

    // Calls and functions

    /// `callable self-or-NULL argument × arg -- result`.
    Call "CALL" Number;
    /// `callable self-or-NULL argument × arg names -- result`: names is a tuple of the keywords of the last arguments.
    CallKw "CALL_KW" Number;
    /// `callable NULL args [kwargs] -- result`: args an iterable, kwargs a dict if bit 0 is set.
    CallFunctionEx "CALL_FUNCTION_EX" Number;
    /// `code -- function`.
    MakeFunction "MAKE_FUNCTION" None;
    /// `attribute function -- function`: sets what `arg` says (1 defaults tuple, 2 keyword defaults dict, 4 annotations
    /// as a tuple of name, value, name, value …, 8 closure tuple of cells).
    SetFunctionAttribute "SET_FUNCTION_ATTRIBUTE" FunctionAttribute;
    /// `value --`: returns to the caller.
    ReturnValue "RETURN_VALUE" None;
    /// `--`: returns constant `arg` to the caller.
    ReturnConst "RETURN_CONST" Const;
    /// `--`: where a frame starts (`arg & 3` = 0), or goes on after `yield` (1), `yield from` (2), `await` (3).
    /// Bit 2: the resumed frame's exception handling is that of a `yield` at depth one.
    Resume "RESUME" Number;

    // Generators

    /// `-- (later) value`: turns the frame into a generator object and returns that to the caller. When the generator
    /// is started its frame goes on with the next instruction, with None pushed.
    ReturnGenerator "RETURN_GENERATOR" None;
    /// `value -- sent`: gives the value to who resumed the frame; on resumption the sent value is pushed. `arg` 1: in
    /// `yield from`.
    YieldValue "YIELD_VALUE" Number;
    /// `iterator sent -- iterator value`: sends to the iterator. A yielded value: goes on. A StopIteration: its value is
    /// pushed instead and the frame goes on at `arg` (END_SEND).
    Send "SEND" Jump;
    /// `iterator value -- value`.
    EndSend "END_SEND" None;
    /// `iterable -- iterator`: as GET_ITER, but a generator or coroutine passes unchanged.
    GetYieldFromIter "GET_YIELD_FROM_ITER" None;
    /// `iterator last-sent exception -- None value`: a StopIteration thrown into `yield from`: its value is the result;
    /// any other exception is raised again.
    CleanupThrow "CLEANUP_THROW" None;

    // Exceptions and with

    /// `exception -- previous exception`: the raised exception becomes the handled one (`sys.exception()`); the one
    /// handled before is kept below it (None if there was none).
    PushExcInfo "PUSH_EXC_INFO" None;
    /// `previous --`: restores the exception handled before.
    PopExcept "POP_EXCEPT" None;
    /// `exception type -- exception bool`: whether the exception matches; TypeError if type is no exception class.
    CheckExcMatch "CHECK_EXC_MATCH" None;
    /// `exception type -- rest match`: splits for `except*`; match None if there is none (then rest is the exception).
    CheckEgMatch "CHECK_EG_MATCH" None;
    /// `[lasti] … exception -- `: raises again, keeping the traceback. `arg` is not 0: the frame's position is set to
    /// the lasti that lies `arg` items below the exception.
    Reraise "RERAISE" Number;
    /// `[exception [cause]] --`: `arg` 0: raise the handled exception again; 1: raise; 2: raise from.
    RaiseVarargs "RAISE_VARARGS" Number;
    /// `manager -- exit enter-result`: `exit` is the bound `__exit__`; calls `__enter__`.
    BeforeWith "BEFORE_WITH" None;
    /// `exit lasti previous exception -- exit lasti previous exception result`: calls `exit(type, exception, traceback)`.
    WithExceptStart "WITH_EXCEPT_START" None;

    // Imports

    /// `level fromlist -- module`: imports name `arg` through `__import__`.
    ImportName "IMPORT_NAME" Name;
    /// `module -- module value`: attribute `arg` of the module, or the submodule of that name; ImportError.
    ImportFrom "IMPORT_FROM" Name;

    // Patterns

    /// `subject class names -- attributes-or-None`: class pattern with `arg` positional patterns; a tuple or None.
    MatchClass "MATCH_CLASS" Number;
    /// `subject keys -- subject keys values-or-None`: the values of the keys as a tuple, or None if one is missing.
    MatchKeys "MATCH_KEYS" None;
    /// `subject -- subject bool`: whether it is a mapping.
    MatchMapping "MATCH_MAPPING" None;
    /// `subject -- subject bool`: whether it is a sequence (not str, bytes, bytearray).
    MatchSequence "MATCH_SEQUENCE" None;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_consistent() {
        for (number, op) in Op::ALL.iter().enumerate() {
            assert_eq!(*op as usize, number);
        }
        let mut names: Vec<_> = Op::ALL.iter().map(|op| op.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Op::COUNT);
    }
}
