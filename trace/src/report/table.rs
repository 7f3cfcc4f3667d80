//! The table of threads, and one line each on the GIL and on contended locks.

use super::run::ascii_units;
use crate::duration::{count, percent, plain, short};
use crate::fold::{LockSummary, Numbers, State, Summary};
use crate::gantt::Style;
use crate::text;
use gilsim_scheduler::event::ObjectKind;

/// Widest column of names.
const NAME_COLUMNS_MAX: usize = 32;
/// A name keeps so many columns; columns of numbers are left out before that.
const NAME_COLUMNS_KEPT: usize = 16;
/// Contended locks told at most.
const LOCKS_TOLD_MAX: usize = 3;

/// One column of the table.
struct Field {
    heading: &'static str,
    /// Heading where there is little room.
    narrow: &'static str,
    /// Which columns are left out first where there is no room; 0 stays.
    expendable: u8,
    show: fn(&Numbers) -> String,
}

const FIELDS: [Field; 6] = [
    field("runs", "runs", 0, |numbers| short(numbers.time_ns(State::Running))),
    field(WANTS_GIL, WANTS_GIL, 0, |numbers| short(numbers.time_ns(State::WantsGil))),
    field("blocked", "blocked", 1, |numbers| short(numbers.time_ns(State::Blocked))),
    field("sleeps", "sleeps", 2, |numbers| short(numbers.time_ns(State::Sleeping))),
    field(NATIVE, NATIVE, 3, |numbers| short(numbers.time_ns(State::Native))),
    field(SWITCHES, "switches", 4, |numbers| {
        format!("{} ({})", count(numbers.switches()), count(numbers.switches_forced))
    }),
];
const WANTS_GIL: &str = "wants GIL";
const NATIVE: &str = "native";
const SWITCHES: &str = "switches (forced)";

const fn field(heading: &'static str, narrow: &'static str, expendable: u8, show: fn(&Numbers) -> String) -> Field {
    Field { heading, narrow, expendable, show }
}

/// Time per state and switches of each of the first `rows_max` threads; all others share a row. Native time is shown where
/// there is any; in a narrow terminal headings are shortened and columns left out before names are cut short.
pub fn thread_table(summary: &Summary, rows_max: usize, style: &Style) -> Vec<String> {
    let rows = rows(summary, rows_max);
    let native = rows.iter().any(|(_, numbers)| numbers.time_ns(State::Native) > 0);
    let gil = !summary.free_threaded;
    let mut fields: Vec<&Field> = FIELDS
        .iter()
        .filter(|field| match field.heading {
            NATIVE => native,
            WANTS_GIL | SWITCHES => gil,
            _ => true,
        })
        .collect();
    let names: Vec<&str> = ["thread"].into_iter().chain(rows.iter().map(|(name, _)| name.as_str())).collect();
    let widest = names.iter().map(|name| text::width(name)).max().unwrap_or(0).min(NAME_COLUMNS_MAX);
    let fits = |cells: &[Vec<String>], name: usize| 2 + name + taken(cells) <= style.width;
    let mut cells = cells(&rows, &fields, |field| field.heading, style);
    if !fits(&cells, widest) {
        cells = self::cells(&rows, &fields, |field| field.narrow, style);
    }
    while !fits(&cells, widest.min(NAME_COLUMNS_KEPT))
        && let Some(worst) = (0..fields.len()).max_by_key(|index| fields[*index].expendable)
        && fields[worst].expendable > 0
    {
        fields.remove(worst);
        cells = self::cells(&rows, &fields, |field| field.narrow, style);
    }
    let name_columns = widest.min(style.width.saturating_sub(taken(&cells) + 2)).max(1);
    let mark = if style.ascii { '~' } else { '…' };
    let widths = widths(&cells);
    let line = |(name, row): (&&str, &Vec<String>)| {
        let mut line = format!("  {}", text::fit_left(name, name_columns, mark));
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str("  ");
            line.push_str(&text::fit_right(cell, *width));
        }
        text::cut(&line, style.width, mark)
    };
    names.iter().zip(&cells).map(line).collect()
}

