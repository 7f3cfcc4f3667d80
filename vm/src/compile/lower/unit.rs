//! Code units under construction: opening, names and variables, closing.

use super::super::constants::Constants;
use super::super::flow::{self, Layout, Loc, Sequence, UnitFacts};
use super::super::scope::{Facts, Resolution, ScopeId, ScopeKind};
use super::Compiler;
use super::blocks::FrameBlock;
use crate::code::{Code, CodeFlags, Const, Op, Origin, SlotKind};
use crate::source::{Flavour, Span};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Names in order of first use, with their indices.
#[derive(Default)]
pub(super) struct NameTable {
    order: Vec<Arc<str>>,
    index: BTreeMap<Arc<str>, u32>,
}

impl NameTable {
    /// A table that starts with `names`.
    pub fn with(names: &[Arc<str>]) -> NameTable {
        let mut table = NameTable::default();
        for name in names {
            table.add(name);
        }
        table
    }

    /// The index of a name, added if it is new.
    pub fn add(&mut self, name: &Arc<str>) -> u32 {
        if let Some(&index) = self.index.get(name) {
            return index;
        }
        let index = self.order.len() as u32;
        self.order.push(name.clone());
        self.index.insert(name.clone(), index);
        index
    }

    /// The index of a name, if it is there.
    pub fn get(&self, name: &str) -> Option<u32> {
        self.index.get(name).copied()
    }

    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// The name with index 0.
    pub fn first(&self) -> Option<&Arc<str>> {
        self.order.first()
    }
}

/// What a unit is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum UnitKind {
    Module,
    Class,
    Function,
    Lambda,
    Comprehension,
    /// The block of type parameters around a function, class or alias.
    TypeParams,
}

/// A code unit under construction.
pub(super) struct Unit<'a> {
    pub scope: ScopeId,
    pub kind: UnitKind,
    pub name: Arc<str>,
    pub qualname: Arc<str>,
    /// The class for private names.
    pub private: Option<Arc<str>>,
    pub first_line: u32,
    pub sequence: Sequence,
    pub consts: Constants,
    pub names: NameTable,
    pub varnames: NameTable,
    pub cellvars: NameTable,
    pub freevars: NameTable,
    /// Names that are fast locals only inside an inlined comprehension: whether that is so now.
    pub hidden: BTreeMap<Arc<str>, bool>,
    /// How many inlined comprehensions are being lowered around the current place.
    pub inlined_depth: u32,
    pub argcount: u32,
    pub posonly_count: u32,
    pub kwonly_count: u32,
    pub has_varargs: bool,
    pub has_varkeywords: bool,
    /// Loops, handlers and so on around the current place.
    pub blocks: Vec<FrameBlock<'a>>,
    /// Attributes that methods set on `self` (for classes).
    pub static_attributes: BTreeSet<Arc<str>>,
    /// Compound statements around the current place.
    pub statement_depth: u32,
}

impl<'a> Compiler<'a> {
    /// Opens the unit of the file.
    pub(super) fn enter_module(&mut self) {
        self.enter(UnitKind::Module, "<module>", ScopeId(0), 1);
    }

    /// Opens a unit; emits RESUME.
    pub(super) fn enter(&mut self, kind: UnitKind, name: &str, scope: ScopeId, first_line: u32) {
        let name: Arc<str> = name.into();
        let details = self.scopes.get(scope);
        let needs_class_cell = details.needs_class_cell;
        let mut cells = details
            .sorted(|symbol| symbol.resolution == Resolution::Cell || symbol.facts.has(Facts::COMPREHENSION_CELL));
        if needs_class_cell {
            cells.push("__class__".into());
        }
        if details.needs_class_dict {
            cells.push("__classdict__".into());
        }
        let free =
            details.sorted(|symbol| symbol.resolution == Resolution::Free || symbol.facts.has(Facts::FREE_IN_CLASS));
        let varnames = NameTable::with(&details.parameters);
        let unit = Unit {
            scope,
            kind,
            qualname: self.qualname(kind, &name),
            name,
            private: self.units.last().and_then(|outer| outer.private.clone()),
            first_line,
            sequence: Sequence::default(),
            consts: Constants::default(),
            names: NameTable::default(),
            varnames,
            cellvars: NameTable::with(&cells),
            freevars: NameTable::with(&free),
            hidden: BTreeMap::new(),
            inlined_depth: 0,
            argcount: 0,
            posonly_count: 0,
            kwonly_count: 0,
            has_varargs: false,
            has_varkeywords: false,
            blocks: vec![],
            static_attributes: BTreeSet::new(),
            statement_depth: 0,
        };
        self.units.push(unit);
        let loc = if kind == UnitKind::Module { Loc::NONE } else { self.line_loc(first_line) };
        self.op_from(Op::Resume, 0, loc, Origin::FrameStart);
    }

    /// The location of a line as a whole: its start, without extent.
    pub(super) fn line_loc(&self, line: u32) -> Loc {
        Loc { line, span: Span::at(self.source.line_start(line)) }
    }

