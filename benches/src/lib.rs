//! gilsim-benches
