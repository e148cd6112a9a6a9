//! Work on this machine, on a thread that may wait.

use std::io::Read as _;
use std::path::Path;

use super::price_cache;
use crate::domain::launch_plan::UserData;
use crate::domain::limits::USER_DATA_BYTES;
use crate::domain::problem::{LocalCause, Problem};
use crate::domain::ssh_hosts::HostsScope;
use crate::keyfiles::{self, ConvertRequest};
use crate::message::{LocalDone, LocalTask};
use crate::platform::folders::expand;
use crate::ssh;

/// Does one task.
///
/// # Errors
/// What the system or the file refused.
pub fn run(task: LocalTask) -> Result<LocalDone, Problem> {
    match task {
        LocalTask::ScanKeys { folders } => Ok(LocalDone::Keys(keyfiles::scan(&folders))),
        LocalTask::GenerateKey { folder, name, kind, rsa_bits } => {
            keyfiles::generate(&folder, &name, kind, rsa_bits).map(LocalDone::KeyWritten)
        }
        LocalTask::ExportKey { from, to, input_passphrase, output_passphrase, ppk_version, force } => {
            let to = expand(&to);
            let request = ConvertRequest { from, to, input_passphrase, output_passphrase, ppk_version, force };
            keyfiles::convert(&request).map(|converted| LocalDone::Exported { path: converted.path })
        }
        LocalTask::ReadPublicKey { path, passphrase } => {
            keyfiles::public_half(&expand(&path), passphrase.as_ref()).map(LocalDone::PublicKey)
        }
        LocalTask::LockKey(path) => keyfiles::lock_down(&path).map(|()| LocalDone::Locked(path)),
        LocalTask::ReadUserData(path) => read_user_data(&path).map(LocalDone::UserData),
        LocalTask::ReadRemembered { file } => ssh::settings::read(&file).map(LocalDone::Remembered),
        LocalTask::WriteRemembered { file, remembered } => {
            ssh::settings::write(&file, &remembered).map(|()| LocalDone::RememberedWritten(remembered))
        }
        LocalTask::ReadPrices { file, region } => {
            Ok(LocalDone::Prices(price_cache::read(&file, &region).map(Box::new)))
        }
        LocalTask::WritePrices { file, region, prices } => {
            price_cache::write(&file, &region, *prices).map(|()| LocalDone::PricesWritten)
        }
        LocalTask::ReadHosts { file } => ssh::hosts::read(&file).map(LocalDone::Hosts),
        LocalTask::PlanHosts { places, hosts } => {
            ssh::hosts::plan(&places, &hosts, HostsScope::All).map(LocalDone::HostsPlanned)
        }
        LocalTask::WriteHosts { places, hosts, scope } => {
            ssh::hosts::write(&places, &hosts, scope).map(LocalDone::HostsWritten)
        }
        LocalTask::WritePuttySession { folder, name, login, host_keys, passphrase } => {
            ssh::putty::write(&folder, &name, &login, host_keys, passphrase).map(LocalDone::PuttyWritten)
        }
        LocalTask::ScanHostKeys { host, port, timeout } => {
            ssh::scan_host_keys(&host, port, timeout).map(LocalDone::HostKeys)
        }
        LocalTask::KnownHostKeys { file, instance } => {
            // ssh itself would make the file readable by others, and not its folder.
            ssh::known_hosts::prepare(&file)?;
            ssh::known_hosts::known(&file, &instance).map(LocalDone::HostKeys)
        }
        LocalTask::RecordHostKeys { file, instance, keys } => {
            ssh::known_hosts::record(&file, &instance, &keys).map(|()| LocalDone::HostKeysChanged(instance))
        }
        LocalTask::ForgetHostKeys { file, instance } => {
            ssh::known_hosts::forget(&file, &instance).map(|_| LocalDone::HostKeysChanged(instance))
        }
        LocalTask::MakeOneTimeKey { folder } => keyfiles::make_one_time_key(&folder).map(LocalDone::OneTimeKey),
        LocalTask::RemoveOneTimeKey(path) => {
            keyfiles::remove_one_time_key(&path).map(|()| LocalDone::OneTimeKeyRemoved)
        }
        LocalTask::FindTools => Ok(LocalDone::Tools(ssh::tools::find())),
        LocalTask::DecryptPassword { path, passphrase, encrypted } => {
            keyfiles::decrypt_password(&path, passphrase.as_ref(), &encrypted).map(LocalDone::Password)
        }
        LocalTask::Probe { .. } | LocalTask::TryLogin { .. } => unreachable!("super::probe has taken these"),
    }
}

