//! The numbered table of all native functions: what a `NativeId` means.
//!
//! The table is the concatenation of the tables of types, builtin functions and modules, in a fixed order, so a number means
//! the same in every run of one build.

use super::{GetSetDef, NativeDef, NativeKind, Sig};
use crate::object::builtin::class_id as c;
use crate::value::{NativeId, ObjId};
use std::sync::LazyLock;

/// Methods and computed attributes of one builtin class.
#[derive(Debug)]
pub struct TypeTable {
    /// The class.
    pub class: ObjId,
    /// Methods, class methods, static methods, the constructor.
    pub methods: &'static [NativeDef],
    /// Computed attributes.
    pub getsets: &'static [GetSetDef],
}

/// Functions of one native module.
#[derive(Debug)]
pub struct ModuleTable {
    /// Module name.
    pub name: &'static str,
    /// Its functions.
    pub functions: &'static [NativeDef],
    /// Makes constants, classes and other entries of the namespace.
    pub fill: fn(&mut crate::interp::Vm, ObjId),
}

/// Functions whose calls CPython specialises to code without an eval check. (The fourth, `type(x)`, is a call of a class.)
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Specialised {
    /// `len(x)`
    Len,
    /// `isinstance(x, class)`
    IsInstance,
    /// `list.append(x)`
    Append,
}

/// A native function and the class it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Registered {
    /// The row.
    pub def: &'static NativeDef,
    /// The class whose method it is.
    pub owner: Option<ObjId>,
    /// The module whose function it is.
    pub module: Option<&'static str>,
    /// Set if CPython 3.11+ specialises calls of it to code without an eval check.
    pub specialised: Option<Specialised>,
    /// The least and greatest numbers of arguments, the receiver included, with which a call needs no binding; none for
    /// constructors and for functions with parameters that may be named.
    plain: (u8, u8),
}

impl Registered {
    /// Whether a call with so many arguments, all by position, needs no binding.
    #[inline(always)]
    pub fn takes(&self, count: usize) -> bool {
        count >= usize::from(self.plain.0) && count <= usize::from(self.plain.1)
    }

    /// How many arguments a method has whose parameters may be named, if a call with so many by position suits it: the
    /// others are left out.
    #[inline(always)]
    pub fn padded(&self, count: usize) -> Option<usize> {
        let Sig::Named(params, required, by_position) = self.def.sig else { return None };
        let own = usize::from(matches!(self.def.kind, NativeKind::Method | NativeKind::ClassMethod | NativeKind::New));
        let given = count.checked_sub(own)?;
        let suits = given >= usize::from(required) && given <= usize::from(by_position);
        suits.then_some(own + params.len())
    }

    fn new(def: &'static NativeDef, owner: Option<ObjId>, module: Option<&'static str>) -> Registered {
        let specialised = match (owner, module, def.name) {
            (None, Some("builtins"), "len") => Some(Specialised::Len),
            (None, Some("builtins"), "isinstance") => Some(Specialised::IsInstance),
            (Some(c::LIST), _, "append") => Some(Specialised::Append),
            _ => None,
        };
        Registered { def, owner, module, specialised, plain: plain_arguments(def) }
    }
}

/// See [`Registered::plain`].
fn plain_arguments(def: &NativeDef) -> (u8, u8) {
    let own = match def.kind {
        NativeKind::Function => 0,
        NativeKind::Method => 1,
        _ => return NO_NUMBER,
    };
    match def.sig {
        Sig::NoArgs => (own, own),
        Sig::One => (own + 1, own + 1),
        Sig::Positional(least, most) => (least + own, most.saturating_add(own)),
        Sig::VarArgs => (own, u8::MAX),
        Sig::Raw | Sig::Named(..) => NO_NUMBER,
    }
}

/// A range in which no number is.
const NO_NUMBER: (u8, u8) = (1, 0);

struct Registry {
    natives: Vec<Registered>,
    getsets: Vec<(ObjId, &'static GetSetDef)>,
}

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| {
    let mut registry = Registry { natives: Vec::new(), getsets: Vec::new() };
    for table in super::types::tables() {
        let owner = Some(table.class);
        registry.natives.extend(table.methods.iter().map(|def| Registered::new(def, owner, None)));
        registry.getsets.extend(table.getsets.iter().map(|def| (table.class, def)));
    }
    for table in crate::modules::TABLES {
        let module = Some(table.name);
        registry.natives.extend(table.functions.iter().map(|def| Registered::new(def, None, module)));
    }
    registry
});

/// All native functions in the order of their numbers.
pub fn natives() -> &'static [Registered] {
    &REGISTRY.natives
}

/// All computed attributes, with their classes, in the order of their numbers.
pub fn getsets() -> &'static [(ObjId, &'static GetSetDef)] {
    &REGISTRY.getsets
}

/// The native function with this number.
#[inline(always)]
pub fn native(id: NativeId) -> &'static Registered {
    &REGISTRY.natives[id.0 as usize]
}

/// The number of a function that is in one of the tables.
pub fn id_of(def: &'static NativeDef) -> NativeId {
    let at = natives().iter().position(|r| std::ptr::eq(r.def, def));
    NativeId(at.expect("the function is in a table") as u32)
}

/// `type()` of an unbound native function.
pub fn class_of_native(id: NativeId) -> ObjId {
    let registered = native(id);
    match (registered.owner, registered.def.kind) {
        (Some(_), NativeKind::Method) if registered.def.name.starts_with("__") => c::WRAPPER_DESCRIPTOR,
        (Some(_), NativeKind::Method) => c::METHOD_DESCRIPTOR,
        (Some(_), NativeKind::ClassMethod) => c::CLASSMETHOD_DESCRIPTOR,
        _ => c::BUILTIN_FUNCTION,
    }
}
