//! Where the files about getting in are; [`crate::ssh::places`] knows it of this machine.

use std::path::PathBuf;

use super::ssh_hosts::INCLUDED;

/// The files that this program reads and writes so that others can get in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SshPlaces {
    /// What is remembered, editable by hand.
    pub settings: PathBuf,
    /// This program's own known hosts.
    pub known_hosts: PathBuf,
    /// Where ssh keeps its own files: `~/.ssh`.
    pub ssh_folder: PathBuf,
    /// Where PuTTY keeps its sessions on Unix; on Windows, where the `.reg` file goes.
    pub putty_sessions: PathBuf,
}

impl SshPlaces {
    /// The person's own configuration of ssh.
    #[must_use]
    pub fn config(&self) -> PathBuf {
        self.ssh_folder.join("config")
    }

    /// The folder of keys that are made for one connection.
    #[must_use]
    pub fn one_time_keys(&self) -> PathBuf {
        self.known_hosts.with_file_name("once")
    }

    /// The file of remembered hosts, which the configuration includes.
    #[must_use]
    pub fn hosts(&self) -> PathBuf {
        self.ssh_folder.join(INCLUDED)
    }

    /// The person's own known hosts: names that lead somewhere already.
    #[must_use]
    pub fn own_known_hosts(&self) -> PathBuf {
        self.ssh_folder.join("known_hosts")
    }
}
