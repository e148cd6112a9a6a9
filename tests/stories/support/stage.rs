//! Where a story plays: which account, which size of terminal, which language.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ec2deck::app::environment::Environment;
use ec2deck::clock::Clock;
use ec2deck::cloud::{Clients, MyIp, ReadyClients, Settings, Source};
use ec2deck::demo::DemoAccount;
use ec2deck::domain::region::Region;
use ec2deck::domain::ssh_places::SshPlaces;
use ec2deck::runtime::Engine;
use ec2deck::text::Language;
use tempfile::TempDir;

use super::moto::{self, Turn};
use super::source::Wire;
use super::story::Story;

/// When the demo stories begin.
pub const BEGIN: &str = "2026-11-23T09:00:00Z";

/// A story before its first frame.
pub struct Stage {
    home: TempDir,
    clock: Clock,
    account: Account,
    size: (u16, u16),
    changes: Vec<Change>,
    my_ip: MyIp,
}

/// What a story has otherwise than the others.
type Change = Box<dyn FnOnce(&mut Environment)>;

enum Account {
    Demo(Box<DemoAccount>),
    Moto(Turn),
    Wire(Wire),
    Chain,
}

impl Stage {
    /// The demo account as a newcomer sees it. Needs a paused clock.
    pub fn demo() -> Self {
        Self::demo_of(DemoAccount::lived_in)
    }

    /// A demo account of one's own choice.
    pub fn demo_of(account: impl FnOnce(Clock) -> DemoAccount) -> Self {
        let clock = Clock::starting_at(BEGIN.parse().unwrap());
        Self::new(Account::Demo(Box::new(account(clock))), clock)
    }

    /// moto, empty, on the real clock.
    pub async fn moto() -> Self {
        Self::new(Account::Moto(moto::turn().await), Clock::system())
    }

    /// A connection that misbehaves.
    pub fn wire(wire: Wire) -> Self {
        Self::new(Account::Wire(wire), Clock::starting_at(BEGIN.parse().unwrap()))
    }

    /// The SDK's own chain, as the program uses it outside the tests.
    pub fn default_chain() -> Self {
        Self::new(Account::Chain, Clock::system()).with(|environment| environment.region = None)
    }

    fn new(account: Account, clock: Clock) -> Self {
        let home = tempfile::tempdir().expect("a folder for the story");
        Self { home, clock, account, size: (120, 30), changes: Vec::new(), my_ip: seen_as("198.51.100.7") }
    }

    /// Columns and rows of the terminal.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    /// Texts in Korean.
    pub fn korean(self) -> Self {
        self.with(|environment| environment.language = Language::Korean)
    }

    /// `--read-only`
    pub fn read_only(self) -> Self {
        self.with(|environment| environment.read_only = true)
    }

    /// The address that this machine is seen under.
    pub fn seen_as(mut self, address: &str) -> Self {
        self.my_ip = seen_as(address);
        self
    }

    /// No service tells the address that this machine is seen under.
    pub fn seen_as_nobody(mut self) -> Self {
        // Nobody listens on port 1 of this machine.
        self.my_ip = MyIp::Ask { url: "https://127.0.0.1:1/".to_owned() };
        self
    }

    /// Anything else that the command line decides.
    pub fn with(mut self, change: impl FnOnce(&mut Environment) + 'static) -> Self {
        self.changes.push(Box::new(change));
        self
    }

    /// The EC2 client that asks moto, for what a story begins with.
    pub fn server(&self) -> aws_sdk_ec2::Client {
        match &self.account {
            Account::Moto(turn) => moto::ec2(turn.endpoint),
            _ => panic!("not a story on moto"),
        }
    }

