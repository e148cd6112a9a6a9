//! The program without a screen, for commands that need what it knows: the same loop, stepped until something is so.

use crate::app::App;
use crate::cli::Options;
use crate::domain::explain::{Explaining, explain};
use crate::domain::instance::{Instance, InstanceState};
use crate::domain::problem::Problem;
use crate::message::Message;
use crate::runtime::{self, DemoFolder, Engine};
use crate::text::Language;

/// A screen that nobody sees.
const SIZE: (u16, u16) = (120, 40);

/// The loop without a screen.
#[derive(Debug)]
pub struct Headless {
    engine: Engine,
    /// Held, so that it is there as long as the loop.
    _demo_folder: Option<DemoFolder>,
}

/// Why there is no instance to do something with: one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoInstance {
    /// No such id or name, or several of that name: the command line was wrong.
    Named(String),
    /// The account could not be asked.
    Unasked(String),
}

impl Headless {
    /// Starts the loop.
    #[must_use]
    pub fn open(options: Options) -> Self {
        let (engine, demo_folder) = runtime::engine(options, SIZE);
        Self { engine, _demo_folder: demo_folder }
    }

    /// The state.
    #[must_use]
    pub fn app(&self) -> &App {
        self.engine.app()
    }

    /// Hands in a message.
    pub fn handle(&mut self, message: Message) {
        self.engine.handle(message);
    }

    /// The loop itself.
    pub fn engine(&mut self) -> &mut Engine {
        &mut self.engine
    }

    /// Goes on until this is so; it is asked after each step.
    pub async fn run_until(&mut self, mut is_so: impl FnMut(&App) -> bool) {
        while !is_so(self.engine.app()) {
            self.engine.step().await;
        }
    }

    /// The instance with exactly this id or Name tag; one that is terminated has no name any more.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn find_instance(&mut self, name: &str) -> Result<Instance, NoInstance> {
        self.run_until(|app| app.inventory.instances.is_known() || failure(app).is_some()).await;
        if let Some(why) = failure(self.app()).filter(|_| !self.app().inventory.instances.is_known()) {
            return Err(NoInstance::Unasked(why));
        }
        let rows = &self.app().inventory.instances.rows;
        if let Some(instance) = rows.iter().find(|one| one.id.as_str() == name) {
            return Ok(instance.clone());
        }
        let alive = |one: &&Instance| one.state != InstanceState::Terminated && one.name.as_deref() == Some(name);
        let found: Vec<&Instance> = rows.iter().filter(alive).collect();
        match found.as_slice() {
            [one] => Ok((*one).clone()),
            [] => Err(NoInstance::Named(format!("no instance has the id or name '{name}'{}", self.place()))),
            several => {
                let ids = several.iter().map(|one| one.id.as_str()).collect::<Vec<_>>().join(", ");
                Err(NoInstance::Named(format!("{} instances are named '{name}': {ids}", several.len())))
            }
        }
    }

    fn place(&self) -> String {
        self.app().session.region().map_or_else(String::new, |region| format!(" in {region}"))
    }
}

/// Why the instances will not be known.
fn failure(app: &App) -> Option<String> {
    if app.session.opening {
        return None;
    }
    if let Some(problem) = app.session.problem.as_ref().or(app.inventory.instances.problem.as_ref()) {
        return Some(said(problem, app));
    }
    app.session.region().is_none().then(|| "no region is configured: name one with --region".to_owned())
}

/// A failure in one line, in English as everything on the command line.
fn said(problem: &Problem, app: &App) -> String {
    let info = &app.session.info;
    let why = explain(
        problem,
        &Explaining { profile: &info.profile, region: info.region.as_ref(), sso: info.sso, eligible: &[] },
    );
    format!("{} {}", why.what.say(Language::English), why.why.say(Language::English))
}
