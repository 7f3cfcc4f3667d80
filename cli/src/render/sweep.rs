//! The results of `gilsim sweep` as text: a chart of bars for the terminal, and comma-separated values.

use crate::args::Metric;
use crate::render::terminal::Terminal;
use crate::vary::Setting;

use gilsim_trace::duration::short;
use gilsim_trace::text;

/// A sweep that was run.
pub struct Sweep {
    /// Name of the program.
    pub program: String,
    /// The parameter along the axis.
    pub x_name: String,
    /// The parameter that tells lines apart.
    pub line_name: Option<String>,
    /// What is plotted.
    pub metric: Metric,
    /// The words at the vertical axis, if given.
    pub y_label: Option<String>,
    /// The settings that do not vary.
    pub caption: String,
    /// The lines.
    pub series: Vec<Series>,
}

/// One line.
pub struct Series {
    /// Its name; `None` if there is only one.
    pub name: Option<String>,
    /// Its points.
    pub points: Vec<Point>,
}

/// One run.
pub struct Point {
    /// Its value of the parameter.
    pub x: Setting,
    /// What is plotted, if the run has it.
    pub y: Option<f64>,
    /// All numbers.
    pub cells: Cells,
}

/// Numbers of one run.
pub struct Cells {
    /// Virtual time.
    pub time_ns: u64,
    /// Switches.
    pub switches: u64,
    /// Those of them that were forced.
    pub switches_forced: u64,
    /// Median wait for the GIL after input or output.
    pub wait_p50_ns: Option<u64>,
    /// 99th percentile of it.
    pub wait_p99_ns: Option<u64>,
    /// What it wrote.
    pub output: String,
}

impl Sweep {
    /// The words at the vertical axis.
    pub fn y_label(&self) -> String {
        self.y_label.clone().unwrap_or_else(|| self.metric.label().to_owned())
    }

    /// A value as text.
    pub fn shown(&self, y: f64) -> String {
        match self.metric.is_time() {
            true => short(y.max(0.0).round() as u64),
            false if y.fract() == 0.0 => format!("{y}"),
            false => format!("{y:.4}").trim_end_matches('0').trim_end_matches('.').to_owned(),
        }
    }
}

/// Columns of the longest bar.
const BAR_COLUMNS_MIN: usize = 10;

/// For the terminal: a bar for each run, all on one linear scale.
pub fn chart(sweep: &Sweep, terminal: &Terminal) -> String {
    let label = sweep.y_label();
    let mut out = format!("{}  {label} by {}\n", sweep.program, sweep.x_name);
    let most = sweep.series.iter().flat_map(|series| &series.points).filter_map(|point| point.y).fold(0.0, f64::max);
    let names = sweep.series.iter().flat_map(|series| &series.points).map(|point| text::width(&point.x.shown()));
    let name_columns = names.max().unwrap_or(0);
    let bar_columns = terminal.width.saturating_sub(name_columns + 16).max(BAR_COLUMNS_MIN);
    for series in &sweep.series {
        if let Some(name) = &series.name {
            out.push_str(&format!(" {name}\n"));
        }
        for point in &series.points {
            let name = text::fit_right(&point.x.shown(), name_columns);
            let (bar, value) = match point.y {
                Some(y) => (bar(y, most, bar_columns), sweep.shown(y)),
                None => (String::new(), "none".to_owned()),
            };
            out.push_str(format!("  {name}  {bar}{}{value}", if bar.is_empty() { "" } else { " " }).trim_end());
            out.push('\n');
        }
    }
    out.push_str(&format!("  {}\n", sweep.caption));
    if terminal.unicode { out } else { out.replace('█', "#").replace('▌', "").replace('µ', "u") }
}

/// Whole and half columns.
fn bar(y: f64, most: f64, columns: usize) -> String {
    if most <= 0.0 || y <= 0.0 {
        return String::new();
    }
    let halves = (y / most * 2.0 * columns as f64).round() as usize;
    let half = if halves % 2 == 1 { "▌" } else { "" };
    format!("{}{half}", "█".repeat(halves / 2))
}

/// As RFC 4180: a line for each run, times in whole nanoseconds.
pub fn csv(sweep: &Sweep) -> String {
    let mut header = vec![field(&sweep.x_name)];
    header.extend(sweep.line_name.as_deref().map(field));
    header.push("virtual_time_ns,switches,switches_forced,io_wait_p50_ns,io_wait_p99_ns,value,output".to_owned());
    let mut out = format!("{}\r\n", header.join(","));
    for series in &sweep.series {
        for point in &series.points {
            let cells = &point.cells;
            let number = |value: Option<u64>| value.map_or(String::new(), |value| value.to_string());
            let mut row = vec![field(&raw(&point.x))];
            row.extend(series.name.as_deref().map(|name| field(name.rsplit([' ']).next().unwrap_or(name))));
            row.extend([
                cells.time_ns.to_string(),
                cells.switches.to_string(),
                cells.switches_forced.to_string(),
                number(cells.wait_p50_ns),
                number(cells.wait_p99_ns),
                point.y.map_or(String::new(), |y| format!("{y}")),
                field(cells.output.trim_end()),
            ]);
            out.push_str(&format!("{}\r\n", row.join(",")));
        }
    }
    out
}

/// Durations in nanoseconds, so that programs can read them.
fn raw(setting: &Setting) -> String {
    match setting {
        Setting::Time(ns) => ns.to_string(),
        other => other.shown(),
    }
}

fn field(text: &str) -> String {
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}
