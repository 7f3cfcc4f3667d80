//! `_random.Random`: the Mersenne Twister (Modules/_randommodule.c). `vm/lib/random.py` is built on it.

use crate::effect::{Effect, Reply};
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::text::mersenne::{MersenneTwister, STATE_LEN, seed_of_hash};
use crate::text::{Int, IntRef};
use crate::value::{ObjId, Value};

/// `_random.Random`
pub const TABLE: TypeTable = TypeTable { class: c::RANDOM, methods: METHODS, getsets: &[] };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    method("seed", Sig::Positional(0, 1), seed),
    method("random", Sig::NoArgs, random),
    method("getrandbits", Sig::One, getrandbits),
    method("getstate", Sig::NoArgs, getstate),
    method("setstate", Sig::One, setstate),
];

fn id(args: &Args<'_>) -> ObjId {
    args.get(0).obj().expect("a generator of random numbers")
}

fn generator<'c>(cx: &'c mut Cx<'_>, args: &Args<'_>) -> &'c mut MersenneTwister {
    match cx.vm.heap.get_mut(id(args)) {
        Object::Random(generator) => generator,
        _ => unreachable!("a method of Random gets one"),
    }
}

/// A generator for a value: an integer's magnitude, anything else's hash; without one a seed of the simulated machine.
fn seeded(cx: &mut Cx<'_>, value: Option<Value>) -> Result<MersenneTwister, Box<Stop>> {
    let seed = match value.filter(|v| !v.is_none()) {
        None => match cx.ask(Effect::Random)? {
            Reply::Int(word) => seed_of_hash(word),
            _ => Int::Small(0),
        },
        Some(v) => match cx.int_ref(v) {
            Some(IntRef::Small(i)) => Int::from(i128::from(i).abs()),
            Some(IntRef::Big(n)) => Int::Big(n.clone()),
            None => seed_of_hash(cx.hash(v)?),
        },
    };
    Ok(MersenneTwister::from_seed(seed.as_ref()))
}

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    // A derived class seeds in its own __init__; that of `_random.Random` itself is this.
    let generator = seeded(cx, Some(args.given(1).unwrap_or(Value::Int(0))))?;
    Ok(Value::Obj(cx.vm.heap.alloc(Object::Random(Box::new(generator)))))
}

fn seed(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let fresh = seeded(cx, args.given(1))?;
    *generator(cx, args) = fresh;
    Ok(Value::None)
}

fn random(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(Value::Float(generator(cx, args).random()))
}

fn getrandbits(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let count = i64::from(cx.int_arg(args.get(1))?);
    match generator(cx, args).random_bits(count) {
        Ok(bits) => Ok(cx.from_int(bits)),
        Err(error) => Err(cx.text_error(error)),
    }
}

fn getstate(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (words, index) = generator(cx, args).state();
    let mut items: Vec<Value> = words.iter().map(|word| Value::Int(i64::from(*word))).collect();
    items.push(Value::Int(index as i64));
    Ok(cx.new_tuple(items))
}

fn setstate(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(items) = cx.vm.heap.tuple(args.get(1)).map(<[Value]>::to_vec) else {
        return Err(cx.type_error("state vector must be a tuple"));
    };
    if items.len() != STATE_LEN + 1 {
        return Err(cx.value_error("state vector is the wrong size"));
    }
    let mut words = [0; STATE_LEN];
    for (word, item) in words.iter_mut().zip(&items) {
        *word = match cx.as_int_value(*item) {
            Some(Value::Int(i)) => i as u32,
            Some(_) => return Err(cx.overflow_error("Python int too large to convert to C unsigned long")),
            None => return Err(cx.type_error("an integer is required")),
        };
    }
    let index = cx.size_arg(items[STATE_LEN])?;
    match generator(cx, args).set_state(&words, index) {
        Ok(()) => Ok(Value::None),
        Err(error) => Err(cx.text_error(error)),
    }
}
