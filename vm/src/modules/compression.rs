//! `_zlib`: deflate by the crate `miniz_oxide`, and checksums. `vm/lib/zlib.py` is built on it.
//!
//! What is compressed can be decompressed by any zlib, but is not byte for byte what the C library makes of it. As in C, the
//! GIL is released for each piece of output, and for checksums of more than a few kilobytes.

use crate::effect::Effect;
use crate::native::registry::ModuleTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, function};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::Value;
use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

/// The module.
pub const TABLE: ModuleTable = ModuleTable { name: "_zlib", functions: FUNCTIONS, fill: |_, _| {} };

const FUNCTIONS: &[NativeDef] = &[
    function("compress", Sig::Positional(3, 3), compress),
    function("decompress", Sig::Positional(2, 2), decompressed),
    function("crc32", Sig::Positional(2, 2), |cx, args| checksum(cx, args, crc32)),
    function("adler32", Sig::Positional(2, 2), |cx, args| checksum(cx, args, adler32)),
];

// Picoseconds per byte of input, of output, and of a checksum (zlib 1.2.13 under CPython 3.13.0, on English words).
const COMPRESS_PS: u64 = 30_000;
const DECOMPRESS_PS: u64 = 2_000;
const CHECKSUM_PS: u64 = 300;
const START_NS: u64 = 3_000;

/// Output that fills the heap is none.
const OUTPUT_MAX: usize = 256 << 20;

impl Cx<'_> {
    /// Computes for so long, without the GIL, in as many pieces as a buffer that doubles is filled.
    fn work_in_pieces(&mut self, output_bytes: usize, cost_ns: u64) -> Result<(), Box<Stop>> {
        let (mut room, mut pieces) = (self.vm.config.rules.library.zlib_piece_bytes, 1);
        while room < output_bytes {
            room *= 2;
            pieces += 1;
        }
        for _ in 0..pieces {
            self.ask(Effect::Native { cost_ns: cost_ns / pieces, drops_gil: true })?;
        }
        Ok(())
    }

    /// How many bytes a value has that was made before.
    fn bytes_len(&self, value: Value) -> usize {
        self.bytes_ref(value).map_or(0, <[u8]>::len)
    }
}

/// `compress(data, level, is_raw)`
fn compress(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    const USUAL: i64 = 6;
    let data = cx.bytes_arg(args.get(0))?;
    let level = match cx.size_arg(args.get(1))? {
        -1 => USUAL,
        level => level.clamp(0, 9),
    } as u8;
    let is_raw = cx.truth(args.get(2))?;
    let output = cx.once(|cx| {
        let output = if is_raw { compress_to_vec(&data, level) } else { compress_to_vec_zlib(&data, level) };
        Ok(cx.new_bytes(output))
    })?;
    // Up to 3.9 `compress` begins with a buffer that is large enough.
    let filled = if cx.vm.config.rules.library.zlib_lock_releases { 0 } else { cx.bytes_len(output) };
    cx.work_in_pieces(filled, START_NS + data.len() as u64 * COMPRESS_PS / 1_000)?;
    Ok(output)
}

/// `decompress(data, is_raw)`: (output so far, bytes of input used, whether the stream has ended), or a word that says what
/// is wrong with it.
fn decompressed(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let data = cx.bytes_arg(args.get(0))?;
    let is_raw = cx.truth(args.get(1))?;
    let found = cx.once(|cx| match inflate(&data, is_raw) {
        Ok(Inflated { output, .. }) if output.len() >= OUTPUT_MAX => Err(cx.raise(c::MEMORY_ERROR, "")),
        Ok(Inflated { output, used_bytes, has_ended }) => {
            cx.reserve(output.len())?;
            let output = cx.new_bytes(output);
            Ok(cx.new_tuple(vec![output, Value::Int(used_bytes as i64), Value::Bool(has_ended)]))
        }
        Err(problem) => Ok(cx.new_str(problem)),
    })?;
    let output = match cx.object(found) {
        Some(Object::Tuple(parts)) => parts[0],
        _ => return Ok(found),
    };
    let output_bytes = cx.bytes_len(output);
    cx.work_in_pieces(output_bytes, START_NS + output_bytes as u64 * DECOMPRESS_PS / 1_000)?;
    Ok(found)
}

/// What came of a stream, or of its beginning.
struct Inflated {
    output: Vec<u8>,
    used_bytes: usize,
    has_ended: bool,
}

fn inflate(data: &[u8], is_raw: bool) -> Result<Inflated, &'static str> {
    let format = if is_raw { 0 } else { inflate_flags::TINFL_FLAG_PARSE_ZLIB_HEADER };
    let flags = format
        | inflate_flags::TINFL_FLAG_HAS_MORE_INPUT
        | inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF
        | inflate_flags::TINFL_FLAG_COMPUTE_ADLER32;
    let mut state = Box::<DecompressorOxide>::default();
    let mut output = vec![0; data.len().saturating_mul(2).clamp(64, OUTPUT_MAX)];
    let (mut used_bytes, mut written) = (0, 0);
    let status = loop {
        let (status, read, wrote) = decompress(&mut state, &data[used_bytes..], &mut output, written, flags);
        used_bytes += read;
        written += wrote;
        if status != TINFLStatus::HasMoreOutput || output.len() >= OUTPUT_MAX {
            break status;
        }
        output.resize((output.len() * 2).min(OUTPUT_MAX), 0);
    };
    output.truncate(written);
    match status {
        TINFLStatus::Done | TINFLStatus::NeedsMoreInput | TINFLStatus::HasMoreOutput => {
            Ok(Inflated { output, used_bytes, has_ended: status == TINFLStatus::Done })
        }
        TINFLStatus::Adler32Mismatch => Err("incorrect data check"),
        _ if !is_raw && written == 0 && used_bytes <= 2 => Err("incorrect header check"),
        _ => Err("invalid data"),
    }
}

/// `crc32(data, start)` and `adler32(data, start)`
fn checksum(cx: &mut Cx<'_>, args: &Args<'_>, add: fn(u32, &[u8]) -> u32) -> NativeResult {
    let data = cx.bytes_arg(args.get(0))?;
    let start = cx.size_arg(args.get(1))? as u32;
    let cost_ns = data.len() as u64 * CHECKSUM_PS / 1_000;
    if cx.vm.config.rules.library.checksum_bytes.is_some_and(|most| data.len() > most) {
        cx.ask(Effect::Native { cost_ns, drops_gil: true })?;
    } else if cost_ns > 0 {
        cx.ask(Effect::Native { cost_ns, drops_gil: false })?;
    }
    Ok(Value::Int(i64::from(add(start, &data))))
}

/// The polynomial of IEEE 802.3, reflected, bit by bit for each byte value.
const CRC: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut rest = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            rest = if rest & 1 == 1 { rest >> 1 ^ 0xedb8_8320 } else { rest >> 1 };
            bit += 1;
        }
        table[byte] = rest;
        byte += 1;
    }
    table
};

fn crc32(start: u32, data: &[u8]) -> u32 {
    !data.iter().fold(!start, |crc, byte| CRC[usize::from(crc as u8 ^ byte)] ^ crc >> 8)
}

/// RFC 1950.
fn adler32(start: u32, data: &[u8]) -> u32 {
    const BASE: u32 = 65_521;
    let (mut low, mut high) = (start & 0xffff, start >> 16);
    for byte in data {
        low = (low + u32::from(*byte)) % BASE;
        high = (high + low) % BASE;
    }
    high << 16 | low
}
