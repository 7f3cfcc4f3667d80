//! gilsim-demos
