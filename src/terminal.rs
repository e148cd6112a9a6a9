//! The terminal, entered and left exactly once, whatever happens in between: quitting, an error, a panic, a signal.
//!
//! [`enter`] gives a [`TerminalGuard`], which leaves when it is dropped. [`restore`] leaves at once, from anywhere and
//! any number of times; the panic hook of [`restore_before_panics`] calls it, so that the report is readable. A signal
//! ends the loop (see [`signals::termination`]) and so drops the guard.

mod events;
mod fault;

use std::io::{self, IsTerminal, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, execute, queue, terminal};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};
use tokio::sync::Notify;

pub use events::message_of;

use crate::platform::signals;

/// Whether the terminal is ours at this moment. One process has one terminal, so this is the one place for it.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Told when a panic has taken the terminal away, on whichever thread it happened.
static PANICKED: Notify = Notify::const_new();

/// The terminal while it is ours; dropping it gives the terminal back.
#[derive(Debug)]
pub struct TerminalGuard {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    fault: fault::Fault,
}

/// Takes the terminal: raw mode, the alternate screen, pastes as one piece, no cursor.
///
/// # Errors
/// When standard input or output is no terminal, or the system refuses. The terminal is as it was then.
pub fn enter() -> io::Result<TerminalGuard> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(io::Error::other("standard input and output must be a terminal"));
    }
    signals::listen();
    let fault = fault::Fault::from_environment();
    take()
        .and_then(|()| fault.on_the_way_up())
        .and_then(|()| Terminal::new(CrosstermBackend::new(io::stdout())))
        .map_or_else(
            |error| {
                restore();
                Err(error)
            },
            |terminal| Ok(TerminalGuard { terminal, fault }),
        )
}

/// Gives the terminal back as it was found, if it is ours; otherwise does nothing. Never panics, and reports nothing: a
/// terminal that is gone cannot be mended.
pub fn restore() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    // One by one: what fails must not keep the rest from happening. The frame that a panic cut off is closed first, or
    // the terminal would hold back all that follows.
    let _ = queue!(out, EndSynchronizedUpdate);
    let _ = queue!(out, DisableBracketedPaste);
    let _ = queue!(out, LeaveAlternateScreen);
    let _ = queue!(out, cursor::Show);
    let _ = out.flush();
    let _ = terminal::disable_raw_mode();
}

/// Makes every panic give the terminal back before its report is printed by the hook that is installed now. Call it
/// once, after color-eyre's hook is in.
pub fn restore_before_panics() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let ours = ENTERED.load(Ordering::SeqCst);
        restore();
        report(panic);
        if ours {
            PANICKED.notify_one();
        }
    }));
}

/// Waits until a panic has taken the terminal away. A panic in a spawned task ends only that task: whoever draws must
/// hear of it, and end too.
pub async fn panicked() {
    PANICKED.notified().await;
}

impl TerminalGuard {
    /// The terminal, for its size and the like. To draw, use [`TerminalGuard::draw`].
    pub fn terminal(&mut self) -> &mut Terminal<CrosstermBackend<Stdout>> {
        &mut self.terminal
    }

    /// Draws one frame, which the terminal shows as a whole (synchronized output) where it knows how.
    ///
    /// # Errors
    /// When the terminal does not take it, or is not ours any more because something panicked.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if !ENTERED.load(Ordering::SeqCst) {
            return Err(io::Error::other("the terminal was given back after a panic"));
        }
        queue!(io::stdout(), BeginSynchronizedUpdate)?;
        let drawn = self.terminal.draw(render).map(|_| ());
        // Also after a failure: an open update would hide what is written next.
        let closed = execute!(io::stdout(), EndSynchronizedUpdate);
        drawn.and(closed)?;
        self.fault.after_a_frame();
        Ok(())
    }

    /// Gives the terminal back, runs something that needs it for itself (ssh), takes it again, and has the next
    /// [`TerminalGuard::draw`] draw everything. Drop the stream of key presses before, and make a new one after: two
    /// readers would share the keys.
    ///
    /// # Errors
    /// When the terminal cannot be taken again; what ran has run by then.
    pub fn suspend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        restore();
        let outcome = run();
        take().inspect_err(|_| restore())?;
        // Not `Terminal::clear`: that asks the terminal where its cursor is, and waits two seconds for the answer.
        execute!(io::stdout(), terminal::Clear(terminal::ClearType::All))?;
        self.terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        Ok(outcome)
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        restore();
    }
}

/// Marks the terminal as ours before touching it, so that a failure half-way is undone by [`restore`].
fn take() -> io::Result<()> {
    ENTERED.store(true, Ordering::SeqCst);
    terminal::enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)
}
