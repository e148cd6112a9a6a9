//! The loop: wait for a message, update, run the effects, draw once when the queue is empty.
//!
//! [`Engine`] is the loop without a terminal; tests drive it with keys and look at what would be drawn.

mod demo_folder;
mod engine;
mod local;
mod price_cache;
mod probe;
pub mod program;

use std::io::Write as _;

use color_eyre::eyre::WrapErr;
use crossterm::event::EventStream;
use futures_util::StreamExt;

pub use demo_folder::DemoFolder;
pub use engine::Engine;

use crate::app::environment::Environment;
use crate::app::extent::Extent;
use crate::cli::Options;
use crate::clock::Clock;
use crate::cloud::{Settings, Source};
use crate::demo::DemoAccount;
use crate::message::Message;
use crate::{platform, terminal, ui};

/// Runs the dashboard until the person leaves, the system asks to, or something panics.
///
/// # Errors
/// When the terminal cannot be used.
pub async fn run(options: Options) -> color_eyre::Result<()> {
    let mut guard = terminal::enter().wrap_err("the terminal cannot be used")?;
    let size = guard.terminal().size().wrap_err("the terminal does not tell its size")?;
    let (mut engine, _demo_folder) = engine(options, (size.width, size.height));

    let mut events = EventStream::new();
    let termination = platform::signals::termination();
    tokio::pin!(termination);
    let panicked = terminal::panicked();
    tokio::pin!(panicked);
    loop {
        // The first frame, too, comes before any effect has answered.
        if engine.take_dirty() {
            let mut extent = Extent::default();
            guard
                .draw(|frame| extent = ui::draw(engine.app(), frame))
                .wrap_err("the terminal does not take the frame")?;
            engine.drawn(extent);
        }
        for text in engine.take_copied() {
            copy(&text).wrap_err("the terminal does not take the clipboard's text")?;
        }
        for (id, program) in engine.take_programs() {
            // Two readers would share the keys.
            drop(events);
            let ended = {
                let _interrupts = platform::signals::hold_interrupts();
                guard.suspend(|| program::run(&program)).wrap_err("the terminal cannot be taken again")?
            };
            events = EventStream::new();
            let size = guard.terminal().size().wrap_err("the terminal does not tell its size")?;
            engine.handle(Message::Resize { columns: size.width, rows: size.height });
            engine.program_ended(id, ended);
        }
        if engine.has_quit() {
            return Ok(());
        }
        if engine.is_dirty() {
            continue;
        }
        tokio::select! {
            // Keys first: an answer that is a page long must not make a key wait.
            biased;
            () = &mut termination => return Ok(()),
            () = &mut panicked => return Err(color_eyre::eyre::eyre!("a task panicked; its report stands above")),
            event = events.next() => match event {
                Some(event) => {
                    if let Some(message) = terminal::message_of(event.wrap_err("the terminal cannot be read")?) {
                        engine.handle(message);
                    }
                }
                None => return Ok(()),
            },
            () = engine.step() => {}
        }
    }
}

/// The loop for a screen of this size, whether there is one or not; and the demo's folder, to be held as long.
#[must_use]
pub fn engine(options: Options, size: (u16, u16)) -> (Engine, Option<DemoFolder>) {
    let clock = Clock::system();
    let settings = settings(&options, clock);
    let run_id = uuid::Uuid::new_v4().simple().to_string();
    let demo_folder = if options.demo { demo_folder(&run_id) } else { None };
    let environment = environment(options, run_id, demo_folder.as_ref());
    (Engine::new(environment, settings, clock, size), demo_folder)
}

fn demo_folder(run_id: &str) -> Option<DemoFolder> {
    DemoFolder::make(run_id).inspect_err(|error| tracing::warn!(%error, "the demo has no folder")).ok()
}

fn settings(options: &Options, clock: Clock) -> Settings {
    let source = if options.demo { Source::Ready(DemoAccount::lived_in(clock).ready_clients()) } else { Source::Aws };
    Settings {
        source,
        endpoint_url: options.endpoint_url.clone().filter(|_| !options.demo),
        read_only: options.read_only,
        my_ip_url: options.my_ip_url.clone(),
        my_ip: options.my_ip,
    }
}

fn environment(options: Options, run_id: String, demo_folder: Option<&DemoFolder>) -> Environment {
    Environment {
        language: options.language,
        demo: options.demo,
        read_only: options.read_only,
        refresh: options.refresh,
        key_folders: std::iter::once(options.key_folder.clone()).chain(options.more_key_folders).collect(),
        key_folder: options.key_folder,
        home: platform::folders::home(),
        ascii: options.ascii,
        profile: options.profile.filter(|_| !options.demo),
        region: options.region,
        // What a simulated account says must not be taken for AWS's word later.
        cache_folder: if options.demo { None } else { platform::folders::cache() },
        ssh_places: if options.demo { demo_folder.map(DemoFolder::places) } else { crate::ssh::places() },
        who: if options.demo { platform::person::passing() } else { platform::person::who() },
        run_id,
    }
}

/// Puts text on the clipboard of the terminal the person sits at (OSC 52), so that it works over ssh, too.
fn copy(text: &str) -> std::io::Result<()> {
    use base64ct::{Base64, Encoding};
    let mut out = std::io::stdout();
    write!(out, "\x1b]52;c;{}\x07", Base64::encode_string(text.as_bytes()))?;
    out.flush()
}
