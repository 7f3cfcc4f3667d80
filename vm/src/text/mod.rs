//! Pure text and number algorithms: what Python programs print, parse, hash and count with, over plain Rust data.
//!
//! Nothing here knows the heap, a `Value` or the interpreter. Every result equals CPython 3.13's to the last character
//! (`PYTHONHASHSEED=0`, 64 bit, C locale, UTF-8 mode); the tests hold recorded tables. Strings are `&str`: sequences of code
//! points without lone surrogates. Results that would pass a size limit are refused with `MemoryError` before they are built.

pub mod bigint;
pub mod bytes_hex;
pub mod bytes_methods;
pub mod bytes_search;
pub mod calendar;
pub mod codec;
mod codec_wide;
pub mod complex_ops;
pub mod decimal;
pub mod error;
pub mod float_ops;
pub mod float_parse;
pub mod float_repr;
pub mod format_float;
pub mod format_int;
pub mod format_layout;
pub mod format_spec;
pub mod format_str;
pub mod hash;
pub mod int;
pub mod int_bytes;
pub mod int_float;
pub mod int_math;
pub mod int_parse;
pub mod mersenne;
pub mod percent;
pub mod percent_format;
pub mod regex;
pub mod set_order;
pub mod slice;
pub mod str_case;
pub mod str_format;
pub mod str_pad;
pub mod str_predicates;
pub mod str_repr;
pub mod str_search;
pub mod str_split;
pub mod unicode;
mod unicode_case;
mod unicode_ident;
mod unicode_tables;

pub use error::{ErrorKind, TextError};
pub use int::{Int, IntRef};
pub mod strftime;
pub mod suggest;
