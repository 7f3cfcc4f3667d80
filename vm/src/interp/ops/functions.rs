//! Making functions; intrinsic functions of the instruction set.

use super::slow;
use crate::code::{Intrinsic1, Intrinsic2};
use crate::interp::Vm;
use crate::interp::frame::{After, GreenThread};
use crate::interp::run::{Body, Trap};
use crate::names::name;
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::function::Function;
use crate::value::{ObjId, Value};
use std::sync::Arc;

impl Vm {
    /// MAKE_FUNCTION
    pub(crate) fn op_make_function(&mut self, t: &mut GreenThread) -> Body {
        let code = t.pop();
        let globals = t.frames[t.frames.len() - 1].globals;
        let function = self.make_function(code, globals);
        t.stack.push(function);
        Ok(())
    }

    /// A function of a code object.
    pub(crate) fn make_function(&mut self, code: Value, globals: ObjId) -> Value {
        let Some(Object::Code(id)) = code.obj().map(|id| self.heap.get(id)) else { unreachable!("a code object") };
        let code_id = *id;
        let code = Arc::clone(&self.codes[code_id.0 as usize].code);
        let name = Value::Obj(self.heap.intern(&code.name));
        let qualname = Value::Obj(self.heap.intern(&code.qualname));
        let module = self.heap.dict_get_name(globals, name::NAME).unwrap_or(Value::None);
        let doc = match code.consts.first() {
            Some(crate::code::Const::Str(_)) if has_docstring(&code) => self.codes[code_id.0 as usize].consts[0],
            _ => Value::None,
        };
        Value::Obj(self.heap.alloc(Object::Function(Box::new(Function {
            code: code_id,
            globals,
            defaults: Box::default(),
            kw_defaults: Value::None,
            closure: Box::default(),
            name,
            qualname,
            module,
            doc,
            annotations: Value::Unbound,
            dict: Value::Unbound,
            type_params: Value::Unbound,
            poses_as: Value::Unbound,
        }))))
    }

    /// SET_FUNCTION_ATTRIBUTE: attribute, function
    pub(crate) fn op_set_function_attribute(&mut self, t: &mut GreenThread, which: u32) -> Body {
        let (attribute, function) = t.pop_two();
        let id = function.obj().expect("a function");
        let items: Vec<Value> = self.heap.tuple(attribute).map(<[Value]>::to_vec).unwrap_or_default();
        let annotations = if which == 4 { self.annotations_dict(&items) } else { Value::Unbound };
        if let Object::Function(data) = self.heap.get_mut(id) {
            match which {
                1 => data.defaults = items.into(),
                2 => data.kw_defaults = attribute,
                4 => data.annotations = annotations,
                _ => data.closure = items.iter().filter_map(|v| v.obj()).collect(),
            }
        }
        t.stack.push(function);
        Ok(())
    }

    fn annotations_dict(&mut self, items: &[Value]) -> Value {
        let dict = self.heap.new_dict();
        for pair in items.chunks(2) {
            if let [Value::Obj(name), value] = pair {
                self.heap.dict_set_name(dict, *name, *value);
            }
        }
        Value::Obj(dict)
    }

    /// CALL_INTRINSIC_1
    pub(crate) fn op_intrinsic_1(&mut self, t: &mut GreenThread, which: u32) -> Body {
        let value = t.pop();
        match Intrinsic1::from_number(which) {
            Some(Intrinsic1::UnaryPositive) => self.direct(t, &slow::POSITIVE, &[value], After::Push),
            Some(Intrinsic1::ListToTuple) => {
                let items = match value.obj().map(|id| self.heap.get(id)) {
                    Some(Object::List(items)) => items.clone(),
                    _ => Vec::new(),
                };
                let tuple = if items.is_empty() { self.empty_tuple } else { self.heap.new_tuple(items) };
                t.stack.push(tuple);
                Ok(())
            }
            Some(Intrinsic1::StopIterationError) => self.stop_iteration_error(t, value),
            Some(Intrinsic1::ImportStar) => {
                let frame = &t.frames[t.frames.len() - 1];
                let namespace = Value::Obj(frame.namespace.obj().unwrap_or(frame.globals));
                let star = self.prelude("import_star");
                self.call_and_run(t, star, vec![value, namespace], Vec::new(), After::Push)
            }
            Some(Intrinsic1::Print) => {
                let hook = self.prelude("display");
                self.call_and_run(t, hook, vec![value], Vec::new(), After::Push)
            }
            other => {
                let helper = self.prelude(type_parameter_helper(other.map_or("", Intrinsic1::text)));
                self.call_and_run(t, helper, vec![value], Vec::new(), After::Push)
            }
        }
    }

    /// CALL_INTRINSIC_2
    pub(crate) fn op_intrinsic_2(&mut self, t: &mut GreenThread, which: u32) -> Body {
        let (first, second) = t.pop_two();
        let helper = match Intrinsic2::from_number(which) {
            Some(Intrinsic2::PrepReraiseStar) => "exception_group_rest",
            other => type_parameter_helper(other.map_or("", Intrinsic2::text)),
        };
        let helper = self.prelude(helper);
        self.call_and_run(t, helper, vec![first, second], Vec::new(), After::Push)
    }

    /// A StopIteration must not leave a generator: RuntimeError instead.
    fn stop_iteration_error(&mut self, t: &mut GreenThread, exception: Value) -> Body {
        if !self.exception_is(exception, c::STOP_ITERATION) {
            t.stack.push(exception);
            return Ok(());
        }
        let Trap::Raise(error) = self.error(c::RUNTIME_ERROR, "generator raised StopIteration") else {
            unreachable!("an error")
        };
        let data = self.exception_mut(error);
        data.cause = exception;
        data.context = exception;
        data.suppress_context = true;
        t.stack.push(error);
        Ok(())
    }
}

/// Whether constant 0 is the docstring if it is a string: the compiler reserves that place in every `def`; lambdas and
/// generator expressions have none.
fn has_docstring(code: &crate::code::Code) -> bool {
    !code.name.starts_with('<')
}

/// The prelude function behind an intrinsic of the type parameter syntax.
fn type_parameter_helper(intrinsic: &str) -> &'static str {
    match intrinsic {
        "INTRINSIC_TYPEVAR" => "type_var",
        "INTRINSIC_PARAMSPEC" => "param_spec",
        "INTRINSIC_TYPEVARTUPLE" => "type_var_tuple",
        "INTRINSIC_SUBSCRIPT_GENERIC" => "subscript_generic",
        "INTRINSIC_TYPEALIAS" => "type_alias",
        "INTRINSIC_TYPEVAR_WITH_BOUND" => "type_var_with_bound",
        "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS" => "type_var_with_constraints",
        "INTRINSIC_SET_FUNCTION_TYPE_PARAMS" => "set_function_type_params",
        _ => "set_type_param_default",
    }
}
