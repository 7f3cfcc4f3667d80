//! Arguments of native functions and the check of their number and names, with CPython's messages.
//!
//! CPython's C functions complain in several dialects, depending on how they parse their arguments; [`Sig`] names the
//! dialect.

use super::{NativeDef, NativeKind};
use crate::value::{ObjId, Value};

/// Parameters of a native function, and with them the wording of the error when they do not fit. Methods do not count
/// the object they are bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sig {
    /// `METH_NOARGS`: "list.clear() takes no arguments (1 given)".
    NoArgs,
    /// `METH_O`: "list.append() takes exactly one argument (0 given)".
    One,
    /// Positional only, at least and at most: "pop expected at most 1 argument, got 2".
    Positional(u8, u8),
    /// Positional or by keyword: names in order, number required, number that can be given by position. The function
    /// gets one value for each name, `Unbound` where nothing was given. An empty name: by position only.
    /// "f() missing required argument 'x' (pos 1)", "'z' is an invalid keyword argument for f()".
    Named(&'static [&'static str], u8, u8),
    /// Any positional arguments, no keywords.
    VarArgs,
    /// The function looks at everything itself, keywords included.
    Raw,
}

/// The arguments of one call.
#[derive(Clone, Copy, Debug)]
pub struct Args<'a> {
    /// Positional arguments; for methods the object is the first one. With [`Sig::Named`] one per parameter.
    pub pos: &'a [Value],
    /// Keyword arguments (only with [`Sig::Raw`]): interned name and value.
    pub kw: &'a [(ObjId, Value)],
}

impl Args<'_> {
    /// Argument `i`, or `Unbound`.
    #[inline(always)]
    pub fn get(&self, i: usize) -> Value {
        self.pos.get(i).copied().unwrap_or(Value::Unbound)
    }

    /// Argument `i` if it was given.
    pub fn given(&self, i: usize) -> Option<Value> {
        self.pos.get(i).copied().filter(|v| v.is_bound())
    }

    /// Number of positional arguments.
    pub fn len(&self) -> usize {
        self.pos.len()
    }

    /// True without positional arguments.
    pub fn is_empty(&self) -> bool {
        self.pos.is_empty()
    }
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// Checks the arguments of a call of `def` and brings them into the order of its parameters.
///
/// `shown` is the name for messages (`list.append`), `names` gives the text of an interned keyword. Returns `None` if
/// `pos` can be used as it is, or the rearranged arguments.
///
/// # Errors
/// The text of a `TypeError`.
pub fn bind<'t>(
    def: &NativeDef,
    shown: impl Fn() -> String,
    pos: &[Value],
    kw: &[(ObjId, Value)],
    names: impl Fn(ObjId) -> &'t str,
) -> Result<Option<Vec<Value>>, String> {
    let own = usize::from(matches!(def.kind, NativeKind::Method | NativeKind::ClassMethod | NativeKind::New));
    let given = pos.len().saturating_sub(own);
    if !kw.is_empty() && !matches!(def.sig, Sig::Raw | Sig::Named(..)) {
        return Err(format!("{}() takes no keyword arguments", shown()));
    }
    match def.sig {
        Sig::Raw | Sig::VarArgs => Ok(None),
        Sig::NoArgs if given == 0 => Ok(None),
        Sig::NoArgs => Err(format!("{}() takes no arguments ({given} given)", shown())),
        Sig::One if given == 1 => Ok(None),
        Sig::One => Err(format!("{}() takes exactly one argument ({given} given)", shown())),
        Sig::Positional(least, most) => {
            positional(def.name, given, usize::from(least), usize::from(most)).map(|()| None)
        }
        Sig::Named(params, required, by_position) => {
            named(shown, own, pos, kw, params, usize::from(required), usize::from(by_position), names).map(Some)
        }
    }
}

fn positional(name: &str, given: usize, least: usize, most: usize) -> Result<(), String> {
    if given >= least && given <= most {
        return Ok(());
    }
    let (bound, n) = match (least == most, given < least) {
        (true, _) => ("", least),
        (false, true) => ("at least ", least),
        (false, false) => ("at most ", most),
    };
    Err(format!("{name} expected {bound}{n} argument{}, got {given}", plural(n)))
}

fn named<'t>(
    shown: impl Fn() -> String,
    own: usize,
    pos: &[Value],
    kw: &[(ObjId, Value)],
    params: &[&str],
    required: usize,
    by_position: usize,
    names: impl Fn(ObjId) -> &'t str,
) -> Result<Vec<Value>, String> {
    // Messages are rare.
    let short = || {
        let shown = shown();
        shown.rsplit('.').next().unwrap_or_default().to_owned()
    };
    let given = pos.len() - own;
    let (total, most) = (given + kw.len(), params.len());
    if total > most {
        let keyword = if given == 0 { "keyword " } else { "" };
        return Err(format!("{}() takes at most {most} {keyword}argument{} ({total} given)", short(), plural(most)));
    }
    if given > by_position {
        let short = short();
        return Err(match by_position {
            0 => format!("{short}() takes no positional arguments"),
            _ => format!(
                "{short}() takes {} {by_position} positional argument{} ({given} given)",
                if required < by_position { "at most" } else { "exactly" },
                plural(by_position)
            ),
        });
    }
    let mut bound = pos.to_vec();
    bound.resize(own + params.len(), Value::Unbound);
    for (name, value) in kw {
        let text = names(*name);
        let Some(i) = params.iter().position(|p| *p == text) else {
            let short = short();
            return Err(format!("{short}() got an unexpected keyword argument '{text}'"));
        };
        if bound[own + i].is_bound() {
            let short = short();
            return Err(format!("argument for {short}() given by name ('{text}') and position ({})", i + 1));
        }
        bound[own + i] = *value;
    }
    match (0..required).find(|i| !bound[own + i].is_bound()) {
        Some(i) if params[i].is_empty() => {
            let least = params.iter().take(required).filter(|name| name.is_empty()).count();
            Err(format!("{}() takes at least {least} positional argument{} ({given} given)", short(), plural(least)))
        }
        Some(i) => Err(format!("{}() missing required argument '{}' (pos {})", short(), params[i], i + 1)),
        None => Ok(bound),
    }
}
