//! The only words that the loop knows: a [`Message`] goes in, [`Effect`]s come out, and every effect that reaches
//! outside ends in a [`Reply`].
//!
//! A read's reply carries the session it was asked for, so that a late one is dropped at the door; a write's reply
//! carries its own id and is never dropped.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use jiff::Timestamp;

use crate::domain::account_plan::AccountPlan;
use crate::domain::address::Address;
use crate::domain::allowance::Allowance;
use crate::domain::doctor::{LoginWords, Reach};
use crate::domain::host_keys::HostKey;
use crate::domain::id::{
    AllocationId, AssociationId, GroupId, ImageId, InstanceId, InterfaceId, KeyPairId, PrefixListId, RuleId,
    SnapshotId, VolumeId, VpcId,
};
use crate::domain::image::{Architecture, Image, QuickStart};
use crate::domain::instance::{Instance, InstanceAction, InstanceStatus};
use crate::domain::instance_type::{CreditMode, InstanceType};
use crate::domain::interface::NetworkInterface;
use crate::domain::key_pair::{KeyKind, KeyPair, LocalKey, PpkVersion, PublicHalf, RsaBits};
use crate::domain::launch_plan::{ClientToken, LaunchPlan, ShutdownBehavior, UserData};
use crate::domain::login::Login;
use crate::domain::metric::{Question, Range, Readings};
use crate::domain::network::Networks;
use crate::domain::network_acl::NetworkAcl;
use crate::domain::one_time_key::OneTimeKey;
use crate::domain::prefix_list::PrefixList;
use crate::domain::price::{PricePart, Prices};
use crate::domain::problem::Problem;
use crate::domain::program::{Ended, Program};
use crate::domain::putty::PuttyWritten;
use crate::domain::region::{Region, RegionEntry};
use crate::domain::remembered::{Remembered, RememberedFile};
use crate::domain::route_table::RouteTable;
use crate::domain::schedule::{NewSchedule, Schedule, Schedules};
use crate::domain::secret::Secret;
use crate::domain::security_group::{Direction, NewGroup, NewRule, SecurityGroup};
use crate::domain::snapshot::Snapshot;
use crate::domain::spot::SpotPrices;
use crate::domain::ssh_hosts::{HostsPlan, HostsScope, RegionHosts};
use crate::domain::ssh_places::SshPlaces;
use crate::domain::tag::Tag;
use crate::domain::tools::Tools;
use crate::domain::volume::Volume;
use crate::keymap::Key;

/// What can happen.
#[derive(Clone, PartialEq)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted (bracketed paste), as one piece.
    Paste(String),
    /// The terminal has this size now.
    Resize {
        /// Cells across.
        columns: u16,
        /// Cells down.
        rows: u16,
    },
    /// A deadline of [`crate::app::App::next_deadline`] has passed.
    Wake,
    /// Examine an instance; `port` is another one than the usual.
    Examine {
        /// Which one.
        instance: InstanceId,
        /// Where it should answer.
        port: Option<u16>,
    },
    /// Connect to an instance; `port` is another one than the remembered.
    Connect {
        /// Which one.
        instance: InstanceId,
        /// Where it answers.
        port: Option<u16>,
        /// What is run there; a shell when empty.
        command: Vec<String>,
    },
    /// An effect has something to say.
    Reply(Box<Reply>),
}

/// Pasted text may be a passphrase: it is counted, not shown.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => f.debug_tuple("Key").field(key).finish(),
            Self::Paste(text) => write!(f, "Paste({} characters)", text.chars().count()),
            Self::Resize { columns, rows } => {
                f.debug_struct("Resize").field("columns", columns).field("rows", rows).finish()
            }
            Self::Wake => f.write_str("Wake"),
            Self::Examine { instance, port } => {
                f.debug_struct("Examine").field("instance", instance).field("port", port).finish()
            }
            Self::Connect { instance, port, command } => f
                .debug_struct("Connect")
                .field("instance", instance)
                .field("port", port)
                .field("command", &format_args!("{} words", command.len()))
                .finish(),
            Self::Reply(reply) => f.debug_tuple("Reply").field(reply).finish(),
        }
    }
}

/// One profile and region from opening to switch: replies of an older one are stale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(pub u64);

/// One write, from confirmation to reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WriteId(pub u64);

/// One task on this machine, from request to reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalId(pub u64);

