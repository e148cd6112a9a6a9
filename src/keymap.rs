//! Keys and what they do: the only place that names a key.
//!
//! One table ([`BINDINGS`]) drives dispatch ([`resolve`]), the footer and the help page ([`bindings_of`]) and the
//! README's key list, so that none of them can lie.

use std::fmt;

/// A key press as the loop knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// With Control held.
    pub ctrl: bool,
    /// With Alt held.
    pub alt: bool,
}

/// The keys that this program tells apart. Shift is part of the character (`S`) or of the code (`BackTab`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyCode {
    /// A character, upper case when shifted.
    Char(char),
    /// Enter or Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Deletes to the left.
    Backspace,
    /// Deletes to the right.
    Delete,
    /// Insert.
    Insert,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Start of line or list.
    Home,
    /// End of line or list.
    End,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// A function key.
    F(u8),
}

impl Key {
    /// A key without Control or Alt.
    #[must_use]
    pub fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// A key from its name as [`fmt::Display`] writes it: `j`, `G`, `enter`, `ctrl-p`, `space`, `shift-tab`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let (ctrl, rest) = name.strip_prefix("ctrl-").map_or((false, name), |rest| (true, rest));
        let (alt, rest) = rest.strip_prefix("alt-").map_or((false, rest), |rest| (true, rest));
        let mut characters = rest.chars();
        let code = match (characters.next(), characters.next()) {
            (Some(c), None) => KeyCode::Char(c),
            _ => NAMED.iter().find(|(_, named)| *named == rest).map(|(code, _)| *code)?,
        };
        Some(Self { code, ctrl, alt })
    }
}

const NAMED: &[(KeyCode, &str)] = &[
    (KeyCode::Char(' '), "space"),
    (KeyCode::Enter, "enter"),
    (KeyCode::Esc, "esc"),
    (KeyCode::Tab, "tab"),
    (KeyCode::BackTab, "shift-tab"),
    (KeyCode::Backspace, "backspace"),
    (KeyCode::Delete, "delete"),
    (KeyCode::Insert, "insert"),
    (KeyCode::Up, "up"),
    (KeyCode::Down, "down"),
    (KeyCode::Left, "left"),
    (KeyCode::Right, "right"),
    (KeyCode::Home, "home"),
    (KeyCode::End, "end"),
    (KeyCode::PageUp, "pageup"),
    (KeyCode::PageDown, "pagedown"),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("ctrl-")?;
        }
        if self.alt {
            f.write_str("alt-")?;
        }
        if let Some((_, name)) = NAMED.iter().find(|(code, _)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(number) => write!(f, "f{number}"),
            _ => Ok(()),
        }
    }
}

/// Where a key is pressed. The layer on top decides; see [`crate::app::App::context`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// The instances pane.
    Instances,
    /// The security groups pane.
    SecurityGroups,
    /// The Elastic IPs pane.
    Addresses,
    /// The key pairs pane.
    KeyPairs,
    /// The details beside the panes.
    Details,
    /// Typing a filter.
    Filter,
    /// A list to choose from: actions, columns, regions, profiles, commands.
    Choice,
    /// A question with No and Yes.
    Confirm,
    /// A question that wants a name typed.
    TypedConfirm,
    /// A page of text: help, an error's details, commands.
    Page,
    /// A form over the dashboard.
    Dialog,
    /// The rules of a security group.
    Rules,
    /// The tags of a resource.
    Tags,
    /// What costs money and does nothing for it.
    Leaks,
    /// Why nobody gets in to an instance.
    Doctor,
    /// What it costs.
    Costs,
    /// The graphs of an instance.
    Metrics,
    /// Launch, choosing an image.
    LaunchImage,
    /// Launch, choosing a type.
    LaunchType,
    /// Launch, a form with text fields: details and tags.
    LaunchForm,
    /// Launch, the volumes.
    LaunchStorage,
    /// Launch, the security group.
    LaunchGroup,
    /// Launch, the rules of the new security group.
    LaunchRules,
    /// Launch, the review.
    LaunchReview,
    /// Launch, under way or done.
    LaunchRun,
}

