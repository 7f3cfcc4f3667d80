//! What there is to say, as text or JSON. Nothing here prints.

pub mod compare;
pub mod diagnostic;
pub mod explore;
pub mod junit;
pub mod plot;
pub mod report;
pub mod sweep;
pub mod terminal;