/// What the update function asks of the outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Build the clients for a profile and region; the answer is [`Reply::Session`].
    OpenSession {
        /// The session to be.
        session: SessionId,
        /// `None`: the default chain decides.
        profile: Option<String>,
        /// `None`: the default chain decides.
        region: Option<Region>,
    },
    /// Ask EC2. A newer read of the same [`Read::slot`] cancels the older one.
    Read {
        /// For which session.
        session: SessionId,
        /// What to ask.
        read: Read,
    },
    /// Change something in EC2. Never aborted.
    Write {
        /// In which session.
        session: SessionId,
        /// Comes back with the reply.
        id: WriteId,
        /// What to change.
        write: Write,
    },
    /// Do something on this machine.
    Local {
        /// Comes back with the reply.
        id: LocalId,
        /// What to do.
        task: LocalTask,
    },
    /// Give the terminal to a program until it ends; the answer is [`Reply::Program`].
    Run {
        /// Comes back with the reply.
        id: LocalId,
        /// What to run.
        program: Program,
    },
    /// Put text on the clipboard (OSC 52).
    Copy(String),
    /// Leave the program.
    Quit,
}

/// A question to AWS; asking it twice does no harm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// Whose account this is (`sts:GetCallerIdentity`).
    Account,
    /// The account's plan and its credits (`freetier:GetAccountPlanState`).
    AccountPlan,
    /// What of this month's allowances was used (`freetier:GetFreeTierUsage`).
    Allowances,
    /// All regions and whether they are enabled (`DescribeRegions`, `AllRegions`).
    Regions,
    /// All instances, page by page (`DescribeInstances`).
    Instances,
    /// Some instances, by id.
    InstancesById(Vec<InstanceId>),
    /// Status checks of all running instances (`DescribeInstanceStatus`).
    InstanceStatuses,
    /// All groups and all rules (`DescribeSecurityGroups`, `DescribeSecurityGroupRules`).
    SecurityGroups,
    /// All Elastic IPs (`DescribeAddresses`).
    Addresses,
    /// All key pairs with public keys (`DescribeKeyPairs`).
    KeyPairs,
    /// All volumes (`DescribeVolumes`).
    Volumes,
    /// All snapshots of the account's own, page by page (`DescribeSnapshots`).
    Snapshots,
    /// All images of the account's own, deprecated and disabled ones too (`DescribeImages`): what a snapshot may belong
    /// to.
    OwnImages,
    /// Some images, by id, deprecated ones too (`DescribeImages`).
    Images(Vec<ImageId>),
    /// The newest image of each quick-start family (`DescribeImages` by owner and name pattern).
    QuickStartImages(Architecture),
    /// The account's own images.
    MyImages,
    /// An image by id (`ami-...`) or by exact name or pattern, of the account, Amazon, Canonical or Debian.
    FindImages(String),
    /// All types of the region (`DescribeInstanceTypes`).
    InstanceTypes,
    /// Some types, by name; ones that are gone are left out.
    TypesNamed(Vec<String>),
    /// VPCs and subnets (`DescribeVpcs`, `DescribeSubnets`).
    Networks,
    /// All network interfaces, page by page (`DescribeNetworkInterfaces`): what else uses a group or an address.
    Interfaces,
    /// All managed prefix lists, without their entries (`DescribeManagedPrefixLists`).
    PrefixLists,
    /// The address blocks of one prefix list (`GetManagedPrefixListEntries`).
    PrefixListEntries(PrefixListId),
    /// The address this machine is seen under (check-IP service).
    MyIp,
    /// Parts of the region's Price List (`pricing:GetProducts`).
    Prices {
        /// What to ask for.
        parts: Vec<PricePart>,
        /// When it is asked: the prices carry this date.
        at: Timestamp,
    },
    /// Present prices of the spot market (`DescribeSpotPriceHistory`).
    SpotPrices {
        /// What is billed besides the machine, as for [`Read::Prices`].
        operation: String,
        /// Instance types, a few.
        types: Vec<String>,
        /// Now.
        at: Timestamp,
    },
    /// Whether the launch would be allowed (`RunInstances` with `DryRun`).
    LaunchDryRun {
        /// What would be launched.
        plan: Box<LaunchPlan>,
    },
    /// Whether termination is switched off (`DescribeInstanceAttribute`).
    TerminationProtection(InstanceId),
    /// What a shutdown from inside does (`DescribeInstanceAttribute`).
    ShutdownBehavior(InstanceId),
    /// All schedules of this program (`scheduler:ListSchedules`, `scheduler:GetSchedule`).
    Schedules,
    /// The schedule of one instance (`scheduler:GetSchedule`).
    Schedule(InstanceId),
    /// The route tables of a VPC (`DescribeRouteTables`).
    RouteTables(VpcId),
    /// The network ACLs of a VPC (`DescribeNetworkAcls`).
    NetworkAcls(VpcId),
    /// What an instance has printed on its console (`GetConsoleOutput`).
    ConsoleOutput(InstanceId),
    /// The encrypted password of Windows' administrator (`GetPasswordData`).
    PasswordData(InstanceId),
    /// What the graphs of an instance show (`cloudwatch:GetMetricData`).
    Metrics {
        /// Of which instance.
        instance: InstanceId,
        /// How far back.
        range: Range,
        /// One call.
        question: Box<Question>,
    },
    /// CPU use of the rows on the screen (`cloudwatch:GetMetricData`, one call).
    Sparklines(Box<Question>),
    /// How much instances were used over the last days (`cloudwatch:GetMetricData`, one call).
    InstanceUses(Box<Question>),
    /// Whether instances with CPU credits are slowed or billed when those are used up; T types only, EC2 refuses others
    /// (`DescribeInstanceCreditSpecifications`).
    CreditModes(Vec<InstanceId>),
    /// What carries a request's tag: settles a write whose reply never came.
    MadeBy {
        /// Value of the tag [`crate::domain::tag::REQUEST`].
        marker: String,
        /// Where to look.
        kind: MadeKind,
    },
}

