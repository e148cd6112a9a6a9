//! The profiles in `~/.aws/config` and `~/.aws/credentials` (or where `AWS_CONFIG_FILE` and
//! `AWS_SHARED_CREDENTIALS_FILE` say), read by the SDK's own parser.

use std::borrow::Cow;

use aws_config::profile::ProfileSet;
use aws_runtime::env_config::EnvConfigValue;
use aws_runtime::env_config::file::EnvConfigFiles;

use super::error;
use crate::domain::clean::clean;
use crate::domain::problem::{Cause, Problem};

/// The profile that is used when none is named.
pub(super) const DEFAULT: &str = "default";

/// What the files say.
#[derive(Clone, Debug)]
pub struct Profiles {
    set: ProfileSet,
}

/// The profiles in the files; files that do not exist hold none.
///
/// # Errors
/// A file that cannot be read or parsed.
pub async fn profiles() -> Result<Profiles, Problem> {
    Profiles::load(&EnvConfigFiles::default(), None).await
}

impl Profiles {
    /// Reads the files and selects a profile: the named one, else `AWS_PROFILE`, else `default`.
    pub(super) async fn load(files: &EnvConfigFiles, profile: Option<&str>) -> Result<Self, Problem> {
        let chosen = profile.map(|name| Cow::Owned(name.to_owned()));
        match aws_config::profile::load(&real(), &real(), files, chosen).await {
            Ok(set) => Ok(Self { set }),
            Err(failure) => Err(bad_profile(&error::chain(&failure))),
        }
    }

    /// Their names in alphabetical order, `default` first.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.set.profiles().map(clean).collect();
        names.sort_by_key(|name| (name != DEFAULT, name.to_lowercase()));
        names
    }

    /// Whether the files have a profile of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.set.get_profile(name).is_some()
    }

    /// Whether the profile signs in through IAM Identity Center itself, so that `aws sso login --profile NAME` renews
    /// it. A role on top of an SSO profile does not count: the command refuses it.
    #[must_use]
    pub fn is_sso(&self, name: &str) -> bool {
        self.set
            .get_profile(name)
            .is_some_and(|profile| profile.get("sso_session").or_else(|| profile.get("sso_start_url")).is_some())
    }

    /// The profile that a role borrows its credentials from, directly or by others, and that does not exist. The SDK
    /// would pass over such a role in silence.
    pub(super) fn missing_source(&self, name: &str) -> Option<&str> {
        let mut seen = vec![name];
        let mut profile = self.set.get_profile(name)?;
        loop {
            let source = profile.get("source_profile")?;
            if seen.contains(&source) {
                return None;
            }
            let Some(next) = self.set.get_profile(source) else { return Some(source) };
            seen.push(source);
            profile = next;
        }
    }

    /// The profile in use.
    pub(super) fn selected(&self) -> &str {
        self.set.selected_profile()
    }

    /// A setting of the profile in use.
    pub(super) fn setting(&self, key: &str) -> Option<&str> {
        self.set.get(key)
    }

    /// The endpoint that environment or profile sets for EC2, unless they say to ignore it.
    pub(super) fn ec2_endpoint(&self) -> Option<String> {
        self.endpoint("EC2")
    }

    /// The same for STS.
    pub(super) fn sts_endpoint(&self) -> Option<String> {
        self.endpoint("STS")
    }

    fn endpoint(&self, service: &str) -> Option<String> {
        let ignored = EnvConfigValue::new()
            .env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
            .profile("ignore_configured_endpoint_urls")
            .load(&real(), Some(&self.set))
            .is_some_and(|(value, _)| value.eq_ignore_ascii_case("true"));
        if ignored {
            return None;
        }
        EnvConfigValue::new()
            .env("AWS_ENDPOINT_URL")
            .profile("endpoint_url")
            .service_id(service)
            .load(&real(), Some(&self.set))
            .map(|(value, _)| value.into_owned())
    }

    /// The region of the session in which an SSO profile signs in.
    pub(super) fn sso_region(&self) -> Option<&str> {
        let session = self.setting("sso_session").and_then(|name| self.set.sso_session(name));
        session.and_then(|session| session.get("sso_region")).or_else(|| self.setting("sso_region"))
    }
}

/// A profile that no file has.
pub(super) fn no_profile(name: &str) -> Problem {
    Problem { code: crate::domain::explain::NO_SUCH_PROFILE.to_owned(), ..bad_profile(name) }
}

/// A profile or a file that cannot be used.
pub(super) fn bad_profile(message: &str) -> Problem {
    Problem {
        cause: Cause::BadProfile,
        operation: "OpenSession".to_owned(),
        code: String::new(),
        message: error::tidy(message),
        request_id: None,
    }
}

/// The real environment or file system: the SDK keeps the names of these types to itself.
fn real<T: Default>() -> T {
    T::default()
}

#[cfg(test)]
mod tests {
    use aws_runtime::env_config::file::EnvConfigFileKind;

    use super::*;

    async fn load(config: &str, credentials: &str, profile: Option<&str>) -> Result<Profiles, Problem> {
        let files = EnvConfigFiles::builder()
            .with_contents(EnvConfigFileKind::Config, config)
            .with_contents(EnvConfigFileKind::Credentials, credentials)
            .build();
        Profiles::load(&files, profile).await
    }

    const CONFIG: &str = "[profile zoo]\nregion = eu-west-1\n[default]\nregion = ap-northeast-2\n\
        [profile office]\nsso_session = corp\nsso_account_id = 1\nservices = local\n\
        [profile role]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = office\n\
        [profile old-sso]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n\
        [sso-session corp]\nsso_region = eu-central-1\n\
        [services local]\nec2 =\n  endpoint_url = http://127.0.0.1:5001\n";

    #[tokio::test]
    async fn both_files_count_and_default_comes_first() {
        let profiles = load(CONFIG, "[Alpha]\naws_access_key_id = A\n", None).await.unwrap();
        assert_eq!(profiles.names(), ["default", "Alpha", "office", "old-sso", "role", "zoo"]);
        assert!(profiles.has("zoo") && !profiles.has("nobody"));
    }

    #[tokio::test]
    async fn only_a_profile_that_signs_in_itself_is_an_sso_one() {
        let profiles = load(CONFIG, "", Some("office")).await.unwrap();
        let sso: Vec<_> = profiles.names().into_iter().filter(|name| profiles.is_sso(name)).collect();
        assert_eq!(sso, ["office", "old-sso"]);
        assert_eq!(profiles.sso_region(), Some("eu-central-1"));
    }

    #[tokio::test]
    async fn a_service_section_sets_the_endpoint_of_its_profile_only() {
        let office = load(CONFIG, "", Some("office")).await.unwrap();
        assert_eq!(office.ec2_endpoint().as_deref(), Some("http://127.0.0.1:5001"));
        assert_eq!(load(CONFIG, "", Some("zoo")).await.unwrap().ec2_endpoint(), None);
    }

    #[tokio::test]
    async fn a_role_without_its_source_is_found_out() {
        let config = "[profile a]\nsource_profile = b\n[profile b]\nsource_profile = gone\n\
            [profile self]\nsource_profile = self\n";
        let profiles = load(config, "", None).await.unwrap();
        assert_eq!(profiles.missing_source("a"), Some("gone"));
        assert_eq!(profiles.missing_source("self"), None);
    }

    #[tokio::test]
    async fn a_damaged_file_says_where() {
        let problem = load("[profile x\n", "", None).await.unwrap_err();
        assert_eq!(problem.cause, Cause::BadProfile);
        assert!(problem.message.contains("line 1: Profile definition"), "{}", problem.message);
    }
}
