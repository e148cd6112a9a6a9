//! Opens a session: which profile, region and endpoint, and the clients for them. Nothing here asks EC2.

use std::sync::Arc;
use std::time::Duration;

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::EnvironmentVariableRegionProvider;
use aws_config::identity::IdentityCache;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::imds::region::ImdsRegionProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::meta::region::ProvideRegion;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region as SdkRegion, SdkConfig};
use aws_runtime::env_config::file::EnvConfigFiles;

use super::profiles::{self, Profiles, bad_profile, no_profile};
use super::{Clients, Cloud, Hosts, MyIp, Settings, Source};
use crate::domain::clean::clean;
use crate::domain::problem::Problem;
use crate::domain::region::{CHINA, GOV, Region, partition};
use crate::domain::web_address;
use crate::message::SessionInfo;
use crate::text::Language;

/// The demo account's profile and the region it opens in.
const DEMO: (&str, &str) = ("demo", "ap-northeast-2");

/// Where AWS keeps what belongs to no region.
const GLOBAL: &str = "us-east-1";

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);
/// How long one try of a request may take in all.
const ATTEMPT: Duration = Duration::from_secs(30);
/// How long credentials may take: SSO, a role, or a `credential_process` that asks another program.
const CREDENTIALS: Duration = Duration::from_secs(20);
/// How long an instance's own metadata service may take to tell the region; it answers at once or not at all.
const INSTANCE_REGION: Duration = Duration::from_secs(1);

/// See [`Cloud::open`].
pub(super) async fn open(
    settings: &Settings,
    profile: Option<&str>,
    region: Option<&Region>,
) -> Result<(Option<Cloud>, SessionInfo), Problem> {
    match &settings.source {
        Source::Ready(clients) => Ok(open_ready(settings, clients.as_ref(), region)),
        Source::Aws => open_aws(settings, &EnvConfigFiles::default(), profile, region).await,
    }
}

fn open_ready(
    settings: &Settings,
    clients: &(dyn Fn(&Region) -> Clients + Send + Sync),
    region: Option<&Region>,
) -> (Option<Cloud>, SessionInfo) {
    let region = region.cloned().or_else(|| Region::parse(DEMO.1));
    let info = SessionInfo {
        profile: DEMO.0.to_owned(),
        region: region.clone(),
        profiles: vec![DEMO.0.to_owned()],
        endpoint: None,
        sso: false,
    };
    let mine = |mut clients: Clients| {
        clients.my_ip = settings.my_ip.map_or(clients.my_ip, MyIp::Fixed);
        clients
    };
    let cloud = region.map(|region| Cloud {
        clients: mine(clients(&region)),
        hosts: Arc::new(Hosts::of_aws(&region)),
        read_only: settings.read_only,
        region,
        region_disabled: Arc::default(),
    });
    (cloud, info)
}

async fn open_aws(
    settings: &Settings,
    files: &EnvConfigFiles,
    profile: Option<&str>,
    region: Option<&Region>,
) -> Result<(Option<Cloud>, SessionInfo), Problem> {
    let profiles = Profiles::load(files, profile).await?;
    let name = profiles.selected().to_owned();
    if !profiles.has(&name) && (profile.is_some() || is_needed(&name)) {
        return Err(no_profile(&name));
    }
    if let Some(source) = profiles.missing_source(&name) {
        return Err(bad_profile(&format!("{name}: source_profile = {source}")));
    }
    let region = match region {
        Some(region) => Some(region.clone()),
        None => configured_region(&profiles).await?,
    };
    let ec2_endpoint = settings.endpoint_url.clone().or_else(|| profiles.ec2_endpoint());
    if let Some(url) = &ec2_endpoint {
        web_address::parse(url)
            .map_err(|wrong| bad_profile(&format!("endpoint_url {url}: {}", wrong.say(Language::English))))?;
    }
    let info = SessionInfo {
        profile: clean(&name),
        region: region.clone(),
        profiles: profiles.names(),
        endpoint: ec2_endpoint.as_deref().map(clean),
        sso: profiles.is_sso(&name),
    };
    let Some(region) = region else { return Ok((None, info)) };

    let config = configure(settings, files, profile, &region).await;
    let hosts = Hosts::of_aws(&region).with_profile(
        &profiles,
        ec2_endpoint.as_deref(),
        settings.endpoint_url.clone().or_else(|| profiles.sts_endpoint()).as_deref(),
        region.as_str(),
    );
    let hosts = hosts.with_endpoint(settings.endpoint_url.as_deref());
    let clients = Clients {
        ec2: aws_sdk_ec2::Client::new(&config),
        instance_connect: aws_sdk_ec2instanceconnect::Client::new(&config),
        sts: aws_sdk_sts::Client::new(&config),
        free_tier: free_tier(&config, &region),
        pricing: pricing(&config, &region),
        cloudwatch: aws_sdk_cloudwatch::Client::new(&config),
        scheduler: aws_sdk_scheduler::Client::new(&config),
        my_ip: MyIp::of(settings),
    };
    let cloud = Cloud {
        clients,
        hosts: Arc::new(hosts),
        read_only: settings.read_only,
        region,
        region_disabled: Arc::default(),
    };
    Ok((Some(cloud), info))
}