/// What kind of thing an unclear write would have made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MadeKind {
    /// `DescribeKeyPairs`
    KeyPair,
    /// `DescribeSecurityGroups`
    SecurityGroup,
    /// `DescribeInstances`
    Instances,
    /// `DescribeAddresses`
    Address,
}

/// Which reads replace one another: one in flight per slot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// [`Read::Account`]
    Account,
    /// [`Read::AccountPlan`]
    AccountPlan,
    /// [`Read::Allowances`]
    Allowances,
    /// [`Read::Regions`]
    Regions,
    /// [`Read::Instances`]
    Instances,
    /// [`Read::InstancesById`]
    InstancesById,
    /// [`Read::InstanceStatuses`]
    InstanceStatuses,
    /// [`Read::SecurityGroups`]
    SecurityGroups,
    /// [`Read::Addresses`]
    Addresses,
    /// [`Read::KeyPairs`]
    KeyPairs,
    /// [`Read::Volumes`]
    Volumes,
    /// [`Read::Snapshots`]
    Snapshots,
    /// [`Read::OwnImages`]
    OwnImages,
    /// [`Read::Images`]
    Images,
    /// [`Read::QuickStartImages`]
    QuickStartImages(Architecture),
    /// [`Read::MyImages`]
    MyImages,
    /// [`Read::FindImages`]
    FindImages,
    /// [`Read::InstanceTypes`]
    InstanceTypes,
    /// [`Read::TypesNamed`]
    TypesNamed,
    /// [`Read::Networks`]
    Networks,
    /// [`Read::Interfaces`]
    Interfaces,
    /// [`Read::PrefixLists`]
    PrefixLists,
    /// [`Read::PrefixListEntries`]
    PrefixListEntries(PrefixListId),
    /// [`Read::MyIp`]
    MyIp,
    /// [`Read::Prices`]
    Prices,
    /// [`Read::SpotPrices`]
    SpotPrices,
    /// [`Read::LaunchDryRun`]
    LaunchDryRun,
    /// [`Read::TerminationProtection`]
    TerminationProtection(InstanceId),
    /// [`Read::ShutdownBehavior`]
    ShutdownBehavior(InstanceId),
    /// [`Read::Schedules`]
    Schedules,
    /// [`Read::Schedule`]
    Schedule(InstanceId),
    /// [`Read::RouteTables`]
    RouteTables(VpcId),
    /// [`Read::NetworkAcls`]
    NetworkAcls(VpcId),
    /// [`Read::ConsoleOutput`]
    ConsoleOutput(InstanceId),
    /// [`Read::PasswordData`]
    PasswordData(InstanceId),
    /// [`Read::Metrics`]
    Metrics(InstanceId, Range),
    /// [`Read::Sparklines`]
    Sparklines,
    /// [`Read::InstanceUses`]
    InstanceUses,
    /// [`Read::CreditModes`]
    CreditModes(Vec<InstanceId>),
    /// [`Read::MadeBy`]
    MadeBy(String, MadeKind),
}

