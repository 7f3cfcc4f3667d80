//! The small enumerations behind operands: binary operators, comparisons, intrinsic functions. Numbers are CPython 3.13's.

macro_rules! operand_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $number:literal, $text:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum $name { $($(#[$vmeta])* $variant = $number),+ }

        impl $name {
            /// All variants in ascending order of number.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The variant with this number.
            pub fn from_number(number: u32) -> Option<$name> {
                Self::ALL.iter().copied().find(|v| *v as u32 == number)
            }

            /// The name that `dis` prints.
            pub fn text(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }
    };
}

operand_enum! {
    /// The operand of `BINARY_OP`. The in-place forms try `__iadd__` and so on first.
    BinaryOperator {
        /// `a + b`
        Add = 0, "+";
        /// `a & b`
        And = 1, "&";
        /// `a // b`
        FloorDivide = 2, "//";
        /// `a << b`
        Lshift = 3, "<<";
        /// `a @ b`
        MatrixMultiply = 4, "@";
        /// `a * b`
        Multiply = 5, "*";
        /// `a % b`
        Remainder = 6, "%";
        /// `a | b`
        Or = 7, "|";
        /// `a ** b`
        Power = 8, "**";
        /// `a >> b`
        Rshift = 9, ">>";
        /// `a - b`
        Subtract = 10, "-";
        /// `a / b`
        TrueDivide = 11, "/";
        /// `a ^ b`
        Xor = 12, "^";
        /// `a += b`
        InplaceAdd = 13, "+=";
        /// `a &= b`
        InplaceAnd = 14, "&=";
        /// `a //= b`
        InplaceFloorDivide = 15, "//=";
        /// `a <<= b`
        InplaceLshift = 16, "<<=";
        /// `a @= b`
        InplaceMatrixMultiply = 17, "@=";
        /// `a *= b`
        InplaceMultiply = 18, "*=";
        /// `a %= b`
        InplaceRemainder = 19, "%=";
        /// `a |= b`
        InplaceOr = 20, "|=";
        /// `a **= b`
        InplacePower = 21, "**=";
        /// `a >>= b`
        InplaceRshift = 22, ">>=";
        /// `a -= b`
        InplaceSubtract = 23, "-=";
        /// `a /= b`
        InplaceTrueDivide = 24, "/=";
        /// `a ^= b`
        InplaceXor = 25, "^=";
    }
}

impl BinaryOperator {
    /// The in-place form of a plain operator (and itself for an in-place form).
    pub fn in_place(self) -> BinaryOperator {
        let number = self as u32;
        BinaryOperator::from_number(if number < 13 { number + 13 } else { number }).unwrap_or(self)
    }

    /// The plain form and whether this is the in-place form.
    pub fn plain(self) -> (BinaryOperator, bool) {
        let number = self as u32;
        match number >= 13 {
            true => (BinaryOperator::from_number(number - 13).unwrap_or(self), true),
            false => (self, false),
        }
    }
}

operand_enum! {
    /// The comparison of `COMPARE_OP`: bits 5 and up of its operand.
    Comparison {
        /// `<`
        Less = 0, "<";
        /// `<=`
        LessEqual = 1, "<=";
        /// `==`
        Equal = 2, "==";
        /// `!=`
        NotEqual = 3, "!=";
        /// `>`
        Greater = 4, ">";
        /// `>=`
        GreaterEqual = 5, ">=";
    }
}

impl Comparison {
    /// Bit of the operand: the result is converted to a bool (a conditional jump follows).
    pub const TO_BOOL: u32 = 16;

    /// The operand of `COMPARE_OP`, without the bool bit. The low four bits are the outcomes (1 unordered, 2 less,
    /// 4 greater, 8 equal) for which the comparison holds, as in CPython.
    pub fn operand(self) -> u32 {
        let mask = match self {
            Comparison::Less => 2,
            Comparison::LessEqual => 2 | 8,
            Comparison::Equal => 8,
            Comparison::NotEqual => 1 | 2 | 4,
            Comparison::Greater => 4,
            Comparison::GreaterEqual => 4 | 8,
        };
        ((self as u32) << 5) | mask
    }

    /// The comparison in an operand of `COMPARE_OP`.
    pub fn from_operand(arg: u32) -> Option<Comparison> {
        Comparison::from_number(arg >> 5)
    }
}

operand_enum! {
    /// The operand of `CALL_INTRINSIC_1`: one argument popped, one result pushed.
    Intrinsic1 {
        /// Never emitted.
        Invalid = 0, "INTRINSIC_1_INVALID";
        /// Calls `sys.displayhook` (interactive statements).
        Print = 1, "INTRINSIC_PRINT";
        /// Binds the public names of the module on the stack in the current local namespace; result None.
        ImportStar = 2, "INTRINSIC_IMPORT_STAR";
        /// Turns a StopIteration that leaves a generator into RuntimeError; other exceptions pass unchanged.
        StopIterationError = 3, "INTRINSIC_STOPITERATION_ERROR";
        /// Wraps a value yielded by an asynchronous generator. Never emitted.
        AsyncGenWrap = 4, "INTRINSIC_ASYNC_GEN_WRAP";
        /// Unary `+`.
        UnaryPositive = 5, "INTRINSIC_UNARY_POSITIVE";
        /// A tuple with the items of a list.
        ListToTuple = 6, "INTRINSIC_LIST_TO_TUPLE";
        /// A `TypeVar` with the given name.
        TypeVar = 7, "INTRINSIC_TYPEVAR";
        /// A `ParamSpec` with the given name.
        ParamSpec = 8, "INTRINSIC_PARAMSPEC";
        /// A `TypeVarTuple` with the given name.
        TypeVarTuple = 9, "INTRINSIC_TYPEVARTUPLE";
        /// `Generic[params]` for the tuple of type parameters on the stack.
        SubscriptGeneric = 10, "INTRINSIC_SUBSCRIPT_GENERIC";
        /// A `TypeAliasType` from the tuple (name, type parameters, compute function).
        TypeAlias = 11, "INTRINSIC_TYPEALIAS";
    }
}

operand_enum! {
    /// The operand of `CALL_INTRINSIC_2`: two arguments popped, one result pushed.
    Intrinsic2 {
        /// Never emitted.
        Invalid = 0, "INTRINSIC_2_INVALID";
        /// (original exception, list of raised exceptions): what an `except*` statement re-raises, or None.
        PrepReraiseStar = 1, "INTRINSIC_PREP_RERAISE_STAR";
        /// (name, function that evaluates the bound): a `TypeVar` with that bound.
        TypeVarWithBound = 2, "INTRINSIC_TYPEVAR_WITH_BOUND";
        /// (name, function that evaluates the constraints): a `TypeVar` with those constraints.
        TypeVarWithConstraints = 3, "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS";
        /// (function, tuple of type parameters): the function with `__type_params__` set.
        SetFunctionTypeParams = 4, "INTRINSIC_SET_FUNCTION_TYPE_PARAMS";
        /// (type parameter, function that evaluates the default): the type parameter with that default.
        SetTypeParamDefault = 5, "INTRINSIC_SET_TYPEPARAM_DEFAULT";
    }
}
