//! The lists to choose from: what can be done with a row, every command, regions, profiles, sort columns.

use super::App;
use super::form::TextInput;
use super::modal::{ChoiceItem, ChoiceModal, Modal, Picked, Purpose};
use super::panes::PaneKind;
use crate::domain::region::{KNOWN, Region, city_key};
use crate::keymap::{Action, Binding, Context, bindings_of};
use crate::text;
use crate::text::{Language, Text};

/// What moves or closes is no command, and neither is what opened the list.
const NOT_IN_LISTS: &[Action] = &[
    Action::Down,
    Action::Up,
    Action::PageDown,
    Action::PageUp,
    Action::First,
    Action::Last,
    Action::Leave,
    Action::Menu,
    Action::Palette,
];

impl App {
    /// What can be done with the selected row.
    pub(super) fn choose_from_menu(&mut self) {
        let context = self.panes.focus.context();
        let label = self.selected_label();
        let title = text!("menu-title", name = label.unwrap_or_default());
        let of_the_row: &[Action] = &[
            Action::Connect,
            Action::Doctor,
            Action::Metrics,
            Action::WaysIn,
            Action::LoginSettings,
            Action::RememberHosts,
            Action::Start,
            Action::Stop,
            Action::Reboot,
            Action::AllowMyIp,
            Action::FixedAddress,
            Action::Terminate,
            Action::AttachGroup,
            Action::Detach,
            Action::EditRules,
            Action::CloseToMe,
            Action::AttachToInstance,
            Action::DetachFromInstance,
            Action::CopyGroup,
            Action::DeleteGroup,
            Action::Associate,
            Action::Disassociate,
            Action::ReleaseAddress,
            Action::ExportKey,
            Action::LockKey,
            Action::DeleteKey,
            Action::EditTags,
            Action::CopyValue,
            Action::CopySsh,
            Action::Mark,
        ];
        let mut items: Vec<ChoiceItem> = bindings_of(context)
            .filter(|binding| of_the_row.contains(&binding.action))
            .map(|binding| self.item(binding))
            .collect();
        items.extend(bindings_of(context).filter(|one| one.action == Action::FocusDetails).map(|one| self.item(one)));
        let mut menu = choice(title, Purpose::Menu, items);
        // On what can be done, so that Enter does something.
        menu.cursor = menu.items.iter().position(|item| item.disabled.is_none()).unwrap_or(0);
        self.open_choice(menu);
    }

    /// Every action and view.
    pub(super) fn choose_command(&mut self) {
        let focus = self.panes.focus.context();
        let mut items: Vec<ChoiceItem> = Vec::new();
        let mut seen = Vec::new();
        for context in [focus, Context::Instances] {
            for binding in bindings_of(context) {
                if !NOT_IN_LISTS.contains(&binding.action) && !seen.contains(&binding.action) {
                    seen.push(binding.action);
                    items.push(self.item(binding));
                }
            }
        }
        self.open_choice(choice(text!("palette-title"), Purpose::Palette, items));
    }

    /// By what to sort; the column in use says so.
    pub(super) fn choose_sort(&mut self) {
        let kind = self.panes.focus;
        let sort = self.panes.list(kind).sort;
        let items = self
            .columns(kind, true)
            .iter()
            .map(|column| ChoiceItem {
                label: Text::new(column.title_key(), Vec::new()),
                note: sort
                    .filter(|sort| sort.column == *column)
                    .map(|sort| if sort.descending { text!("sort-descending") } else { text!("sort-ascending") }),
                key: None,
                disabled: None,
                picked: Picked::Column(*column),
            })
            .collect();
        self.open_choice(choice(text!("sort-title"), Purpose::Sort, items));
    }

