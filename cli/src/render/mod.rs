//! What there is to say, as text or JSON. Nothing here prints.

pub mod diagnostic;
pub mod explore;
pub mod junit;
pub mod report;
pub mod terminal;
