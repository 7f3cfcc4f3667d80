//! What `sweep --vary` asks for: a parameter and its values, as `switch-interval=0.1ms..50ms` or `cores=1,2,4`, and
//! words for it if wanted, as `computing threads:arg1=0,1`.
//!
//! A range has evenly spaced points; of durations, and of numbers that span a factor of ten or more, evenly on a
//! logarithmic scale, rounded to two digits. The ends are always among them.

use crate::quantity;

use gilsim_scheduler::profile::Profile;
use gilsim_trace::duration::exact;

/// A parameter that a sweep can vary.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Parameter {
    /// `switch-interval`
    SwitchInterval,
    /// `check-interval`
    CheckInterval,
    /// `cores`
    Cores,
    /// `seed`
    Seed,
    /// `python`
    Python,
    /// `arg1` to `arg9`: an argument of the program, from 1.
    Argument(usize),
}

/// One value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Setting {
    /// Nanoseconds.
    Time(u64),
    /// A number.
    Number(u64),
    /// Text.
    Text(String),
}

impl Setting {
    /// As people write it.
    pub fn shown(&self) -> String {
        match self {
            Setting::Time(ns) => exact(*ns),
            Setting::Number(number) => number.to_string(),
            Setting::Text(text) => crate::failure::printable(text),
        }
    }

    /// The place on an axis, if it has one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Setting::Time(ns) => Some(*ns as f64),
            Setting::Number(number) => Some(*number as f64),
            Setting::Text(text) => text.parse().ok().filter(|number: &f64| number.is_finite()),
        }
    }
}

/// A parameter and its values, in order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Vary {
    /// What varies.
    pub parameter: Parameter,
    /// Its name in words.
    pub name: String,
    /// The values.
    pub settings: Vec<Setting>,
}

/// Points of a range that does not say how many.
const POINTS: usize = 12;
const POINTS_MAX: usize = 1000;

/// Reads `NAME=VALUE,VALUE` or `NAME=FROM..TO` or `NAME=FROM..TO:POINTS`.
pub fn vary(text: &str) -> Result<Vary, String> {
    let Some((name, values)) = text.split_once('=') else {
        return Err("expected NAME=VALUES, such as switch-interval=0.1ms..50ms or cores=1,2,4".into());
    };
    let (label, name) = match name.rsplit_once(':') {
        Some((label, name)) => (label.to_owned(), name),
        None => (name.replace('-', " "), name),
    };
    let parameter = parameter(name)?;
    let settings = match values.split_once("..") {
        Some((from, rest)) => range(&parameter, from, rest)?,
        None => values.split(',').map(|value| setting(&parameter, value)).collect::<Result<_, _>>()?,
    };
    Ok(Vary { parameter, name: label, settings })
}

fn parameter(name: &str) -> Result<Parameter, String> {
    Ok(match name {
        "switch-interval" => Parameter::SwitchInterval,
        "check-interval" => Parameter::CheckInterval,
        "cores" => Parameter::Cores,
        "seed" => Parameter::Seed,
        "python" => Parameter::Python,
        _ => {
            let number = name.strip_prefix("arg").and_then(|number| number.parse().ok());
            let number = number.filter(|number| (1..=9).contains(number));
            number.map(Parameter::Argument).ok_or_else(|| {
                format!(
                    "`{name}` cannot vary; switch-interval, check-interval, cores, seed, python and arg1 to arg9 can"
                )
            })?
        }
    })
}

fn setting(parameter: &Parameter, text: &str) -> Result<Setting, String> {
    let number = || text.parse::<u64>().map_err(|_| format!("`{text}` is not a whole number"));
    match parameter {
        Parameter::SwitchInterval => quantity::duration_ns(text).map(Setting::Time),
        Parameter::CheckInterval | Parameter::Seed => number().map(Setting::Number),
        Parameter::Cores => match number()? {
            cores @ 1..=1024 => Ok(Setting::Number(cores)),
            cores => Err(format!("{cores} is not in 1..=1024")),
        },
        Parameter::Python => match Profile::by_name(text) {
            Some(_) => Ok(Setting::Text(text.to_owned())),
            None => {
                let names: Vec<&str> = Profile::names().collect();
                Err(format!("there is no version `{text}`; there are {}", names.join(", ")))
            }
        },
        Parameter::Argument(_) => Ok(Setting::Text(text.to_owned())),
    }
}

