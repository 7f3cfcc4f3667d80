//! Reports of tests in the XML that CI systems read: the common part of the dialects of JUnit.

use super::explore;

use gilsim_explore::report::{Report, Verdict};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// One function.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// `file.py::name`.
    pub name: &'a str,
    /// What was found.
    pub report: &'a Report,
    /// How long it took.
    pub seconds: f64,
}

/// The file. A failing function is a failure, a search that was not finished an error.
pub fn xml(cases: &[Case<'_>]) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory cannot fail.
    let _ = document(&mut writer, cases);
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

fn document(writer: &mut Writer<Vec<u8>>, cases: &[Case<'_>]) -> io::Result<()> {
    let count = |wanted: fn(&Verdict) -> bool| cases.iter().filter(|case| wanted(&case.report.verdict)).count();
    let failures = count(|verdict| *verdict == Verdict::Fails).to_string();
    let errors = count(|verdict| matches!(verdict, Verdict::Unfinished(_))).to_string();
    let seconds = format!("{:.3}", cases.iter().map(|case| case.seconds).sum::<f64>());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let suite = writer.create_element("testsuite").with_attribute(("name", "gilsim"));
    let suite = suite
        .with_attribute(("tests", cases.len().to_string().as_str()))
        .with_attribute(("failures", failures.as_str()))
        .with_attribute(("errors", errors.as_str()))
        .with_attribute(("time", seconds.as_str()));
    suite.write_inner_content(|writer| cases.iter().try_for_each(|case| element(writer, case)))?;
    Ok(())
}

fn element(writer: &mut Writer<Vec<u8>>, case: &Case<'_>) -> io::Result<()> {
    let (file, name) = case.name.rsplit_once("::").unwrap_or(("", case.name));
    let seconds = format!("{:.3}", case.seconds);
    let element = writer.create_element("testcase").with_attribute(("classname", file)).with_attribute(("name", name));
    let element = element.with_attribute(("time", seconds.as_str()));
    let problem = match case.report.verdict {
        Verdict::Holds => {
            element.write_empty()?;
            return Ok(());
        }
        Verdict::Fails => "failure",
        Verdict::Unfinished(_) => "error",
    };
    let text = explore::human(case.name, case.report, "", &[]);
    let message = text.lines().next().unwrap_or_default();
    element.write_inner_content(|writer| {
        let element = writer.create_element(problem).with_attribute(("message", message));
        element.write_text_content(BytesText::new(&text))?;
        Ok(())
    })?;
    Ok(())
}
