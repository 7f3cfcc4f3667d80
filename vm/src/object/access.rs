//! Typed access to heap objects: classes, instances, dicts, strings, and attribute lookup along the method resolution order.

use super::Object;
use super::builtin::class_id as c;
use super::class::{Class, Layout};
use super::dict::{Dict, ViewKind};
use super::iter::Iter;
use super::sync::{Lock, LockKind, SimpleQueue, ThreadHandle};
use crate::heap::Heap;
use crate::heap::lookups::Known;
use crate::heap::shape::ShapeId;
use crate::object::function::Function;
use crate::object::instance::Attrs;
use crate::value::{ObjId, Value};

impl Heap {
    /// The text of a string value.
    #[inline(always)]
    pub fn str(&self, value: Value) -> Option<&str> {
        match value {
            Value::Obj(id) => self.str_of(id),
            _ => None,
        }
    }

    /// The text of a string object.
    #[inline(always)]
    pub fn str_of(&self, id: ObjId) -> Option<&str> {
        match self.get(id) {
            Object::Str(s) => Some(&s.text),
            _ => None,
        }
    }

    /// The text of an interned name.
    pub fn name(&self, id: ObjId) -> &str {
        self.str_of(id).expect("a name is a string object")
    }

    /// The hash of an interned name.
    #[inline(always)]
    pub fn name_hash(&self, id: ObjId) -> i64 {
        match self.get(id) {
            Object::Str(s) => s.hash(),
            _ => unreachable!("a name is a string object"),
        }
    }

    /// The class behind a handle that is known to be one.
    #[inline(always)]
    pub fn class(&self, id: ObjId) -> &Class {
        match self.get(id) {
            Object::Class(class) => class,
            _ => unreachable!("handle of a class"),
        }
    }

    /// The class behind a handle that is known to be one, for writing.
    pub fn class_mut(&mut self, id: ObjId) -> &mut Class {
        match self.get_mut(id) {
            Object::Class(class) => class,
            _ => unreachable!("handle of a class"),
        }
    }

    /// The dict behind a handle that is known to be one.
    #[inline(always)]
    pub fn dict(&self, id: ObjId) -> &Dict {
        match self.get(id) {
            Object::Dict(dict) => dict,
            _ => unreachable!("handle of a dict"),
        }
    }

    /// The dict behind a handle that is known to be one, for writing.
    #[inline(always)]
    pub fn dict_mut(&mut self, id: ObjId) -> &mut Dict {
        match self.get_mut(id) {
            Object::Dict(dict) => dict,
            _ => unreachable!("handle of a dict"),
        }
    }

    /// The function behind a handle that is known to be one.
    #[inline(always)]
    pub fn function(&self, id: ObjId) -> &Function {
        match self.get(id) {
            Object::Function(function) => function,
            _ => unreachable!("handle of a function"),
        }
    }

    /// The lock behind a handle that is known to be one.
    pub fn lock(&self, id: ObjId) -> &Lock {
        match self.get(id) {
            Object::Lock(lock) => lock,
            _ => unreachable!("handle of a lock"),
        }
    }

    /// The lock behind a handle that is known to be one, for writing.
    pub fn lock_mut(&mut self, id: ObjId) -> &mut Lock {
        match self.get_mut(id) {
            Object::Lock(lock) => lock,
            _ => unreachable!("handle of a lock"),
        }
    }

    /// The thread handle behind a handle that is known to be one.
    pub fn thread_handle(&self, id: ObjId) -> &ThreadHandle {
        match self.get(id) {
            Object::ThreadHandle(handle) => handle,
            _ => unreachable!("handle of a thread handle"),
        }
    }

    /// The thread handle behind a handle that is known to be one, for writing.
    pub fn thread_handle_mut(&mut self, id: ObjId) -> &mut ThreadHandle {
        match self.get_mut(id) {
            Object::ThreadHandle(handle) => handle,
            _ => unreachable!("handle of a thread handle"),
        }
    }

    /// The simple queue behind a handle that is known to be one.
    pub fn simple_queue(&self, id: ObjId) -> &SimpleQueue {
        match self.get(id) {
            Object::SimpleQueue(queue) => queue,
            _ => unreachable!("handle of a simple queue"),
        }
    }

    /// The simple queue behind a handle that is known to be one, for writing.
    pub fn simple_queue_mut(&mut self, id: ObjId) -> &mut SimpleQueue {
        match self.get_mut(id) {
            Object::SimpleQueue(queue) => queue,
            _ => unreachable!("handle of a simple queue"),
        }
    }

