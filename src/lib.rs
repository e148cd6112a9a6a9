//! ec2deck
pub mod app;
pub mod cli;
pub mod clock;
pub mod cloud;
pub mod demo;
pub mod domain;
pub mod keyfiles;
pub mod keymap;
pub mod message;
pub mod runtime;
pub mod terminal;
pub mod text;
pub mod ui;
