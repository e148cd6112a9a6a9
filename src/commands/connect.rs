//! `ec2deck connect`: the way of [`crate::app::tasks::connect`] without a screen, and ssh's own exit status.

use std::process::ExitCode;

use super::headless::{Headless, NoInstance};
use crate::app::App;
use crate::app::modal::{Modal, PageContent};
use crate::cli::{BadInput, Connect, Options};
use crate::domain::clean::clean;
use crate::domain::explain::{Explaining, explain};
use crate::domain::program::Ended;
use crate::message::Message;
use crate::platform;
use crate::runtime::program;
use crate::text::Language;

/// ssh's own status when it does not get in.
const NOT_IN: u8 = 255;
/// A shell's status for a program that is not there.
const NO_SUCH_PROGRAM: u8 = 127;
/// A shell's status for a program that cannot be run.
const NOT_RUN: u8 = 126;

/// Connects to the instance, and ends as ssh does.
pub async fn run(options: Options, words: Connect) -> ExitCode {
    let language = options.language;
    let mut headless = Headless::open(options);
    let instance = match headless.find_instance(&words.instance).await {
        Ok(instance) => instance.id,
        Err(NoInstance::Named(why)) => {
            BadInput::new(why).report();
            return ExitCode::from(BadInput::STATUS);
        }
        Err(NoInstance::Unasked(why)) => {
            BadInput::new(why).report();
            return ExitCode::from(NOT_IN);
        }
    };
    // Which address, which user and which key depend on what is still being read.
    headless.engine().settle().await;
    headless.handle(Message::Connect { instance, port: words.port, command: words.command });
    headless.engine().settle().await;
    let Some((_, program)) = headless.engine().take_programs().pop() else {
        let why = why_not(headless.app(), language).join(" ");
        BadInput::new(clean(&format!("no connection to '{}': {why}", words.instance))).report();
        return ExitCode::from(NOT_IN);
    };
    let _interrupts = platform::signals::hold_interrupts();
    match program::run(&program) {
        // What a system gives beyond a byte has no other name here.
        Ended::Status(status) => ExitCode::from(u8::try_from(status).unwrap_or(NOT_IN)),
        Ended::Killed => ExitCode::from(NOT_IN),
        Ended::NotFound => {
            BadInput::new("there is no program named ssh on this machine: install OpenSSH's client").report();
            ExitCode::from(NO_SUCH_PROGRAM)
        }
        Ended::NotRun => {
            BadInput::new("ssh could not be run; --log-file tells more").report();
            ExitCode::from(NOT_RUN)
        }
    }
}

/// What the dashboard would show instead.
fn why_not(app: &App, language: Language) -> Vec<String> {
    let mut lines: Vec<String> = app.notice.iter().map(|notice| notice.text.say(language)).collect();
    for modal in &app.modals {
        let Modal::Page(page) = modal else { continue };
        match &page.content {
            PageContent::Lines { lines: said, .. } => lines.extend(said.iter().map(|line| line.say(language))),
            PageContent::Problem(problem) => {
                let info = &app.session.info;
                let explaining =
                    Explaining { profile: &info.profile, region: info.region.as_ref(), sso: info.sso, eligible: &[] };
                let why = explain(problem, &explaining);
                lines.push(format!("{} {}", why.what.say(language), why.why.say(language)));
            }
            _ => {}
        }
    }
    lines
}