    /// Where moto listens.
    pub fn endpoint(&self) -> &'static str {
        match &self.account {
            Account::Moto(turn) => turn.endpoint,
            _ => panic!("not a story on moto"),
        }
    }

    /// The home folder of the story.
    pub fn home(&self) -> PathBuf {
        self.home.path().to_owned()
    }

    /// Where the story's private keys lie.
    pub fn key_folder(&self) -> PathBuf {
        self.home.path().join(".ssh")
    }

    /// Where the story's files about getting in are.
    pub fn ssh_places(&self) -> SshPlaces {
        ssh_places(self.home.path())
    }

    /// Opens the program and lets everything that it asks at the start answer.
    pub async fn open(self) -> Story {
        let mut story = self.raise();
        story.settle().await;
        story
    }

    /// Opens the program; nothing has answered yet.
    pub fn raise(self) -> Story {
        let Self { home, clock, account, size, changes, my_ip } = self;
        let key_folder = home.path().join(".ssh");
        let mut environment = Environment {
            language: Language::English,
            demo: matches!(account, Account::Demo(_)),
            read_only: false,
            refresh: Duration::from_secs(30),
            key_folders: vec![key_folder.clone()],
            key_folder,
            home: Some(home.path().to_owned()),
            ascii: false,
            cache_folder: Some(home.path().join(".cache/ec2deck")),
            ssh_places: Some(ssh_places(home.path())),
            who: ec2deck::domain::who::Who {
                user: "kim".to_owned(),
                machine: "laptop".to_owned(),
                id: Some("7f3a2c1d".to_owned()),
            },
            profile: None,
            region: Region::parse(moto::REGION),
            run_id: "story".to_owned(),
        };
        for change in changes {
            change(&mut environment);
        }
        let settings = Settings {
            source: match &account {
                Account::Demo(demo) => Source::Ready(with_my_ip(demo.ready_clients(), my_ip.clone())),
                Account::Moto(turn) => Source::Ready(with_my_ip(moto_clients(turn.endpoint), my_ip.clone())),
                Account::Wire(wire) => Source::Ready(wire.clients()),
                Account::Chain => Source::Aws,
            },
            endpoint_url: None,
            read_only: environment.read_only,
            my_ip_url: match &my_ip {
                MyIp::Ask { url } => url.clone(),
                MyIp::Fixed(_) => "https://checkip.amazonaws.com".to_owned(),
            },
            my_ip: match my_ip {
                MyIp::Fixed(address) => Some(address),
                MyIp::Ask { .. } => None,
            },
        };
        let engine = Engine::new(environment, settings, clock, size);
        let (demo, turn) = match account {
            Account::Demo(demo) => (Some(*demo), None),
            Account::Moto(turn) => (None, Some(turn)),
            Account::Wire(_) | Account::Chain => (None, None),
        };
        Story::new(engine, home, demo, turn)
    }
}

/// Clients for any region that ask moto.
pub fn moto_clients(endpoint: &'static str) -> ReadyClients {
    Arc::new(move |_region| Clients {
        ec2: moto::ec2(endpoint),
        instance_connect: moto::instance_connect(endpoint),
        sts: moto::sts(endpoint),
        free_tier: moto::free_tier(endpoint),
        pricing: moto::pricing(endpoint),
        cloudwatch: moto::cloudwatch(endpoint),
        scheduler: moto::scheduler(endpoint),
        my_ip: MyIp::Fixed(std::net::Ipv4Addr::new(198, 51, 100, 7).into()),
    })
}

fn seen_as(address: &str) -> MyIp {
    MyIp::Fixed(address.parse().expect("an address"))
}

fn with_my_ip(clients: ReadyClients, my_ip: MyIp) -> ReadyClients {
    Arc::new(move |region| Clients { my_ip: my_ip.clone(), ..clients(region) })
}

fn ssh_places(home: &std::path::Path) -> SshPlaces {
    SshPlaces {
        settings: home.join(".config/ec2deck/connect.toml"),
        known_hosts: home.join(".local/state/ec2deck/known_hosts"),
        ssh_folder: home.join(".ssh"),
        putty_sessions: home.join(".putty/sessions"),
    }
}
