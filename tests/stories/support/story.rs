//! A story: keys go in, the screen comes out, and between two keys everything that is under way comes to rest.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use ec2deck::app::App;
use ec2deck::demo::DemoAccount;
use ec2deck::domain::program::{Ended, Program};
use ec2deck::keymap::Key;
use ec2deck::message::{LocalId, Message};
use ec2deck::runtime::Engine;
use jiff::SignedDuration;
use tempfile::TempDir;

use super::moto::{self, Turn};
use super::{keys, screen};

/// How much of the program's own time a story waits for something to appear.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// And how long at most on the clock of this machine.
const REAL_PATIENCE: Duration = Duration::from_mins(2);

/// A running program without a terminal.
pub struct Story {
    engine: Box<Engine>,
    home: TempDir,
    demo: Option<DemoAccount>,
    turn: Option<Turn>,
    copied: Vec<String>,
    waiting: Vec<LocalId>,
}

impl Story {
    pub(super) fn new(engine: Engine, home: TempDir, demo: Option<DemoAccount>, turn: Option<Turn>) -> Self {
        Self { engine: Box::new(engine), home, demo, turn, copied: Vec::new(), waiting: Vec::new() }
    }

    /// Presses keys, see [`keys::parse`]; each press comes to rest before the next.
    pub async fn keys(&mut self, notation: &str) -> &mut Self {
        for key in keys::parse(notation) {
            self.engine.handle(Message::Key(key));
            self.settle().await;
            self.frame();
        }
        self
    }

    /// Presses keys as fast as they can be, while everything else is still under way.
    pub fn keys_at_once(&mut self, notation: &str) -> &mut Self {
        for key in keys::parse(notation) {
            self.engine.handle(Message::Key(key));
            self.frame();
        }
        self
    }

    /// Replaces the text of the focused field.
    pub async fn retype(&mut self, text: &str) -> &mut Self {
        self.keys("<end>").await;
        for _ in 0..80 {
            self.engine.handle(Message::Key(Key::parse("backspace").unwrap()));
        }
        self.keys(text).await
    }

    /// Pastes a text.
    pub async fn paste(&mut self, text: &str) -> &mut Self {
        self.engine.handle(Message::Paste(text.to_owned()));
        self.settle().await;
        self
    }

