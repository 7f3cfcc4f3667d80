//! gilsim-scheduler
