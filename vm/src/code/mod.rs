//! Code objects: instructions, constants, handler tables, and the rules of a profile that are baked into them.
//!
//! The instruction set is CPython 3.13's without super-instructions and specialised forms. Everything here is plain data
//! that can be cloned and compared; nothing refers to a heap.

pub mod const_repr;
pub mod constant;
mod cost_table;
pub(crate) mod costs;
pub mod dis;
pub mod intrinsic;
pub mod library;
pub mod op;
pub mod operand;
pub mod origin;
pub mod rules;
pub mod unit;
mod update;
mod work;

pub use constant::Const;
pub use cost_table::{CostKind, CostTable};
pub use intrinsic::{BinaryOperator, Comparison, Intrinsic1, Intrinsic2};
pub use op::Op;
pub use operand::Operand;
pub use origin::Origin;
pub(crate) use rules::cost_column;
pub use rules::{Check, CodeRules};
pub use unit::{Code, CodeFlags, Handler, Instr, SlotKind};
pub use update::{Update, update_around};
pub use work::{Work, WorkNs};
