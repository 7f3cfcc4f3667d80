//! Methods of the builtin types: one file per type, one table for all.

pub mod bytearray;
pub mod bytes;
pub mod bytes_methods;
mod bytes_percent;
pub mod class;
mod class_bases;
pub mod class_call;
mod class_make;
pub mod deque;
pub mod dict;
pub mod exception;
pub mod float;
pub mod function;
pub mod generator;
pub mod generic_alias;
pub mod int;
pub mod iterators;
pub mod list;
pub mod list_sort;
pub mod lock;
pub mod memory_view;
pub mod module;
pub mod number_methods;
pub mod object;
mod percent_args;
pub mod property;
pub mod random;
pub mod range;
pub mod set;
pub mod simple_queue;
pub mod str;
pub mod str_methods;
pub(crate) mod str_percent;
mod str_template;
pub mod str_translate;
pub mod struct_sequence;
pub mod super_object;
pub mod text_args;
pub mod text_io;
pub mod thread_handle;
pub mod tuple;
pub mod views;
pub mod weak_ref;
pub mod wrappers;

use super::registry::TypeTable;

/// The tables of single types.
pub const TABLES: &[TypeTable] = &[
    object::TABLE,
    object::NONE,
    class::TABLE,
    int::TABLE,
    int::BOOL,
    float::TABLE,
    float::COMPLEX_TABLE,
    str::TABLE,
    bytes::TABLE,
    bytes::BYTEARRAY,
    memory_view::TABLE,
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
    generic_alias::ALIAS,
    generic_alias::UNION,
    tuple::TABLE,
    list::TABLE,
    dict::TABLE,
    views::KEYS,
    views::VALUES,
    views::ITEMS,
    views::PROXY,
    set::TABLE,
    set::FROZEN,
    range::TABLE,
    range::SLICE,
    deque::TABLE,
    lock::TABLE,
    lock::REENTRANT,
    thread_handle::TABLE,
    simple_queue::TABLE,
    random::TABLE,
    text_io::TABLE,
    weak_ref::TABLE,
];

/// The tables of all types, one after the other.
pub fn tables() -> impl Iterator<Item = &'static TypeTable> {
    TABLES.iter().chain(iterators::TABLES).chain(struct_sequence::TABLES)
}
