//! Links `gilsim` at a fixed address on Linux.
//!
//! A program that can stand at any address has eleven thousand addresses to mend at every start, on seventy pages that
//! are copied for it: a twentieth of the time that `print("hi")` takes. The simulator reads no input as memory addresses
//! and forbids `unsafe`, so there is little that random addresses would protect.

use std::env::var;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let of_target = |key: &str| var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    if of_target("OS") == "linux" && of_target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bin=gilsim=-no-pie");
    }
}