/// FreeTier is one service for all regions. What it does not answer is asked again with the next look at the costs.
fn free_tier(config: &SdkConfig, region: &Region) -> aws_sdk_freetier::Client {
    let config = aws_sdk_freetier::config::Builder::from(config)
        .region(SdkRegion::new(home_of(region)))
        .retry_config(RetryConfig::disabled())
        .build();
    aws_sdk_freetier::Client::from_conf(config)
}

/// The Price List is served in a few regions, each of which knows all of its partition.
fn pricing(config: &SdkConfig, region: &Region) -> aws_sdk_pricing::Client {
    let config = aws_sdk_pricing::config::Builder::from(config)
        .region(SdkRegion::new(home_of(region)))
        .retry_config(RetryConfig::standard().with_max_attempts(2))
        .build();
    aws_sdk_pricing::Client::from_conf(config)
}

/// Where the services that belong to no region are. China and `GovCloud` have accounts and keys of their own, which the
/// main part of AWS does not know; where one of them lacks a service there is no such host, and that is what is shown.
fn home_of(region: &Region) -> &'static str {
    match partition(region) {
        CHINA => "cn-northwest-1",
        GOV => "us-gov-west-1",
        _ => GLOBAL,
    }
}

/// Whether a profile that `AWS_PROFILE` names must exist: not when there is none (`default` may be missing), nor when
/// keys stand in the environment and win anyway.
fn is_needed(name: &str) -> bool {
    name != profiles::DEFAULT && std::env::var_os("AWS_ACCESS_KEY_ID").is_none()
}

/// The SDK's configuration. What the command line or the person chose wins over the environment.
async fn configure(settings: &Settings, files: &EnvConfigFiles, profile: Option<&str>, region: &Region) -> SdkConfig {
    let sdk_region = SdkRegion::new(region.as_str().to_owned());
    let timeouts = TimeoutConfig::builder().connect_timeout(CONNECT).operation_attempt_timeout(ATTEMPT).build();
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .profile_files(files.clone())
        .region(sdk_region.clone())
        .timeout_config(timeouts)
        .identity_cache(IdentityCache::lazy().load_timeout(CREDENTIALS).build());
    if let Some(url) = &settings.endpoint_url {
        loader = loader.endpoint_url(url);
    }
    if let Some(profile) = profile {
        // In the SDK's chain keys in the environment would win over a profile that was named: the header would show
        // one account and the requests go to another. As in the AWS CLI, a named profile switches them off.
        let place = ProviderConfig::without_region().with_region(Some(sdk_region));
        let named = ProfileFileCredentialsProvider::builder()
            .configure(&place)
            .profile_files(files.clone())
            .profile_name(profile)
            .build();
        let chain = CredentialsProviderChain::first_try("Profile", named)
            .or_else("EcsContainer", EcsCredentialsProvider::builder().configure(&place).build())
            .or_else("Ec2InstanceMetadata", ImdsCredentialsProvider::builder().configure(&place).build());
        loader = loader.profile_name(profile).credentials_provider(chain);
    }
    loader.load().await
}