    /// The items of a tuple object.
    #[inline(always)]
    pub fn tuple(&self, value: Value) -> Option<&[Value]> {
        match value {
            Value::Obj(id) => match self.get(id) {
                Object::Tuple(items) => Some(items),
                _ => None,
            },
            _ => None,
        }
    }

    /// The bytes of a bytes-like object.
    pub fn bytes(&self, id: ObjId) -> Option<&[u8]> {
        match self.get(id) {
            Object::Bytes(b) => Some(b),
            Object::ByteArray(b) => Some(b),
            Object::MemoryView(view) => {
                let base = self.bytes(view.base.obj()?)?;
                base.get(view.start..view.start + view.len)
            }
            _ => None,
        }
    }

    /// The builtin value that an instance of a class derived from a builtin one carries inside.
    #[inline(always)]
    pub fn payload(&self, id: ObjId) -> Option<Value> {
        let Object::Instance(instance) = self.get(id) else { return None };
        match self.class(instance.class).layout {
            Layout::Value(_) => Some(instance.attrs.slots[usize::from(instance.attrs.shape == ShapeId::DICT)]),
            _ => None,
        }
    }

    /// The value itself, or the builtin value inside an instance of a derived class.
    #[inline(always)]
    pub fn unwrap_payload(&self, value: Value) -> Value {
        match value {
            Value::Obj(id) => self.payload(id).unwrap_or(value),
            _ => value,
        }
    }

    /// Attributes of an object that has them by shape.
    pub fn attrs(&self, id: ObjId) -> Option<&Attrs> {
        match self.get(id) {
            Object::Instance(instance) => Some(&instance.attrs),
            Object::Exception(exception) => Some(&exception.attrs),
            _ => None,
        }
    }

    /// An attribute that an instance has itself, not through its class.
    pub fn instance_attribute(&self, id: ObjId, name: ObjId) -> Option<Value> {
        let attrs = self.attrs(id)?;
        if attrs.shape == ShapeId::DICT {
            let Some(Value::Obj(dict)) = attrs.slots.first().copied() else { return None };
            return self.dict_get_name(dict, name);
        }
        self.shapes.slot(attrs.shape, name).map(|slot| attrs.slots[slot])
    }

    /// Attributes of an object that has them by shape, for writing.
    pub fn attrs_mut(&mut self, id: ObjId) -> Option<&mut Attrs> {
        match self.get_mut(id) {
            Object::Instance(instance) => Some(&mut instance.attrs),
            Object::Exception(exception) => Some(&mut exception.attrs),
            _ => None,
        }
    }

    /// From now on it can be told whose attributes a dict has ([`Heap::owner_of`]).
    pub fn keep_owners(&mut self) {
        self.owners.get_or_insert_default();
    }

    /// Notes that a dict has the attributes of an object.
    pub fn note_owner(&mut self, dict: ObjId, object: ObjId) {
        if let Some(owners) = &mut self.owners {
            owners.insert(dict, object);
        }
    }

    /// The object whose attributes a dict has; none unless that is kept.
    pub fn owner_of(&self, dict: ObjId) -> Option<ObjId> {
        let owner = *self.owners.as_ref()?.get(&dict)?;
        // Both may have been undone and made anew since.
        let attrs = self.attrs(owner)?;
        (attrs.shape == ShapeId::DICT && attrs.slots.first() == Some(&Value::Obj(dict))).then_some(owner)
    }

    /// An entry of a dict whose key is an interned name.
    #[inline(always)]
    pub fn dict_get_name(&self, dict: ObjId, name: ObjId) -> Option<Value> {
        let hash = self.name_hash(name);
        let dict = self.dict(dict);
        if let Some(place) = dict.find_interned(hash, name) {
            return Some(dict.value_at(place));
        }
        let text = self.name(name);
        dict.find(hash, |key| self.str(key) == Some(text)).map(|place| dict.value_at(place))
    }

    /// Sets an entry of a dict whose key is an interned name.
    pub fn dict_set_name(&mut self, dict: ObjId, name: ObjId, value: Value) {
        let hash = self.name_hash(name);
        let place = {
            let text = self.name(name);
            self.dict(dict).find(hash, |key| key == Value::Obj(name) || self.str(key) == Some(text))
        };
        match place {
            Some(place) => self.dict_mut(dict).set_value_at(place, value),
            None => self.dict_push(dict, hash, Value::Obj(name), value),
        }
    }

    /// Removes an entry whose key is an interned name; false if there is none.
    pub fn dict_remove_name(&mut self, dict: ObjId, name: ObjId) -> bool {
        let hash = self.name_hash(name);
        let place = {
            let text = self.name(name);
            self.dict(dict).find(hash, |key| key == Value::Obj(name) || self.str(key) == Some(text))
        };
        if let Some(place) = place {
            self.dict_remove_at(dict, place);
        }
        place.is_some()
    }

