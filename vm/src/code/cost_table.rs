//! The costs of a profile by name: what a cost file holds, and what a calibration fits.
//!
//! A table begins as the shipped one of its profile, so a file may leave out what it has not measured. It knows the names
//! of that table and no others. Native functions that have no row there cost the same in every table.

use super::rules::CodeRules;
use super::{Op, Work, costs};
use crate::native::costs::{NativeCosts, shipped};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a cost is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CostKind {
    /// An instruction (`LOAD_FAST`).
    Instruction,
    /// A native function, beyond the instruction that calls it (`list.append`, `math.sqrt`), or the work of an operator.
    Native,
}

impl CostKind {
    /// The least that it can cost: time passes with every instruction.
    pub fn least_ns(self) -> u16 {
        match self {
            CostKind::Instruction => 1,
            CostKind::Native => 0,
        }
    }
}

/// Nanoseconds by name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CostTable {
    instructions_ns: BTreeMap<&'static str, u16>,
    natives_ns: BTreeMap<&'static str, u16>,
}

impl CostTable {
    /// The costs shipped for a profile.
    pub fn shipped(profile: &str) -> Option<CostTable> {
        CodeRules::profiles().find(|name| *name == profile)?;
        let costs_ns = costs::instructions(profile);
        let instructions_ns = Op::ALL.iter().map(|op| (op.name(), costs_ns[*op as usize])).collect();
        Some(CostTable { instructions_ns, natives_ns: shipped(profile) })
    }

    /// All rows of a kind, in order of names.
    pub fn rows(&self, kind: CostKind) -> impl Iterator<Item = (&'static str, u16)> {
        self.of(kind).iter().map(|(name, ns)| (*name, *ns))
    }

    /// One cost, if there is such a name.
    pub fn ns(&self, kind: CostKind, name: &str) -> Option<u16> {
        self.of(kind).get(name).copied()
    }

    /// Changes one cost. False if there is no such name.
    pub fn set(&mut self, kind: CostKind, name: &str, ns: u16) -> bool {
        let rows = match kind {
            CostKind::Instruction => &mut self.instructions_ns,
            CostKind::Native => &mut self.natives_ns,
        };
        rows.get_mut(name).map(|row| *row = ns.max(kind.least_ns())).is_some()
    }

    fn of(&self, kind: CostKind) -> &BTreeMap<&'static str, u16> {
        match kind {
            CostKind::Instruction => &self.instructions_ns,
            CostKind::Native => &self.natives_ns,
        }
    }
}

impl CodeRules {
    /// The same rules with these costs.
    #[must_use]
    pub fn with_costs(mut self, table: &CostTable) -> CodeRules {
        for op in Op::ALL {
            self.costs_ns[*op as usize] = table.instructions_ns[op.name()];
        }
        self.work_ns = std::array::from_fn(|at| table.natives_ns[Work::ALL[at].name()]);
        self.own_costs = Some(Arc::new(NativeCosts::of_names(&table.natives_ns)));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Origin;

    #[test]
    fn a_shipped_table_says_what_the_profile_has() {
        for profile in CodeRules::profiles() {
            let rules = CodeRules::for_profile(profile).unwrap();
            let table = CostTable::shipped(profile).unwrap();
            let mut own = rules.clone().with_costs(&table);
            assert_eq!(NativeCosts::of_rules(&own), NativeCosts::of_rules(&rules), "{profile}");
            own.own_costs = None;
            assert_eq!(own, rules, "{profile}");
        }
        assert_eq!(CostTable::shipped("3.14"), None);
    }

    #[test]
    fn a_changed_cost_reaches_the_rules_and_an_unknown_name_is_refused() {
        let mut table = CostTable::shipped("3.13").unwrap();
        assert!(table.set(CostKind::Instruction, "LOAD_FAST", 77));
        assert!(table.set(CostKind::Native, "instance", 99));
        assert!(!table.set(CostKind::Instruction, "LOAD_FASTER", 1));
        assert!(table.set(CostKind::Instruction, "NOP", 0), "which is one nanosecond");
        let rules = CodeRules::for_profile("3.13").unwrap().with_costs(&table);
        assert_eq!(rules.bake(Op::LoadFast, Origin::Plain).1, 77);
        assert_eq!(rules.bake(Op::Nop, Origin::Plain).1, 1);
        assert_eq!(NativeCosts::of_rules(&rules).instance_ns, 99);
    }
}