/// The region that environment, profile or the instance this runs on set, in that order.
async fn configured_region(profiles: &Profiles) -> Result<Option<Region>, Problem> {
    let code = match EnvironmentVariableRegionProvider::new().region().await {
        Some(region) => Some(region.to_string()),
        None => match profiles.setting("region") {
            Some(region) => Some(region.to_owned()),
            None => instance_region().await,
        },
    };
    let Some(code) = code.filter(|code| !code.is_empty()) else { return Ok(None) };
    match Region::parse(&code) {
        Some(region) => Ok(Some(region)),
        None => Err(bad_profile(&format!("region = {code}"))),
    }
}

async fn instance_region() -> Option<String> {
    let provider = ImdsRegionProvider::builder().build();
    let region = tokio::time::timeout(INSTANCE_REGION, provider.region()).await.ok().flatten()?;
    Some(region.to_string())
}

impl Hosts {
    /// AWS's own hosts of a region.
    fn of_aws(region: &Region) -> Self {
        let in_china = partition(region) == CHINA;
        let suffix = if in_china { "amazonaws.com.cn" } else { "amazonaws.com" };
        let home = home_of(region);
        Self {
            ec2: format!("ec2.{region}.{suffix}"),
            sts: format!("sts.{region}.{suffix}"),
            instance_connect: format!("ec2-instance-connect.{region}.{suffix}"),
            free_tier: if in_china {
                format!("freetier.{home}.api.amazonwebservices.com.cn")
            } else {
                format!("freetier.{home}.api.aws")
            },
            pricing: format!("api.pricing.{home}.{suffix}"),
            cloudwatch: format!("monitoring.{region}.{suffix}"),
            scheduler: format!("scheduler.{region}.{suffix}"),
            credentials: None,
        }
    }

    /// With the endpoints in use, and the host that the profile's credentials come from.
    fn with_profile(mut self, profiles: &Profiles, ec2: Option<&str>, sts: Option<&str>, region: &str) -> Self {
        let host = |url: &str| web_address::parse(url).ok().map(|endpoint| endpoint.authority.to_owned());
        if profiles.is_sso(profiles.selected()) {
            let region = profiles.sso_region().unwrap_or(region);
            self.credentials = Some(format!("portal.sso.{region}.amazonaws.com"));
        } else if profiles.setting("role_arn").is_some() {
            // Roles are assumed at AWS's own STS, whatever endpoint is set here.
            self.credentials = Some(self.sts.clone());
        }
        self.sts = sts.and_then(host).unwrap_or(self.sts);
        self.ec2 = ec2.and_then(host).unwrap_or(self.ec2);
        self
    }

