//! What an instance tells without being reached: its console, and the password of Windows' administrator.

use base64ct::{Base64, Encoding};

use super::Cloud;
use super::send::ask;
use crate::domain::clean::clean_lines;
use crate::domain::id::InstanceId;
use crate::domain::problem::{Cause, Problem};

impl Cloud {
    /// `GetConsoleOutput`: the newest text where the type has it (Nitro), else that of the last start. Safe to print,
    /// in lines; `None` when there is nothing yet.
    pub(super) async fn console_output(&self, id: &InstanceId) -> Result<Option<String>, Problem> {
        let request = || self.ec2().get_console_output().instance_id(id.as_str());
        let answer = match ask!(self, "GetConsoleOutput", request().latest(true)) {
            Err(problem) if is_no_latest(&problem) => ask!(self, "GetConsoleOutput", request()),
            answer => answer,
        }?;
        answer
            .output()
            .map(decoded)
            .transpose()
            .map_err(|message| Problem {
                cause: Cause::Unreadable,
                operation: "GetConsoleOutput".to_owned(),
                code: String::new(),
                message,
                request_id: None,
            })
            .map(|text| text.filter(|text| !text.trim().is_empty()))
    }

    /// `GetPasswordData`: base64, encrypted with the key pair of the launch. `None` when there is none yet (up to a
    /// quarter of an hour after the launch), and for all but Windows.
    pub(super) async fn password_data(&self, id: &InstanceId) -> Result<Option<String>, Problem> {
        let request = self.ec2().get_password_data().instance_id(id.as_str());
        let answer = ask!(self, "GetPasswordData", request)?;
        let base64: String = answer.password_data().unwrap_or_default().split_whitespace().collect();
        Ok(Some(clean_lines(&base64)).filter(|base64| !base64.is_empty()))
    }
}

/// Whether EC2 has refused `Latest` for this type of instance.
fn is_no_latest(problem: &Problem) -> bool {
    problem.is("UnsupportedOperation") || problem.code.starts_with("InvalidParameter")
}

fn decoded(base64: &str) -> Result<String, String> {
    let base64: String = base64.split_whitespace().collect();
    let bytes = Base64::decode_vec(&base64).map_err(|error| error.to_string())?;
    Ok(clean_lines(&String::from_utf8_lossy(&bytes)))
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::error::ErrorMetadata;
    use aws_sdk_ec2::operation::get_console_output::{GetConsoleOutputError, GetConsoleOutputOutput};
    use aws_sdk_ec2::operation::get_password_data::GetPasswordDataOutput;
    use aws_smithy_mocks::{Rule, mock};

    use super::*;
    use crate::cloud::test_support::{cloud_of, read_all};
    use crate::message::{Found, Read};

    fn told(latest: Option<bool>, text: Option<&str>) -> Rule {
        let output = text.map(|text| Base64::encode_string(text.as_bytes()));
        mock!(aws_sdk_ec2::Client::get_console_output)
            .match_requests(move |asked| asked.latest() == latest && asked.instance_id() == Some("i-1"))
            .then_output(move || GetConsoleOutputOutput::builder().set_output(output.clone()).build())
    }

    fn refused(code: &'static str) -> Rule {
        mock!(aws_sdk_ec2::Client::get_console_output).match_requests(|asked| asked.latest() == Some(true)).then_error(
            move || GetConsoleOutputError::generic(ErrorMetadata::builder().code(code).message("no").build()),
        )
    }

    async fn console(rules: &[&Rule]) -> Result<Option<String>, Problem> {
        match read_all(&cloud_of(rules), Read::ConsoleOutput(InstanceId::new("i-1"))).await?.remove(0) {
            Found::ConsoleOutput(text) => Ok(text),
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn the_newest_text_is_asked_for_and_cleaned() {
        let told = told(Some(true), Some("\u{1b}[0;1;31mKernel panic\u{1b}[0m\r\n\u{7}login: "));
        assert_eq!(console(&[&told]).await, Ok(Some("Kernel panic\n\u{fffd}login: ".to_owned())));
    }

    #[tokio::test]
    async fn a_type_without_the_newest_text_tells_the_older_one() {
        for code in ["UnsupportedOperation", "InvalidParameterCombination"] {
            let older = told(None, Some("Linux version 4\n"));
            assert_eq!(console(&[&refused(code), &older]).await, Ok(Some("Linux version 4\n".to_owned())), "{code}");
        }
        let problem = console(&[&refused("UnauthorizedOperation"), &told(None, Some("x"))]).await.unwrap_err();
        assert_eq!(problem.cause, Cause::NotAllowed { action: "ec2:GetConsoleOutput".to_owned() });
    }

    #[tokio::test]
    async fn nothing_yet_is_no_text_and_bad_base64_is_a_problem() {
        assert_eq!(console(&[&told(Some(true), None)]).await, Ok(None));
        assert_eq!(console(&[&told(Some(true), Some("\r\n"))]).await, Ok(None));
        let broken = mock!(aws_sdk_ec2::Client::get_console_output)
            .then_output(|| GetConsoleOutputOutput::builder().output("*").build());
        assert_eq!(console(&[&broken]).await.map_err(|problem| problem.cause), Err(Cause::Unreadable));
    }

    #[tokio::test]
    async fn a_password_comes_as_one_line_or_not_yet() {
        for (data, found) in [("\r\nQUJD\r\nREVG\r\n", Some("QUJDREVG")), ("", None)] {
            let rule = mock!(aws_sdk_ec2::Client::get_password_data)
                .match_requests(|asked| asked.instance_id() == Some("i-1"))
                .then_output(move || GetPasswordDataOutput::builder().password_data(data).build());
            let read = read_all(&cloud_of(&[&rule]), Read::PasswordData(InstanceId::new("i-1"))).await.unwrap();
            assert_eq!(read, [Found::PasswordData(found.map(str::to_owned))]);
        }
    }
}
