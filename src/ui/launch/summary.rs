//! What will be made, as far as it is answered, and what to think about: at the right of every step, or as one line.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::boxed::{put, put_lines};
use super::super::look::{DIM, GOOD, Look, MONEY, PLAIN, STRONG, WARNING};
use super::super::{money, words};
use super::image::is_deprecated;
use crate::app::App;
use crate::app::launch::image::Source;
use crate::app::launch::{Launch, Step};
use crate::domain::cost::of_launch;
use crate::domain::instance_type::CreditMode;
use crate::domain::launch_plan::{GroupChoice, KeyChoice, PublicIp, ShutdownBehavior};
use crate::tr;

/// One thing to say; `brief` is what the one-line summary has of it.
struct Fact {
    text: String,
    style: Style,
    brief: Option<String>,
}

/// Draws the summary; into one line when there is only one.
pub fn draw(app: &App, launch: &Launch, frame: &mut Frame<'_>, area: Rect) {
    if area.is_empty() {
        return;
    }
    let look = Look::of(app);
    let facts = facts(app, launch, look);
    let room = usize::from(area.width);
    if area.height == 1 {
        let dot = look.sign(" · ", " - ");
        let brief: Vec<String> = facts.into_iter().filter_map(|fact| fact.brief).collect();
        let line = words::cut_end(&brief.join(dot), room, look.ellipsis());
        put(frame.buffer_mut(), area.x, area.y, area.right(), &Line::styled(line, DIM));
        return;
    }
    let mut lines = vec![Line::styled(tr!(look.language, "launch-summary-title"), STRONG)];
    for fact in facts {
        lines.extend(words::wrap_text(&fact.text, fact.style, room));
    }
    let warnings = warnings(app, launch, look);
    if !warnings.is_empty() {
        lines.push(Line::default());
    }
    for (text, style) in warnings {
        for (index, mut line) in words::wrap_text(&text, PLAIN, room.saturating_sub(2)).into_iter().enumerate() {
            line.spans.insert(0, Span::styled(if index == 0 { look.sign("! ", "! ") } else { "  " }, style));
            lines.push(line);
        }
    }
    put_lines(frame.buffer_mut(), area, &lines);
}

fn facts(app: &App, launch: &Launch, look: Look) -> Vec<Fact> {
    let mut facts = vec![name(launch, look)];
    facts.extend(image(app, launch, look));
    facts.extend(instance_type(app, launch, look));
    facts.extend(storage(app, launch, look));
    facts.extend(network(app, launch, look));
    facts.extend(group_and_key(app, launch, look));
    facts.extend(cost(app, launch, look));
    facts
}

fn name(launch: &Launch, look: Look) -> Fact {
    let language = look.language;
    let name = launch.tags.name();
    let count = launch.details.count();
    let (mut text, style) =
        if name.is_empty() { (tr!(language, "launch-summary-no-name"), DIM) } else { (name, STRONG) };
    if count > 1 {
        text = tr!(language, "launch-summary-count", name = text, count = u32::from(count));
    }
    Fact { brief: Some(text.clone()), text, style }
}

fn image(app: &App, launch: &Launch, look: Look) -> Vec<Fact> {
    let Some(image) = launch.image.chosen(&app.catalog) else {
        let text = tr!(look.language, "launch-summary-no-image");
        return vec![Fact { text, style: DIM, brief: None }];
    };
    let title = match launch.image.chosen_family() {
        Some(family) => family.title().to_owned(),
        None => image.name.clone(),
    };
    let text = format!("{title}  {}", image.architecture.as_str());
    vec![
        Fact { text, style: PLAIN, brief: Some(title) },
        Fact { text: tr!(look.language, "launch-summary-login", user = image.login_user()), style: DIM, brief: None },
    ]
}

fn instance_type(app: &App, launch: &Launch, look: Look) -> Vec<Fact> {
    let Some(row) = launch.instance_type.chosen(&app.catalog) else {
        return Vec::new();
    };
    let mut facts = vec![Fact { text: row.name.clone(), style: PLAIN, brief: Some(row.name.clone()) }];
    if row.free_tier_eligible {
        facts.push(Fact { text: tr!(look.language, "launch-type-eligible"), style: GOOD, brief: None });
    }
    facts
}

fn storage(app: &App, launch: &Launch, look: Look) -> Vec<Fact> {
    let language = look.language;
    let Some(volumes) = launch.image.chosen(&app.catalog).and_then(|image| launch.storage.volumes(image).ok()) else {
        return Vec::new();
    };
    let Some(root) = volumes.first() else { return Vec::new() };
    let mut text = format!("{} GiB {}", root.size_gib, root.kind.as_str());
    let brief = text.clone();
    if volumes.len() > 1 {
        let rest: u32 = volumes.iter().skip(1).fold(0, |sum, volume| sum.saturating_add(volume.size_gib));
        text = tr!(language, "launch-summary-volumes", root = text, count = volumes.len() - 1, size = rest);
    }
    let mut facts = vec![Fact { text, style: PLAIN, brief: Some(brief) }];
    let meter = launch.storage.meter(&app.inventory);
    if let (Some(after), true) = (meter.after(), launch.storage.root().is_some() && app.may_have_allowances()) {
        let style = if meter.is_exceeded() { MONEY } else { DIM };
        let text = tr!(language, "launch-summary-allowance", after = after, allowance = meter.allowance);
        facts.push(Fact { text, style, brief: None });
    }
    facts
}

