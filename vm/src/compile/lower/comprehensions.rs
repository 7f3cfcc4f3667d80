//! Comprehensions and generator expressions.

use super::super::flow::{FlowOp, Label, Loc};
use super::super::scope::{ComprehensionKind, ScopeId};
use super::Compiler;
use super::statements::loop_over;
use super::unit::UnitKind;
use crate::code::{Intrinsic1, Op, Origin};
use crate::source::Span;

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::Ranged;

/// A comprehension of any kind, taken apart. `first` is the element or the key.
struct Parts<'e> {
    kind: ComprehensionKind,
    scope: ScopeId,
    generators: &'e [ast::Comprehension],
    first: &'e Expr,
    value: Option<&'e Expr>,
}

impl<'e> Parts<'e> {
    fn of(expression: &'e Expr) -> Option<Parts<'e>> {
        let (kind, node, generators, first, value) = match expression {
            Expr::ListComp(n) => (ComprehensionKind::List, &n.node_index, &n.generators, &*n.elt, None),
            Expr::SetComp(n) => (ComprehensionKind::Set, &n.node_index, &n.generators, &*n.elt, None),
            Expr::Generator(n) => (ComprehensionKind::Generator, &n.node_index, &n.generators, &*n.elt, None),
            Expr::DictComp(n) => {
                (ComprehensionKind::Dict, &n.node_index, &n.generators, n.key.as_deref()?, Some(&*n.value))
            }
            _ => return None,
        };
        Some(Parts { kind, scope: ScopeId::of(node), generators, first, value })
    }

    fn name(&self) -> &'static str {
        match self.kind {
            ComprehensionKind::List => "<listcomp>",
            ComprehensionKind::Set => "<setcomp>",
            ComprehensionKind::Dict => "<dictcomp>",
            ComprehensionKind::Generator => "<genexpr>",
        }
    }

    /// The instruction that makes the empty result.
    fn build(&self) -> Option<Op> {
        match self.kind {
            ComprehensionKind::List => Some(Op::BuildList),
            ComprehensionKind::Set => Some(Op::BuildSet),
            ComprehensionKind::Dict => Some(Op::BuildMap),
            ComprehensionKind::Generator => None,
        }
    }
}

impl Compiler<'_> {
    pub(super) fn comprehension(&mut self, expression: &Expr, loc: Loc) {
        let Some(parts) = Parts::of(expression) else {
            return self.syntax_error(expression, "dict unpacking cannot be used in dict comprehension");
        };
        if let Some(asynchronous) = parts.generators.iter().find(|generator| generator.is_async) {
            return self.unsupported_async(asynchronous, "an asynchronous comprehension");
        }
        let Some(outermost) = parts.generators.first() else { return };
        if let Expr::Starred(starred) = parts.first {
            self.syntax_error(starred, "iterable unpacking cannot be used in comprehension");
        }
        if self.scopes.get(parts.scope).inlined {
            self.iterator(&outermost.iter);
            let state = self.enter_inlined(loc, parts.scope);
            if let Some(build) = parts.build() {
                self.op_arg(build, 0, loc);
                self.op_arg(Op::Swap, 2, loc);
            }
            self.generator(loc, &parts, 0, 0, true);
            return self.leave_inlined(loc, state);
        }
        self.enter(UnitKind::Comprehension, parts.name(), parts.scope, loc.line);
        self.unit().argcount = 1;
        if let Some(build) = parts.build() {
            self.op_arg(build, 0, loc);
        }
        self.generator(loc, &parts, 0, 0, false);
        let is_generator = parts.kind == ComprehensionKind::Generator;
        if is_generator {
            self.guard_stop_iteration();
        } else {
            self.op(Op::ReturnValue, loc);
        }
        let code = self.finish_unit(is_generator);
        self.make_closure(loc, code, super::functions::Given::default());
        self.iterator(&outermost.iter);
        self.op_arg(Op::Call, 0, loc);
    }

    fn iterator(&mut self, iterable: &Expr) {
        self.iterated(iterable);
        let loc = self.loc(iterable);
        self.op(Op::GetIter, loc);
    }

    /// One `for` of a comprehension with all that is inside it. `depth`: how many iterators lie above the result.
    fn generator(&mut self, loc: Loc, parts: &Parts<'_>, index: usize, depth: u32, on_stack: bool) {
        let Some(part) = parts.generators.get(index) else { return };
        let (start, skip, anchor) = (self.label(), self.label(), self.label());
        let mut loops = true;
        if index == 0 {
            if !on_stack {
                self.op_arg(Op::LoadFast, 0, loc);
            }
        } else if let Some(only) = single_element(&part.iter) {
            // `for x in [value]` assigns.
            self.expr(only);
            loops = false;
        } else {
            self.iterator(&part.iter);
        }
        let depth = depth + u32::from(loops);
        if loops {
            self.place(start);
            let iterable = self.loc(&part.iter);
            self.jump_from(FlowOp::Real(Op::ForIter), anchor, iterable, loop_over(&part.iter));
        }
        self.expr(&part.target);
        for condition in &part.ifs {
            self.jump_if(loc, condition, skip, false);
        }
        let element = if index + 1 < parts.generators.len() {
            self.nested(|compiler| compiler.generator(loc, parts, index + 1, depth, false));
            self.loc(parts.first)
        } else {
            self.element(parts, depth)
        };
        self.place(skip);
        if loops {
            self.end_generator(start, anchor, element);
        }
    }

    /// The innermost part: adds one element. Returns its location.
    fn element(&mut self, parts: &Parts<'_>, depth: u32) -> Loc {
        let loc = self.loc(parts.first);
        self.expr(parts.first);
        match parts.kind {
            ComprehensionKind::Generator => {
                self.emit_yield(loc);
                self.op(Op::PopTop, loc);
            }
            ComprehensionKind::List => self.op_arg(Op::ListAppend, depth + 1, loc),
            ComprehensionKind::Set => self.op_arg(Op::SetAdd, depth + 1, loc),
            ComprehensionKind::Dict => {
                let Some(value) = parts.value else { return loc };
                self.expr(value);
                let both = self.loc_of(Span::from(parts.first.range()).cover(value.range().into()));
                self.op_arg(Op::MapAdd, depth + 1, both);
                return both;
            }
        }
        loc
    }

    fn end_generator(&mut self, start: Label, anchor: Label, loc: Loc) {
        self.jump(FlowOp::Jump, start, loc);
        self.place(anchor);
        self.op(Op::EndFor, Loc::NONE);
        self.op(Op::PopTop, Loc::NONE);
    }

    /// Wraps the unit so that a StopIteration that leaves it becomes a RuntimeError (PEP 479).
    pub(super) fn guard_stop_iteration(&mut self) {
        let handler = self.label();
        self.unit().sequence.insert_first(FlowOp::SetupCleanup, handler, Origin::Artefact);
        self.load_none(Loc::NONE);
        self.op(Op::ReturnValue, Loc::NONE);
        self.place(handler);
        self.op_from(Op::CallIntrinsic1, Intrinsic1::StopIterationError as u32, Loc::NONE, Origin::Artefact);
        self.op_from(Op::Reraise, 1, Loc::NONE, Origin::Artefact);
    }
}

/// The element of a display with exactly one.
fn single_element(expression: &Expr) -> Option<&Expr> {
    let elements = match expression {
        Expr::List(node) => &node.elts,
        Expr::Tuple(node) => &node.elts,
        _ => return None,
    };
    match &elements[..] {
        [only] if !only.is_starred_expr() => Some(only),
        _ => None,
    }
}
