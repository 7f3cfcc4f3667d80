//! Which member of the workspace may depend on which: the arrows of ARCHITECTURE.md, checked over `cargo metadata`.
//!
//! All kinds of dependencies count (also those of tests and build scripts). Missed: what a crates.io library brings in.

use cargo_metadata::{Metadata, MetadataCommand};
use std::collections::BTreeSet;

/// Member, and the members it may depend on.
const ALLOWED: &[(&str, &[&str])] = &[
    ("gilsim-vm", &[]),
    ("gilsim-scheduler", &["gilsim-vm"]),
    ("gilsim-explore", &["gilsim-vm", "gilsim-scheduler"]),
    ("gilsim-trace", &["gilsim-vm", "gilsim-scheduler"]),
    ("gilsim-os-engine", &["gilsim-vm", "gilsim-scheduler"]),
    ("gilsim-demos", &[]),
    (
        "gilsim-cli",
        &["gilsim-vm", "gilsim-scheduler", "gilsim-explore", "gilsim-trace", "gilsim-os-engine", "gilsim-demos"],
    ),
    (
        "gilsim-tests",
        &["gilsim-vm", "gilsim-scheduler", "gilsim-explore", "gilsim-trace", "gilsim-demos", "gilsim-cli"],
    ),
    (
        "gilsim-benches",
        &["gilsim-vm", "gilsim-scheduler", "gilsim-explore", "gilsim-trace", "gilsim-demos", "gilsim-cli"],
    ),
];

/// Libraries that reach the host (clocks, threads, files, terminals) and must stay out of the pure crates.
const PURE: &[&str] = &["gilsim-vm", "gilsim-scheduler", "gilsim-trace", "gilsim-demos"];
const IMPURE: &[&str] = &[
    "anstream",
    "clap",
    "crossbeam-channel",
    "ctrlc",
    "getrandom",
    "parking_lot",
    "rand",
    "rayon",
    "tempfile",
    "terminal_size",
];

fn workspace() -> Metadata {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    MetadataCommand::new().manifest_path(manifest).no_deps().exec().expect("cargo metadata runs in the workspace")
}

#[test]
fn members_depend_only_on_what_the_architecture_allows() {
    let metadata = workspace();
    let members: BTreeSet<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let listed: BTreeSet<&str> = ALLOWED.iter().map(|(name, _)| *name).collect();
    assert_eq!(members, listed, "every member has a row in ALLOWED");
    for package in &metadata.packages {
        let (_, allowed) = ALLOWED.iter().find(|(name, _)| *name == package.name.as_str()).expect("checked above");
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            let fine = !members.contains(name) || allowed.contains(&name);
            assert!(fine, "{} must not depend on {name} ({:?})", package.name, dependency.kind);
        }
    }
}

#[test]
fn pure_crates_use_no_library_that_reaches_the_host() {
    for package in workspace().packages.iter().filter(|package| PURE.contains(&package.name.as_str())) {
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            assert!(!IMPURE.contains(&name), "{} must not depend on {name}", package.name);
        }
    }
}
