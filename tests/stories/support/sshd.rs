//! A real SSH server on loopback: the system's `sshd` with keys of its own, gone with the test.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::tools;

/// The server; it stops when this is dropped.
pub struct Sshd {
    process: Child,
    folder: tempfile::TempDir,
    address: Ipv4Addr,
    /// Where it listens, at its address.
    pub port: u16,
}

impl Sshd {
    /// Starts a server at 127.0.0.1 that lets in the person who runs the tests, with [`Self::user_key`]. `None` where
    /// `sshd` is not installed.
    pub fn start() -> Option<Self> {
        Self::start_at(Ipv4Addr::LOCALHOST)
    }

    /// The same at another address of this machine: moto's Elastic IPs are in 127.0.0.0/8.
    pub fn start_at(address: Ipv4Addr) -> Option<Self> {
        let Some(program) = program() else {
            tools::missing("sshd");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        generate(&folder.path().join("host"));
        generate(&folder.path().join("user"));
        fs::copy(folder.path().join("user.pub"), folder.path().join("authorized_keys")).unwrap();
        // What root's sshd needs; others do without.
        let _ = fs::create_dir_all("/run/sshd");
        let port = free_port();
        let process = Self::spawn(program, folder.path(), address, port);
        Some(Self { process, folder, address, port })
    }

    fn spawn(program: &Path, folder: &Path, address: Ipv4Addr, port: u16) -> Child {
        let config = format!(
            "ListenAddress {address}\nPort {port}\nHostKey {0}/host\nAuthorizedKeysFile {0}/authorized_keys\n\
             PidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n\
             PermitRootLogin yes\nLogLevel INFO\n",
            folder.display()
        );
        fs::write(folder.join("sshd_config"), config).unwrap();
        let mut process = Command::new(program)
            .args(["-D", "-e", "-f"])
            .arg(folder.join("sshd_config"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("Server listening") {
            assert!(log.read_line(&mut said).unwrap() > 0, "sshd does not listen: {said}");
        }
        // Read on, so that the server never waits for a full pipe.
        std::thread::spawn(move || log.lines().for_each(drop));
        process
    }

    /// The private key that it lets in.
    pub fn user_key(&self) -> PathBuf {
        self.folder.path().join("user")
    }

    /// The file of its host key's public half.
    pub fn host_key_file(&self) -> PathBuf {
        self.folder.path().join("host.pub")
    }

    /// Lets in the holder of this public key, and nobody else.
    pub fn let_in(&self, public_key: &str) {
        fs::write(self.folder.path().join("authorized_keys"), format!("{public_key}\n")).unwrap();
    }

    /// Its host key's public half, a line.
    pub fn host_key(&self) -> String {
        fs::read_to_string(self.folder.path().join("host.pub")).unwrap()
    }

    /// The same server, rebuilt: another host key at the same address.
    pub fn rebuilt(mut self) -> Self {
        self.stop();
        for name in ["host", "host.pub"] {
            fs::remove_file(self.folder.path().join(name)).unwrap();
        }
        generate(&self.folder.path().join("host"));
        self.process = Self::spawn(program().unwrap(), self.folder.path(), self.address, self.port);
        self
    }

    fn stop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        self.stop();
    }
}

/// It re-executes itself, and so wants its full path.
fn program() -> Option<&'static Path> {
    ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd"].map(Path::new).into_iter().find(|path| path.is_file())
}

/// Who runs the tests: the server lets in nobody else.
pub fn me() -> String {
    let outcome = Command::new("id").arg("-un").output().unwrap();
    String::from_utf8(outcome.stdout).unwrap().trim().to_owned()
}

/// A port of 127.0.0.1 that nobody listens at.
pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// An ed25519 key without a passphrase.
fn generate(path: &Path) {
    let outcome =
        Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f"]).arg(path).status();
    assert!(outcome.unwrap().success());
}
