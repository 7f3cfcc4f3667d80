//! Methods of the builtin types: one file per type, one table for all.

use super::registry::TypeTable;

/// The tables of all types.
pub const TABLES: &[TypeTable] = &[];
