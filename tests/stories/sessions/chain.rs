//! The SDK's own default chain. It reads the environment of its process, so each of these stories runs this test
//! program once more, in an environment of its own.

use std::process::{Command, Stdio};

use crate::support::{Stage, moto};

/// Set in the inner run only.
const INNER: &str = "EC2DECK_STORY";

/// Runs an ignored test of this file in a process that has these variables and no others of AWS.
fn in_an_environment_with(test: &str, variables: &[(&str, &str)]) {
    let home = tempfile::tempdir().unwrap();
    let keep = ["PATH", "SystemRoot", "TMPDIR", "TEMP", "TMP"];
    let kept = std::env::vars_os().filter(|(name, _)| keep.iter().any(|keep| *name == **keep));
    let output = Command::new(std::env::current_exe().unwrap())
        .args([&format!("sessions::chain::{test}"), "--exact", "--ignored", "--nocapture"])
        .env_clear()
        .envs(kept)
        .env("HOME", home.path())
        .env("USERPROFILE", home.path())
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env(INNER, "1")
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn is_inner() -> bool {
    std::env::var_os(INNER).is_some()
}

#[test]
fn without_a_region_it_asks_with_seoul_first_for_a_korean_screen() {
    in_an_environment_with("no_region", &[]);
}

#[tokio::test]
#[ignore = "run by the story above"]
async fn no_region() {
    if !is_inner() {
        return;
    }
    let mut story = Stage::default_chain().korean().open().await;
    story.says("first-region-title");
    let screen = story.screen();
    let at = |region: &str| screen.find(region).unwrap_or(usize::MAX);
    assert!(at("ap-northeast-2") < at("ap-northeast-1") && at("ap-northeast-2") < at("us-east-1"), "{screen}");
    story.keys("<enter>").await;
    assert_eq!(story.app().session.region().map(ToString::to_string).as_deref(), Some("ap-northeast-2"));
}

#[test]
fn without_credentials_it_says_how_to_get_some() {
    in_an_environment_with("no_credentials", &[("AWS_REGION", "ap-northeast-2")]);
}

#[tokio::test]
#[ignore = "run by the story above"]
async fn no_credentials() {
    if !is_inner() {
        return;
    }
    let story = Stage::default_chain().open().await;
    story.says("pane-instances").sees("aws configure");
}

#[test]
fn an_expired_sso_login_names_the_login_command_of_the_profile() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config");
    let profile = "[profile work]\nregion = ap-northeast-2\nsso_session = corp\nsso_account_id = 123456789012\n\
                   sso_role_name = Admin\n[sso-session corp]\nsso_region = us-east-1\n\
                   sso_start_url = https://example.com/start\nsso_registration_scopes = sso:account:access\n";
    std::fs::write(&config, profile).unwrap();
    in_an_environment_with("sso", &[("AWS_CONFIG_FILE", &config.to_string_lossy()), ("AWS_PROFILE", "work")]);
}

#[tokio::test]
#[ignore = "run by the story above"]
async fn sso() {
    if !is_inner() {
        return;
    }
    let story = Stage::default_chain().open().await;
    story.says("pane-instances").sees("aws sso login --profile work");
}

#[test]
fn an_unreachable_endpoint_is_named_with_what_to_check() {
    // A port that was free a moment ago: nobody listens.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    in_an_environment_with(
        "unreachable",
        &[
            ("AWS_REGION", "ap-northeast-2"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_ENDPOINT_URL", &format!("http://127.0.0.1:{port}")),
        ],
    );
}

#[tokio::test]
#[ignore = "run by the story above"]
async fn unreachable() {
    if !is_inner() {
        return;
    }
    let story = Stage::default_chain().open().await;
    story.says("pane-instances").sees("127.0.0.1");
}

/// Environment variables alone, as people use them for a test endpoint.
#[tokio::test]
async fn environment_variables_alone_open_the_dashboard() {
    let turn = moto::turn().await;
    let variables = [
        ("AWS_REGION", "ap-northeast-2"),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_ENDPOINT_URL", turn.endpoint),
    ];
    in_an_environment_with("whole_chain", &variables);
}

#[tokio::test]
#[ignore = "run by the story above"]
async fn whole_chain() {
    if !is_inner() {
        return;
    }
    let story = Stage::default_chain().open().await;
    story.sees("1234-5678-9012").sees("ap-northeast-2").sees("127.0.0.1").says("empty-instances");
}