    /// Adds a key that is known to be absent.
    pub fn dict_push(&mut self, dict: ObjId, hash: i64, key: Value, value: Value) {
        let version = self.fresh_version();
        let dict = self.dict_mut(dict);
        dict.version = version;
        let grown = dict.push(hash, key, value);
        self.grew(grown);
    }

    /// Removes the entry at a place and returns key and value.
    pub fn dict_remove_at(&mut self, dict: ObjId, place: usize) -> (Value, Value) {
        let version = self.fresh_version();
        let dict = self.dict_mut(dict);
        dict.version = version;
        let entry = dict.remove_at(place);
        (entry.key, entry.value)
    }

    /// A new empty dict.
    pub fn new_dict(&mut self) -> ObjId {
        self.alloc(Object::Dict(Box::default()))
    }

    /// The attribute of a class: the first hit along its method resolution order.
    #[inline]
    pub fn lookup(&self, class: ObjId, name: ObjId) -> Option<Value> {
        self.lookup_with_owner(class, name).map(|(value, _)| value)
    }

    /// The attribute of a class, and the class on its method resolution order that has it.
    #[inline]
    pub fn lookup_with_owner(&self, class: ObjId, name: ObjId) -> Option<(Value, ObjId)> {
        let data = self.class(class);
        let found = match self.lookups.get(data.version, name) {
            Some(Known::Absent(absent)) if absent == name => None,
            Some(Known::At(base, place)) => match self.class_entry(data.mro[base], place) {
                Some((key, value)) if key == Value::Obj(name) => Some((value, data.mro[base])),
                _ => return self.look_along(class, name),
            },
            _ => return self.look_along(class, name),
        };
        debug_assert_eq!(found, self.look_along(class, name), "a class that changed has a new version");
        found
    }

    fn class_entry(&self, class: ObjId, place: usize) -> Option<(Value, Value)> {
        self.dict(self.class(class).dict).entry_at(place).map(|entry| (entry.key, entry.value))
    }

    #[inline(never)]
    fn look_along(&self, class: ObjId, name: ObjId) -> Option<(Value, ObjId)> {
        let hash = self.name_hash(name);
        let data = self.class(class);
        let found = data.mro.iter().enumerate().find_map(|(at, base)| {
            let place = self.dict(self.class(*base).dict).find_interned(hash, name)?;
            Some((at, place))
        });
        let known = found.map_or(Known::Absent(name), |(at, place)| Known::At(at, place));
        self.lookups.note(data.version, name, known);
        found.and_then(|(at, place)| Some((self.class_entry(data.mro[at], place)?.1, data.mro[at])))
    }

    /// `issubclass` by method resolution order alone.
    #[inline]
    pub fn is_subclass(&self, class: ObjId, base: ObjId) -> bool {
        class == base || self.class(class).mro.contains(&base)
    }

    /// `isinstance` by method resolution order alone.
    #[inline]
    pub fn is_instance(&self, value: Value, class: ObjId) -> bool {
        self.is_subclass(self.class_of(value), class)
    }

    /// Whether `type()` of a value is a class; the usual types are seen at once.
    #[inline(always)]
    pub fn is_of_class(&self, value: Value, class: ObjId) -> bool {
        let Value::Obj(id) = value else { return self.class_of(value) == class };
        match self.get(id) {
            Object::Str(_) => class == c::STR,
            Object::List(_) => class == c::LIST,
            Object::Dict(_) => class == c::DICT,
            Object::Instance(instance) => class == instance.class,
            _ => self.class_of_object(id) == class,
        }
    }

    /// `type()` of an object.
    #[inline]
    pub fn class_of_object(&self, id: ObjId) -> ObjId {
        match self.get(id) {
            Object::Instance(instance) => instance.class,
            Object::Str(_) => c::STR,
            Object::List(_) => c::LIST,
            Object::Dict(_) => c::DICT,
            Object::Tuple(_) => c::TUPLE,
            Object::Function(_) => c::FUNCTION,
            Object::Class(class) => class.metaclass,
            Object::Exception(exception) => exception.class,
            Object::Iter(iter) => match &**iter {
                Iter::Str { string, .. } => match self.get(*string) {
                    Object::Str(s) if !s.is_ascii() => c::STR_ITERATOR,
                    _ => c::STR_ASCII_ITERATOR,
                },
                Iter::Bytes { bytes, .. } if matches!(self.get(*bytes), Object::ByteArray(_)) => c::BYTEARRAY_ITERATOR,
                iter => class_of_iter(iter),
            },
            other => class_of_rare(other),
        }
    }