/// Everything that a key, the menu or the palette can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is explained by its binding's text, which the help page shows")]
pub enum Action {
    // Moving.
    Down,
    Up,
    PageDown,
    PageUp,
    First,
    Last,
    Left,
    Right,
    // Panes.
    FocusInstances,
    FocusGroups,
    FocusAddresses,
    FocusKeys,
    FocusDetails,
    NextPane,
    PreviousPane,
    Zoom,
    // Looking.
    Filter,
    Sort,
    Refresh,
    Help,
    Palette,
    SwitchRegion,
    SwitchProfile,
    CopyValue,
    CopySsh,
    ShowProblem,
    Menu,
    Mark,
    MarkAll,
    // Layers.
    Leave,
    Quit,
    Choose,
    Yes,
    No,
    ToggleOption,
    // Instances.
    Launch,
    Start,
    Stop,
    Reboot,
    Terminate,
    Connect,
    WaysIn,
    LoginSettings,
    RememberHosts,
    Doctor,
    FindKey,
    ForgetHostKey,
    Metrics,
    RangeHour,
    RangeSixHours,
    RangeDay,
    RangeWeek,
    AllowMyIp,
    FixedAddress,
    AttachGroup,
    Detach,
    // Security groups.
    NewGroup,
    CopyGroup,
    DeleteGroup,
    CloseToMe,
    AttachToInstance,
    DetachFromInstance,
    EditRules,
    NewRule,
    EditRule,
    DeleteRule,
    OtherDirection,
    // Elastic IPs.
    AllocateAddress,
    Associate,
    Disassociate,
    ReleaseAddress,
    // Key pairs.
    NewKey,
    ImportKey,
    DeleteKey,
    ExportKey,
    LockKey,
    // Tags.
    EditTags,
    NewTag,
    EditTag,
    RemoveTag,
    // Costs.
    Costs,
    AccountKind,
    // Time.
    AutoStop,
    // Leaks.
    Leaks,
    EndLeak,
    // All that can be taken back.
    Undo,
    // Launch.
    NextStep,
    PreviousStep,
    NextField,
    PreviousField,
    PreviewCommands,
    ToggleArchitecture,
    ToggleCredits,
    FillAllowance,
    AddVolume,
    RemoveVolume,
    AddRule,
    AddHttps,
    AddHttp,
    AddTcp,
    RemoveRule,
    CycleSource,
    ToggleItem,
    Retry,
    RemoveMade,
    AskAgain,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it acts.
    pub contexts: &'static [Context],
    /// Names of the keys, the one to show first.
    pub keys: &'static [&'static str],
    /// What it does.
    pub action: Action,
    /// Text key of its short label (footer, menu, palette).
    pub label: &'static str,
    /// Whether the footer may show it; the help page shows all.
    pub in_footer: bool,
}

use Context as C;

const PANES: &[Context] = &[C::Instances, C::SecurityGroups, C::Addresses, C::KeyPairs, C::Details];
const LISTS: &[Context] = &[C::Instances, C::SecurityGroups, C::Addresses, C::KeyPairs];
const MOVING: &[Context] = &[
    C::Instances,
    C::SecurityGroups,
    C::Addresses,
    C::KeyPairs,
    C::Details,
    C::Page,
    C::Rules,
    C::Tags,
    C::Leaks,
    C::Doctor,
    C::Costs,
    C::Metrics,
    C::LaunchImage,
    C::LaunchType,
    C::LaunchRules,
];
const ARROWS: &[Context] =
    &[C::Choice, C::Filter, C::Dialog, C::LaunchForm, C::LaunchStorage, C::LaunchGroup, C::LaunchReview];
const STEPS: &[Context] =
    &[C::LaunchImage, C::LaunchType, C::LaunchForm, C::LaunchStorage, C::LaunchGroup, C::LaunchRules, C::LaunchReview];
const FIELDS: &[Context] = &[C::LaunchForm, C::LaunchStorage, C::LaunchGroup, C::LaunchRules, C::LaunchReview];

const fn row(
    contexts: &'static [Context],
    keys: &'static [&'static str],
    action: Action,
    label: &'static str,
    in_footer: bool,
) -> Binding {
    Binding { contexts, keys, action, label, in_footer }
}