fn range(parameter: &Parameter, from: &str, rest: &str) -> Result<Vec<Setting>, String> {
    let (to, points) = match rest.split_once(':') {
        Some((to, points)) => {
            let count = points.parse().ok().filter(|count| (2..=POINTS_MAX).contains(count));
            (to, count.ok_or_else(|| format!("`{points}` is not a number of points from 2 to {POINTS_MAX}"))?)
        }
        None => (rest, POINTS),
    };
    let is_text = *parameter == Parameter::Python;
    let end = |text: &str| match setting(parameter, text)? {
        Setting::Time(number) | Setting::Number(number) => Ok(number),
        Setting::Text(text) => text.parse().map_err(|_| {
            if is_text {
                "versions are listed, with commas between them".into()
            } else {
                format!("`{text}` is not a whole number")
            }
        }),
    };
    let (first, last) = (end(from)?, end(to)?);
    if first >= last {
        return Err(format!("{from} is not less than {to}"));
    }
    let numbers = spaced(first, last, points);
    Ok(numbers.into_iter().map(|number| as_setting(parameter, number)).collect())
}

fn as_setting(parameter: &Parameter, number: u64) -> Setting {
    match parameter {
        Parameter::SwitchInterval => Setting::Time(number),
        Parameter::Argument(_) => Setting::Text(number.to_string()),
        _ => Setting::Number(number),
    }
}

fn spaced(first: u64, last: u64, points: usize) -> Vec<u64> {
    let is_log = first > 0 && last / first >= 10;
    let at = |index: usize| {
        let part = index as f64 / (points - 1) as f64;
        match is_log {
            true => two_digits((first as f64) * (last as f64 / first as f64).powf(part)),
            false => (first as f64 + (last - first) as f64 * part).round() as u64,
        }
    };
    let mut numbers: Vec<u64> = (0..points).map(at).collect();
    numbers[0] = first;
    numbers[points - 1] = last;
    numbers.dedup();
    numbers
}

/// Rounded to two digits.
fn two_digits(number: f64) -> u64 {
    let mut unit = 1.0;
    while number / unit >= 100.0 {
        unit *= 10.0;
    }
    ((number / unit).round() * unit) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_lists_are_read() {
        let shown =
            |text: &str| -> Vec<String> { vary(text).expect(text).settings.iter().map(Setting::shown).collect() };
        assert_eq!(shown("cores=1,2,8"), ["1", "2", "8"]);
        assert_eq!(shown("arg1=1..4"), ["1", "2", "3", "4"]);
        assert_eq!(shown("switch-interval=0.1ms..10ms:5"), ["100 µs", "320 µs", "1 ms", "3.2 ms", "10 ms"]);
        assert_eq!(shown("python=2.7,3.13t"), ["2.7", "3.13t"]);
        assert_eq!(vary("switch-interval=5ms").expect("read").name, "switch interval");
        assert_eq!(vary("computing threads:arg1=0..2").expect("read").name, "computing threads");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let table = [
            ("cores", "expected NAME=VALUES"),
            ("core=1", "`core` cannot vary"),
            ("cores=0", "0 is not in 1..=1024"),
            ("cores=4..2", "4 is not less than 2"),
            ("switch-interval=5", "has no unit"),
            ("python=3.14", "there is no version `3.14`"),
            ("python=3.6..3.9", "versions are listed"),
            ("arg1=a..b", "is not a whole number"),
            ("seed=1..9:1", "is not a number of points"),
        ];
        for (text, part) in table {
            let problem = vary(text).expect_err(text);
            assert!(problem.contains(part), "{text}: {problem}");
        }
    }
}
