//! EC2 as this program sees it: the one door through which requests leave.
//!
//! [`Cloud`] holds the SDK's clients for one profile and region. A question ([`Read`]) and a change ([`Write`]) are
//! different types, so that read-only mode, retries and the tags that settle unclear outcomes live here and nowhere
//! else. SDK types become domain types on the way in, with every text cleaned; SDK errors become a
//! [`Problem`].

mod account;
mod addresses;
mod console;
mod convert;
mod credit_modes;
mod error;
mod free_tier;
mod image_search;
mod images;
mod instance_changes;
mod instance_connect;
mod instance_types;
mod instances;
mod interfaces;
mod key_pairs;
mod launch;
mod metrics;
mod my_ip;
mod network_acls;
mod networks;
mod prefix_lists;
mod price_list;
mod pricing;
mod profiles;
mod quick_start;
mod route_tables;
mod rule_changes;
mod rules;
mod schedules;
mod security_groups;
mod send;
mod session;
mod snapshots;
mod tag_changes;
mod volumes;

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use tokio::sync::OnceCell;

use crate::domain::problem::{Cause, Problem};
use crate::domain::region::Region;
use crate::message::{Found, Read, SessionInfo, Write, Written};

pub use my_ip::MyIp;
pub use profiles::{Profiles, profiles};

/// Where clients come from.
#[derive(Clone)]
pub enum Source {
    /// The SDK's default chain: environment, `~/.aws`, SSO, roles, instance metadata.
    Aws,
    /// Clients that are there already: the demo account's.
    Ready(ReadyClients),
}

/// Makes clients for a region without any file or network.
pub type ReadyClients = Arc<dyn Fn(&Region) -> Clients + Send + Sync>;

/// The clients of one profile and region.
#[derive(Clone)]
pub struct Clients {
    /// EC2.
    pub ec2: aws_sdk_ec2::Client,
    /// EC2 Instance Connect.
    pub instance_connect: aws_sdk_ec2instanceconnect::Client,
    /// STS, for the account's id.
    pub sts: aws_sdk_sts::Client,
    /// FreeTier: plan, credits and allowances of the whole account.
    pub free_tier: aws_sdk_freetier::Client,
    /// The Price List, for all regions.
    pub pricing: aws_sdk_pricing::Client,
    /// CloudWatch.
    pub cloudwatch: aws_sdk_cloudwatch::Client,
    /// EventBridge Scheduler.
    pub scheduler: aws_sdk_scheduler::Client,
    /// Where this machine's own address comes from.
    pub my_ip: MyIp,
}

/// What the command line decides about the cloud.
#[derive(Clone)]
pub struct Settings {
    /// AWS or the demo account.
    pub source: Source,
    /// `--endpoint-url`: wins over environment and profile, for EC2 and STS.
    pub endpoint_url: Option<String>,
    /// `--read-only`: no [`Write`] leaves.
    pub read_only: bool,
    /// `--my-ip-url`: the check-IP service.
    pub my_ip_url: String,
    /// `--my-ip`: do not ask, it is this one.
    pub my_ip: Option<IpAddr>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = match self.source {
            Source::Aws => "aws",
            Source::Ready(_) => "ready",
        };
        f.debug_struct("Settings")
            .field("source", &source)
            .field("endpoint_url", &self.endpoint_url)
            .field("read_only", &self.read_only)
            .field("my_ip_url", &self.my_ip_url)
            .field("my_ip", &self.my_ip)
            .finish()
    }
}

/// One profile and region, ready to be asked.
#[derive(Clone)]
pub struct Cloud {
    clients: Clients,
    hosts: Arc<Hosts>,
    read_only: bool,
    region: Region,
    /// Whether the account has not enabled the region; asked once, when AWS does not accept the credentials.
    region_disabled: Arc<OnceCell<bool>>,
}

/// Whom a failure to connect is about.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hosts {
    ec2: String,
    sts: String,
    instance_connect: String,
    free_tier: String,
    pricing: String,
    cloudwatch: String,
    scheduler: String,
    /// Where the profile's credentials come from, when that is over the network.
    credentials: Option<String>,
}

impl fmt::Debug for Cloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cloud").field("hosts", &self.hosts).field("read_only", &self.read_only).finish_non_exhaustive()
    }
}

impl Cloud {
    /// Builds the clients of a profile and region from the SDK's default chain. Asks AWS nothing; with no region
    /// configured anywhere there is no cloud, and the information says so.
    ///
    /// # Errors
    /// A profile that does not exist, files that cannot be read, an endpoint that is no URL.
    pub async fn open(
        settings: &Settings,
        profile: Option<&str>,
        region: Option<&Region>,
    ) -> Result<(Option<Self>, SessionInfo), Problem> {
        session::open(settings, profile, region).await
    }

