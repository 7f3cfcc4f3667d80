//! Listings of code in the form of CPython 3.13's `dis` module.
//!
//! Differences: jump operands are instruction indices, code objects are shown without addresses, and the column in which
//! `dis` marks the current instruction can mark where the profile's evaluation loop looks at the drop request.

use super::const_repr::constant_repr;
use super::{BinaryOperator, Check, Code, Comparison, Const, Instr, Intrinsic1, Intrinsic2, Op, Operand};

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// Width of the opcode column.
const NAME_WIDTH: usize = 20;
/// Width of the operand column.
const ARG_WIDTH: usize = 5;
/// What stands for a missing line number.
const NO_LINE: &str = "  --";

/// What a listing shows beside the instructions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ListingOptions {
    /// Marks the places where a thread can be switched: [`check_mark`].
    pub switch_points: bool,
}

/// The mark of a check in a listing, three characters wide: `*` always, `j` if the jump is taken, `n` if the callee was
/// native, `c` after any call.
pub fn check_mark(check: Check) -> &'static str {
    match check {
        Check::None => "   ",
        Check::After => " * ",
        Check::AfterTaken => " j ",
        Check::AfterNativeCall | Check::AfterEveryNativeCall => " n ",
        Check::AfterAnyCall => " c ",
    }
}

/// The listing of a code object and of those inside it, as `python -m dis` prints it.
pub fn listing(code: &Arc<Code>, options: ListingOptions) -> String {
    let mut out = String::new();
    let mut open: Vec<Arc<Code>> = vec![code.clone()];
    while let Some(code) = open.pop() {
        if !out.is_empty() {
            let name = constant_repr(&Const::Code(code.clone()));
            out.push_str(&format!("\nDisassembly of {name}:\n"));
        }
        out.push_str(&listing_of_one(&code, options));
        let inner = code.consts.iter().filter_map(|constant| match constant {
            Const::Code(inner) => Some(inner.clone()),
            _ => None,
        });
        let inner: Vec<Arc<Code>> = inner.collect();
        open.extend(inner.into_iter().rev());
    }
    out
}

