//! Running a program that has the terminal for itself.

use std::io::{ErrorKind, Write};
use std::process::Command;

use crate::domain::program::{Ended, Program};
use crate::platform::terminal_mode::TerminalMode;

/// Runs it in this terminal until it ends. One that was killed has not put the terminal's mode back: that is done here.
pub fn run(program: &Program) -> Ended {
    // Standard output is the program's own: somebody may read it. A terminal that takes no words does not keep the program from running.
    let _ = writeln!(std::io::stderr(), "{}", program.says);
    let mode = TerminalMode::now();
    let ended = Command::new(&program.name).args(&program.arguments).status();
    mode.put_back();
    match ended {
        Ok(status) => status.code().map_or(Ended::Killed, Ended::Status),
        Err(error) if error.kind() == ErrorKind::NotFound => Ended::NotFound,
        Err(error) => {
            tracing::warn!(program = %program.name, %error, "the program could not be run");
            Ended::NotRun
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn ended(name: &str, arguments: &[&str]) -> Ended {
        run(&Program {
            name: name.to_owned(),
            arguments: arguments.iter().map(|word| (*word).to_owned()).collect(),
            says: String::new(),
        })
    }

    #[test]
    fn the_status_is_the_programs_own() {
        assert_eq!(ended("true", &[]), Ended::Status(0));
        assert_eq!(ended("sh", &["-c", "exit 255"]), Ended::Status(255));
        assert_eq!(ended("sh", &["-c", "kill -9 $$"]), Ended::Killed);
        assert_eq!(ended("no-such-program-here", &[]), Ended::NotFound);
    }

    #[test]
    fn no_shell_takes_part() {
        assert_eq!(ended("test", &["$HOME; false", "=", "$HOME; false"]), Ended::Status(0));
    }
}