    /// Asks AWS; each page goes to `found` as it arrives, the last one with nothing to follow.
    ///
    /// # Errors
    /// Why there is no answer, or no further page. What went to `found` before stays true.
    pub async fn read(&self, read: &Read, found: &mut (dyn FnMut(Found) + Send)) -> Result<(), Problem> {
        match self.answer(read, found).await {
            // A region that is not enabled refuses good credentials in the same words as bad ones.
            Err(problem) if problem.cause == Cause::RejectedCredentials && self.is_region_disabled().await => {
                Err(Problem { cause: Cause::RegionNotEnabled, ..problem })
            }
            answered => answered,
        }
    }

    async fn answer(&self, read: &Read, found: &mut (dyn FnMut(Found) + Send)) -> Result<(), Problem> {
        match read {
            Read::Account => found(Found::Account(self.account().await?)),
            Read::AccountPlan => found(Found::AccountPlan(self.account_plan().await?)),
            Read::Allowances => found(Found::Allowances(self.allowances().await?)),
            Read::Regions => found(Found::Regions(self.regions().await?)),
            Read::Instances => self.instances(found).await?,
            Read::InstancesById(ids) => self.instances_by_id(ids, found).await?,
            Read::InstanceStatuses => self.instance_statuses(found).await?,
            Read::SecurityGroups => self.security_groups(found).await?,
            Read::Addresses => self.addresses(found).await?,
            Read::KeyPairs => self.key_pairs(found).await?,
            Read::Volumes => self.volumes(found).await?,
            Read::Snapshots => self.snapshots(found).await?,
            Read::OwnImages => found(Found::Images(self.own_images().await?)),
            Read::Images(ids) => found(Found::Images(self.images(ids).await?)),
            Read::QuickStartImages(architecture) => {
                found(Found::QuickStartImages(self.quick_start_images(*architecture).await?));
            }
            Read::MyImages => found(Found::Images(self.my_images().await?)),
            Read::FindImages(text) => found(Found::Images(self.find_images(text).await?)),
            Read::InstanceTypes => self.instance_types(None, found).await?,
            Read::TypesNamed(names) => {
                for names in names.chunks(instance_types::MOST_NAMED) {
                    self.instance_types(Some(names), found).await?;
                }
            }
            Read::Networks => found(Found::Networks(self.networks().await?)),
            Read::Interfaces => self.interfaces(found).await?,
            Read::PrefixLists => found(Found::PrefixLists(self.prefix_lists().await?)),
            Read::PrefixListEntries(id) => found(Found::PrefixListEntries(self.prefix_list_entries(id).await?)),
            Read::MyIp => found(Found::MyIp(self.clients.my_ip.ask().await?)),
            Read::Prices { parts, at } => found(Found::Prices(Box::new(self.prices(parts, *at).await?))),
            Read::SpotPrices { operation, types, at } => {
                found(Found::SpotPrices(self.spot_prices(operation, types, *at).await?));
            }
            Read::LaunchDryRun { plan } => {
                self.launch_dry_run(plan).await?;
                found(Found::LaunchAllowed);
            }
            Read::TerminationProtection(id) => {
                found(Found::TerminationProtection(self.termination_protection(id).await?));
            }
            Read::ShutdownBehavior(id) => found(Found::ShutdownBehavior(self.shutdown_behavior(id).await?)),
            Read::Schedules => found(Found::Schedules(self.schedules().await?)),
            Read::Schedule(id) => found(Found::Schedule(self.schedule(id).await?)),
            Read::RouteTables(vpc) => found(Found::RouteTables(self.route_tables(vpc).await?)),
            Read::NetworkAcls(vpc) => found(Found::NetworkAcls(self.network_acls(vpc).await?)),
            Read::ConsoleOutput(id) => found(Found::ConsoleOutput(self.console_output(id).await?)),
            Read::PasswordData(id) => found(Found::PasswordData(self.password_data(id).await?)),
            Read::Metrics { question, .. } | Read::Sparklines(question) | Read::InstanceUses(question) => {
                found(Found::Readings(self.metric_data(question).await?));
            }
            Read::CreditModes(ids) => found(Found::CreditModes(self.credit_modes(ids).await?)),
            Read::MadeBy { marker, kind } => found(Found::Made(self.made_by(marker, *kind).await?)),
        }
        Ok(())
    }

