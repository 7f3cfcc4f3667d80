//! The gilsim command.
fn main() {}
