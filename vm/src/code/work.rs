//! What an instruction's work costs beyond the instruction, where the program's text tells: one BINARY_OP multiplies, another adds; one FOR_ITER makes
//! integers, another takes items out of a list.
//!
//! Rows of the table of native costs hold these costs, so a calibration fits them. They are part of an instruction's cost when its code is assembled, and cost
//! nothing at run time. What this misses: a loop over a range that has a name counts as a loop over a list, and one over something else that is
//! called `range` as a range.

use super::{BinaryOperator, Op, Origin};

macro_rules! works {
    ($($(#[$doc:meta])* $variant:ident $name:literal;)+) => {
        /// Work that the text tells.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Work { $($(#[$doc])* $variant),+ }

        impl Work {
            /// All of them, in order.
            pub const ALL: &[Work] = &[$(Work::$variant),+];

            /// Its row in the table of native costs.
            pub fn name(self) -> &'static str {
                match self { $(Work::$variant => $name),+ }
            }
        }
    };
}

works! {
    /// What an instruction takes longer in code that is not specialised yet.
    ColdBinaryOp "cold: BINARY_OP";
    /// The same.
    ColdBinarySubscr "cold: BINARY_SUBSCR";
    /// The same.
    ColdCall "cold: CALL";
    /// The same.
    ColdCompareOp "cold: COMPARE_OP";
    /// The same.
    ColdLoadAttr "cold: LOAD_ATTR";
    /// The same.
    ColdLoadGlobal "cold: LOAD_GLOBAL";
    /// The same.
    ColdStoreAttr "cold: STORE_ATTR";
    /// The same.
    ColdStoreSubscr "cold: STORE_SUBSCR";
    /// `&`, `|`, `^`
    Bits "operator: bits";
    /// `/`
    Divide "operator: divide";
    /// `*`
    Multiply "operator: multiply";
    /// Making the next integer of a `range`.
    RangeItem "operator: range item";
    /// `%` and `//`
    Remainder "operator: remainder";
    /// `<<`, `>>`
    Shift "operator: shift";
}

/// Nanoseconds by work.
pub type WorkNs = [u16; Work::ALL.len()];

impl Work {
    /// The work of an instruction, if it has a row. That of `**` and of sequences is known only when it is done.
    pub fn of(op: Op, arg: u32, origin: Origin) -> Option<Work> {
        match (op, origin) {
            (Op::ForIter, Origin::RangeLoop) => Some(Work::RangeItem),
            (Op::BinaryOp, _) => Work::of_operator(arg),
            _ => None,
        }
    }

    /// What an instruction takes longer in cold code.
    pub fn of_cold(op: Op) -> Option<Work> {
        Some(match op {
            Op::BinaryOp => Work::ColdBinaryOp,
            Op::BinarySubscr => Work::ColdBinarySubscr,
            Op::Call => Work::ColdCall,
            Op::CompareOp => Work::ColdCompareOp,
            Op::LoadAttr => Work::ColdLoadAttr,
            Op::LoadGlobal => Work::ColdLoadGlobal,
            Op::StoreAttr => Work::ColdStoreAttr,
            Op::StoreSubscr => Work::ColdStoreSubscr,
            _ => return None,
        })
    }

    fn of_operator(arg: u32) -> Option<Work> {
        use BinaryOperator as B;
        match B::from_number(arg)?.plain().0 {
            B::And | B::Or | B::Xor => Some(Work::Bits),
            B::Lshift | B::Rshift => Some(Work::Shift),
            B::TrueDivide => Some(Work::Divide),
            B::Multiply => Some(Work::Multiply),
            B::Remainder | B::FloorDivide => Some(Work::Remainder),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_and_loops_tell_their_work() {
        let operator = |operator: BinaryOperator| Work::of(Op::BinaryOp, operator as u32, Origin::Plain);
        assert_eq!(operator(BinaryOperator::InplaceMultiply), Some(Work::Multiply));
        assert_eq!(operator(BinaryOperator::FloorDivide), Some(Work::Remainder));
        assert_eq!(operator(BinaryOperator::Add), None);
        assert_eq!(Work::of(Op::ForIter, 9, Origin::Plain), None);
        assert_eq!(Work::of(Op::ForIter, 9, Origin::RangeLoop), Some(Work::RangeItem));
        for op in Op::ALL {
            let named = format!("cold: {}", op.name());
            assert!(Work::of_cold(*op).is_none_or(|work| work.name() == named), "{named}");
        }
    }
}