    /// All profiles of the files.
    pub(super) fn choose_profile(&mut self) {
        let items = self
            .session
            .info
            .profiles
            .iter()
            .map(|profile| ChoiceItem {
                label: text!("words", words = crate::domain::clean::clean(profile)),
                note: (*profile == self.session.info.profile).then(|| text!("choice-in-use")),
                key: None,
                disabled: None,
                picked: Picked::Profile(profile.clone()),
            })
            .collect();
        self.open_choice(choice(text!("profile-title"), Purpose::Profile, items));
    }

    /// All regions: as the account has them when that is known, else those that this program knows. Seoul comes first
    /// for a Korean screen.
    pub(super) fn region_choice(&self, purpose: Purpose) -> ChoiceModal {
        let mut regions: Vec<(Region, bool)> = match &self.catalog.regions.value {
            Some(entries) => entries.iter().map(|entry| (entry.region.clone(), entry.enabled)).collect(),
            None => KNOWN.iter().filter_map(|(code, _)| Region::parse(code)).map(|region| (region, true)).collect(),
        };
        let seoul_first = self.environment.language == Language::Korean;
        regions.sort_by_key(|(region, enabled)| {
            (!enabled, !(seoul_first && region.as_str() == "ap-northeast-2"), region.clone())
        });
        let items = regions
            .into_iter()
            .map(|(region, enabled)| ChoiceItem {
                label: text!("words", words = &region),
                note: city_key(&region).map(|key| Text::new(key, Vec::new())),
                key: None,
                disabled: (!enabled).then(|| text!("why-region-not-enabled")),
                picked: Picked::Region(region),
            })
            .collect();
        let title = match &purpose {
            Purpose::FirstRegion => text!("first-region-title"),
            _ => text!("region-title"),
        };
        let mut choice = choice(title, purpose, items);
        let present = self.session.region();
        choice.cursor = choice
            .items
            .iter()
            .position(|item| matches!(&item.picked, Picked::Region(region) if Some(region) == present))
            .unwrap_or(0);
        choice
    }

    /// Lists that are open follow what has arrived meanwhile.
    pub(super) fn refresh_choices(&mut self) {
        let Some(Modal::Choice(open)) = self.modals.last() else { return };
        let fresh = match &open.purpose {
            Purpose::Region | Purpose::FirstRegion => self.region_choice(open.purpose.clone()),
            Purpose::WaysIn(id) => match self.inventory.instance(id) {
                Some(instance) => self.ways_choice(instance),
                None => return,
            },
            _ => return,
        };
        let Some(Modal::Choice(open)) = self.modals.last_mut() else { return };
        // The cursor stays on its item.
        let language = self.environment.language;
        let under_cursor = open.visible(language).get(open.cursor).map(|item| item.label.clone());
        open.items = fresh.items;
        let found = open.visible(language).iter().position(|item| Some(&item.label) == under_cursor.as_ref());
        open.cursor = found.unwrap_or(0);
    }

    fn item(&self, binding: &'static Binding) -> ChoiceItem {
        ChoiceItem {
            label: Text::new(binding.label, Vec::new()),
            note: None,
            key: binding.keys.first().copied(),
            disabled: self.availability(binding.action).err(),
            picked: Picked::Action(binding.action),
        }
    }

    /// What the selected row of the subject pane is called.
    #[must_use]
    pub fn selected_label(&self) -> Option<String> {
        let kind = self.panes.subject;
        let id = self.selected_id(kind)?;
        Some(match kind {
            PaneKind::Instances | PaneKind::Details => self.inventory.instances.get(&id)?.label().to_owned(),
            PaneKind::SecurityGroups => self.inventory.groups.get(&id)?.name.clone(),
            PaneKind::Addresses => self.inventory.addresses.get(&id)?.ip.to_string(),
            PaneKind::KeyPairs => self.inventory.key_pairs.get(&id)?.name.clone(),
        })
    }
}

fn choice(title: Text, purpose: Purpose, items: Vec<ChoiceItem>) -> ChoiceModal {
    ChoiceModal { title, purpose, filter: TextInput::default(), items, cursor: 0, on_leave: None }
}
