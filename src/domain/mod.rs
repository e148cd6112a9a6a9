//! EC2 as plain data and rules: no input or output, no SDK type, no widget.
//!
//! Values enter through [`crate::cloud`], which turns SDK types into these and cleans every text on the way in
//! (see [`clean`]), so that everything here is safe to print.

pub mod address;
pub mod allow;
pub mod clean;
pub mod cost;
pub mod credit_outlook;
pub mod doctor;
pub mod explain;
pub mod free_tier;
pub mod host_keys;
pub mod id;
pub mod image;
pub mod image_family;
pub mod instance;
pub mod instance_connect;
pub mod instance_type;
pub mod instance_use;
pub mod interface;
pub mod key_file_name;
pub mod key_pair;
pub mod launch_plan;
pub mod leak;
pub mod limits;
pub mod login;
pub mod metric;
pub mod money;
pub mod network;
pub mod network_acl;
pub mod one_time_key;
pub mod prefix_list;
pub mod price;
pub mod problem;
pub mod program;
pub mod putty;
pub mod region;
pub mod remembered;
pub mod route_table;
pub mod rule_words;
pub mod secret;
pub mod security_group;
pub mod shell;
pub mod snapshot;
pub mod spot;
pub mod ssh_command;
pub mod ssh_hosts;
pub mod ssh_places;
pub mod tag;
pub mod tools;
pub mod volume;
pub mod web_address;
pub mod who;
