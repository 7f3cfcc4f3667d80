//! What `str % values` and `bytes % values` have in common: where arguments come from, `*` in width and precision,
//! numbers.

use crate::names::name;
use crate::native::{Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::text::TextError;
use crate::text::percent::{self, Conversion, Count, FormatKind};
use crate::text::percent_format::{self, Layout};
use crate::value::Value;

/// Where the arguments come from: a tuple one by one, or one value (perhaps a mapping).
pub(super) struct Given {
    pub(super) items: Vec<Value>,
    pub(super) next: usize,
    pub(super) mapping: Option<Value>,
    is_tuple: bool,
    kind: FormatKind,
}

impl Given {
    /// The right operand of `format % value`.
    pub(super) fn new(cx: &Cx<'_>, value: Value, kind: FormatKind) -> Given {
        let inner = cx.vm.heap.unwrap_payload(value);
        if let Some(items) = cx.vm.heap.tuple(inner) {
            return Given { items: items.to_vec(), next: 0, mapping: None, is_tuple: true, kind };
        }
        let is_bytes = matches!(cx.object(inner), Some(Object::Bytes(_) | Object::ByteArray(_)));
        let is_text = cx.as_str(value).is_some() || (kind == FormatKind::Bytes && is_bytes);
        let has_items = !is_text && cx.lookup_special(value, name::GETITEM).is_some();
        Given { items: vec![value], next: 0, mapping: has_items.then_some(value), is_tuple: false, kind }
    }

    /// The next argument.
    ///
    /// # Errors
    /// `TypeError` if there is none.
    pub(super) fn next_argument(&mut self, cx: &mut Cx<'_>) -> NativeResult {
        match self.items.get(self.next) {
            Some(value) => {
                self.next += 1;
                Ok(*value)
            }
            None => Err(cx.type_error(percent::TOO_FEW)),
        }
    }

    /// Takes the value of a conversion with a key out of the mapping: then no other argument is left over.
    ///
    /// # Errors
    /// Those of the mapping.
    pub(super) fn by_key(&mut self, cx: &mut Cx<'_>, mapping: Value, key: Value) -> NativeResult {
        let value = cx.get_item(mapping, key)?;
        self.next = self.items.len();
        Ok(value)
    }

    /// `TypeError` if arguments are left over.
    pub(super) fn finish(&self, cx: &mut Cx<'_>) -> Result<(), Box<Stop>> {
        if self.next >= self.items.len() || !(self.is_tuple || self.mapping.is_none()) {
            return Ok(());
        }
        Err(cx.type_error(match self.kind {
            FormatKind::Str => percent::TOO_MANY,
            FormatKind::Bytes => percent::TOO_MANY_BYTES,
        }))
    }

    fn count(&mut self, cx: &mut Cx<'_>, count: Count) -> Result<Option<Value>, Box<Stop>> {
        match count {
            Count::None | Count::Given(_) => Ok(None),
            Count::Argument => {
                let value = self.next_argument(cx)?;
                if cx.int_ref(value).is_none() {
                    return Err(cx.type_error(percent::STAR_WANTS_INT));
                }
                Ok(Some(value))
            }
        }
    }

    /// Flags, width and precision, those given by `*` fetched.
    ///
    /// # Errors
    /// TypeError for what is no int, OverflowError for what is too big.
    pub(super) fn layout(&mut self, cx: &mut Cx<'_>, conversion: &Conversion) -> Result<Layout, Box<Stop>> {
        let mut flags = conversion.flags;
        let from_argument = self.count(cx, conversion.width)?;
        let width = match (conversion.width, from_argument) {
            (_, Some(value)) => {
                let width = percent::width_argument(cx.int_ref(value).expect("checked"));
                let (width, left) = width.map_err(|e| cx.text_error(e))?;
                flags.left |= left;
                width
            }
            (Count::Given(width), None) => width,
            _ => 0,
        };
        let from_argument = self.count(cx, conversion.precision)?;
        let precision = match (conversion.precision, from_argument) {
            (_, Some(value)) => {
                let precision = percent::precision_argument(cx.int_ref(value).expect("checked"));
                Some(precision.map_err(|e| cx.text_error(e))?)
            }
            (Count::Given(precision), None) => Some(precision),
            _ => None,
        };
        Ok(Layout { flags, width, precision })
    }
}

/// `%d %i %u %o %x %X`: what has `__int__` is truncated by the decimal ones.
///
/// # Errors
/// Those of `__index__` and `__int__`.
pub(super) fn integer(
    cx: &mut Cx<'_>,
    conversion: &Conversion,
    value: Value,
    layout: Layout,
    kind: FormatKind,
) -> Result<Result<String, TextError>, Box<Stop>> {
    let decimal = matches!(conversion.kind, 'd' | 'i' | 'u');
    let truncates = decimal && cx.int_ref(value).is_none() && cx.lookup_special(value, name::INT).is_some();
    let whole = if truncates { cx.call(Value::Obj(c::INT), &[value])? } else { value };
    let number = cx.index_or_none(whole)?;
    Ok(match number {
        Some(n) => percent_format::format_integer(n.as_ref(), conversion.kind, layout, cx.int_digits_max()),
        None => Err(conversion.wrong_type(kind, &cx.type_name(value))),
    })
}

/// `%e %E %f %F %g %G`
///
/// # Errors
/// TypeError for what is no real number, and those of `__float__`.
pub(super) fn float(
    cx: &mut Cx<'_>,
    conversion: &Conversion,
    value: Value,
    layout: Layout,
    kind: FormatKind,
) -> Result<Result<String, TextError>, Box<Stop>> {
    Ok(match cx.float_or_none(value)? {
        Some(float) => percent_format::format_float(float, conversion.kind, layout),
        None => Err(conversion.wrong_type(kind, &cx.type_name(value))),
    })
}
