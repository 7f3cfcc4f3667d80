//! gilsim-trace