    /// With the endpoint of the command line, which holds for every service.
    fn with_endpoint(mut self, url: Option<&str>) -> Self {
        if let Some(endpoint) = url.and_then(|url| web_address::parse(url).ok()) {
            for host in [
                &mut self.instance_connect,
                &mut self.free_tier,
                &mut self.pricing,
                &mut self.cloudwatch,
                &mut self.scheduler,
            ] {
                endpoint.authority.clone_into(host);
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use aws_runtime::env_config::file::EnvConfigFileKind;

    use super::*;
    use crate::cloud::test_support::{cloud_of, read_all};
    use crate::domain::problem::Cause;
    use crate::message::Read;

    #[test]
    fn what_belongs_to_no_region_is_asked_in_the_regions_own_part_of_aws() {
        for (region, home, free_tier) in [
            ("ap-northeast-2", "us-east-1", "freetier.us-east-1.api.aws"),
            ("cn-north-1", "cn-northwest-1", "freetier.cn-northwest-1.api.amazonwebservices.com.cn"),
            ("us-gov-east-1", "us-gov-west-1", "freetier.us-gov-west-1.api.aws"),
        ] {
            let region = Region::parse(region).unwrap();
            assert_eq!((home_of(&region), Hosts::of_aws(&region).free_tier), (home, free_tier.to_owned()));
        }
    }

    fn settings(source: Source) -> Settings {
        Settings {
            source,
            // Nobody listens there.
            endpoint_url: Some("http://127.0.0.1:1".to_owned()),
            read_only: true,
            my_ip_url: "https://checkip.amazonaws.com".to_owned(),
            my_ip: None,
        }
    }

    fn files(config: &str) -> EnvConfigFiles {
        EnvConfigFiles::builder().with_contents(EnvConfigFileKind::Config, config).build()
    }

    const CONFIG: &str = "[profile keys]\naws_access_key_id = AKIDX\naws_secret_access_key = secret\nregion = eu-west-1\nmax_attempts = 1\n\
        [profile half]\naws_access_key_id = AKIDX\n\
        [profile sso]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = admin\n\
        [sso-session corp]\nsso_region = eu-central-1\nsso_start_url = https://ec2deck-test.invalid/start\n\
        [profile old]\nsso_start_url = https://ec2deck-test.invalid/old\nsso_region = us-east-1\nsso_account_id = 1\n\
        sso_role_name = admin\n\
        [profile broken]\ncredential_process = this-program-does-not-exist-anywhere\n\
        [profile orphan]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = gone\n\
        [profile odd]\nregion = nowhere\n";

    async fn open_profile(profile: &str, region: Option<&str>) -> Result<(Option<Cloud>, SessionInfo), Problem> {
        let region = region.map(|code| Region::parse(code).unwrap());
        open_aws(&settings(Source::Aws), &files(CONFIG), Some(profile), region.as_ref()).await
    }

    /// What the first question to AWS comes to: the SDK looks for credentials no sooner.
    async fn first_failure(profile: &str) -> Cause {
        let (cloud, _) = open_profile(profile, Some("ap-northeast-2")).await.unwrap();
        read_all(&cloud.unwrap(), Read::Addresses).await.unwrap_err().cause
    }

    #[tokio::test]
    async fn the_words_of_the_sdks_credential_errors_are_understood() {
        assert_eq!(first_failure("sso").await, Cause::ExpiredCredentials);
        assert_eq!(first_failure("old").await, Cause::ExpiredCredentials);
        assert_eq!(first_failure("half").await, Cause::BadProfile);
        assert_eq!(first_failure("broken").await, Cause::BadProfile);
        assert_eq!(first_failure("keys").await, Cause::Unreachable { host: "127.0.0.1:1".to_owned() });
    }

    #[tokio::test]
    async fn a_named_region_wins_and_the_header_learns_of_the_endpoint() {
        let (cloud, info) = open_profile("sso", Some("ap-northeast-2")).await.unwrap();
        assert_eq!(info.region, Region::parse("ap-northeast-2"));
        assert_eq!(info.endpoint.as_deref(), Some("http://127.0.0.1:1"));
        assert_eq!((info.profile.as_str(), info.sso, info.profiles.len()), ("sso", true, 7));
        let hosts = &cloud.unwrap().hosts;
        assert_eq!((hosts.ec2.as_str(), hosts.sts.as_str()), ("127.0.0.1:1", "127.0.0.1:1"));
        assert_eq!(hosts.credentials.as_deref(), Some("portal.sso.eu-central-1.amazonaws.com"));
    }

    #[tokio::test]
    async fn what_cannot_be_opened_says_so() {
        let missing = open_profile("nobody", None).await.unwrap_err();
        assert_eq!((missing.cause, missing.message.as_str()), (Cause::BadProfile, "nobody"));
        let orphan = open_profile("orphan", Some("eu-west-1")).await.unwrap_err();
        assert!(orphan.message.contains("source_profile = gone"), "{}", orphan.message);
        let wrong = Settings { endpoint_url: Some("127.0.0.1:5000".to_owned()), ..settings(Source::Aws) };
        let region = Region::parse("eu-west-1");
        let wrong = open_aws(&wrong, &files(CONFIG), Some("keys"), region.as_ref()).await.unwrap_err();
        assert_eq!(wrong.cause, Cause::BadProfile);
    }

    #[tokio::test]
    async fn the_demo_opens_without_files_and_takes_a_given_address() {
        let ready: super::super::ReadyClients = Arc::new(|_| cloud_of(&[]).clients);
        let mut settings = settings(Source::Ready(ready));
        settings.my_ip = Some("203.0.113.9".parse().unwrap());
        let (cloud, info) = open(&settings, Some("ignored"), None).await.unwrap();
        let cloud = cloud.unwrap();
        assert!(cloud.read_only);
        assert_eq!(cloud.clients.my_ip, MyIp::Fixed("203.0.113.9".parse().unwrap()));
        assert_eq!(
            (info.profile.as_str(), info.region, info.endpoint),
            ("demo", Region::parse("ap-northeast-2"), None)
        );
        assert_eq!(info.profiles, ["demo"]);
    }
}