impl Read {
    /// The slot it occupies while it is in flight.
    #[must_use]
    pub fn slot(&self) -> Slot {
        match self {
            Self::Account => Slot::Account,
            Self::AccountPlan => Slot::AccountPlan,
            Self::Allowances => Slot::Allowances,
            Self::Regions => Slot::Regions,
            Self::Instances => Slot::Instances,
            Self::InstancesById(_) => Slot::InstancesById,
            Self::InstanceStatuses => Slot::InstanceStatuses,
            Self::SecurityGroups => Slot::SecurityGroups,
            Self::Addresses => Slot::Addresses,
            Self::KeyPairs => Slot::KeyPairs,
            Self::Volumes => Slot::Volumes,
            Self::Snapshots => Slot::Snapshots,
            Self::OwnImages => Slot::OwnImages,
            Self::Images(_) => Slot::Images,
            Self::QuickStartImages(architecture) => Slot::QuickStartImages(*architecture),
            Self::MyImages => Slot::MyImages,
            Self::FindImages(_) => Slot::FindImages,
            Self::InstanceTypes => Slot::InstanceTypes,
            Self::TypesNamed(_) => Slot::TypesNamed,
            Self::Networks => Slot::Networks,
            Self::Interfaces => Slot::Interfaces,
            Self::PrefixLists => Slot::PrefixLists,
            Self::PrefixListEntries(id) => Slot::PrefixListEntries(id.clone()),
            Self::MyIp => Slot::MyIp,
            Self::Prices { .. } => Slot::Prices,
            Self::SpotPrices { .. } => Slot::SpotPrices,
            Self::LaunchDryRun { .. } => Slot::LaunchDryRun,
            Self::TerminationProtection(id) => Slot::TerminationProtection(id.clone()),
            Self::ShutdownBehavior(id) => Slot::ShutdownBehavior(id.clone()),
            Self::Schedules => Slot::Schedules,
            Self::Schedule(id) => Slot::Schedule(id.clone()),
            Self::RouteTables(vpc) => Slot::RouteTables(vpc.clone()),
            Self::NetworkAcls(vpc) => Slot::NetworkAcls(vpc.clone()),
            Self::ConsoleOutput(id) => Slot::ConsoleOutput(id.clone()),
            Self::PasswordData(id) => Slot::PasswordData(id.clone()),
            Self::Metrics { instance, range, .. } => Slot::Metrics(instance.clone(), *range),
            Self::Sparklines(_) => Slot::Sparklines,
            Self::InstanceUses(_) => Slot::InstanceUses,
            Self::CreditModes(ids) => Slot::CreditModes(ids.clone()),
            Self::MadeBy { marker, kind } => Slot::MadeBy(marker.clone(), *kind),
        }
    }
}

