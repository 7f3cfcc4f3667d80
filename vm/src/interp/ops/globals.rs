//! Global names, and names of modules and class bodies.

use crate::interp::Vm;
use crate::interp::cache::Cache;
use crate::interp::frame::{After, GreenThread};
use crate::interp::loaded::LoadedCode;
use crate::interp::run::Body;
use crate::names::name;
use crate::object::Object;
use crate::value::{ObjId, Value};

impl Vm {
    /// LOAD_GLOBAL when the cache does not know.
    pub(crate) fn op_load_global(&mut self, t: &mut GreenThread, loaded: &LoadedCode, pc: usize, arg: u32) -> Body {
        let globals = t.frames[t.frames.len() - 1].globals;
        let value = self.load_global_slow(globals, loaded.caches as usize + pc, loaded.names[(arg >> 1) as usize])?;
        t.stack.push(value);
        if arg & 1 == 1 {
            t.stack.push(Value::Unbound);
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn load_global_slow(
        &mut self,
        globals: ObjId,
        cache: usize,
        name: ObjId,
    ) -> Result<Value, crate::interp::run::Trap> {
        let hash = self.heap.name_hash(name);
        let version = self.heap.dict(globals).version;
        if let Some(place) = self.heap.dict(globals).find_interned(hash, name) {
            self.caches.set(cache, Cache::Global { version, place: place as u32 });
            return Ok(self.heap.dict(globals).value_at(place));
        }
        if let Some(value) = self.heap.dict_get_name(globals, name) {
            return Ok(value);
        }
        let builtins = self.heap.dict(self.builtins);
        if let Some(place) = builtins.find_interned(hash, name) {
            let value = builtins.value_at(place);
            let builtins = builtins.version;
            self.caches.set(cache, Cache::Builtin { version, builtins, place: place as u32 });
            return Ok(value);
        }
        match self.heap.dict_get_name(self.builtins, name) {
            Some(value) => Ok(value),
            None => Err(self.name_error(name)),
        }
    }

    /// STORE_GLOBAL when the cache does not know.
    pub(crate) fn op_store_global(&mut self, t: &mut GreenThread, loaded: &LoadedCode, pc: usize, arg: u32) -> Body {
        let value = t.pop();
        let globals = t.frames[t.frames.len() - 1].globals;
        let name = loaded.names[arg as usize];
        self.heap.dict_set_name(globals, name, value);
        let dict = self.heap.dict(globals);
        if let Some(place) = dict.find_interned(self.heap.name_hash(name), name) {
            let cache = Cache::Global { version: dict.version, place: place as u32 };
            self.caches.set(loaded.caches as usize + pc, cache);
        }
        Ok(())
    }

    pub(crate) fn op_delete_global(&mut self, t: &mut GreenThread, loaded: &LoadedCode, arg: u32) -> Body {
        let globals = t.frames[t.frames.len() - 1].globals;
        let name = loaded.names[arg as usize];
        if self.heap.dict_remove_name(globals, name) { Ok(()) } else { Err(self.name_error(name)) }
    }

    /// A name that a namespace written in Python may have, then the module and the builtins.
    pub(crate) fn global_or_error(&mut self, globals: ObjId, name: ObjId) -> Result<Value, Value> {
        let found = self.heap.dict_get_name(globals, name).or_else(|| self.heap.dict_get_name(self.builtins, name));
        found.ok_or_else(|| match self.name_error(name) {
            crate::interp::run::Trap::Raise(exception) => exception,
            _ => unreachable!("a missing name raises"),
        })
    }

    /// The frame's namespace, if it is a dict.
    fn namespace(&self, t: &GreenThread) -> Option<ObjId> {
        let frame = &t.frames[t.frames.len() - 1];
        frame.namespace.obj().filter(|id| matches!(self.heap.get(*id), Object::Dict(_)))
    }

    pub(crate) fn op_load_name(&mut self, t: &mut GreenThread, loaded: &LoadedCode, pc: usize, arg: u32) -> Body {
        let name = loaded.names[arg as usize];
        let globals = t.frames[t.frames.len() - 1].globals;
        let own = self.namespace(t);
        if own == Some(globals) {
            let value = self.load_global_slow(globals, loaded.caches as usize + pc, name)?;
            t.stack.push(value);
            return Ok(());
        }
        if own.is_none() {
            let mapping = t.frames[t.frames.len() - 1].namespace.value();
            let args = [mapping, Value::Obj(name), Value::Obj(globals)];
            return self.direct(t, &super::slow::LOAD_NAME, &args, After::Push);
        }
        let found = own.and_then(|dict| self.heap.dict_get_name(dict, name));
        let value = match found {
            Some(value) => value,
            None => self.global(globals, name)?,
        };
        t.stack.push(value);
        Ok(())
    }

    /// A name from a module's namespace, then from the builtins.
    pub(crate) fn global(&mut self, globals: ObjId, name: ObjId) -> Result<Value, crate::interp::run::Trap> {
        let found = self.heap.dict_get_name(globals, name).or_else(|| self.heap.dict_get_name(self.builtins, name));
        found.ok_or_else(|| self.name_error(name))
    }

    pub(crate) fn op_store_name(&mut self, t: &mut GreenThread, loaded: &LoadedCode, pc: usize, arg: u32) -> Body {
        if self.namespace(t) == Some(t.frames[t.frames.len() - 1].globals) {
            return self.op_store_global(t, loaded, pc, arg);
        }
        let value = t.pop();
        let name = loaded.names[arg as usize];
        match self.namespace(t) {
            Some(dict) => {
                self.heap.dict_set_name(dict, name, value);
                Ok(())
            }
            None => {
                let mapping = t.frames[t.frames.len() - 1].namespace.value();
                let args = [mapping, Value::Obj(name), value];
                self.direct(t, &super::slow::SET_ITEM, &args, After::Drop)
            }
        }
    }

    pub(crate) fn op_delete_name(&mut self, t: &mut GreenThread, loaded: &LoadedCode, arg: u32) -> Body {
        let name = loaded.names[arg as usize];
        let Some(own) = self.namespace(t) else {
            let mapping = t.frames[t.frames.len() - 1].namespace.value();
            return self.direct(t, &super::slow::DEL_ITEM, &[mapping, Value::Obj(name)], After::Drop);
        };
        let removed = self.heap.dict_remove_name(own, name);
        if removed { Ok(()) } else { Err(self.name_error(name)) }
    }

    pub(crate) fn op_load_locals(&mut self, t: &mut GreenThread) -> Body {
        let namespace = t.frames[t.frames.len() - 1].namespace.value();
        t.stack.push(namespace);
        Ok(())
    }

    pub(crate) fn op_load_from_dict_or_globals(&mut self, t: &mut GreenThread, loaded: &LoadedCode, arg: u32) -> Body {
        let mapping = t.pop();
        let name = loaded.names[arg as usize];
        let globals = t.frames[t.frames.len() - 1].globals;
        let found = mapping.obj().and_then(|dict| self.heap.dict_get_name(dict, name));
        let value = match found {
            Some(value) => value,
            None => self.global(globals, name)?,
        };
        t.stack.push(value);
        Ok(())
    }

    pub(crate) fn op_setup_annotations(&mut self, t: &mut GreenThread) -> Body {
        if let Some(dict) = self.namespace(t)
            && self.heap.dict_get_name(dict, name::ANNOTATIONS).is_none()
        {
            let annotations = self.heap.new_dict();
            self.heap.dict_set_name(dict, name::ANNOTATIONS, Value::Obj(annotations));
        }
        Ok(())
    }

    pub(crate) fn op_load_build_class(&mut self, t: &mut GreenThread) -> Body {
        let build = self.prelude("build_class");
        t.stack.push(build);
        Ok(())
    }
}