/// The listing of one code object.
pub fn listing_of_one(code: &Code, options: ListingOptions) -> String {
    let labels = labels(code);
    let lines = line_starts(code);
    let line_width = line_width(&lines);
    let label_width = 4 + labels.len().to_string().len();
    let mut out = String::new();
    for (index, instr) in code.instrs.iter().enumerate() {
        let start = lines.get(&index);
        if start.is_some() && index > 0 && line_width > 0 {
            out.push('\n');
        }
        let mut line = String::new();
        if line_width > 0 {
            let number = match start {
                Some(Some(number)) => number.to_string(),
                Some(None) => NO_LINE.to_string(),
                None => String::new(),
            };
            let _ = write!(line, "{number:>line_width$} ");
        }
        let label = labels.get(&(index as u32)).map_or(String::new(), |number| format!("L{number}:"));
        let mark = if options.switch_points { check_mark(instr.check) } else { "   " };
        let _ = write!(line, "{label:>label_width$} {mark} {}", instruction(code, *instr, &labels));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    exception_table(code, &labels, &mut out);
    out
}

/// Opcode, operand and its meaning.
fn instruction(code: &Code, instr: Instr, labels: &BTreeMap<u32, usize>) -> String {
    let name = instr.op.name();
    let mut text = format!("{name:<NAME_WIDTH$}");
    if instr.op.operand() != Operand::None {
        let width = ARG_WIDTH.saturating_sub(name.len().saturating_sub(NAME_WIDTH));
        let _ = write!(text, " {:>width$}", instr.arg);
        let meaning = operand_text(code, instr, labels);
        if !meaning.is_empty() {
            let _ = write!(text, " ({meaning})");
        }
    }
    text
}

/// What the operand stands for.
fn operand_text(code: &Code, instr: Instr, labels: &BTreeMap<u32, usize>) -> String {
    let arg = instr.arg;
    let name = |index: u32| code.names.get(index as usize).map_or("", |name| &**name);
    let with = |name: &str, suffix: &str| if arg & 1 == 1 { format!("{name} + {suffix}") } else { name.to_string() };
    match instr.op.operand() {
        Operand::None | Operand::Number | Operand::Invert => String::new(),
        Operand::Const => code.consts.get(arg as usize).map_or(String::new(), constant_repr),
        Operand::Name => name(arg).to_string(),
        Operand::NameNull => with(name(arg >> 1), "NULL"),
        Operand::NameMethod => with(name(arg >> 1), "NULL|self"),
        Operand::NameSuper => with(name(arg >> 2), "NULL|self"),
        Operand::Local | Operand::Cell => {
            code.localsplus.get(arg as usize).map_or(String::new(), |name| name.to_string())
        }
        Operand::Jump => labels.get(&arg).map_or(String::new(), |number| format!("to L{number}")),
        Operand::Binary => BinaryOperator::from_number(arg).map_or("", BinaryOperator::text).to_string(),
        Operand::Compare => {
            let text = Comparison::from_operand(arg).map_or("", Comparison::text);
            if arg & Comparison::TO_BOOL == 0 { text.to_string() } else { format!("bool({text})") }
        }
        Operand::Intrinsic1 => Intrinsic1::from_number(arg).map_or("", Intrinsic1::text).to_string(),
        Operand::Intrinsic2 => Intrinsic2::from_number(arg).map_or("", Intrinsic2::text).to_string(),
        Operand::Conversion => ["", "str", "repr", "ascii"].get(arg as usize).unwrap_or(&"").to_string(),
        Operand::FunctionAttribute => {
            let names = ["defaults", "kwdefaults", "annotations", "closure"];
            let set: Vec<&str> = (0..4).filter(|bit| arg & (1 << bit) != 0).map(|bit| names[bit]).collect();
            set.join(", ")
        }
    }
}

/// Numbers for the targets of jumps and the ends of guarded ranges, ascending from 1.
fn labels(code: &Code) -> BTreeMap<u32, usize> {
    let jumps = code.instrs.iter().filter(|instr| instr.op.operand() == Operand::Jump).map(|instr| instr.arg);
    let guarded = code.handlers.iter().flat_map(|row| [row.start, row.end, row.target]);
    let mut places: Vec<u32> = jumps.chain(guarded).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().enumerate().map(|(number, place)| (place, number + 1)).collect()
}

/// The instructions at which the line changes, with the line; `None` for a stretch without line.
fn line_starts(code: &Code) -> BTreeMap<usize, Option<u32>> {
    let mut starts = BTreeMap::new();
    let mut last = None;
    for (index, instr) in code.instrs.iter().enumerate() {
        // The start of a module is on no line of the text; CPython counts it as line 0.
        let is_module_start = index == 0 && instr.op == Op::Resume && code.spans[0].is_none();
        let line = if is_module_start { Some(0) } else { code.line(index) };
        if last != Some(line) {
            starts.insert(index, line);
            last = Some(line);
        }
    }
    starts
}

fn line_width(starts: &BTreeMap<usize, Option<u32>>) -> usize {
    let Some(highest) = starts.values().flatten().filter(|line| **line > 0).max() else { return 0 };
    let least = if starts.values().any(Option::is_none) { NO_LINE.len() } else { 3 };
    highest.to_string().len().max(least)
}

fn exception_table(code: &Code, labels: &BTreeMap<u32, usize>, out: &mut String) {
    if code.handlers.is_empty() {
        return;
    }
    out.push_str("ExceptionTable:\n");
    for row in &code.handlers {
        let label = |place: u32| labels.get(&place).copied().unwrap_or(0);
        let lasti = if row.push_lasti { " lasti" } else { "" };
        let (start, end, target) = (label(row.start), label(row.end), label(row.target));
        let _ = writeln!(out, "  L{start} to L{end} -> L{target} [{}]{lasti}", row.depth);
    }
}