/// A change in AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Start, stop, reboot or terminate one instance: one call each, so that one refusal does not block the others.
    Instance {
        /// What to do.
        action: InstanceAction,
        /// To which one.
        id: InstanceId,
    },
    /// `ImportKeyPair`; answers [`Written::KeyPair`].
    ImportKeyPair {
        /// Name in EC2.
        name: String,
        /// OpenSSH line.
        public_key: String,
        /// Value of the request tag.
        marker: String,
    },
    /// `ec2-instance-connect:SendSSHPublicKey`: lets a key in for a minute, doing it twice is doing it once. Answers
    /// [`Written::Done`].
    SendSshPublicKey {
        /// To which instance.
        instance: InstanceId,
        /// Whose key it is there.
        user: String,
        /// OpenSSH line.
        public_key: String,
    },
    /// `DeleteKeyPair`, by id; answers [`Written::Done`].
    DeleteKeyPair(KeyPairId),
    /// `CreateSecurityGroup` (without rules: those follow as [`Write::AuthorizeRules`]); answers [`Written::Group`].
    CreateSecurityGroup {
        /// What to make.
        group: NewGroup,
        /// Tags besides the request tag.
        tags: Vec<Tag>,
        /// Value of the request tag.
        marker: String,
    },
    /// `AuthorizeSecurityGroupIngress` or `...Egress`; a rule that is there already counts as done and has no id in
    /// the answer. Answers [`Written::Rules`].
    AuthorizeRules {
        /// To which group.
        group: GroupId,
        /// In or out.
        direction: Direction,
        /// What to add.
        rules: Vec<NewRule>,
    },
    /// `ModifySecurityGroupRules`: each rule is replaced whole and keeps its id, so that there is no moment without
    /// it. Answers [`Written::Done`].
    ModifyRules {
        /// Of which group.
        group: GroupId,
        /// Which rules, and what they become.
        changes: Vec<(RuleId, NewRule)>,
    },
    /// `RevokeSecurityGroupIngress` or `...Egress`, by rule id: by properties, EC2 may silently do nothing. Answers
    /// [`Written::Done`].
    RevokeRules {
        /// Of which group.
        group: GroupId,
        /// In or out.
        direction: Direction,
        /// Which rules.
        rules: Vec<RuleId>,
    },
    /// `ModifyNetworkInterfaceAttribute`: these groups and no others. Answers [`Written::Done`].
    SetInterfaceGroups {
        /// Of which interface.
        interface: InterfaceId,
        /// At least one.
        groups: Vec<GroupId>,
    },
    /// `CreateTags`; a key that is there gets the new value. Answers [`Written::Done`].
    PutTags {
        /// Id of any resource.
        resource: String,
        /// What to put.
        tags: Vec<Tag>,
    },
    /// `DeleteTags`, whatever their values are. Answers [`Written::Done`].
    RemoveTags {
        /// Id of any resource.
        resource: String,
        /// Keys of the tags.
        keys: Vec<String>,
    },
    /// `AllocateAddress`, never repeated by the SDK; answers [`Written::Address`].
    AllocateAddress {
        /// Tags besides the request tag.
        tags: Vec<Tag>,
        /// Value of the request tag.
        marker: String,
    },
    /// `AssociateAddress`; answers [`Written::Associated`].
    AssociateAddress {
        /// Which address.
        address: AllocationId,
        /// Where to.
        target: AddressTarget,
        /// Whether it may be taken from what it is on now (`AllowReassociation`): never without a question.
        take_over: bool,
    },
    /// `DisassociateAddress`; answers [`Written::Done`], also when it was off already.
    DisassociateAddress(AssociationId),
    /// `ReleaseAddress`: it is gone for good. Answers [`Written::Done`].
    ReleaseAddress(AllocationId),
    /// `DeleteVolume`: what is on it is gone. Answers [`Written::Done`].
    DeleteVolume(VolumeId),
    /// `DeleteSnapshot`; answers [`Written::Done`].
    DeleteSnapshot(SnapshotId),
    /// `ModifyInstanceAttribute` of a stopped instance: another type. Answers [`Written::Done`].
    SetInstanceType {
        /// Of which instance.
        id: InstanceId,
        /// Its new type.
        instance_type: String,
    },
    /// `ModifyInstanceCreditSpecification`; answers [`Written::Done`].
    SetCreditMode {
        /// Of which instance.
        id: InstanceId,
        /// What happens when its credits are used up.
        mode: CreditMode,
    },
    /// `DeleteSecurityGroup`; answers [`Written::Done`].
    DeleteSecurityGroup(GroupId),
    /// `scheduler:CreateSchedule`; answers [`Written::Done`].
    CreateSchedule {
        /// What to make.
        schedule: NewSchedule,
        /// The same for every try.
        token: ClientToken,
    },
    /// `scheduler:UpdateSchedule`, which replaces all of it; answers [`Written::Done`].
    UpdateSchedule {
        /// What it becomes.
        schedule: NewSchedule,
        /// The same for every try.
        token: ClientToken,
    },
    /// `scheduler:DeleteSchedule`; answers [`Written::Done`], also when it was gone already.
    DeleteSchedule(InstanceId),
    /// `RunInstances`; answers [`Written::Launched`].
    RunInstances {
        /// What to launch; its group and key choices are resolved by the two fields below.
        plan: Box<LaunchPlan>,
        /// Existing groups.
        groups: Vec<GroupId>,
        /// Key pair in EC2, if any.
        key_name: Option<String>,
        /// The same for every try of the same plan.
        token: ClientToken,
    },
}

/// Where an Elastic IP goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressTarget {
    /// The instance.
    pub instance: InstanceId,
    /// Which of its interfaces; `None`: it has only one.
    pub interface: Option<InterfaceId>,
    /// Which of the interface's private addresses; `None`: the primary one.
    pub private_ip: Option<Ipv4Addr>,
}

/// What a write has done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is done, and there is nothing to tell.
    Done,
    /// The key pair exists.
    KeyPair(KeyPairId),
    /// The group exists.
    Group(GroupId),
    /// The rules exist; those that were there before have no id here.
    Rules(Vec<RuleId>),
    /// The Elastic IP belongs to the account.
    Address(AllocationId, Ipv4Addr),
    /// The Elastic IP is on its target.
    Associated(AssociationId),
    /// The instances exist.
    Launched(Vec<Instance>),
}

