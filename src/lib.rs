//! `ec2deck`: a keyboard-driven dashboard for Amazon EC2.
//!
//! The screen, each part with the module that draws it and the one that decides it:
//!
//! ```text
//!  ec2deck  default · 1234-5678-9012 · Seoul                2 running  read 4 s ago     ui::header      app::session
//! ╭ 1 Instances ───────────────────── 3 of 3 ╮╭ web-1 · i-0f3a…91c2 ──────────────╮
//! │   NAME      STATE     TYPE      PUBLIC IP ││ ● running for 3 h 12 m            │    ui::details     app::panes
//! │▌● web-1     running   t3.micro  52.79.10.4││ t3.micro  2 vCPU  1 GiB           │
//! │ ○ old-db    stopped   t2.micro  –         ││                                   │    ui::panes       app::panes
//! ╰──────────────────────────────────────────╯│ Who can reach it                  │    ui::table
//! ╭ 2 Security groups ──╮                      │  SSH  22  198.51.100.7/32  my IP  │
//! │▏ web      3 rules   │                      │                                   │
//! ╰─────────────────────╯                      │                                   │
//! ╭ 3 Elastic IPs ──────╮╭ 4 Key pairs ───────╮│                                   │
//! │▏ 52.79.10.4  web-1  ││▏ laptop   here     ││                                   │
//! ╰─────────────────────╯╰────────────────────╯╰───────────────────────────────────╯
//!  n launch   S stop   / filter   ? help                                               ui::footer      keymap
//! ```
//!
//! The launch flow takes the place of the panes: [`ui::launch`] draws what [`app::launch`] decides. What lies over the
//! screen (menus, questions, help) is in [`app::modal`].
//!
//! One message at a time goes through [`app::App::update`], which is pure and asks for [`message::Effect`]s;
//! [`runtime`] runs them in [`cloud`] (or, with `--demo`, against the simulated account of [`demo`]) and in
//! [`keyfiles`] and [`ssh`], and their replies are messages again. [`commands`] need no screen.

pub mod app;
pub mod cli;
pub mod clock;
pub mod cloud;
pub mod commands;
pub mod demo;
pub mod domain;
pub mod keyfiles;
pub mod keymap;
pub mod logging;
pub mod message;
pub mod platform;
pub mod runtime;
pub mod ssh;
pub mod terminal;
pub mod text;
pub mod ui;
