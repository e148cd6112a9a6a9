//! Amounts in words: what is known, what is not and why, and where it comes from. Nothing is rounded to nothing.

use ratatui::style::Style;

use super::explained;
use super::look::{DIM, Look, MONEY, PLAIN, WARNING};
use crate::app::App;
use crate::app::costs::SpotKnown;
use crate::domain::cost::{Sum, Unknown};
use crate::domain::money::Money;
use crate::text::Language;
use crate::tr;

/// A sum with its style; one of which parts are not known is a least amount.
#[must_use]
pub fn sum(sum: &Sum, show: fn(Money) -> String, language: Language) -> (String, Style) {
    if sum.is_empty() {
        return ("-".to_owned(), DIM);
    }
    if sum.is_unknown() {
        return (tr!(language, "price-unknown"), WARNING);
    }
    let amount = show(sum.known);
    if sum.missing > 0 { (tr!(language, "price-at-least", amount = amount), WARNING) } else { (amount, PLAIN) }
}

/// Two decimals.
#[must_use]
pub fn cents(amount: Money) -> String {
    amount.to_string()
}

/// Up to four decimals.
#[must_use]
pub fn hourly(amount: Money) -> String {
    amount.hourly()
}

/// Why an amount is not known.
#[must_use]
pub fn why(unknown: &Unknown, app: &App, language: Language) -> String {
    match unknown {
        Unknown::Reading if app.costs.prices.loading => tr!(language, "price-why-reading"),
        Unknown::Reading => tr!(language, "price-why-not-read"),
        Unknown::Refused(problem) => explained::of(problem, app).why.say(language),
        Unknown::NotListed => tr!(language, "price-why-not-listed"),
        Unknown::Spot => tr!(language, "price-why-spot"),
        Unknown::Dedicated => tr!(language, "price-why-dedicated"),
        Unknown::NoOperation => tr!(language, "price-why-no-operation"),
        Unknown::Volume => tr!(language, "price-why-volume"),
        Unknown::OtherCurrency => tr!(language, "price-why-currency"),
    }
}

/// The reasons behind sums that are not whole, each once.
#[must_use]
pub fn reasons<'a>(sums: impl IntoIterator<Item = &'a Sum>, app: &App, language: Language) -> Vec<String> {
    let mut reasons: Vec<String> = Vec::new();
    for unknown in sums.into_iter().filter_map(|sum| sum.why.as_ref()) {
        let reason = tr!(language, "price-unknown-because", why = why(unknown, app, language));
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

/// Where the prices come from and of which day they are; nothing when there are none.
#[must_use]
pub fn source(app: &App, language: Language) -> Option<String> {
    let prices = app.costs.prices.value.as_ref()?;
    let date = prices.asked_at.strftime("%Y-%m-%d").to_string();
    Some(if app.costs.is_cached() {
        tr!(language, "price-source-cache", date = date)
    } else {
        tr!(language, "price-source-aws", date = date)
    })
}

/// Why newer prices, or more of them, could not be read.
#[must_use]
pub fn trouble(app: &App, language: Language) -> Option<String> {
    app.costs.prices.value.as_ref()?;
    let problem = app.costs.price_problem()?;
    Some(tr!(language, "price-not-newer", why = explained::of(problem, app).why.say(language)))
}

/// What stands under every sum: reasons, what it leaves out, where it comes from.
#[must_use]
pub fn notes<'a>(sums: impl IntoIterator<Item = &'a Sum>, app: &App, language: Language) -> Vec<(String, Style)> {
    let sums: Vec<&Sum> = sums.into_iter().collect();
    let told = |sum: &&Sum| match &sum.why {
        Some(Unknown::Refused(problem)) => app.costs.price_problem() == Some(&**problem),
        _ => false,
    };
    let trouble = if sums.iter().any(told) { None } else { trouble(app, language) };
    let reasons = reasons(sums, app, language);
    let mut notes: Vec<(String, Style)> = Vec::new();
    notes.extend(reasons.into_iter().map(|reason| (reason, WARNING)));
    notes.extend(trouble.map(|trouble| (trouble, WARNING)));
    if let Some(source) = source(app, language) {
        notes.push((source, DIM));
        notes.push((tr!(language, "price-list-note"), DIM));
    }
    notes
}

/// The present spot price of a type, or why it is not known; nothing when nobody has asked.
#[must_use]
pub fn spot(known: SpotKnown<'_>, app: &App, language: Language) -> Option<(String, Style)> {
    Some(match known {
        SpotKnown::Nothing => return None,
        SpotKnown::Reading => (tr!(language, "price-spot-reading"), DIM),
        SpotKnown::NotOffered => (tr!(language, "price-spot-none"), DIM),
        SpotKnown::Refused(problem) => {
            (tr!(language, "price-spot-refused", why = explained::of(problem, app).why.say(language)), WARNING)
        }
        SpotKnown::Price(price, at) => {
            let time = at.strftime("%H:%M").to_string();
            let text =
                tr!(language, "price-spot", price = price.hour.hourly(), zone = price.zone.as_str(), time = time);
            (text, DIM)
        }
    })
}

/// What a launch comes to in a month, in one sentence.
#[must_use]
pub fn month(sum: &Sum, language: Language) -> (String, Style) {
    if sum.is_unknown() {
        (tr!(language, "price-month-unknown"), WARNING)
    } else if sum.missing > 0 {
        let all = sum.counted + sum.missing;
        (tr!(language, "price-month-at-least", amount = cents(sum.known), missing = sum.missing, all = all), MONEY)
    } else {
        (tr!(language, "price-month", amount = cents(sum.known)), MONEY)
    }
}

/// The column of the launch's types: an hour, or that it is not known.
#[must_use]
pub fn cell(hour: Option<Money>, app: &App, look: Look) -> (String, Style) {
    match hour {
        Some(hour) => (hour.hourly(), PLAIN),
        None if app.costs.prices.loading => (look.ellipsis().to_owned(), DIM),
        None => (tr!(look.language, "price-unknown"), DIM),
    }
}
