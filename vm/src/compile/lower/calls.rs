//! Calls: plain, of methods, with keywords, with unpacking, and `super()`.

use super::super::flow::Loc;
use super::super::scope::{Facts, Resolution, ScopeId};
use super::displays::TUPLE;
use super::{Compiler, STACK_USE_MAX};
use crate::code::{Const, Op};

use ruff_python_ast::{self as ast, Expr, ExprContext, Keyword};

impl Compiler<'_> {
    pub(super) fn call(&mut self, node: &ast::ExprCall) {
        self.check_keywords(&node.arguments.keywords);
        if let Expr::Attribute(method) = &*node.func
            && self.method_call(node, method)
        {
            return;
        }
        self.check_callee(&node.func);
        self.expr(&node.func);
        let callee = self.loc(&*node.func);
        self.op(Op::PushNull, callee);
        let loc = self.loc(node);
        self.call_with(loc, 0, Some(&node.arguments));
    }

    /// A repeated keyword is an error.
    pub(super) fn check_keywords(&mut self, keywords: &[Keyword]) {
        for (index, keyword) in keywords.iter().enumerate() {
            let Some(name) = &keyword.arg else { continue };
            self.forbid_debug(name, keyword);
            // Long lists of keywords are generated; a linear search per keyword is fine for what people write.
            if keywords[..index].iter().any(|earlier| earlier.arg.as_ref().is_some_and(|known| known.id == name.id)) {
                self.syntax_error(keyword, format!("keyword argument repeated: {name}"));
            }
        }
    }

    /// `object.method(…)` without unpacking: no bound method is made. Returns whether the call has that form.
    fn method_call(&mut self, node: &ast::ExprCall, method: &ast::ExprAttribute) -> bool {
        let (args, keywords) = (&node.arguments.args, &node.arguments.keywords);
        let values = args.len() + keywords.len() + usize::from(!keywords.is_empty());
        if method.ctx != ExprContext::Load
            || self.is_imported_module(&method.value)
            || values >= STACK_USE_MAX
            || args.iter().any(Expr::is_starred_expr)
            || keywords.iter().any(|keyword| keyword.arg.is_none())
        {
            return false;
        }
        let mut loc = self.loc(method);
        if let Some(call) = self.super_call(method) {
            self.super_arguments(call);
            let bits = if call.arguments.args.is_empty() { 1 } else { 3 };
            let index = self.name_index(&method.attr) << 2;
            self.op_arg(Op::LoadSuperAttr, index | bits, loc);
            loc = self.attribute_loc(loc, method);
            self.op(Op::Nop, loc);
        } else {
            self.expr(&method.value);
            loc = self.attribute_loc(loc, method);
            let index = self.name_index(&method.attr) << 1;
            self.op_arg(Op::LoadAttr, index | 1, loc);
        }
        self.arguments(&node.arguments);
        let call = self.attribute_loc(self.loc(node), method);
        let count = (args.len() + keywords.len()) as u32;
        if keywords.is_empty() {
            self.op_arg(Op::Call, count, call);
        } else {
            keywords.iter().for_each(|keyword| self.expr(&keyword.value));
            self.keyword_names(keywords, loc);
            self.op_arg(Op::CallKw, count, call);
        }
        true
    }

    /// Whether the expression is a name that the module imports: its attributes are no methods.
    fn is_imported_module(&self, expression: &Expr) -> bool {
        let Expr::Name(name) = expression else { return false };
        self.scopes.get(ScopeId(0)).facts(&name.id).has(Facts::IMPORTED)
    }

    /// Pushes the tuple of keyword names.
    fn keyword_names(&mut self, keywords: &[Keyword], loc: Loc) {
        let names = keywords.iter().filter_map(|keyword| keyword.arg.as_ref());
        let names = names.map(|name| Const::Str(name.as_str().into())).collect();
        self.load_const(Const::Tuple(names), loc);
    }

    /// Pushes the positional arguments. A generator expression that is the only argument owns the brackets of the call.
    fn arguments(&mut self, arguments: &ast::Arguments) {
        match (&arguments.args[..], &arguments.keywords[..]) {
            ([only @ Expr::Generator(generator)], []) if !generator.parenthesized => {
                let loc = self.loc_of(arguments.range.into());
                self.nested(|compiler| compiler.comprehension(only, loc));
            }
            (args, _) => self.exprs(args),
        }
    }

    /// Emits the arguments and the call; the callable and `pushed` arguments are on the stack.
    pub(super) fn call_with(&mut self, loc: Loc, pushed: u32, arguments: Option<&ast::Arguments>) {
        let Some(arguments) = arguments else { return self.op_arg(Op::Call, pushed, loc) };
        let (args, keywords) = (&arguments.args, &arguments.keywords);
        let unpacks = args.iter().any(Expr::is_starred_expr) || keywords.iter().any(|keyword| keyword.arg.is_none());
        if unpacks || args.len() + 2 * keywords.len() > STACK_USE_MAX {
            return self.call_unpacking(loc, pushed, args, keywords);
        }
        self.arguments(arguments);
        let count = pushed + args.len() as u32;
        if keywords.is_empty() {
            return self.op_arg(Op::Call, count, loc);
        }
        keywords.iter().for_each(|keyword| self.expr(&keyword.value));
        self.keyword_names(keywords, loc);
        self.op_arg(Op::CallKw, count + keywords.len() as u32, loc);
    }

    fn call_unpacking(&mut self, loc: Loc, pushed: u32, args: &[Expr], keywords: &[Keyword]) {
        match args {
            [Expr::Starred(only)] if pushed == 0 => self.expr(&only.value),
            _ => self.sequence(args, pushed, TUPLE, loc),
        }
        let mut has_dict = false;
        let mut start = 0;
        for (index, keyword) in keywords.iter().enumerate() {
            if keyword.arg.is_some() {
                continue;
            }
            if start < index {
                self.keyword_part(&keywords[start..index], loc, has_dict);
                has_dict = true;
            }
            if !has_dict {
                self.op_arg(Op::BuildMap, 0, loc);
                has_dict = true;
            }
            self.expr(&keyword.value);
            self.op_arg(Op::DictMerge, 1, loc);
            start = index + 1;
        }
        if start < keywords.len() {
            self.keyword_part(&keywords[start..], loc, has_dict);
        }
        self.op_arg(Op::CallFunctionEx, u32::from(!keywords.is_empty()), loc);
    }

    /// Builds a dict of named keywords; merges it into the one before if there is one.
    fn keyword_part(&mut self, keywords: &[Keyword], loc: Loc, has_dict: bool) {
        let is_big = keywords.len() * 2 > STACK_USE_MAX;
        if keywords.len() > 1 && !is_big {
            keywords.iter().for_each(|keyword| self.expr(&keyword.value));
            self.keyword_names(keywords, loc);
            self.op_arg(Op::BuildConstKeyMap, keywords.len() as u32, loc);
        } else {
            if is_big {
                self.op_arg(Op::BuildMap, 0, Loc::NONE);
            }
            for keyword in keywords {
                self.load_str(keyword.arg.as_ref().map_or("", |name| name.as_str()), loc);
                self.expr(&keyword.value);
                if is_big {
                    self.op_arg(Op::MapAdd, 1, Loc::NONE);
                }
            }
            if !is_big {
                self.op_arg(Op::BuildMap, keywords.len() as u32, loc);
            }
        }
        if has_dict {
            self.op_arg(Op::DictMerge, 1, loc);
        }
    }

    /// If the attribute is read from `super()` or `super(a, b)` in a method, that call.
    pub(super) fn super_call<'e>(&self, attribute: &'e ast::ExprAttribute) -> Option<&'e ast::ExprCall> {
        let Expr::Call(call) = &*attribute.value else { return None };
        let Expr::Name(name) = &*call.func else { return None };
        let (args, keywords) = (&call.arguments.args, &call.arguments.keywords);
        if name.id != "super" || !keywords.is_empty() || attribute.attr.as_str() == "__class__" {
            return None;
        }
        let scope = self.scope();
        let module = self.scopes.get(ScopeId(0));
        if scope.resolution("super") != Resolution::GlobalImplicit
            || !matches!(module.resolution("super"), Resolution::Unknown)
        {
            return None;
        }
        match args.len() {
            2 if !args.iter().any(Expr::is_starred_expr) => Some(call),
            0 if self.unit_ref().argcount > 0 && scope.resolution("__class__") == Resolution::Free => Some(call),
            _ => None,
        }
    }

    /// Pushes `super`, the class and the object.
    pub(super) fn super_arguments(&mut self, call: &ast::ExprCall) {
        let callee = self.loc(&*call.func);
        self.load_name("super", callee);
        if !call.arguments.args.is_empty() {
            return self.exprs(&call.arguments.args);
        }
        let loc = self.loc(call);
        self.load_name("__class__", loc);
        if let Some(first) = self.unit().varnames.first().cloned() {
            self.load_name(&first, loc);
        }
    }
}