fn network(app: &App, launch: &Launch, look: Look) -> Vec<Fact> {
    let language = look.language;
    let details = &launch.details;
    let text = match (details.vpc(&app.catalog), details.chosen_subnet(&app.catalog)) {
        (None, None) => tr!(language, "launch-summary-default-vpc"),
        (None, Some(subnet)) => tr!(language, "launch-summary-default-vpc-zone", zone = &subnet.zone),
        (Some(vpc), None) => vpc.to_string(),
        (Some(vpc), Some(subnet)) => format!("{vpc}  {}", subnet.zone),
    };
    let mut facts = vec![Fact { text, style: PLAIN, brief: None }];
    match details.public_ip() {
        PublicIp::AsSubnet => {}
        PublicIp::Yes => {
            facts.push(Fact { text: tr!(language, "launch-summary-public-yes"), style: PLAIN, brief: None });
        }
        PublicIp::No => {
            facts.push(Fact { text: tr!(language, "launch-summary-public-no"), style: PLAIN, brief: None });
        }
    }
    if let Some(profile) = details.iam_profile() {
        let text = tr!(language, "launch-summary-iam-profile", name = profile);
        facts.push(Fact { text, style: PLAIN, brief: None });
    }
    if let Some(path) = details.user_data_path() {
        let text = tr!(language, "launch-summary-user-data", path = path);
        facts.push(Fact { text, style: PLAIN, brief: None });
    }
    facts
}

fn group_and_key(app: &App, launch: &Launch, look: Look) -> Vec<Fact> {
    let language = look.language;
    let later = |text| Fact { text, style: DIM, brief: None };
    let now = |text| Fact { text, style: PLAIN, brief: None };
    let group = (launch.furthest >= Step::SecurityGroup).then(|| launch.group.choice(&app.catalog).ok()).flatten();
    let group = match group {
        Some(GroupChoice::New(group)) => now(tr!(language, "launch-summary-new-group", count = group.inbound.len())),
        Some(GroupChoice::Existing(groups)) => now(tr!(language, "launch-summary-groups", count = groups.len())),
        None => later(tr!(language, "launch-summary-group-later")),
    };
    let plan = (launch.furthest >= Step::Review).then(|| launch.plan(&app.catalog, &app.inventory).ok()).flatten();
    let key = match plan.map(|plan| plan.key) {
        Some(KeyChoice::New { name, .. }) => now(tr!(language, "launch-summary-new-key", name = name)),
        Some(KeyChoice::Existing(name)) => now(tr!(language, "launch-summary-key", name = name)),
        Some(KeyChoice::None) => now(tr!(language, "launch-summary-no-key")),
        None => later(tr!(language, "launch-summary-key-later")),
    };
    vec![group, key]
}

/// What it comes to in a month, and where the prices come from.
fn cost(app: &App, launch: &Launch, look: Look) -> Vec<Fact> {
    let Some(parts) = launch.priced(&app.catalog) else { return Vec::new() };
    let month = of_launch(&parts, &app.price_book()).month;
    let (text, style) = money::month(&month, look.language);
    let mut facts = vec![Fact { text: String::new(), style: PLAIN, brief: None }];
    facts.push(Fact { brief: Some(text.clone()), text, style });
    let reasons = money::reasons([&month], app, look.language);
    facts.extend(reasons.into_iter().map(|text| Fact { text, style: DIM, brief: None }));
    facts.extend(money::source(app, look.language).map(|text| Fact { text, style: DIM, brief: None }));
    let forecast = app.free_tier_with(&app.more_by_launching(&parts)).forecast;
    facts.extend(forecast.into_iter().map(|line| Fact { text: line.say(look.language), style: MONEY, brief: None }));
    facts
}

/// What to think about before launching, with the style of its sign.
fn warnings(app: &App, launch: &Launch, look: Look) -> Vec<(String, Style)> {
    let language = look.language;
    let mut warnings = Vec::new();
    let mut warn = |text: String, style: Style| warnings.push((text, style));
    if let Some(image) = launch.image.chosen(&app.catalog) {
        if is_deprecated(app, image) {
            warn(tr!(language, "launch-warning-deprecated"), WARNING);
        }
        if launch.image.source == Source::Search && image.owner_alias.is_none() && image.public {
            warn(tr!(language, "launch-warning-owner", owner = &image.owner), WARNING);
        }
    }
    if let Some(row) = launch.instance_type.chosen(&app.catalog) {
        if !row.free_tier_eligible {
            warn(tr!(language, "launch-warning-not-eligible"), MONEY);
        }
        let mode = launch.instance_type.credit_mode(&app.catalog).unwrap_or(CreditMode::default_of(&row.name));
        if row.burstable && mode == CreditMode::Unlimited {
            warn(tr!(language, "launch-warning-unlimited"), MONEY);
        }
    }
    let details = &launch.details;
    if details.detailed_monitoring() {
        warn(tr!(language, "launch-warning-monitoring"), MONEY);
    }
    if !details.imdsv2_required() {
        warn(tr!(language, "launch-warning-imdsv1"), WARNING);
    }
    if details.shutdown() == ShutdownBehavior::Terminate {
        warn(tr!(language, "launch-warning-shutdown"), WARNING);
    }
    if launch.storage.root().is_some()
        && launch.storage.meter(&app.inventory).is_exceeded()
        && app.may_have_allowances()
    {
        warn(tr!(language, "launch-warning-allowance"), MONEY);
    }
    warnings
}