/// Work on this machine that is not the screen's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocalTask {
    /// Look for private keys.
    ScanKeys {
        /// Where.
        folders: Vec<PathBuf>,
    },
    /// Make a private key and write it, exclusively and locked down, before anything else happens.
    GenerateKey {
        /// The key folder; made (0700) if missing.
        folder: PathBuf,
        /// The key pair's name; the file is named after it.
        name: String,
        /// Algorithm.
        kind: KeyKind,
        /// How many bits, if it is RSA.
        rsa_bits: RsaBits,
    },
    /// Convert a private key file: a `.ppk` file to PEM, any other to `.ppk`.
    ExportKey {
        /// The private key that is there.
        from: PathBuf,
        /// The file to write.
        to: PathBuf,
        /// Opens `from`, if it is encrypted.
        input_passphrase: Option<Secret>,
        /// Encrypts `to`.
        output_passphrase: Option<Secret>,
        /// Of a `.ppk` file that is written.
        ppk_version: PpkVersion,
        /// Whether `to` may be replaced.
        force: bool,
    },
    /// Read the public half of a key, out of a public or a private key file.
    ReadPublicKey {
        /// The file.
        path: PathBuf,
        /// Opens it, if it is encrypted and shows nothing without.
        passphrase: Option<Secret>,
    },
    /// Make a key file readable by its owner only.
    LockKey(PathBuf),
    /// Read a user data file, 16 KiB at most.
    ReadUserData(PathBuf),
    /// Read what is remembered about getting in; a file that is missing says nothing. Answers [`LocalDone::Remembered`].
    ReadRemembered {
        /// [`SshPlaces::settings`]
        file: PathBuf,
    },
    /// Write what is remembered; what a person has written there stays. Answers [`LocalDone::RememberedWritten`].
    WriteRemembered {
        /// [`SshPlaces::settings`]
        file: PathBuf,
        /// All of it.
        remembered: Remembered,
    },
    /// Read the cached prices of a region. Answers [`LocalDone::Prices`].
    ReadPrices {
        /// The cache file.
        file: PathBuf,
        /// Whose prices they must be.
        region: String,
    },
    /// Keep the prices of a region. Answers [`LocalDone::PricesWritten`].
    WritePrices {
        /// The cache file; its folder is made if missing.
        file: PathBuf,
        /// Whose prices they are.
        region: String,
        /// All of them.
        prices: Box<Prices>,
    },
    /// Find out what [`LocalTask::WriteHosts`] would do. Answers [`LocalDone::HostsPlanned`].
    PlanHosts {
        /// Where the files are.
        places: SshPlaces,
        /// The region's instances.
        hosts: Box<RegionHosts>,
    },
    /// Read this program's own file of remembered hosts; one that is missing is empty. Answers [`LocalDone::Hosts`].
    ReadHosts {
        /// [`SshPlaces::hosts`]
        file: PathBuf,
    },
    /// Bring a region's remembered hosts up to date. Answers [`LocalDone::HostsWritten`].
    WriteHosts {
        /// Where the files are.
        places: SshPlaces,
        /// The region's instances.
        hosts: Box<RegionHosts>,
        /// All of them, or those that are remembered already.
        scope: HostsScope,
    },
    /// Save a session for PuTTY, with a `.ppk` file beside the private key if there is none. Answers
    /// [`LocalDone::PuttyWritten`].
    WritePuttySession {
        /// [`SshPlaces::putty_sessions`]
        folder: PathBuf,
        /// What it is called in PuTTY.
        name: String,
        /// Where it leads.
        login: Box<Login>,
        /// Fingerprints of the host keys that the console has told; without any, PuTTY asks.
        host_keys: Vec<String>,
        /// Opens the private key if it is encrypted, and encrypts the `.ppk` file.
        passphrase: Option<Secret>,
    },
    /// Ask a server for its host keys. Answers [`LocalDone::HostKeys`].
    ScanHostKeys {
        /// An address, or a name such as DNS has them.
        host: String,
        /// Mostly 22.
        port: u16,
        /// For all of it.
        timeout: Duration,
    },
    /// The host keys that are known of an instance. Answers [`LocalDone::HostKeys`].
    KnownHostKeys {
        /// [`SshPlaces::known_hosts`]
        file: PathBuf,
        /// Of which instance.
        instance: InstanceId,
    },
    /// Record host keys of an instance. Answers [`LocalDone::HostKeysChanged`].
    RecordHostKeys {
        /// [`SshPlaces::known_hosts`]
        file: PathBuf,
        /// Of which instance.
        instance: InstanceId,
        /// Those that were verified, or that the person has accepted.
        keys: Vec<HostKey>,
    },
    /// Forget all host keys of an instance. Answers [`LocalDone::HostKeysChanged`].
    ForgetHostKeys {
        /// [`SshPlaces::known_hosts`]
        file: PathBuf,
        /// Of which instance.
        instance: InstanceId,
    },
    /// Make a key for one connection. Answers [`LocalDone::OneTimeKey`].
    MakeOneTimeKey {
        /// [`SshPlaces::one_time_keys`]; made (0700) if missing.
        folder: PathBuf,
    },
    /// Remove it. Answers [`LocalDone::OneTimeKeyRemoved`], also when it is gone already.
    RemoveOneTimeKey(PathBuf),
    /// Look for the programs that ways in need. Answers [`LocalDone::Tools`].
    FindTools,
    /// Decrypt the password of Windows' administrator with the instance's private key.
    DecryptPassword {
        /// The private key, RSA.
        path: PathBuf,
        /// Opens it, if it is encrypted.
        passphrase: Option<Secret>,
        /// What [`Read::PasswordData`] has found.
        encrypted: String,
    },
    /// Connect to a port and see whether it greets, sending nothing.
    Probe {
        /// Where.
        host: IpAddr,
        /// Which TCP port.
        port: u16,
        /// How long to wait for the connection, and then once more for the greeting.
        patience: Duration,
    },
    /// Run ssh to see whether it gets in. The arguments reach the program as they are, never through a shell.
    TryLogin {
        /// The ssh client.
        program: PathBuf,
        /// Its arguments; they must keep it from asking anything (`BatchMode`).
        arguments: Vec<OsString>,
        /// After this it is ended.
        patience: Duration,
    },
}