/// The heading and the rows, as text.
fn cells(
    rows: &[(String, Numbers)],
    fields: &[&Field],
    heading: fn(&Field) -> &'static str,
    style: &Style,
) -> Vec<Vec<String>> {
    let mut cells = vec![fields.iter().map(|field| heading(field).to_owned()).collect::<Vec<String>>()];
    cells.extend(rows.iter().map(|(_, n)| fields.iter().map(|field| ascii_units(&(field.show)(n), style)).collect()));
    cells
}

fn widths(cells: &[Vec<String>]) -> Vec<usize> {
    let columns = cells.first().map_or(0, Vec::len);
    (0..columns).map(|column| cells.iter().map(|row| text::width(&row[column])).max().unwrap_or(0)).collect()
}

/// Columns of a line beside the name.
fn taken(cells: &[Vec<String>]) -> usize {
    widths(cells).iter().map(|width| width + 2).sum()
}

fn rows(summary: &Summary, rows_max: usize) -> Vec<(String, Numbers)> {
    let mut rows: Vec<(String, Numbers)> =
        summary.threads.iter().take(rows_max).map(|thread| (thread.name.clone(), thread.numbers.clone())).collect();
    let left = summary.thread_count() - rows.len() as u64;
    if left > 0 {
        let mut all = summary.others.numbers.clone();
        summary.threads.iter().skip(rows_max).for_each(|thread| all.add(&thread.numbers));
        rows.push((format!("+ {left} more"), all));
    }
    rows
}

/// `GIL held 98.2 % of the time · 412 switches, 400 forced · longest wait 12.1 ms`; nothing without a GIL.
pub fn gil_line(summary: &Summary, style: &Style) -> Option<String> {
    let dot = if style.ascii { ", " } else { " · " };
    let gil = summary.gils.first()?;
    let longest = summary
        .threads
        .iter()
        .map(|thread| &thread.numbers)
        .chain([&summary.others.numbers])
        .map(|numbers| numbers.gil_waits.max_ns())
        .max()
        .unwrap_or(0);
    let mut parts = vec![
        format!("GIL held {} of the time", percent(gil.utilisation_ppm())),
        format!("{} switch{}, {} forced", count(gil.switches), plural_es(gil.switches), count(gil.switches_forced)),
    ];
    if longest > 0 {
        parts.push(format!("longest wait for it {}", plain(longest)));
    }
    while parts.len() > 1 && 2 + text::width(&parts.join(dot)) > style.width {
        parts.pop();
    }
    let line = format!("  {}", ascii_units(&parts.join(dot), style));
    Some(text::cut(&line, style.width, if style.ascii { '~' } else { '…' }))
}

/// A line for each of the locks that were waited for longest: `lock_a: waited for 35 times, longest 3.2 ms`. Waits are
/// known at every level of detail, so the lines are the same whether a run is recorded or not.
pub fn lock_lines(summary: &Summary, style: &Style) -> Vec<String> {
    let is_told = |lock: &&LockSummary| {
        lock.longest_wait_ns > 0
            && lock.name.is_some()
            && matches!(lock.kind, Some(ObjectKind::Lock | ObjectKind::RLock))
    };
    let mut contended: Vec<_> = summary.locks.iter().filter(is_told).collect();
    contended.sort_by_key(|lock| (std::cmp::Reverse(lock.waited_ns), lock.object));
    contended
        .iter()
        .take(LOCKS_TOLD_MAX)
        .map(|lock| {
            let name = summary.object_name(Some(lock.object));
            let line = format!(
                "  {name}: waited for {} time{}, longest {}",
                count(lock.waits),
                if lock.waits == 1 { "" } else { "s" },
                plain(lock.longest_wait_ns)
            );
            text::cut(&ascii_units(&line, style), style.width, if style.ascii { '~' } else { '…' })
        })
        .collect()
}

fn plural_es(count: u64) -> &'static str {
    if count == 1 { "" } else { "es" }
}
