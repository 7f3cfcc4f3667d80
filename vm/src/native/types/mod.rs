//! Methods of the builtin types: one file per type, one table for all.

pub mod class;
pub mod exception;
pub mod function;
pub mod generator;
pub mod module;
pub mod object;
pub mod property;
pub mod super_object;

use super::registry::TypeTable;

/// The tables of all types.
pub const TABLES: &[TypeTable] = &[
    object::TABLE,
    class::TABLE,
    function::FUNCTION,
    function::METHOD,
    function::BUILTIN,
    function::DESCRIPTOR,
    function::WRAPPER,
    function::STATIC,
    function::CLASS,
    function::CELL,
    function::CODE,
    property::TABLE,
    super_object::TABLE,
    generator::TABLE,
    exception::TABLE,
    exception::STOP_ITERATION,
    exception::SYSTEM_EXIT,
    exception::GROUP,
    module::MODULE,
    module::TRACEBACK,
    module::FRAME,
];