    /// `co_qualname` of a unit about to be opened in the innermost one.
    fn qualname(&self, kind: UnitKind, name: &Arc<str>) -> Arc<str> {
        let around = self.units.iter().rev().find(|unit| unit.kind != UnitKind::TypeParams);
        let Some(parent) = around.filter(|parent| parent.kind != UnitKind::Module) else {
            return name.clone();
        };
        if matches!(kind, UnitKind::Function | UnitKind::Class) {
            let mangled = self.mangled(name);
            if self.scope().resolution(&mangled) == Resolution::GlobalExplicit {
                return name.clone();
            }
        }
        match parent.kind {
            UnitKind::Function | UnitKind::Lambda => format!("{}.<locals>.{name}", parent.qualname).into(),
            _ => format!("{}.{name}", parent.qualname).into(),
        }
    }

    /// Closes the innermost unit. `returns_none`: its end returns None, else the value on the stack.
    pub(super) fn finish_unit(&mut self, returns_none: bool) -> Arc<Code> {
        if returns_none {
            self.load_none(Loc::NONE);
        }
        self.op(Op::ReturnValue, Loc::NONE);
        let unit = self.units.pop().expect("a unit is open");
        Arc::new(self.build_code(unit))
    }

    fn build_code(&self, mut unit: Unit<'a>) -> Code {
        let scope = self.scopes.get(unit.scope);
        let flags = self.flags(&unit);
        let sequence = std::mem::take(&mut unit.sequence);
        let mut consts = std::mem::take(&mut unit.consts);
        let parameters =
            unit.argcount + unit.kwonly_count + u32::from(unit.has_varargs) + u32::from(unit.has_varkeywords);
        let mut code = Code {
            name: unit.name,
            qualname: unit.qualname,
            file: self.source.clone(),
            first_line: unit.first_line,
            flags,
            argcount: unit.argcount,
            posonly_count: unit.posonly_count,
            kwonly_count: unit.kwonly_count,
            varnames: unit.varnames.order,
            cellvars: unit.cellvars.order,
            freevars: unit.freevars.order,
            localsplus: vec![],
            slot_kinds: vec![],
            stack_size: 0,
            instrs: vec![],
            cold_loops: vec![],
            spans: vec![],
            handlers: vec![],
            consts: vec![],
            names: unit.names.order,
        };
        if !self.problems.is_empty() {
            return code; // the file will not run, and the sequence may not hold together
        }
        let facts = UnitFacts { locals: code.varnames.len(), parameters: parameters as usize, rules: self.rules };
        let graph = flow::optimize(sequence, &mut consts, &facts);
        let layout = Layout {
            varnames: code.varnames.clone(),
            cellvars: code.cellvars.clone(),
            freevars: code.freevars.clone(),
            hidden: unit.hidden.into_keys().collect(),
            is_generator: scope.is_generator,
            first_loc: self.line_loc(unit.first_line),
        };
        let assembled = flow::assemble(graph, &layout, self.rules, self.source.flavour);
        let is_cell = |kind: &SlotKind| matches!(kind, SlotKind::LocalCell | SlotKind::Cell);
        let slots = assembled.localsplus.iter().zip(&assembled.slot_kinds);
        code.cellvars = slots.filter(|(_, kind)| is_cell(kind)).map(|(name, _)| name.clone()).collect();
        code.localsplus = assembled.localsplus;
        code.slot_kinds = assembled.slot_kinds;
        code.stack_size = assembled.stack_size;
        code.instrs = assembled.instrs;
        code.cold_loops = assembled.cold_loops;
        code.spans = assembled.spans;
        code.handlers = assembled.handlers;
        code.consts = consts.into_vec();
        code
    }

    fn flags(&self, unit: &Unit<'a>) -> CodeFlags {
        let scope = self.scopes.get(unit.scope);
        let is_function = scope.kind == ScopeKind::Function;
        let table = [
            (is_function, CodeFlags::OPTIMIZED),
            (is_function, CodeFlags::NEWLOCALS),
            (is_function && scope.nested, CodeFlags::NESTED),
            (is_function && scope.is_generator, CodeFlags::GENERATOR),
            (unit.has_varargs, CodeFlags::VARARGS),
            (unit.has_varkeywords, CodeFlags::VARKEYWORDS),
            (self.future_annotations, CodeFlags::FUTURE_ANNOTATIONS),
            (unit.kind == UnitKind::Comprehension, CodeFlags::COMPREHENSION),
            (self.source.flavour != Flavour::User, CodeFlags::LIBRARY),
            (self.source.flavour == Flavour::Atomic, CodeFlags::ATOMIC),
        ];
        table.iter().filter(|row| row.0).fold(CodeFlags::default(), |flags, row| flags.with(row.1))
    }

    /// Makes `constant` the first constant of the unit.
    pub(super) fn reserve_first_constant(&mut self, constant: Const) {
        self.unit().consts.add(constant);
    }
}
