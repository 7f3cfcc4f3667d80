//! The numbers that the loop matches on: single instructions by their opcodes, groups above them.

use crate::code::Op;

macro_rules! single {
    ($($name:ident $op:ident,)+) => { $(#[doc = stringify!($op)] pub const $name: u8 = Op::$op as u8;)+ };
}

single! {
    NOP Nop, RESUME Resume, END_FOR EndFor, LOAD_FAST LoadFast, LOAD_CONST LoadConst, STORE_FAST StoreFast,
    POP_TOP PopTop, PUSH_NULL PushNull, COPY Copy, SWAP Swap, JUMP_FORWARD JumpForward,
    JUMP_BACKWARD JumpBackward, JUMP_BACKWARD_NO_INTERRUPT JumpBackwardNoInterrupt,
    POP_JUMP_IF_FALSE PopJumpIfFalse, POP_JUMP_IF_TRUE PopJumpIfTrue, POP_JUMP_IF_NONE PopJumpIfNone,
    POP_JUMP_IF_NOT_NONE PopJumpIfNotNone, IS_OP IsOp, UNARY_NOT UnaryNot, TO_BOOL ToBool, BINARY_OP BinaryOp,
    COMPARE_OP CompareOp, UNARY_NEGATIVE UnaryNegative, BINARY_SUBSCR BinarySubscr, CONTAINS_OP ContainsOp,
    STORE_SUBSCR StoreSubscr, FOR_ITER ForIter, LOAD_DEREF LoadDeref, LOAD_GLOBAL LoadGlobal,
    STORE_GLOBAL StoreGlobal, LOAD_ATTR LoadAttr, STORE_ATTR StoreAttr, CALL Call, RETURN_VALUE ReturnValue,
    RETURN_CONST ReturnConst, LOAD_NAME LoadName, STORE_NAME StoreName, LIST_APPEND ListAppend,
    YIELD_VALUE YieldValue, UNPACK_SEQUENCE UnpackSequence,
}

macro_rules! groups {
    ($($(#[doc = $doc:literal])+ $name:ident,)+) => {
        #[expect(non_camel_case_types, reason = "the constants have their names")]
        #[repr(u8)]
        enum Number { $($name),+ }
        $($(#[doc = $doc])+ pub const $name: u8 = Op::COUNT as u8 + Number::$name as u8;)+
        /// One above the highest number.
        pub const END: usize = Op::COUNT + [$(Number::$name),+].len();
    };
}

// In the names: F is a slot, K a constant, S an operand on the stack.
groups! {
    /// Slot, slot, operator.
    BINARY_FF,
    /// Slot, constant, operator.
    BINARY_FK,
    /// Constant, slot, operator.
    BINARY_KF,
    /// Slot, operator.
    BINARY_SF,
    /// Constant, operator.
    BINARY_SK,
    /// Slot, slot, operator, store.
    BINARY_FF_TO,
    /// Slot, constant, operator, store.
    BINARY_FK_TO,
    /// Slot, operator, store.
    BINARY_SF_TO,
    /// Constant, operator, store.
    BINARY_SK_TO,
    /// Operator, store.
    BINARY_SS_TO,
    /// Slot, slot, comparison, jump.
    COMPARE_FF,
    /// Slot, constant, comparison, jump.
    COMPARE_FK,
    /// Slot, comparison, jump.
    COMPARE_SF,
    /// Constant, comparison, jump.
    COMPARE_SK,
    /// Comparison, jump.
    COMPARE_SS,
    /// Truth, jump.
    TRUTH_S,
    /// Slot, truth, jump.
    TRUTH_F,
    /// Slot, slot, subscript.
    ITEM_FF,
    /// Slot, constant, subscript.
    ITEM_FK,
    /// Slot, subscript.
    ITEM_SF,
    /// Constant, subscript.
    ITEM_SK,
    /// Slot, slot, both again, subscript: the begin of `a[i] += x`.
    ITEM_KEEP_FF,
    /// Slot, constant, both again, subscript.
    ITEM_KEEP_FK,
    /// Slot, slot, store of a subscript.
    SET_ITEM_FF,
    /// Slot, constant, store of a subscript.
    SET_ITEM_FK,
    /// Two swaps, store of a subscript: the end of `a[i] += x`.
    SET_ITEM_KEPT,
    /// Two loads of slots.
    LOAD_FF,
    /// Loads of a slot and a constant.
    LOAD_FK,
    /// A store and a load.
    STORE_LOAD,
    /// Two stores.
    STORE_STORE,
    /// The next item of a loop, stored.
    FOR_STORE,
    /// The jump to a loop's begin, the next item, stored.
    JUMP_FOR_STORE,
    /// Slot, attribute.
    ATTR_F,
    /// Slot, the same again, attribute: the begin of `a.n += x`.
    ATTR_KEEP_F,
    /// Slot, store of an attribute.
    SET_ATTR_F,
    /// Swap, store of an attribute: the end of `a.n += x`.
    SET_ATTR_KEPT,
    /// Slot, call with it as the last argument.
    LOAD_F_CALL,
    /// Slot, method, call without arguments.
    ATTR_F_CALL,
    /// The begin of a frame or what follows a `yield`, and the value sent there dropped.
    RESUME_POP,
    /// No instruction: asks whether the instruction may let go of something watched.
    WATCH_ONE,
    /// No instruction: asks the same of a group that stores into one or two slots.
    WATCH_SLOTS,
    /// No instruction: the run stops here, so that somebody can look at the next instruction.
    LOOK_FIRST,
}

const _: () = assert!(END <= 256, "the numbers fit in a byte");
