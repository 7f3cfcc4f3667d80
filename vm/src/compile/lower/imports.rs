//! `import` and `from … import …`.

use super::super::flow::Loc;
use super::Compiler;
use crate::code::{Const, Intrinsic1, Op};

use ruff_python_ast as ast;

/// The features that `from __future__ import` knows.
const FUTURE_FEATURES: &[&str] = &[
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
    "annotations",
];

impl Compiler<'_> {
    pub(super) fn import(&mut self, node: &ast::StmtImport, loc: Loc) {
        for alias in &node.names {
            self.load_const(Const::Int(0), loc);
            self.load_none(loc);
            self.op_name(Op::ImportName, &alias.name, loc);
            match &alias.asname {
                Some(asname) => self.import_as(&alias.name, asname, loc),
                None => {
                    let first = alias.name.split('.').next().unwrap_or(&alias.name);
                    self.forbid_debug(first, alias);
                    self.store_name(first, loc);
                }
            }
        }
    }

    /// `import a.b.c as name`: the first module is on the stack.
    fn import_as(&mut self, module: &str, name: &str, loc: Loc) {
        let attributes: Vec<&str> = module.split('.').skip(1).collect();
        for (index, attribute) in attributes.iter().enumerate() {
            if index > 0 {
                self.op_arg(Op::Swap, 2, loc);
                self.op(Op::PopTop, loc);
            }
            let attribute = self.unit().names.add(&(*attribute).into());
            self.op_arg(Op::ImportFrom, attribute, loc);
        }
        self.store_name(name, loc);
        if !attributes.is_empty() {
            self.op(Op::PopTop, loc);
        }
    }

    pub(super) fn import_from(&mut self, node: &ast::StmtImportFrom, loc: Loc) {
        self.check_future(node);
        self.load_const(Const::Int(i64::from(node.level)), loc);
        let names = node.names.iter().map(|alias| Const::Str(alias.name.as_str().into())).collect();
        self.load_const(Const::Tuple(names), loc);
        let module = node.module.as_ref().map_or("", |module| module.as_str());
        self.op_name(Op::ImportName, module, loc);
        for alias in &node.names {
            if alias.name.as_str() == "*" {
                self.op_arg(Op::CallIntrinsic1, Intrinsic1::ImportStar as u32, loc);
                return self.op(Op::PopTop, Loc::NONE);
            }
            self.op_name(Op::ImportFrom, &alias.name, loc);
            let target = alias.asname.as_ref().unwrap_or(&alias.name);
            self.forbid_debug(target, alias);
            self.store_name(target, loc);
        }
        self.op(Op::PopTop, loc);
    }

    /// Unknown features of `__future__` are errors; whether the statement comes first is checked with the file.
    fn check_future(&mut self, node: &ast::StmtImportFrom) {
        if node.level != 0 || node.module.as_ref().is_none_or(|module| module.as_str() != "__future__") {
            return;
        }
        for alias in &node.names {
            match alias.name.as_str() {
                "braces" => self.syntax_error(alias, "not a chance"),
                name if FUTURE_FEATURES.contains(&name) => {}
                name => self.syntax_error(alias, format!("future feature {name} is not defined")),
            }
        }
    }
}
