//! A sweep as a plot in SVG: axes with units, lines told apart by dashes and marks (so that grey paper will do), a legend,
//! and the settings as caption. No script, no font of its own.

use super::sweep::{Series, Sweep};
use crate::vary::Setting;

use std::fmt::Write;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 470.0;
const LEFT: f64 = 86.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 52.0;
const BOTTOM: f64 = 92.0;
/// Pixels of a character, about.
const CHARACTER: f64 = 7.0;
/// Dash patterns and greys of the lines, in order.
const LINES: &[(&str, &str)] =
    &[("none", "#111"), ("7 4", "#555"), ("2 3", "#111"), ("9 3 2 3", "#777"), ("none", "#888"), ("4 2", "#333")];

/// A scale from values to pixels.
struct Scale {
    least: f64,
    most: f64,
    is_log: bool,
    from: f64,
    to: f64,
}

impl Scale {
    fn new(values: &[f64], from: f64, to: f64, from_zero: bool) -> Scale {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let is_log = least > 0.0 && most / least >= 10.0;
        let (least, most) = match is_log {
            true => (round_down(least), round_step(most)),
            false if from_zero => (least.min(0.0), if most > 0.0 { most } else { 1.0 }),
            false if least < most => (least, most),
            false => (least - 1.0, most + 1.0),
        };
        Scale { least, most, is_log, from, to }
    }

    fn at(&self, value: f64) -> f64 {
        let part = match self.is_log {
            true => (value / self.least).ln() / (self.most / self.least).ln(),
            false => (value - self.least) / (self.most - self.least),
        };
        self.from + (self.to - self.from) * part
    }

    /// Round values on the scale.
    fn ticks(&self) -> Vec<f64> {
        if !self.is_log {
            let step = round_step((self.most - self.least) / 5.0);
            let first = (self.least / step).ceil() as i64;
            return (first..).map(|n| n as f64 * step).take_while(|v| *v <= self.most * 1.000_001).take(12).collect();
        }
        let wide = self.most / self.least > 200.0;
        let factors: &[f64] = if wide { &[1.0] } else { &[1.0, 2.0, 5.0] };
        let mut unit = 10f64.powf(self.least.log10().floor());
        let mut ticks = Vec::new();
        while unit <= self.most {
            ticks.extend(factors.iter().map(|factor| factor * unit));
            unit *= 10.0;
        }
        ticks.retain(|tick| *tick >= self.least * 0.999_999 && *tick <= self.most * 1.000_001);
        ticks
    }
}

/// 1, 2 or 5 times a power of ten, at least so much.
fn round_step(least: f64) -> f64 {
    let unit = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * unit).find(|step| *step >= least * 0.999).unwrap_or(unit)
}

/// 1, 2 or 5 times a power of ten, at most so much.
fn round_down(most: f64) -> f64 {
    let unit = 10f64.powf(most.log10().floor());
    [5.0, 2.0].into_iter().map(|factor| factor * unit).find(|step| *step <= most * 1.001).unwrap_or(unit)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The plot.
pub fn svg(sweep: &Sweep) -> String {
    let points: Vec<_> = sweep.series.iter().flat_map(|series| &series.points).collect();
    let numbers: Option<Vec<f64>> = points.iter().map(|point| point.x.number()).collect();
    // Words stand side by side.
    let place = |index: usize, setting: &Setting| match &numbers {
        Some(_) => setting.number().unwrap_or(0.0),
        None => index as f64,
    };
    let xs: Vec<f64> = sweep.series[0].points.iter().enumerate().map(|(i, point)| place(i, &point.x)).collect();
    let ys: Vec<f64> = points.iter().filter_map(|point| point.y).collect();
    let x = Scale::new(&xs, LEFT + 12.0, WIDTH - RIGHT - 12.0, false);
    let y = Scale::new(if ys.is_empty() { &[0.0] } else { &ys }, HEIGHT - BOTTOM, TOP + 8.0, true);
    let mut out = head(sweep);
    let x_ticks: Vec<(f64, String)> = match numbers {
        Some(_) => x.ticks().into_iter().map(|tick| (tick, x_text(sweep, tick))).collect(),
        None => sweep.series[0].points.iter().enumerate().map(|(i, point)| (i as f64, point.x.shown())).collect(),
    };
    axes(&mut out, sweep, (&x, &x_ticks), &y);
    for (number, series) in sweep.series.iter().enumerate() {
        let (dash, colour) = LINES[number % LINES.len()];
        let dots: Vec<(f64, f64)> = (series.points.iter().enumerate())
            .filter_map(|(i, point)| Some((x.at(place(i, &point.x)), y.at(point.y?))))
            .collect();
        line(&mut out, &dots, dash, colour);
        dots.iter().for_each(|dot| mark(&mut out, number, *dot, colour));
    }
    legend(&mut out, &sweep.series);
    caption(&mut out, sweep);
    out.push_str("</svg>\n");
    out
}

fn x_text(sweep: &Sweep, tick: f64) -> String {
    match sweep.series[0].points[0].x {
        Setting::Time(_) => gilsim_trace::duration::plain(tick.round() as u64),
        Setting::Number(_) | Setting::Text(_) => format!("{tick}"),
    }
}

fn title(sweep: &Sweep) -> String {
    format!("{}: {} by {}", sweep.program, sweep.y_label(), sweep.x_name)
}

fn head(sweep: &Sweep) -> String {
    let title = escaped(&title(sweep));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         font-family=\"sans-serif\" font-size=\"13\" role=\"img\">\n<title>{title}</title>\n<desc>{}</desc>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n\
         <text x=\"{LEFT}\" y=\"24\" font-size=\"15\" font-weight=\"bold\">{title}</text>\n",
        escaped(&sweep.caption)
    )
}

