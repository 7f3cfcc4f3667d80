//! What a CPython version's evaluation loop does around each instruction: eval checks and costs.
//!
//! A profile is two tables, by opcode and by (origin, opcode), that map an emitted instruction to a [`Check`] and a cost.
//! They are applied once, when code is assembled.

/// Where the evaluation loop looks at the drop request.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[repr(u8)]
pub enum Check {
    /// Nowhere.
    #[default]
    None,
    /// When the instruction has completed.
    After,
    /// When the instruction jumped.
    AfterTaken,
    /// When a call whose callee was native returned; the VM knows the exempted callees.
    AfterNativeCall,
    /// When a call returned, whatever was called.
    AfterAnyCall,
}

/// The rules of one profile, as far as they are baked into code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeRules {
    /// The profile's name, `3.13` or `3.9`.
    pub profile: &'static str,
    /// Comprehensions are functions of their own (before 3.12).
    pub comprehension_is_call: bool,
}

impl CodeRules {
    /// The rules of a profile.
    pub fn for_profile(profile: &str) -> Option<CodeRules> {
        match profile {
            "3.13" => Some(CodeRules { profile: "3.13", comprehension_is_call: false }),
            "3.9" => Some(CodeRules { profile: "3.9", comprehension_is_call: true }),
            _ => None,
        }
    }
}
