//! `_hashlib`: message digests, computed by the crates of the RustCrypto project. `vm/lib/hashlib.py` is built on it.
//!
//! `digest(name, data)` computes, in no virtual time; `work(name, size)` takes the time, without the GIL where the profile's
//! C code releases it. Objects keep their data until a digest is asked for, so there is no state here.

use crate::effect::Effect;
use crate::native::registry::ModuleTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Then, function};
use crate::value::Value;
use sha2::Digest;

/// The module.
pub const TABLE: ModuleTable = ModuleTable { name: "_hashlib", functions: FUNCTIONS, fill: |_, _| {} };

const FUNCTIONS: &[NativeDef] =
    &[function("digest", Sig::Positional(2, 2), digest), function("work", Sig::Positional(2, 2), work)];

type Compute = fn(&[u8]) -> Vec<u8>;

/// Name, function, picoseconds per byte (OpenSSL 3 under CPython 3.13.0, x86-64 with SHA instructions).
const ALGORITHMS: &[(&str, Compute, u64)] = &[
    ("md5", |data| md5::Md5::digest(data).to_vec(), 1_540),
    ("sha1", |data| sha1::Sha1::digest(data).to_vec(), 610),
    ("sha224", |data| sha2::Sha224::digest(data).to_vec(), 640),
    ("sha256", |data| sha2::Sha256::digest(data).to_vec(), 640),
    ("sha384", |data| sha2::Sha384::digest(data).to_vec(), 1_330),
    ("sha512", |data| sha2::Sha512::digest(data).to_vec(), 1_330),
];

/// Time of a digest of nothing.
const START_NS: u64 = 250;

fn algorithm(cx: &mut Cx<'_>, name: Value) -> Option<&'static (&'static str, Compute, u64)> {
    let name = cx.as_str(name)?;
    ALGORITHMS.iter().find(|(known, ..)| *known == name)
}

/// `digest(name, data)`
fn digest(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let data = cx.bytes_arg(args.get(1))?;
    match algorithm(cx, args.get(0)) {
        Some((_, compute, _)) => Ok(cx.new_bytes(compute(&data))),
        None => Err(cx.value_error("unsupported hash type")),
    }
}

/// `work(name, size)`: the time in which so many bytes are added to a digest.
fn work(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let size = usize::try_from(cx.size_arg(args.get(1))?).unwrap_or(0);
    let per_byte_ps = algorithm(cx, args.get(0)).map_or(0, |(.., per_byte_ps)| *per_byte_ps);
    let cost_ns = START_NS + (size as u64).saturating_mul(per_byte_ps) / 1_000;
    let drops_gil = cx.vm.config.rules.library.digest_bytes.is_some_and(|least| size >= least);
    cx.effect(Effect::Native { cost_ns, drops_gil }, Then::Return(Value::None))
}