    /// The terminal has another size now.
    pub async fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.engine.handle(Message::Resize { columns, rows });
        self.settle().await;
        self
    }

    /// Lets everything that is under way come to rest.
    pub async fn settle(&mut self) {
        self.engine.settle().await;
        self.copied.extend(self.engine.take_copied());
    }

    /// Draws a frame as the loop does after each change.
    fn frame(&mut self) {
        let (_, extent) = screen::draw(self.engine.app());
        self.engine.drawn(extent);
    }

    /// What a person sees now.
    pub fn screen(&self) -> String {
        screen::text(self.engine.app())
    }

    /// Fails, with the whole screen, unless this text is on it.
    #[track_caller]
    pub fn sees(&self, text: &str) -> &Self {
        assert!(self.screen().contains(text), "{text:?} is not on the screen:\n{}", self.screen());
        self
    }

    /// Fails, with the whole screen, if this text is on it.
    #[track_caller]
    pub fn does_not_see(&self, text: &str) -> &Self {
        assert!(!self.screen().contains(text), "{text:?} is on the screen:\n{}", self.screen());
        self
    }

    /// Fails unless a line of the screen holds all of these texts.
    #[track_caller]
    pub fn sees_in_one_line(&self, texts: &[&str]) -> &Self {
        let screen = self.screen();
        assert!(
            screen.lines().any(|line| texts.iter().all(|text| line.contains(text))),
            "no line holds {texts:?}:\n{screen}"
        );
        self
    }

    /// Lets deadlines pass until a text is on the screen.
    pub async fn until(&mut self, text: &str) -> &mut Self {
        self.until_that(text, |story| story.screen().contains(text)).await
    }

    /// Lets deadlines pass until the screen says the text behind a key.
    pub async fn until_it_says(&mut self, key: &str) -> &mut Self {
        let beginning = self.beginning(key);
        self.until(&beginning).await
    }

    /// Lets deadlines pass until a line of the screen holds all of these texts.
    pub async fn until_one_line_has(&mut self, texts: &[&str]) -> &mut Self {
        let has = |story: &Self| story.screen().lines().any(|line| texts.iter().all(|text| line.contains(text)));
        self.until_that(&texts.join(" ... "), has).await
    }

    async fn until_that(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) -> &mut Self {
        let (begin, real_begin) = (self.app().now, Instant::now());
        self.settle().await;
        while !is_so(self) {
            let waited = self.app().now.duration_since(begin);
            assert!(
                waited < PATIENCE && real_begin.elapsed() < REAL_PATIENCE,
                "{what:?}: still waiting after {waited:#}:\n{}",
                self.screen()
            );
            let woken = self.engine.next_deadline_passes().await;
            assert!(woken, "{what:?}: nothing is due any more:\n{}", self.screen());
            self.settle().await;
        }
        self
    }

    /// Lets time pass on a paused clock, with everything that falls due in it.
    pub async fn elapse(&mut self, time: Duration) -> &mut Self {
        let end = self.app().now + SignedDuration::try_from(time).unwrap();
        while self.app().next_deadline().is_some_and(|deadline| deadline <= end) {
            self.engine.next_deadline_passes().await;
        }
        let rest = end.duration_since(self.app().now);
        tokio::time::sleep(Duration::try_from(rest).unwrap_or_default()).await;
        self.engine.handle(Message::Wake);
        self.settle().await;
        self
    }

    /// Lets what has begun go on a little, without waiting for anything.
    pub async fn breathe(&mut self) -> &mut Self {
        for _ in 0..20 {
            tokio::select! {
                biased;
                () = self.engine.step() => {}
                () = yield_often() => {}
            }
        }
        self
    }

    /// Lets requests be answered while nobody takes the answers in.
    pub async fn answers_gather(&mut self) -> &mut Self {
        for _ in 0..20 {
            yield_often().await;
        }
        self
    }

    /// Puts the cursor of the focused pane on the row with this name.
    pub async fn select(&mut self, name: &str) -> &mut Self {
        self.keys("g").await;
        let rows = self.app().visible_ids(self.app().panes.focus).len();
        for _ in 0..rows {
            if self.app().selected_label().as_deref() == Some(name) {
                return self;
            }
            self.keys("j").await;
        }
        panic!("{name} is no row of the focused pane:\n{}", self.screen());
    }

    /// Fails unless the screen says the text behind a key, at least its beginning (the rest may be on a line below).
    #[track_caller]
    pub fn says(&self, key: &str) -> &Self {
        let beginning = self.beginning(key);
        assert!(self.screen().contains(&beginning), "{key} ({beginning:?}) is not on the screen:\n{}", self.screen());
        self
    }

    /// Fails if the screen says the text behind a key.
    #[track_caller]
    pub fn does_not_say(&self, key: &str) -> &Self {
        let beginning = self.beginning(key);
        assert!(!self.screen().contains(&beginning), "{key} ({beginning:?}) is on the screen:\n{}", self.screen());
        self
    }

    fn beginning(&self, key: &str) -> String {
        let sentence = self.app().environment.language.say(key);
        assert!(!sentence.starts_with("Unknown localization"), "{key} is no text without gaps");
        let before_gap = sentence.split(['{', '\u{2068}']).next().unwrap_or_default();
        let words: String = before_gap.chars().take(18).collect();
        assert!(words.trim().len() > 2, "{key} begins with a gap: {sentence:?}");
        words.trim_end().to_owned()
    }

    /// How often the demo account was asked for an operation.
    pub fn calls_of(&self, operation: &str) -> usize {
        self.demo().calls().iter().filter(|call| *call == operation).count()
    }

    /// The state, where the screen does not tell enough.
    pub fn app(&self) -> &App {
        self.engine.app()
    }

    /// Programs that want the terminal for themselves by now.
    pub fn programs(&mut self) -> Vec<Program> {
        let programs = self.engine.take_programs();
        self.waiting.extend(programs.iter().map(|(id, _)| *id));
        programs.into_iter().map(|(_, program)| program).collect()
    }

    /// The program that had the terminal has ended.
    pub async fn program_ends(&mut self, ended: Ended) -> &mut Self {
        let id = self.waiting.pop().expect("a program that runs");
        self.engine.program_ended(id, ended);
        self.settle().await;
        self
    }

    /// What was put on the clipboard.
    pub fn copied(&self) -> &[String] {
        &self.copied
    }

    /// These programs are installed, whatever this machine has.
    pub async fn has_tools(&mut self, tools: ec2deck::domain::tools::Tools) -> &mut Self {
        use ec2deck::message::{LocalDone, Reply};
        let outcome = Ok(LocalDone::Tools(tools));
        self.engine.handle(Message::Reply(Box::new(Reply::Local { id: LocalId(u64::MAX), outcome })));
        self.settle().await;
        self
    }

    /// Whether the program has ended.
    pub fn has_quit(&self) -> bool {
        self.engine.has_quit()
    }

    /// Where this story's private keys lie.
    pub fn key_folder(&self) -> PathBuf {
        self.home.path().join(".ssh")
    }

    /// The demo account behind the screen.
    pub fn demo(&self) -> &DemoAccount {
        self.demo.as_ref().expect("a story on the demo account")
    }

    /// The EC2 client that asks moto what exists, not the program.
    pub fn server(&self) -> aws_sdk_ec2::Client {
        moto::ec2(self.turn.as_ref().expect("a story on moto").endpoint)
    }
}

async fn yield_often() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}
