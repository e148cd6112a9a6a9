//! `ec2deck doctor`: the examination of [`crate::app::doctor`] without a screen, one line as each check is done.

use std::io::{self, Write};
use std::process::ExitCode;

use super::headless::{Headless, NoInstance};
use super::json;
use crate::app::doctor::DoctorModal;
use crate::cli::{BadInput, Doctor, Options};
use crate::domain::clean::clean;
use crate::domain::doctor::{Finding, Verdict, conclusion, is_well};
use crate::domain::instance::Instance;
use crate::message::Message;
use crate::text::{Language, Text};

/// How things are said.
#[derive(Clone, Copy, Debug)]
struct Manner {
    language: Language,
    ascii: bool,
    json: bool,
}

/// Examines the instance. The status is 0 only when one gets in.
pub async fn run(options: Options, words: Doctor) -> ExitCode {
    let manner = Manner { language: options.language, ascii: options.ascii, json: words.json };
    let mut headless = Headless::open(options);
    let instance = match headless.find_instance(&words.instance).await {
        Ok(instance) => instance,
        Err(NoInstance::Named(why)) => {
            BadInput::new(why).report();
            return ExitCode::from(BadInput::STATUS);
        }
        Err(NoInstance::Unasked(why)) => {
            BadInput::new(why).report();
            return ExitCode::FAILURE;
        }
    };
    headless.handle(Message::Examine { instance: instance.id.clone(), port: words.port });
    let mut told = 0;
    headless
        .run_until(|app| {
            let Some(doctor) = app.doctor() else { return true };
            for finding in doctor.findings.iter().skip(told).filter(|_| !manner.json) {
                line(finding, manner);
            }
            told = doctor.findings.len();
            !doctor.is_running()
        })
        .await;
    let Some(doctor) = headless.app().doctor() else { return ExitCode::FAILURE };
    if manner.json {
        let port = words.port.unwrap_or_else(|| headless.app().inventory.usual_port(&instance));
        put(&object(doctor, &instance, port, manner));
    } else {
        put(&format!("\n{}", shown(&conclusion(&doctor.findings).0, manner)));
    }
    if is_well(&doctor.findings) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A line on standard output; nobody is left to hear that this cannot be said.
fn put(words: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{words}").and_then(|()| out.flush());
}

fn shown(text: &Text, manner: Manner) -> String {
    clean(&text.say(manner.language))
}

fn line(finding: &Finding, manner: Manner) {
    let sign = match (finding.verdict, manner.ascii) {
        (Verdict::Good, false) => "✓",
        (Verdict::Good, true) => "+",
        (Verdict::Bad, false) => "✗",
        (Verdict::Bad, true) => "x",
        (Verdict::Unknown, false) => "·",
        (Verdict::Unknown, true) => "?",
        (Verdict::NotTried, false) => "–",
        (Verdict::NotTried, true) => "-",
    };
    put(&format!("{sign} {}", shown(&finding.line(), manner)));
    if let Some(evidence) = &finding.evidence {
        put(&format!("  {}", shown(evidence, manner)));
    }
}

fn object(doctor: &DoctorModal, instance: &Instance, port: u16, manner: Manner) -> String {
    let finding = |finding: &Finding| {
        json::object(&[
            ("check", json::text(finding.check.as_str())),
            ("verdict", json::text(finding.verdict.as_str())),
            ("said", json::text(&shown(&finding.said, manner))),
            ("evidence", json::maybe(finding.evidence.as_ref().map(|text| shown(text, manner)).as_deref())),
            ("mend", json::maybe(finding.mend.as_ref().map(crate::domain::doctor::Mend::as_str))),
        ])
    };
    let findings: Vec<String> = doctor.findings.iter().map(finding).collect();
    json::object(&[
        ("instance", json::text(instance.id.as_str())),
        ("port", port.to_string()),
        ("well", is_well(&doctor.findings).to_string()),
        ("findings", json::array(&findings)),
        ("conclusion", json::text(&shown(&conclusion(&doctor.findings).0, manner))),
    ])
}
