//! gilsim-tests