fn read_user_data(path: &Path) -> Result<UserData, Problem> {
    const OPERATION: &str = "ReadUserData";
    let shown = crate::domain::clean::clean(&path.display().to_string());
    let refused = |error: &std::io::Error| {
        Problem::local(OPERATION, LocalCause::System(shown.clone()), crate::domain::clean::clean(&error.to_string()))
    };
    let file = std::fs::File::open(path).map_err(|error| refused(&error))?;
    let mut bytes = Vec::new();
    // One byte more than the limit is enough to know that it is too large.
    file.take(USER_DATA_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
    if bytes.len() > USER_DATA_BYTES {
        let cause = LocalCause::TooLarge { path: shown, limit: USER_DATA_BYTES };
        return Err(Problem::local(OPERATION, cause, String::new()));
    }
    Ok(UserData::new(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_converted_read_and_locked() {
        use crate::domain::key_pair::{KeyKind, PpkVersion, RsaBits};
        use crate::domain::secret::Secret;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let passphrase = Some(Secret::new("open sesame".to_owned()));
        let made = LocalTask::GenerateKey {
            folder: folder.path().to_owned(),
            name: "laptop".to_owned(),
            kind: KeyKind::Ed25519,
            rsa_bits: RsaBits::default(),
        };
        let Ok(LocalDone::KeyWritten(key)) = run(made) else { panic!("not made") };
        let exported = LocalTask::ExportKey {
            from: key.path.clone(),
            to: at("laptop.ppk"),
            input_passphrase: None,
            output_passphrase: passphrase.clone(),
            ppk_version: PpkVersion::V3,
            force: false,
        };
        assert_eq!(run(exported), Ok(LocalDone::Exported { path: at("laptop.ppk") }));
        let asked = LocalTask::ReadPublicKey { path: at("laptop.ppk"), passphrase };
        let Ok(LocalDone::PublicKey(half)) = run(asked) else { panic!("not read") };
        assert_eq!((Some(half.line), half.comment.as_str()), (key.public_key, "laptop"));
        assert_eq!(run(LocalTask::LockKey(at("laptop.ppk"))), Ok(LocalDone::Locked(at("laptop.ppk"))));
        let scanned = run(LocalTask::ScanKeys { folders: vec![folder.path().to_owned()] });
        assert!(matches!(scanned, Ok(LocalDone::Keys(keys)) if keys.len() == 2));
    }

    #[test]
    fn what_is_remembered_is_written_and_read_again() {
        use crate::domain::id::InstanceId;
        use crate::domain::remembered::{Remembered, RememberedFile};
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ec2deck/connect.toml");
        let mut remembered = Remembered::default();
        remembered.set_port(InstanceId::new("i-0123456789abcdef0"), 2222).unwrap();
        let written = run(LocalTask::WriteRemembered { file: file.clone(), remembered: remembered.clone() });
        assert_eq!(written, Ok(LocalDone::RememberedWritten(remembered.clone())));
        let read = run(LocalTask::ReadRemembered { file });
        assert_eq!(read, Ok(LocalDone::Remembered(RememberedFile { remembered, unknown: vec![] })));
    }

    #[test]
    fn host_keys_are_recorded_known_and_forgotten() {
        use crate::domain::host_keys::{HostKey, HostKeyKind};
        use crate::domain::id::InstanceId;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("known_hosts");
        let instance = InstanceId::new("i-0123456789abcdef0");
        let key = HostKey {
            kind: HostKeyKind::Ed25519,
            algorithm: "ssh-ed25519".to_owned(),
            base64: "AAAAC3NzaC1lZDI1NTE5AAAAIBlUDfPIGnx6CjjYztRyL8velnpj66juJBR08Q6RKeXB".to_owned(),
            fingerprint: String::new(),
        };
        let record = LocalTask::RecordHostKeys { file: file.clone(), instance: instance.clone(), keys: vec![key] };
        assert_eq!(run(record), Ok(LocalDone::HostKeysChanged(instance.clone())));
        let known = || run(LocalTask::KnownHostKeys { file: file.clone(), instance: instance.clone() });
        assert!(matches!(known(), Ok(LocalDone::HostKeys(keys)) if keys.len() == 1));
        run(LocalTask::ForgetHostKeys { file: file.clone(), instance: instance.clone() }).unwrap();
        assert_eq!(known(), Ok(LocalDone::HostKeys(vec![])));
    }

    #[test]
    fn user_data_may_hold_just_as_much_as_ec2_takes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("boot.sh");
        std::fs::write(&path, vec![b'x'; USER_DATA_BYTES]).unwrap();
        assert_eq!(read_user_data(&path).unwrap().as_bytes().len(), USER_DATA_BYTES);
        std::fs::write(&path, vec![b'x'; USER_DATA_BYTES + 1]).unwrap();
        assert!(matches!(
            read_user_data(&path).unwrap_err().cause,
            crate::domain::problem::Cause::Local(LocalCause::TooLarge { limit: USER_DATA_BYTES, .. })
        ));
    }
}
