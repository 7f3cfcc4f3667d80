//! What the operand of an instruction means, per opcode: for listings and for checks on code.

/// The kind of an instruction's `arg`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    /// Not used; 0.
    None,
    /// A plain number (count, depth, flags).
    Number,
    /// Index into the constants.
    Const,
    /// Index into the names.
    Name,
    /// `names` index in the bits from 1 up; bit 0: push NULL after the value.
    NameNull,
    /// `names` index in the bits from 1 up; bit 0: load as a method (value, self-or-NULL).
    NameMethod,
    /// `names` index in the bits from 2 up; bit 0: load as a method; bit 1: two-argument `super`.
    NameSuper,
    /// Index into the localsplus slots: a local variable.
    Local,
    /// Index into the localsplus slots: a cell or free variable.
    Cell,
    /// Absolute instruction index.
    Jump,
    /// A `BinaryOperator`.
    Binary,
    /// A `Comparison` in the bits from 5 up, bit 4: convert to bool.
    Compare,
    /// 0 or 1: the test is inverted (`is not`, `not in`).
    Invert,
    /// An `Intrinsic1`.
    Intrinsic1,
    /// An `Intrinsic2`.
    Intrinsic2,
    /// Conversion of a formatted value: 1 `str`, 2 `repr`, 3 `ascii`.
    Conversion,
    /// What of a function is set: 1 defaults, 2 keyword defaults, 4 annotations, 8 closure.
    FunctionAttribute,
}