    /// Changes something in AWS. In read-only mode nothing leaves.
    ///
    /// # Errors
    /// Why it was not done; [`Cause::UnclearOutcome`] when it may have been done all the same.
    pub async fn write(&self, write: Write) -> Result<Written, Problem> {
        if self.read_only {
            return Err(refused_read_only(&write));
        }
        match write {
            Write::Instance { action, id } => self.act_on_instance(action, &id).await,
            Write::ImportKeyPair { name, public_key, marker } => {
                self.import_key_pair(&name, &public_key, &marker).await
            }
            Write::SendSshPublicKey { instance, user, public_key } => {
                self.send_ssh_public_key(&instance, &user, &public_key).await
            }
            Write::DeleteKeyPair(id) => self.delete_key_pair(&id).await,
            Write::CreateSecurityGroup { group, tags, marker } => {
                self.create_security_group(&group, &tags, &marker).await
            }
            Write::AuthorizeRules { group, direction, rules } => self.authorize_rules(&group, direction, &rules).await,
            Write::ModifyRules { group, changes } => self.modify_rules(&group, &changes).await,
            Write::RevokeRules { group, direction, rules } => self.revoke_rules(&group, direction, &rules).await,
            Write::SetInterfaceGroups { interface, groups } => self.set_interface_groups(&interface, &groups).await,
            Write::PutTags { resource, tags } => self.put_tags(&resource, &tags).await,
            Write::RemoveTags { resource, keys } => self.remove_tags(&resource, &keys).await,
            Write::AllocateAddress { tags, marker } => self.allocate_address(&tags, &marker).await,
            Write::AssociateAddress { address, target, take_over } => {
                self.associate_address(&address, &target, take_over).await
            }
            Write::DisassociateAddress(id) => self.disassociate_address(&id).await,
            Write::ReleaseAddress(id) => self.release_address(&id).await,
            Write::DeleteVolume(id) => self.delete_volume(&id).await,
            Write::DeleteSnapshot(id) => self.delete_snapshot(&id).await,
            Write::SetInstanceType { id, instance_type } => self.set_instance_type(&id, &instance_type).await,
            Write::SetCreditMode { id, mode } => self.set_credit_mode(&id, mode).await,
            Write::DeleteSecurityGroup(id) => self.delete_security_group(&id).await,
            Write::CreateSchedule { schedule, token } => self.create_schedule(&schedule, token.as_str()).await,
            Write::UpdateSchedule { schedule, token } => self.update_schedule(&schedule, token.as_str()).await,
            Write::DeleteSchedule(id) => self.delete_schedule(&id).await,
            Write::RunInstances { plan, groups, key_name, token } => {
                self.run_instances(&plan, &groups, key_name.as_deref(), &token).await
            }
        }
    }

    fn ec2(&self) -> &aws_sdk_ec2::Client {
        &self.clients.ec2
    }
}

/// The API operation behind a change.
fn operation(write: &Write) -> &'static str {
    match write {
        Write::Instance { action, .. } => instances::operation(*action),
        Write::ImportKeyPair { .. } => "ImportKeyPair",
        Write::SendSshPublicKey { .. } => instance_connect::OPERATION,
        Write::DeleteKeyPair(_) => "DeleteKeyPair",
        Write::CreateSecurityGroup { .. } => "CreateSecurityGroup",
        Write::AuthorizeRules { direction, .. } => rule_changes::authorize_operation(*direction),
        Write::ModifyRules { .. } => "ModifySecurityGroupRules",
        Write::RevokeRules { direction, .. } => rule_changes::revoke_operation(*direction),
        Write::SetInterfaceGroups { .. } => "ModifyNetworkInterfaceAttribute",
        Write::PutTags { .. } => "CreateTags",
        Write::RemoveTags { .. } => "DeleteTags",
        Write::AllocateAddress { .. } => "AllocateAddress",
        Write::AssociateAddress { .. } => "AssociateAddress",
        Write::DisassociateAddress(_) => "DisassociateAddress",
        Write::ReleaseAddress(_) => "ReleaseAddress",
        Write::DeleteVolume(_) => "DeleteVolume",
        Write::DeleteSnapshot(_) => "DeleteSnapshot",
        Write::SetInstanceType { .. } => "ModifyInstanceAttribute",
        Write::SetCreditMode { .. } => instance_changes::CREDITS,
        Write::DeleteSecurityGroup(_) => "DeleteSecurityGroup",
        Write::CreateSchedule { .. } => "CreateSchedule",
        Write::UpdateSchedule { .. } => "UpdateSchedule",
        Write::DeleteSchedule(_) => "DeleteSchedule",
        Write::RunInstances { .. } => "RunInstances",
    }
}

fn refused_read_only(write: &Write) -> Problem {
    Problem {
        cause: Cause::ReadOnly,
        operation: operation(write).to_owned(),
        code: String::new(),
        message: String::new(),
        request_id: None,
    }
}

#[cfg(test)]
mod test_support;