/// Every binding, in the order in which footer and help show them.
pub const BINDINGS: &[Binding] = &[
    // Instances
    row(&[C::Instances], &["c"], Action::Connect, "key-connect", true),
    row(&[C::Instances], &["n"], Action::Launch, "key-launch", true),
    row(&[C::Instances], &["s"], Action::Start, "key-start", true),
    row(&[C::Instances], &["S"], Action::Stop, "key-stop", true),
    row(&[C::Instances], &["b"], Action::Reboot, "key-reboot", false),
    row(&[C::Instances], &["i"], Action::AllowMyIp, "key-allow-my-ip", true),
    row(&[C::Instances], &["E"], Action::FixedAddress, "key-fixed-address", true),
    row(&[C::Instances], &["d"], Action::Terminate, "key-terminate", true),
    row(&[C::Instances], &["D"], Action::Doctor, "key-doctor", true),
    row(&[C::Instances], &["m"], Action::Metrics, "key-metrics", false),
    row(&[C::Instances], &["W"], Action::WaysIn, "key-ways-in", false),
    row(&[C::Instances], &["L"], Action::LoginSettings, "key-login-settings", false),
    row(&[C::Instances], &["H"], Action::RememberHosts, "key-remember-hosts", false),
    row(&[C::Instances], &["A"], Action::AutoStop, "key-auto-stop", false),
    row(&[C::Instances], &["a"], Action::AttachGroup, "key-attach-group", false),
    row(&[C::Instances], &["x"], Action::Detach, "key-detach", false),
    row(&[C::Instances], &["space"], Action::Mark, "key-mark", false),
    row(&[C::Instances], &["ctrl-a"], Action::MarkAll, "key-mark-all", false),
    // Security groups
    row(&[C::SecurityGroups], &["n"], Action::NewGroup, "key-new-group", true),
    row(&[C::SecurityGroups], &["e"], Action::EditRules, "key-edit-rules", true),
    row(&[C::Instances], &["e"], Action::EditRules, "key-edit-rules", false),
    row(&[C::SecurityGroups], &["i"], Action::AllowMyIp, "key-allow-my-ip", true),
    row(&[C::SecurityGroups], &["w"], Action::CloseToMe, "key-close-to-me", true),
    row(&[C::SecurityGroups], &["a"], Action::AttachToInstance, "key-attach-to-instance", true),
    row(&[C::SecurityGroups], &["x"], Action::DetachFromInstance, "key-detach-from-instance", true),
    row(&[C::SecurityGroups], &["C"], Action::CopyGroup, "key-copy-group", true),
    row(&[C::SecurityGroups], &["d"], Action::DeleteGroup, "key-delete", true),
    // Elastic IPs
    row(&[C::Addresses], &["n"], Action::AllocateAddress, "key-allocate", true),
    row(&[C::Addresses], &["a"], Action::Associate, "key-associate", true),
    row(&[C::Addresses], &["x"], Action::Disassociate, "key-disassociate", true),
    row(&[C::Addresses], &["d"], Action::ReleaseAddress, "key-release", true),
    // Key pairs
    row(&[C::KeyPairs], &["n"], Action::NewKey, "key-new-key", true),
    row(&[C::KeyPairs], &["I"], Action::ImportKey, "key-import-key", true),
    row(&[C::KeyPairs], &["p"], Action::ExportKey, "key-export-key", true),
    row(&[C::KeyPairs], &["m"], Action::LockKey, "key-lock-key", true),
    row(&[C::KeyPairs], &["d"], Action::DeleteKey, "key-delete", true),
    // The rules of a group
    row(&[C::Rules], &["n", "a"], Action::NewRule, "key-add-rule", true),
    row(&[C::Rules], &["enter", "e"], Action::EditRule, "key-edit-rule", true),
    row(&[C::Rules], &["d", "delete"], Action::DeleteRule, "key-delete-rule", true),
    row(&[C::Rules], &["tab", "left", "right", "h", "l"], Action::OtherDirection, "key-other-direction", true),
    row(&[C::Rules], &["i"], Action::AllowMyIp, "key-allow-my-ip", true),
    row(&[C::Rules], &["w"], Action::CloseToMe, "key-close-to-me", true),
    // The tags of a resource
    row(&[C::Tags], &["n", "a"], Action::NewTag, "key-add-tag", true),
    row(&[C::Tags], &["enter", "e"], Action::EditTag, "key-edit-tag", true),
    row(&[C::Tags], &["d", "delete"], Action::RemoveTag, "key-remove-tag", true),
    // Leaks
    row(&[C::Leaks], &["x", "enter"], Action::EndLeak, "key-end-leak", true),
    row(&[C::Leaks], &["r"], Action::Refresh, "key-refresh", true),
    // Why can't I connect
    row(&[C::Doctor], &["s"], Action::Start, "key-start", true),
    row(&[C::Doctor], &["S"], Action::Stop, "key-stop", true),
    row(&[C::Doctor], &["b"], Action::Reboot, "key-reboot", true),
    row(&[C::Doctor], &["E"], Action::FixedAddress, "key-fixed-address", true),
    row(&[C::Doctor], &["H"], Action::RememberHosts, "key-rewrite-host", true),
    row(&[C::Doctor], &["i"], Action::AllowMyIp, "key-allow-my-ip", true),
    row(&[C::Doctor], &["K"], Action::FindKey, "key-find-key", true),
    row(&[C::Doctor], &["p"], Action::ExportKey, "key-convert-key", true),
    row(&[C::Doctor], &["m"], Action::LockKey, "key-lock-key", true),
    row(&[C::Doctor], &["L"], Action::LoginSettings, "key-log-in-as", true),
    row(&[C::Doctor], &["F"], Action::ForgetHostKey, "key-forget-host-key", true),
    row(&[C::Doctor], &["D", "r"], Action::Doctor, "key-examine-again", true),
    // What it costs
    row(&[C::Costs], &["r"], Action::Refresh, "key-refresh", true),
    row(&[C::Costs], &["M"], Action::Leaks, "key-leaks", true),
    row(&[C::Costs], &["K"], Action::AccountKind, "key-account-kind", true),
    // The graphs of an instance
    row(&[C::Metrics], &["right", "l"], Action::Right, "key-longer-range", true),
    row(&[C::Metrics], &["left", "h"], Action::Left, "key-shorter-range", true),
    row(&[C::Metrics], &["1"], Action::RangeHour, "key-range-hour", false),
    row(&[C::Metrics], &["2"], Action::RangeSixHours, "key-range-six-hours", false),
    row(&[C::Metrics], &["3"], Action::RangeDay, "key-range-day", false),
    row(&[C::Metrics], &["4"], Action::RangeWeek, "key-range-week", false),
    row(&[C::Metrics], &["r"], Action::Refresh, "key-refresh", true),
    row(&[C::Costs, C::Leaks, C::Metrics], &["?"], Action::Help, "key-help", true),
    row(&[C::Rules, C::Tags], &["u"], Action::Undo, "key-undo", true),
    // A form
    row(&[C::Dialog], &["enter"], Action::Choose, "key-do-it", true),
    row(&[C::Dialog], &["tab"], Action::NextField, "key-next-field", true),
    row(&[C::Dialog], &["shift-tab"], Action::PreviousField, "key-previous-field", false),
    row(&[C::Dialog], &["left"], Action::Left, "key-change", false),
    row(&[C::Dialog], &["right"], Action::Right, "key-change", true),
    // Money
    row(PANES, &["$"], Action::Costs, "key-costs", true),
    row(PANES, &["M"], Action::Leaks, "key-leaks", false),
    // Every list
    row(LISTS, &["enter"], Action::Menu, "key-menu", true),
    row(LISTS, &["y"], Action::CopyValue, "key-copy", true),
    row(&[C::Instances], &["Y"], Action::CopySsh, "key-copy-ssh", false),
    row(LISTS, &["/"], Action::Filter, "key-filter", true),
    row(LISTS, &["t"], Action::EditTags, "key-edit-tags", false),
    row(LISTS, &["u"], Action::Undo, "key-undo", true),
    row(LISTS, &["o"], Action::Sort, "key-sort", false),
    // The dashboard
    row(PANES, &["1"], Action::FocusInstances, "key-focus-instances", false),
    row(PANES, &["2"], Action::FocusGroups, "key-focus-groups", false),
    row(PANES, &["3"], Action::FocusAddresses, "key-focus-addresses", false),
    row(PANES, &["4"], Action::FocusKeys, "key-focus-keys", false),
    row(PANES, &["5"], Action::FocusDetails, "key-focus-details", false),
    row(PANES, &["tab"], Action::NextPane, "key-next-pane", false),
    row(PANES, &["shift-tab"], Action::PreviousPane, "key-previous-pane", false),
    row(PANES, &["z"], Action::Zoom, "key-zoom", false),
    row(PANES, &["r"], Action::Refresh, "key-refresh", false),
    row(PANES, &["R"], Action::SwitchRegion, "key-region", false),
    row(PANES, &["P"], Action::SwitchProfile, "key-profile", false),
    row(PANES, &["!"], Action::ShowProblem, "key-show-problem", false),
    row(PANES, &[":"], Action::Palette, "key-palette", false),
    row(PANES, &["?"], Action::Help, "key-help", true),
    row(PANES, &["q", "ctrl-c"], Action::Quit, "key-quit", true),
    // Layers
    row(&[C::Filter], &["enter"], Action::Choose, "key-keep-filter", true),
    row(&[C::Filter], &["esc", "ctrl-c"], Action::Leave, "key-clear-filter", true),
    row(&[C::Choice], &["enter"], Action::Choose, "key-choose", true),
    row(&[C::Confirm], &["left", "right", "tab", "shift-tab"], Action::Right, "key-other-answer", true),
    row(&[C::Confirm], &["enter"], Action::Choose, "key-answer", true),
    row(&[C::Confirm], &["y"], Action::Yes, "key-yes", true),
    row(&[C::Confirm], &["n"], Action::No, "key-no", true),
    row(&[C::TypedConfirm], &["enter"], Action::Choose, "key-confirm", true),
    row(&[C::TypedConfirm], &["tab"], Action::ToggleOption, "key-toggle-option", true),
    row(&[C::Page], &["y"], Action::CopyValue, "key-copy-password", false),
    row(&[C::Page], &["q", "?"], Action::Leave, "key-close", false),
    row(&[C::Rules, C::Tags, C::Doctor, C::Costs, C::Leaks, C::Metrics], &["q"], Action::Leave, "key-close", false),
    // Launch
    row(
        &[C::LaunchImage, C::LaunchType, C::LaunchForm, C::LaunchStorage, C::LaunchGroup, C::LaunchRules],
        &["enter"],
        Action::NextStep,
        "key-next-step",
        true,
    ),
    row(&[C::LaunchReview], &["enter"], Action::Choose, "key-choose", true),
    row(STEPS, &["shift-tab"], Action::PreviousStep, "key-previous-step", true),
    row(FIELDS, &["tab"], Action::NextField, "key-next-field", true),
    row(&[C::LaunchImage], &["left", "h"], Action::Left, "key-other-source", false),
    row(&[C::LaunchImage], &["right", "l"], Action::Right, "key-other-source", true),
    row(&[C::LaunchImage], &["tab"], Action::NextField, "key-other-source", false),
    row(&[C::LaunchImage], &["a"], Action::ToggleArchitecture, "key-architecture", true),
    row(&[C::LaunchImage, C::LaunchType], &["/"], Action::Filter, "key-filter", true),
    row(&[C::LaunchType], &["o"], Action::Sort, "key-sort", true),
    row(&[C::LaunchType], &["c"], Action::ToggleCredits, "key-credits", true),
    row(
        &[C::LaunchForm, C::LaunchStorage, C::LaunchGroup, C::LaunchReview],
        &["left"],
        Action::Left,
        "key-change",
        false,
    ),
    row(
        &[C::LaunchForm, C::LaunchStorage, C::LaunchGroup, C::LaunchReview],
        &["right"],
        Action::Right,
        "key-change",
        true,
    ),
    row(&[C::LaunchStorage], &["f"], Action::FillAllowance, "key-fill-allowance", true),
    row(&[C::LaunchStorage], &["a"], Action::AddVolume, "key-add-volume", true),
    row(&[C::LaunchStorage], &["d"], Action::RemoveVolume, "key-remove-volume", true),
    row(&[C::LaunchRules], &["a"], Action::AddRule, "key-add-rule", true),
    row(&[C::LaunchRules], &["s"], Action::AddHttps, "key-add-https", true),
    row(&[C::LaunchRules], &["h"], Action::AddHttp, "key-add-http", true),
    row(&[C::LaunchRules], &["t"], Action::AddTcp, "key-add-tcp", true),
    row(&[C::LaunchRules], &["left", "right", "m"], Action::CycleSource, "key-cycle-source", true),
    row(&[C::LaunchRules], &["d", "delete"], Action::RemoveRule, "key-remove-rule", true),
    row(&[C::LaunchReview], &["r"], Action::AskAgain, "key-ask-again", false),
    row(&[C::LaunchRun], &["enter"], Action::Choose, "key-go-to-instance", true),
    row(&[C::LaunchRun], &["r"], Action::Retry, "key-retry", true),
    row(&[C::LaunchRun], &["x"], Action::RemoveMade, "key-remove-made", true),
    row(&[C::LaunchRun], &["y"], Action::CopySsh, "key-copy-ssh", true),
    row(&[C::LaunchRun, C::LaunchReview], &["!"], Action::ShowProblem, "key-show-problem", true),
    row(STEPS, &["ctrl-p"], Action::PreviewCommands, "key-preview", true),
    // Leaving
    row(PANES, &["esc"], Action::Leave, "key-leave", false),
    row(
        &[
            C::Choice,
            C::Confirm,
            C::TypedConfirm,
            C::Page,
            C::Dialog,
            C::Rules,
            C::Tags,
            C::Doctor,
            C::Costs,
            C::Leaks,
            C::Metrics,
        ],
        &["esc", "ctrl-c"],
        Action::Leave,
        "key-leave",
        true,
    ),
    row(STEPS, &["esc", "ctrl-c"], Action::Leave, "key-leave-launch", false),
    row(&[C::LaunchRun], &["esc", "ctrl-c"], Action::Leave, "key-close", true),
    // Moving
    row(MOVING, &["j", "down"], Action::Down, "key-down", false),
    row(MOVING, &["k", "up"], Action::Up, "key-up", false),
    row(MOVING, &["g", "home"], Action::First, "key-first", false),
    row(MOVING, &["G", "end"], Action::Last, "key-last", false),
    row(ARROWS, &["down"], Action::Down, "key-down", false),
    row(ARROWS, &["up"], Action::Up, "key-up", false),
    row(MOVING, &["pagedown", "ctrl-f"], Action::PageDown, "key-page-down", false),
    row(MOVING, &["pageup", "ctrl-b"], Action::PageUp, "key-page-up", false),
    row(&[C::Choice], &["pagedown"], Action::PageDown, "key-page-down", false),
    row(&[C::Choice], &["pageup"], Action::PageUp, "key-page-up", false),
];

