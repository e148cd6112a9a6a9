//! What instances of the demo account tell without being reached: the console's text, and the encrypted password of
//! Windows' administrator.

use aws_sdk_ec2::operation::get_console_output::{GetConsoleOutputInput, GetConsoleOutputOutput};
use aws_sdk_ec2::operation::get_password_data::{GetPasswordDataInput, GetPasswordDataOutput};
use base64ct::{Base64, Encoding};
use jiff::SignedDuration;
use rand_core::OsRng;
use rsa::{BigUint, Pkcs1v15Encrypt, RsaPublicKey};
use ssh_key::PublicKey;
use ssh_key::public::KeyData;

use super::fault::Fault;
use super::instances::Instance;
use super::world::{World, hash, scramble, sdk_time};

/// How long Windows takes to make its password after the launch.
const PASSWORD: SignedDuration = SignedDuration::from_mins(4);

/// `GetPasswordData`: encrypted for the key pair of the launch; empty until Windows has made it, for other systems, and
/// without an RSA key.
pub(super) fn password_data(world: &mut World, input: &GetPasswordDataInput) -> Result<GetPasswordDataOutput, Fault> {
    let id = input.instance_id().ok_or_else(|| Fault::missing("instanceId"))?;
    let instance = &world.instances[world.instance_at(id)?];
    let is_ready = instance.is_windows() && world.now.duration_since(instance.launched) >= PASSWORD;
    let key = instance.key.as_ref().and_then(|name| world.keys.iter().find(|key| &key.name == name));
    let encrypted = key.filter(|_| is_ready).and_then(|key| {
        let key = rsa_key(&key.public_key)?;
        key.encrypt(&mut OsRng, Pkcs1v15Encrypt, password(instance).as_bytes()).ok()
    });
    let data = encrypted.map(|bytes| Base64::encode_string(&bytes)).unwrap_or_default();
    Ok(GetPasswordDataOutput::builder().instance_id(id).timestamp(sdk_time(world.now)).password_data(data).build())
}

/// The administrator's password: the same in every run.
pub(super) fn password(instance: &Instance) -> String {
    format!("Demo-{:016x};", scramble(hash(&instance.id)))
}

fn rsa_key(line: &str) -> Option<RsaPublicKey> {
    let key = PublicKey::from_openssh(line).ok()?;
    let KeyData::Rsa(rsa) = key.key_data() else { return None };
    let number = |bytes: Option<&[u8]>| bytes.map(BigUint::from_bytes_be);
    RsaPublicKey::new(number(rsa.n.as_positive_bytes())?, number(rsa.e.as_positive_bytes())?).ok()
}

/// `GetConsoleOutput`: what a first boot prints, host key fingerprints included.
pub(super) fn console_output(
    world: &mut World,
    input: &GetConsoleOutputInput,
) -> Result<GetConsoleOutputOutput, Fault> {
    let id = input.instance_id().ok_or_else(|| Fault::missing("instanceId"))?;
    let instance = &world.instances[world.instance_at(id)?];
    let reply = GetConsoleOutputOutput::builder().instance_id(id).timestamp(sdk_time(world.now));
    if let Some(text) = &instance.console {
        return Ok(reply.output(Base64::encode_string(text.as_bytes())).build());
    }
    // A minute after the start there is nothing yet.
    if !instance.checks_passed(world.now) && instance.launched == instance.since {
        return Ok(reply.build());
    }
    Ok(reply.output(Base64::encode_string(boot_text(instance).as_bytes())).build())
}

fn boot_text(instance: &Instance) -> String {
    if instance.is_windows() {
        return "Windows is Ready to use\r\n".to_owned();
    }
    let fingerprint = |salt: &str| {
        let bytes: Vec<u8> =
            (0..4_u64).flat_map(|part| scramble(hash(&instance.id) ^ hash(salt) ^ part).to_be_bytes()).collect();
        Base64::encode_string(&bytes).trim_end_matches('=').to_owned()
    };
    let host = format!("root@ip-{}", instance.private_ip.to_string().replace('.', "-"));
    format!(
        "[    0.000000] Linux version 6.1.0 ({arch})\r\n\
         [    3.912345] cloud-init[1603]: Cloud-init v. 22.2.2 running 'modules:final'\r\n\
         ci-info: no authorized SSH keys fingerprints found for user root.\r\n\
         <14>cloud-init: #############################################################\r\n\
         <14>cloud-init: -----BEGIN SSH HOST KEY FINGERPRINTS-----\r\n\
         <14>cloud-init: 256 SHA256:{ecdsa} {host} (ECDSA)\r\n\
         <14>cloud-init: 256 SHA256:{ed25519} {host} (ED25519)\r\n\
         <14>cloud-init: -----END SSH HOST KEY FINGERPRINTS-----\r\n\
         <14>cloud-init: #############################################################\r\n\
         {short} login: ",
        arch = instance.architecture,
        ecdsa = fingerprint("ecdsa"),
        ed25519 = fingerprint("ed25519"),
        short = host.trim_start_matches("root@"),
    )
}