/// What a local task has done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocalDone {
    /// What was found.
    Keys(Vec<LocalKey>),
    /// The private key is on disk; this is its public half.
    KeyWritten(LocalKey),
    /// The converted key is on disk.
    Exported {
        /// Where.
        path: PathBuf,
    },
    /// What the file holds.
    PublicKey(PublicHalf),
    /// Nobody else can read this file now.
    Locked(PathBuf),
    /// The file's bytes.
    UserData(UserData),
    /// What is remembered, and what the file says that means nothing.
    Remembered(RememberedFile),
    /// It is on disk.
    RememberedWritten(Remembered),
    /// What the cache holds; nothing when it is missing or damaged.
    Prices(Option<Box<Prices>>),
    /// The prices are on disk.
    PricesWritten,
    /// The file's text.
    Hosts(String),
    /// What would be done.
    HostsPlanned(HostsPlan),
    /// What was done.
    HostsWritten(HostsPlan),
    /// The session is on disk.
    PuttyWritten(PuttyWritten),
    /// A server's keys, or those that are known.
    HostKeys(Vec<HostKey>),
    /// The instance's known keys are now others.
    HostKeysChanged(InstanceId),
    /// The key is on disk.
    OneTimeKey(OneTimeKey),
    /// It is there no longer.
    OneTimeKeyRemoved,
    /// What is installed.
    Tools(Tools),
    /// The password in clear: to be shown, never to be kept.
    Password(Secret),
    /// What the port did.
    Probe(Reach),
    /// What ssh said.
    Login(LoginWords),
}

/// What an effect has to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The clients are there, or why not.
    Session {
        /// For which session.
        session: SessionId,
        /// What came of it.
        outcome: Result<SessionInfo, Problem>,
    },
    /// A part of a read's answer, or why there is none.
    Read {
        /// For which session.
        session: SessionId,
        /// What was asked.
        read: Read,
        /// A page or the whole; `more` of [`Found`] says whether another part follows.
        outcome: Result<Found, Problem>,
    },
    /// A write has ended.
    Write {
        /// Which one.
        id: WriteId,
        /// In which session it was made.
        session: SessionId,
        /// What came of it.
        outcome: Result<Written, Problem>,
    },
    /// A program that had the terminal has ended.
    Program {
        /// Which one.
        id: LocalId,
        /// How.
        ended: Ended,
    },
    /// A local task has ended.
    Local {
        /// Which one.
        id: LocalId,
        /// What came of it.
        outcome: Result<LocalDone, Problem>,
    },
}

/// What opening a session found out without asking AWS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionInfo {
    /// The profile in use; `default` when none was named.
    pub profile: String,
    /// The region in use; `None`: none is configured anywhere, so ask the person.
    pub region: Option<Region>,
    /// All profiles in the files, for the switcher.
    pub profiles: Vec<String>,
    /// An endpoint other than AWS's own.
    pub endpoint: Option<String>,
    /// Whether the profile is an SSO one: then its login command is `aws sso login`.
    pub sso: bool,
}

