//! What a program can set of its interpreter while it runs.
//!
//! Plain numbers that are not in the heap: who takes a machine back to an earlier state keeps a copy of them.

use crate::text::int_parse::INT_MAX_STR_DIGITS;

/// Limits and numbers that functions of `sys` and `_thread` change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// `sys.getrecursionlimit()`
    pub recursion_max: u32,
    /// `sys.get_int_max_str_digits()`: the limit of digits of conversions between integers and decimal text; 0 for none.
    pub int_digits_max: usize,
    /// What `_thread.stack_size()` tells.
    pub stack_size: i64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { recursion_max: 1000, int_digits_max: INT_MAX_STR_DIGITS, stack_size: 0 }
    }
}
