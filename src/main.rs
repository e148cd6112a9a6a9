//! The program: reads the command line, runs the loop, and turns what came of it into an exit code.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use ec2deck::cli::{self, Arguments, BadInput, Command, Options};
use ec2deck::{cloud, commands, logging, terminal};
use tokio::runtime::{Builder, Runtime};

/// What Rust's own programs end with after a panic.
const PANICKED: u8 = 101;

fn main() -> color_eyre::Result<ExitCode> {
    color_eyre::install()?;
    terminal::restore_before_panics();
    let mut arguments = match cli::parse() {
        Ok(arguments) => arguments,
        Err(bad) => return Ok(refuse(&bad)),
    };
    let command = arguments.command.take();
    if let Some(Command::ConvertKey(words)) = command {
        return Ok(commands::convert_key::run(words));
    }
    // The loop, the screen and a few requests: more threads would sleep.
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let options = match prepare(arguments, &runtime, command.is_none()) {
        Ok(options) => options,
        Err(bad) => return Ok(refuse(&bad)),
    };
    // Caught, because dropping the runtime while unwinding would wait for whatever its threads still do.
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(commands::run(command, options))));
    runtime.shutdown_background();
    match outcome {
        Ok(run) => run,
        // The hook has printed the report.
        Err(_) => Ok(ExitCode::from(PANICKED)),
    }
}

fn refuse(bad: &BadInput) -> ExitCode {
    bad.report();
    ExitCode::from(BadInput::STATUS)
}

/// Checks all that can be checked before the terminal is touched.
fn prepare(arguments: Arguments, runtime: &Runtime, on_screen: bool) -> Result<Options, BadInput> {
    let options = arguments.into_options(|name| std::env::var(name).ok())?;
    if options.profile.is_some() && !options.demo {
        // Files that cannot be read are the dashboard's to explain.
        runtime.block_on(cloud::profiles()).map_or(Ok(()), |profiles| options.check_profile(&profiles.names()))?;
    }
    if let Some(file) = &options.log_file {
        logging::to_file(file).map_err(|error| BadInput::log_file(file, &error))?;
    }
    if on_screen {
        cli::require_terminal()?;
    }
    Ok(options)
}
