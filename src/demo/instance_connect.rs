//! EC2 Instance Connect: which keys the demo account's instances have been sent, and for how long they take them.

use aws_sdk_ec2instanceconnect::operation::send_ssh_public_key::{SendSshPublicKeyInput, SendSshPublicKeyOutput};
use jiff::{SignedDuration, Timestamp};
use ssh_key::PublicKey;

use super::fault::Fault;
use super::instances::Phase;
use super::world::World;

/// How long an instance takes a key that it was sent.
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// A key that an instance was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentKey {
    /// The instance's id.
    pub instance: String,
    /// Who may log in with it.
    pub user: String,
    /// An OpenSSH line.
    pub public_key: String,
    /// Until when.
    pub until: Timestamp,
}

/// `SendSSHPublicKey`: to an instance that runs Linux.
pub(super) fn send_key(world: &mut World, input: &SendSshPublicKeyInput) -> Result<SendSshPublicKeyOutput, Fault> {
    let id = input.instance_id().unwrap_or_default();
    let user = input.instance_os_user().unwrap_or_default();
    let line = input.ssh_public_key().unwrap_or_default();
    if user.is_empty() || user.len() > 32 || PublicKey::from_openssh(line).is_err() {
        return Err(Fault::new("InvalidArgsException", "Invalid SSH public key or user"));
    }
    let Ok(place) = world.instance_at(id) else {
        return Err(Fault::new("EC2InstanceNotFoundException", "Instance not found"));
    };
    let instance = &world.instances[place];
    if instance.phase != Phase::Running {
        return Err(Fault::new("EC2InstanceStateInvalidException", "Instance is not running"));
    }
    if instance.is_windows() {
        return Err(Fault::new("InvalidArgsException", "Instance platform is not supported"));
    }
    let sent = SentKey {
        instance: id.to_owned(),
        user: user.to_owned(),
        public_key: line.to_owned(),
        until: world.now.saturating_add(MINUTE).unwrap_or(world.now),
    };
    world.sent_keys.push(sent);
    Ok(SendSshPublicKeyOutput::builder().success(true).request_id("demo").build())
}