    /// `type(value).__name__`
    pub fn type_name(&self, value: Value) -> &str {
        &self.class(self.class_of(value)).name
    }
}

fn class_of_rare(object: &Object) -> ObjId {
    match object {
        Object::BigInt(_) => c::INT,
        Object::Complex(..) => c::COMPLEX,
        Object::Bytes(_) => c::BYTES,
        Object::ByteArray(_) => c::BYTEARRAY,
        Object::MemoryView(_) => c::MEMORYVIEW,
        Object::DictView(view) => match view.kind {
            ViewKind::Keys => c::DICT_KEYS,
            ViewKind::Values => c::DICT_VALUES,
            ViewKind::Items => c::DICT_ITEMS,
        },
        Object::MappingProxy(_) => c::MAPPING_PROXY,
        Object::Set(_) => c::SET,
        Object::FrozenSet(_) => c::FROZENSET,
        Object::Slice(_) => c::SLICE,
        Object::Range(..) => c::RANGE,
        Object::Cell(_) => c::CELL,
        Object::BoundMethod(function, _) => match function {
            Value::Native(_) => c::BUILTIN_FUNCTION,
            _ => c::METHOD,
        },
        Object::Code(_) => c::CODE,
        Object::Module(_) => c::MODULE,
        Object::Traceback(_) => c::TRACEBACK,
        Object::Generator(generator) => generator.class,
        Object::Iter(_) => unreachable!("handled by the caller"),
        Object::Property(_) => c::PROPERTY,
        Object::StaticMethod(_) => c::STATICMETHOD,
        Object::ClassMethod(_) => c::CLASSMETHOD,
        Object::Super(..) => c::SUPER,
        Object::GenericAlias(..) => c::GENERIC_ALIAS,
        Object::Union(_) => c::UNION_TYPE,
        Object::Member(..) => c::MEMBER_DESCRIPTOR,
        Object::GetSet(..) => c::GETSET_DESCRIPTOR,
        Object::Lock(lock) => match lock.kind {
            LockKind::Plain => c::LOCK,
            LockKind::Reentrant => c::RLOCK,
        },
        Object::ThreadHandle(_) => c::THREAD_HANDLE,
        Object::SimpleQueue(_) => c::SIMPLE_QUEUE,
        Object::Deque(_) => c::DEQUE,
        Object::Random(_) => c::RANDOM,
        Object::TextIo(_) => c::TEXT_IO,
        Object::WeakRef(..) => c::WEAKREF,
        Object::FrameView(_) => c::FRAME,
        Object::Free
        | Object::Instance(_)
        | Object::Str(_)
        | Object::List(_)
        | Object::Dict(_)
        | Object::Tuple(_)
        | Object::Function(_)
        | Object::Class(_)
        | Object::Exception(_) => unreachable!("handled by the caller, or freed"),
    }
}

fn class_of_iter(iter: &Iter) -> ObjId {
    match iter {
        Iter::List { .. } => c::LIST_ITERATOR,
        Iter::ListReversed { .. } => c::LIST_REVERSE_ITERATOR,
        Iter::Tuple { .. } => c::TUPLE_ITERATOR,
        Iter::Str { .. } => c::STR_ASCII_ITERATOR,
        Iter::Bytes { .. } => c::BYTES_ITERATOR,
        Iter::Range { .. } => c::RANGE_ITERATOR,
        Iter::Dict { kind, reversed, .. } => match (kind, reversed) {
            (ViewKind::Keys, true) => c::DICT_REVERSE_KEY_ITERATOR,
            (ViewKind::Values, true) => c::DICT_REVERSE_VALUE_ITERATOR,
            (ViewKind::Items, true) => c::DICT_REVERSE_ITEM_ITERATOR,
            (ViewKind::Keys, _) => c::DICT_KEY_ITERATOR,
            (ViewKind::Values, _) => c::DICT_VALUE_ITERATOR,
            (ViewKind::Items, _) => c::DICT_ITEM_ITERATOR,
        },
        Iter::Set { .. } => c::SET_ITERATOR,
        Iter::Deque { reversed: false, .. } => c::DEQUE_ITERATOR,
        Iter::Deque { reversed: true, .. } => c::DEQUE_REVERSE_ITERATOR,
        Iter::Enumerate { .. } => c::ENUMERATE,
        Iter::Zip { .. } => c::ZIP,
        Iter::Chain { .. } => c::SEQUENCE_ITERATOR,
        Iter::Items { class, .. } | Iter::Done { class } => *class,
    }
}