/// What `key` does in `context`, if anything. A key that means nothing there may be text for a field.
#[must_use]
pub fn resolve(context: Context, key: Key) -> Option<Action> {
    let name = key.to_string();
    bindings_of(context).find(|binding| binding.keys.contains(&name.as_str())).map(|binding| binding.action)
}

/// The rows of one context, in the table's order.
pub fn bindings_of(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |binding| binding.contexts.contains(&context))
}

/// The row of an action in a context, for its key and label.
#[must_use]
pub fn binding_of(context: Context, action: Action) -> Option<&'static Binding> {
    bindings_of(context).find(|binding| binding.action == action)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_key_name_parses_and_prints_back() {
        for binding in BINDINGS {
            for name in binding.keys {
                let key = Key::parse(name).unwrap_or_else(|| panic!("{name} is no key"));
                assert_eq!(key.to_string(), *name);
            }
        }
    }

    #[test]
    fn no_key_means_two_things_in_one_context() {
        let contexts: HashSet<Context> = BINDINGS.iter().flat_map(|binding| binding.contexts.iter().copied()).collect();
        for context in contexts {
            let mut seen = HashSet::new();
            for name in bindings_of(context).flat_map(|binding| binding.keys) {
                assert!(seen.insert(*name), "{name} stands twice in {context:?}");
            }
        }
    }
}
