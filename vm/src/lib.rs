//! gilsim-vm