fn axes(out: &mut String, sweep: &Sweep, (x, x_ticks): (&Scale, &[(f64, String)]), y: &Scale) {
    let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
    for tick in y.ticks() {
        let at = y.at(tick);
        let text = escaped(&sweep.shown(tick));
        let _ = write!(
            out,
            "<line x1=\"{LEFT}\" y1=\"{at:.1}\" x2=\"{right}\" y2=\"{at:.1}\" stroke=\"#ddd\"/>\n\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{text}</text>\n",
            LEFT - 8.0,
            at + 4.5
        );
    }
    for (tick, text) in x_ticks {
        let at = x.at(*tick);
        let _ = write!(
            out,
            "<line x1=\"{at:.1}\" y1=\"{bottom}\" x2=\"{at:.1}\" y2=\"{:.1}\" stroke=\"#111\"/>\n\
             <text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\n",
            bottom + 5.0,
            bottom + 20.0,
            escaped(text)
        );
    }
    let logarithmic = |scale: &Scale| if scale.is_log { " (logarithmic)" } else { "" };
    let middle = f64::midpoint(TOP, bottom);
    let _ = write!(
        out,
        "<path d=\"M{LEFT} {TOP}V{bottom}H{right}\" fill=\"none\" stroke=\"#111\"/>\n\
         <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}{}</text>\n\
         <text transform=\"translate(18 {middle:.1}) rotate(-90)\" text-anchor=\"middle\">{}{}</text>\n",
        f64::midpoint(LEFT, right),
        bottom + 42.0,
        escaped(&sweep.x_name),
        logarithmic(x),
        escaped(&sweep.y_label()),
        logarithmic(y)
    );
}

fn line(out: &mut String, dots: &[(f64, f64)], dash: &str, colour: &str) {
    let path: Vec<String> = dots.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let _ = writeln!(
        out,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>",
        path.join(" ")
    );
}

/// A circle, a square, a triangle or a diamond.
fn mark(out: &mut String, number: usize, (x, y): (f64, f64), colour: &str) {
    let path = match number % 4 {
        0 => {
            let _ = writeln!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{colour}\"/>");
            return;
        }
        1 => format!("M{:.1} {:.1}h8v8h-8z", x - 4.0, y - 4.0),
        2 => format!("M{x:.1} {:.1}l5 9h-10z", y - 5.0),
        _ => format!("M{x:.1} {:.1}l5 5l-5 5l-5 -5z", y - 5.0),
    };
    let _ = writeln!(out, "<path d=\"{path}\" fill=\"white\" stroke=\"{colour}\" stroke-width=\"1.5\"/>");
}

/// One line above the plot: a piece of each line with its name.
fn legend(out: &mut String, series: &[Series]) {
    let mut x = LEFT;
    for (number, name) in series.iter().enumerate().filter_map(|(number, series)| Some((number, series.name.as_ref()?)))
    {
        let (dash, colour) = LINES[number % LINES.len()];
        line(out, &[(x, 40.0), (x + 34.0, 40.0)], dash, colour);
        mark(out, number, (x + 17.0, 40.0), colour);
        let _ = writeln!(out, "<text x=\"{:.1}\" y=\"44.5\">{}</text>", x + 40.0, escaped(name));
        x += 40.0 + name.chars().count() as f64 * CHARACTER + 24.0;
    }
}

fn caption(out: &mut String, sweep: &Sweep) {
    let columns = ((WIDTH - LEFT - RIGHT) / CHARACTER) as usize;
    for (number, text) in textwrap::wrap(&sweep.caption, columns).into_iter().take(2).enumerate() {
        let y = HEIGHT - 26.0 + 16.0 * number as f64;
        let _ = writeln!(out, "<text x=\"{LEFT}\" y=\"{y}\" fill=\"#444\" font-size=\"12\">{}</text>", escaped(&text));
    }
}
