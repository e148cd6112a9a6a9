//! Check 10: what the console says about the last boot.

use super::{Check, Finding, Looked, Mend};
use crate::text;
use crate::text::Text;

const CHECK: Check = Check::Console;

/// The longest line that is shown.
const LONGEST: usize = 160;

/// The kernel's first line; what stands before it is an earlier boot.
const BOOT: &str = "Linux version ";

/// A failure that keeps people out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The kernel gave up.
    KernelPanic,
    /// The root volume was not found.
    NoRoot,
    /// The system waits for somebody at the console.
    EmergencyMode,
    /// A file system must be repaired by hand.
    BrokenFileSystem,
    /// A volume is full.
    DiskFull,
    /// Programs were ended because memory ran out.
    OutOfMemory,
    /// cloud-init failed: keys and users may be missing.
    CloudInit,
    /// The SSH server did not start.
    SshServer,
}

/// What lines hold when it goes wrong, in the words of kernel, systemd, fsck and cloud-init. The worse comes first: a
/// missing root ends in a panic, a panic may come after a full disk.
const SIGNS: &[(&str, Fault)] = &[
    ("Unable to mount root fs", Fault::NoRoot),
    ("VFS: Cannot open root device", Fault::NoRoot),
    ("Dropping to a shell!", Fault::NoRoot),
    ("Kernel panic - not syncing", Fault::KernelPanic),
    ("UNEXPECTED INCONSISTENCY", Fault::BrokenFileSystem),
    ("Failed to start File System Check", Fault::BrokenFileSystem),
    ("fsck failed with", Fault::BrokenFileSystem),
    ("You are in emergency mode", Fault::EmergencyMode),
    ("Welcome to emergency mode", Fault::EmergencyMode),
    ("You are in rescue mode", Fault::EmergencyMode),
    ("Reached target Emergency Mode", Fault::EmergencyMode),
    ("Started Emergency Shell", Fault::EmergencyMode),
    ("No space left on device", Fault::DiskFull),
    ("Out of memory: Kill", Fault::OutOfMemory),
    ("invoked oom-killer", Fault::OutOfMemory),
    ("Out of memory and no killable processes", Fault::OutOfMemory),
    ("Failed to start OpenSSH", Fault::SshServer),
    ("Failed to start OpenBSD Secure Shell", Fault::SshServer),
    ("Failed to start ssh.service", Fault::SshServer),
    ("Failed to start sshd.service", Fault::SshServer),
    ("Failed to start Initial cloud-init", Fault::CloudInit),
    ("Failed to start Apply the settings specified in cloud-config", Fault::CloudInit),
    ("Failed to start Execute cloud user/final scripts", Fault::CloudInit),
    ("Failed to start Cloud-init", Fault::CloudInit),
    ("Failed to start cloud-init", Fault::CloudInit),
    ("Failed loading yaml blob", Fault::CloudInit),
    ("cc_scripts_user.py[WARNING]: Failed to run module", Fault::CloudInit),
];

impl Fault {
    fn said(self) -> Text {
        match self {
            Self::KernelPanic => text!("doctor-console-panic"),
            Self::NoRoot => text!("doctor-console-no-root"),
            Self::EmergencyMode => text!("doctor-console-emergency"),
            Self::BrokenFileSystem => text!("doctor-console-fsck"),
            Self::DiskFull => text!("doctor-console-disk-full"),
            Self::OutOfMemory => text!("doctor-console-memory"),
            Self::CloudInit => text!("doctor-console-cloud-init"),
            Self::SshServer => text!("doctor-console-ssh-server"),
        }
    }

    /// A reboot frees memory, and nothing else here.
    fn mend(self) -> Option<Mend> {
        (self == Self::OutOfMemory).then_some(Mend::Reboot)
    }
}

/// The worst failure of the last boot, and the line that shows it.
#[must_use]
pub fn fault(console: &str) -> Option<(Fault, &str)> {
    let last_boot = console.rfind(BOOT).map_or(console, |at| &console[at..]);
    SIGNS.iter().find_map(|(sign, fault)| {
        let line = last_boot.lines().rev().find(|line| line.contains(sign))?;
        Some((*fault, line.trim()))
    })
}

/// Looks at the console's text; `None` when there is none yet.
#[must_use]
pub fn check(console: Looked<Option<&str>>) -> Finding {
    let text = match console {
        Ok(Some(text)) => text,
        Ok(None) => return Finding::unknown(CHECK, text!("doctor-console-none")),
        Err(missing) => return Finding::blind(CHECK, &missing),
    };
    let Some((fault, line)) = fault(text) else { return Finding::good(CHECK, text!("doctor-console-good")) };
    let line: String = line.chars().take(LONGEST).collect();
    let finding = Finding::bad(CHECK, fault.said()).showing(text!("words", words = line));
    match fault.mend() {
        Some(mend) => finding.mended_by(mend),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::doctor::Verdict;
    use crate::domain::doctor::testing::{no_permission, shown};

    #[test]
    fn each_failure_is_known_by_its_line() {
        for (line, fault) in [
            ("[    1.2] Kernel panic - not syncing: Attempted to kill init! exitcode=0x100", Fault::KernelPanic),
            ("[    1.1] VFS: Unable to mount root fs on unknown-block(0,0)", Fault::NoRoot),
            ("You are in emergency mode. After logging in, type \"journalctl -xb\"", Fault::EmergencyMode),
            ("/dev/xvda1: UNEXPECTED INCONSISTENCY; RUN fsck MANUALLY.", Fault::BrokenFileSystem),
            ("cloud-init[900]: OSError: [Errno 28] No space left on device", Fault::DiskFull),
            ("[ 9000.1] Out of memory: Killed process 812 (java) total-vm:2001kB", Fault::OutOfMemory),
            ("[FAILED] Failed to start Initial cloud-init job (metadata service crawler).", Fault::CloudInit),
            ("[FAILED] Failed to start OpenSSH server daemon.", Fault::SshServer),
        ] {
            let console = format!("[    0.0] Linux version 6.1.0\n[    3.9] all well so far\n{line}\nlogin: ");
            let finding = check(Ok(Some(&console)));
            assert_eq!(super::fault(&console), Some((fault, line)));
            assert_eq!(finding.verdict, Verdict::Bad, "{line}");
            assert!(shown(&finding).contains(line), "{}", shown(&finding));
            assert_eq!(finding.mend.is_some(), fault == Fault::OutOfMemory);
        }
    }

    #[test]
    fn an_earlier_boot_does_not_count_and_the_worst_comes_first() {
        let healed = "Linux version 6.1\nNo space left on device\nLinux version 6.1\nlogin: ";
        assert_eq!(fault(healed), None);
        let both = "Linux version 6.1\nNo space left on device\nKernel panic - not syncing: oh\n";
        assert_eq!(fault(both).map(|(fault, _)| fault), Some(Fault::KernelPanic));
        let older = "ring buffer begins here\nNo space left on device\n";
        assert_eq!(fault(older).map(|(fault, _)| fault), Some(Fault::DiskFull), "the boot's line has rolled out");
    }

    #[test]
    fn nothing_wrong_nothing_yet_and_nothing_allowed_are_told_apart() {
        assert_eq!(check(Ok(Some("Linux version 6.1\nlogin: "))).verdict, Verdict::Good);
        assert_eq!(check(Ok(None)).verdict, Verdict::Unknown);
        let blind = check(Err(no_permission("ec2:GetConsoleOutput")));
        assert_eq!(blind.verdict, Verdict::Unknown);
        assert!(shown(&blind).contains("ec2:GetConsoleOutput"));
    }
}
