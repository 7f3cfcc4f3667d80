//! The header of a recording: everything needed to say what was run and under which rules.

use crate::text::{Breaks, visible};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How much is recorded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Detail {
    /// Threads, the GIL, blocking and output.
    Switch,
    /// And locks, queues and choices.
    Sync,
    /// And lines, calls and exceptions.
    Line,
    /// And every instruction.
    Op,
}

/// Which kind of GIL the run was under.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GilMode {
    /// Drop requests after a switch interval (3.2 and later).
    Requests,
    /// A counter of ticks (2.7).
    Ticks,
    /// No GIL (free-threaded builds).
    Free,
    /// A model of the user's own.
    Custom,
}

/// Which costs were charged.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CostModel {
    /// Name of the table.
    pub name: String,
    /// Hash of its contents.
    pub hash: String,
}

/// A source file of the program.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SourceText {
    /// Name as shown in messages.
    pub name: String,
    /// Contents; `None` where the file is known by name only (library code).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    /// SHA-256 of the contents, hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<String>,
}

impl SourceText {
    /// A file with its contents.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> SourceText {
        let text = text.into();
        SourceText { name: name.into(), sha256: Some(sha256_hex(text.as_bytes())), text: Some(text) }
    }

    /// With control characters of the name made visible; the contents stay exact.
    pub(super) fn visible(&self) -> SourceText {
        SourceText { name: name(&self.name), ..self.clone() }
    }

    /// A file of which only the name is recorded.
    pub fn name_only(name: impl Into<String>) -> SourceText {
        SourceText { name: name.into(), text: None, sha256: None }
    }
}

/// What was run and how: the first line of a recording.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Header {
    /// Name and version of the program that wrote it, such as `gilsim 0.1.0`.
    pub tool: String,
    /// The CPython version whose rules applied, such as `3.13`.
    pub profile: String,
    /// Kind of GIL.
    pub gil: GilMode,
    /// Switch interval at the start, virtual nanoseconds.
    pub switch_interval_ns: u64,
    /// Simulated cores.
    pub cores: u32,
    /// Costs charged.
    pub cost_model: CostModel,
    /// Seed of every random choice.
    pub seed: u64,
    /// Scheduling policy, such as `faithful`.
    pub policy: String,
    /// The schedule that was replayed, if any.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub schedule: Option<String>,
    /// Level of detail.
    pub detail: Detail,
    /// The program's command line; the first is the program.
    pub argv: Vec<String>,
    /// Source files known when the run started; `at` positions refer to them by index.
    pub files: Vec<SourceText>,
}

impl Header {
    /// With control characters of every name made visible; source texts stay exact.
    pub(super) fn visible(&self) -> Header {
        Header {
            tool: name(&self.tool),
            profile: name(&self.profile),
            switch_interval_ns: self.switch_interval_ns,
            gil: self.gil,
            cores: self.cores,
            cost_model: CostModel { name: name(&self.cost_model.name), hash: name(&self.cost_model.hash) },
            seed: self.seed,
            policy: name(&self.policy),
            schedule: self.schedule.as_deref().map(name),
            detail: self.detail,
            argv: self.argv.iter().map(|word| name(word)).collect(),
            files: self.files.iter().map(SourceText::visible).collect(),
        }
    }
}

fn name(raw: &str) -> String {
    visible(raw, Breaks::Escape)
}

/// SHA-256 as lowercase hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lowercase hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