/// Whose account it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    /// The caller's ARN.
    pub arn: String,
}

/// One part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows of this part; may be empty though more follow.
    pub rows: Vec<T>,
    /// Whether another part follows.
    pub more: bool,
}

/// What a read has found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// [`Read::Account`]
    Account(Account),
    /// [`Read::AccountPlan`]; `None`: AWS keeps none for this account
    AccountPlan(Option<AccountPlan>),
    /// [`Read::Allowances`]
    Allowances(Vec<Allowance>),
    /// [`Read::Regions`]
    Regions(Vec<RegionEntry>),
    /// [`Read::Instances`], [`Read::InstancesById`]
    Instances(Page<Instance>),
    /// [`Read::InstanceStatuses`]
    InstanceStatuses(Page<InstanceStatus>),
    /// [`Read::SecurityGroups`]
    SecurityGroups(Page<SecurityGroup>),
    /// [`Read::Addresses`]
    Addresses(Page<Address>),
    /// [`Read::KeyPairs`]
    KeyPairs(Page<KeyPair>),
    /// [`Read::Volumes`]
    Volumes(Page<Volume>),
    /// [`Read::Snapshots`]
    Snapshots(Page<Snapshot>),
    /// [`Read::Images`], [`Read::MyImages`], [`Read::OwnImages`], [`Read::FindImages`]; newest first
    Images(Vec<Image>),
    /// [`Read::QuickStartImages`]: the newest of each family that the region has
    QuickStartImages(Vec<(QuickStart, Image)>),
    /// [`Read::InstanceTypes`], [`Read::TypesNamed`]
    InstanceTypes(Page<InstanceType>),
    /// [`Read::Networks`]
    Networks(Networks),
    /// [`Read::Interfaces`]
    Interfaces(Page<NetworkInterface>),
    /// [`Read::PrefixLists`]
    PrefixLists(Vec<PrefixList>),
    /// [`Read::PrefixListEntries`]
    PrefixListEntries(Vec<IpNet>),
    /// [`Read::MyIp`]
    MyIp(IpAddr),
    /// [`Read::Prices`]; a part of them may have been refused
    Prices(Box<Prices>),
    /// [`Read::SpotPrices`]
    SpotPrices(SpotPrices),
    /// The dry run of a [`Read::LaunchDryRun`] was allowed.
    LaunchAllowed,
    /// [`Read::TerminationProtection`]
    TerminationProtection(bool),
    /// [`Read::ShutdownBehavior`]
    ShutdownBehavior(ShutdownBehavior),
    /// [`Read::Schedules`]
    Schedules(Schedules),
    /// [`Read::Schedule`]
    Schedule(Option<Schedule>),
    /// [`Read::RouteTables`]
    RouteTables(Vec<RouteTable>),
    /// [`Read::NetworkAcls`]
    NetworkAcls(Vec<NetworkAcl>),
    /// [`Read::ConsoleOutput`]: safe to print, in lines; `None` when there is nothing yet
    ConsoleOutput(Option<String>),
    /// [`Read::PasswordData`]: base64; `None` when there is none yet, or never will be
    PasswordData(Option<String>),
    /// [`Read::Metrics`], [`Read::Sparklines`], [`Read::InstanceUses`]
    Readings(Readings),
    /// [`Read::CreditModes`]
    CreditModes(BTreeMap<InstanceId, CreditMode>),
    /// [`Read::MadeBy`]
    Made(Made),
}

impl Found {
    /// Whether another part of the same answer follows.
    #[must_use]
    pub fn has_more(&self) -> bool {
        match self {
            Self::Instances(page) => page.more,
            Self::InstanceStatuses(page) => page.more,
            Self::SecurityGroups(page) => page.more,
            Self::Addresses(page) => page.more,
            Self::KeyPairs(page) => page.more,
            Self::Volumes(page) => page.more,
            Self::Snapshots(page) => page.more,
            Self::InstanceTypes(page) => page.more,
            Self::Interfaces(page) => page.more,
            _ => false,
        }
    }
}

/// What carries a request's tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Key pairs.
    pub key_pairs: Vec<KeyPairId>,
    /// Security groups.
    pub groups: Vec<GroupId>,
    /// Instances.
    pub instances: Vec<Instance>,
    /// Elastic IPs.
    pub addresses: Vec<Address>,
}

/// A point in time as the update function gets it.
pub type Now = Timestamp;
