//! moto, an independent EC2: installed by the tests themselves below `target/`, started once for the run on a free
//! loopback port, and gone with the test process, also when that panics or is killed.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use aws_sdk_ec2::config::retry::RetryConfig;
use aws_sdk_ec2::config::{BehaviorVersion, Credentials, Region};
use tokio::sync::{Mutex, MutexGuard};

const VERSION: &str = "5.2.1";
const SCRIPT: &str = include_str!("moto_server.py");
/// The region of the stories.
pub const REGION: &str = "ap-northeast-2";

/// The running server.
pub struct Moto {
    /// `http://127.0.0.1:PORT`
    pub endpoint: String,
    // Its standard input is the string that the server hangs on.
    _process: Child,
}

/// The right to use the server alone: it has one account, and each story starts with it empty.
pub struct Turn {
    /// `http://127.0.0.1:PORT`
    pub endpoint: &'static str,
    _turn: MutexGuard<'static, ()>,
}

/// Waits for this story's turn and empties the server.
pub async fn turn() -> Turn {
    static TURN: Mutex<()> = Mutex::const_new(());
    let turn = TURN.lock().await;
    let endpoint = tokio::task::spawn_blocking(|| server().endpoint.as_str()).await.expect("moto starts");
    reset(endpoint).await;
    Turn { endpoint, _turn: turn }
}

macro_rules! client {
    ($(#[$doc:meta])* $name:ident, $sdk:ident) => {
        $(#[$doc])*
        pub fn $name(endpoint: &str) -> $sdk::Client {
            $sdk::Client::from_conf(
                $sdk::Config::builder()
                    .behavior_version(BehaviorVersion::latest())
                    .region(Region::new(REGION))
                    .credentials_provider(credentials())
                    .endpoint_url(endpoint)
                    .retry_config(RetryConfig::disabled())
                    .build(),
            )
        }
    };
}

client!(
    /// EC2 as the server has it, for asking it what exists.
    ec2,
    aws_sdk_ec2
);
client!(
    /// EC2 Instance Connect beside it.
    instance_connect,
    aws_sdk_ec2instanceconnect
);
client!(
    /// STS beside it.
    sts,
    aws_sdk_sts
);
client!(
    /// FreeTier, which moto answers with an error.
    free_tier,
    aws_sdk_freetier
);
client!(
    /// The Price List, likewise.
    pricing,
    aws_sdk_pricing
);
client!(
    /// CloudWatch, likewise.
    cloudwatch,
    aws_sdk_cloudwatch
);
client!(
    /// EventBridge Scheduler beside it.
    scheduler,
    aws_sdk_scheduler
);

/// The newest of Amazon's images with this name.
pub async fn newest_image(server: &aws_sdk_ec2::Client, pattern: &str) -> String {
    let name = aws_sdk_ec2::types::Filter::builder().name("name").values(pattern).build();
    let found = server.describe_images().owners("amazon").filters(name).send().await.expect("moto lists images");
    let newest = found.images().iter().max_by_key(|image| (image.creation_date(), image.name()));
    newest.and_then(|image| image.image_id()).expect("moto has such an image").to_owned()
}

/// An instance with this name, in a security group or in the default one; gives its id.
pub async fn given_instance(server: &aws_sdk_ec2::Client, name: &str, group: Option<&str>) -> String {
    launched(server, name, group, None).await
}

/// An instance with this name and this key pair; gives its id.
#[cfg(unix)]
pub async fn given_instance_with_key(server: &aws_sdk_ec2::Client, name: &str, key: &str) -> String {
    launched(server, name, None, Some(key)).await
}

async fn launched(server: &aws_sdk_ec2::Client, name: &str, group: Option<&str>, key: Option<&str>) -> String {
    use aws_sdk_ec2::types::{InstanceType, ResourceType, Tag, TagSpecification};
    let tag = Tag::builder().key("Name").value(name).build();
    let tags = TagSpecification::builder().resource_type(ResourceType::Instance).tags(tag).build();
    let made = server
        .run_instances()
        .image_id(newest_image(server, "al2023-ami-2023.*-kernel-6.1-x86_64").await)
        .instance_type(InstanceType::T3Micro)
        .min_count(1)
        .max_count(1)
        .set_security_group_ids(group.map(|id| vec![id.to_owned()]))
        .set_key_name(key.map(str::to_owned))
        .tag_specifications(tags)
        .send()
        .await
        .expect("moto makes an instance");
    made.instances()[0].instance_id().expect("an id").to_owned()
}

fn credentials() -> Credentials {
    Credentials::new("test", "test", None, None, "moto")
}

fn server() -> &'static Moto {
    static SERVER: OnceLock<Moto> = OnceLock::new();
    SERVER.get_or_init(|| {
        let mut process = Command::new(python_with_moto())
            .args(["-c", SCRIPT])
            .envs([
                ("MOTO_ENABLE_AMI_VALIDATION", "1"),
                ("MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION", "1"),
                ("MOTO_ENABLE_KEYPAIR_VALIDATION", "1"),
            ])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("moto's python runs");
        let mut port = String::new();
        let output = process.stdout.take().expect("its output is a pipe");
        // Comes when the socket listens; an empty line means that it died, with its reason on standard error.
        BufReader::new(output).read_line(&mut port).expect("moto's output can be read");
        let port: u16 = port.trim().parse().expect("moto says its port; see the lines above if it did not start");
        Moto { endpoint: format!("http://127.0.0.1:{port}"), _process: process }
    })
}

/// `POST /moto-api/reset`, in the few bytes that it takes.
async fn reset(endpoint: &str) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let host = endpoint.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(host).await.expect("moto listens");
    let request = format!("POST /moto-api/reset HTTP/1.0\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("moto takes the reset");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("moto answers the reset");
    assert!(answer.lines().next().is_some_and(|status| status.contains("200")), "moto's reset: {answer}");
}

/// The python of a virtual environment that holds moto; made by the first run and kept.
fn python_with_moto() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("target/tmp lies in target");
    let home = target.join(format!("moto-venv-{VERSION}"));
    let python = home.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = home.join("complete");
    // The system frees the lock when its holder dies, so that a killed run blocks nobody.
    let lock = File::create(target.join(format!("moto-venv-{VERSION}.lock"))).expect("target can be written");
    lock.lock().expect("the lock of moto's environment");
    if !stamp.exists() {
        let _ = fs::remove_dir_all(&home);
        install(&home, &python);
        fs::write(&stamp, VERSION).expect("the stamp can be written");
    }
    python
}

fn install(home: &Path, python: &Path) {
    let made = system_python().is_some_and(|system| succeeds(Command::new(system).args(["-m", "venv"]).arg(home)));
    assert!(
        made,
        "these tests need python3 with its venv module: install python3 (on Debian and Ubuntu: python3 python3-venv) \
         and run them again"
    );
    let package = format!("moto[server]=={VERSION}");
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", &package];
    assert!(
        succeeds(Command::new(python).args(pip)),
        "{package} could not be installed with pip: check the network and run the tests again"
    );
}

fn system_python() -> Option<&'static str> {
    ["python3", "python"].into_iter().find(|name| succeeds(Command::new(name).arg("--version").stdout(Stdio::null())))
}

fn succeeds(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).status().is_ok_and(|status| status.success())
}
