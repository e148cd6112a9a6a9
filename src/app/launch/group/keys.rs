//! The keys of the security group step: fields, table and the typed parts of a rule, and how the focus goes round.

use super::existing::ExistingGroups;
use super::rules::{self, Cell, MyIp, Service, Source};
use super::{DESCRIPTION, Focus, GroupStep, MODE, NAME};
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::limits::GROUPS_PER_INTERFACE;
use crate::keymap::{Action, Key, KeyCode};
use crate::text;

impl GroupStep {
    /// A bound key.
    pub fn act(&mut self, action: Action, world: &mut World<'_>) {
        match action {
            Action::NextField => self.next_stop(world),
            Action::Down => self.down(world),
            Action::Up => self.up(world),
            Action::First => self.move_to(0, world),
            Action::Last => self.move_to(usize::MAX, world),
            Action::PageDown => self.move_to(self.row().saturating_add(10), world),
            Action::PageUp => self.move_to(self.row().saturating_sub(10), world),
            Action::Left if self.focus == Focus::Form => self.turn(-1),
            Action::Right if self.focus == Focus::Form => self.turn(1),
            Action::AddHttps => self.add(Service::Https, world),
            Action::AddHttp => self.add(Service::Http, world),
            Action::AddTcp => self.add_custom("8080", world),
            Action::AddRule => self.add_custom("", world),
            Action::RemoveRule => {
                self.rules_changed();
                self.table.remove();
                if self.table.rows.is_empty() {
                    self.focus_form();
                }
            }
            Action::CycleSource => {
                self.rules_changed();
                self.table.cycle_source();
            }
            Action::ToggleItem => self.toggle(world),
            _ => {}
        }
    }

    /// A key that is not bound here: text, space, or the beginning of an address.
    pub fn press(&mut self, key: Key, world: &mut World<'_>) {
        match self.focus {
            Focus::Form if self.is_text_focused() => self.type_in_form(key),
            Focus::Form => self.press_on_mode(key, world),
            Focus::Row if self.is_new() => self.type_on_row(key, world),
            Focus::Row => match key.code {
                KeyCode::Char(' ') => self.toggle(world),
                KeyCode::Char('j') => self.down(world),
                KeyCode::Char('k') => self.up(world),
                _ => {}
            },
            Focus::Cell(cell) => {
                if self.table.cell_mut(cell).is_some_and(|field| field.press(key)) {
                    self.cell_changed();
                }
            }
        }
    }

    /// Text was pasted.
    pub fn paste(&mut self, pasted: &str, world: &mut World<'_>) {
        if self.focus == Focus::Row && self.is_new() {
            let my_ip = MyIp::of(world.catalog);
            if let Some(cell) = self.table.cell_for_typing(my_ip) {
                self.open_cell(cell, true);
            }
        }
        match self.focus {
            Focus::Form if self.is_text_focused() => {
                self.mark_touched();
                if let Some(field) = self.form.focused_mut() {
                    field.paste(pasted);
                }
            }
            Focus::Cell(cell) => {
                if let Some(field) = self.table.cell_mut(cell) {
                    field.paste(pasted.trim());
                }
                self.cell_changed();
            }
            Focus::Form | Focus::Row => {}
        }
    }

    /// Enter first finishes what is being typed in a rule, or begins with what is missing there.
    pub fn takes_enter(&mut self, world: &mut World<'_>) -> bool {
        match self.focus {
            Focus::Cell(cell) => {
                if self.table.check_cell(cell, MyIp::of(world.catalog)) {
                    self.leave_cell();
                }
                true
            }
            Focus::Row if self.is_new() => {
                let my_ip = MyIp::of(world.catalog);
                let missing = self.table.current().and_then(|row| {
                    row.cells(my_ip).into_iter().find(|cell| self.table.cell(row, *cell).value().trim().is_empty())
                });
                if let Some(cell) = missing {
                    self.open_cell(cell, false);
                }
                missing.is_some()
            }
            Focus::Form | Focus::Row => false,
        }
    }

    /// Goes back from a typed part of a rule to its row; `false` when none is being typed.
    pub fn leave_cell(&mut self) -> bool {
        let typing = matches!(self.focus, Focus::Cell(_));
        if typing {
            self.table.settle_block();
            self.focus = Focus::Row;
        }
        typing
    }

    fn rules_changed(&mut self) {
        self.rules_touched = true;
        self.world_allowed = false;
    }

    fn cell_changed(&mut self) {
        self.rules_changed();
        if let Some(row) = self.table.rows.get_mut(self.table.cursor) {
            row.rewritten = None;
            row.error = None;
        }
    }

    fn add(&mut self, service: Service, _world: &mut World<'_>) {
        self.rules_changed();
        self.table.add(service, Source::Anywhere, "");
        self.focus = Focus::Row;
    }

    fn add_custom(&mut self, port: &str, world: &mut World<'_>) {
        if self.table.add(Service::CustomTcp, Source::MyIp, port) {
            self.rules_changed();
            self.focus = Focus::Row;
        } else {
            world.wish(Wish::Notice(text!("group-rules-full", most = rules::MOST_RULES), Tone::Warning));
        }
    }

    fn toggle(&mut self, world: &mut World<'_>) {
        self.error = None;
        let offered = ExistingGroups::offered(world.inventory, self.vpc.as_ref());
        if !self.existing.toggle(&offered) {
            world.wish(Wish::Notice(text!("group-existing-full", most = GROUPS_PER_INTERFACE), Tone::Warning));
        }
    }

    fn turn(&mut self, step: isize) {
        if let Some(field) = self.form.focused_mut() {
            field.turn(step);
        }
        self.fit_form_to_mode();
    }

    /// Name and description belong to a new group only.
    fn fit_form_to_mode(&mut self) {
        let disabled = (!self.is_new()).then(|| text!("group-only-new"));
        for id in [NAME, DESCRIPTION] {
            if let Some(field) = self.form.field_mut(id) {
                field.disabled.clone_from(&disabled);
                field.error = None;
            }
        }
    }

    fn type_in_form(&mut self, key: Key) {
        let changed = self.form.focused_mut().is_some_and(|field| field.press(key));
        // Moving the cursor is not writing.
        if changed && !matches!(key.code, KeyCode::Left | KeyCode::Right | KeyCode::Home | KeyCode::End) {
            self.mark_touched();
        }
    }

    fn mark_touched(&mut self) {
        match self.form.focused().map(|field| field.id) {
            Some(NAME) => self.name_touched = true,
            Some(DESCRIPTION) => self.description_touched = true,
            _ => {}
        }
    }

    /// On the first field no text is typed, so the keys of the table act there, too.
    fn press_on_mode(&mut self, key: Key, world: &mut World<'_>) {
        if key == Key::plain(KeyCode::Char(' ')) {
            self.turn(1);
            return;
        }
        if !self.is_new() || key.ctrl || key.alt {
            return;
        }
        match key.code {
            KeyCode::Char('s') => self.add(Service::Https, world),
            KeyCode::Char('h') => self.add(Service::Http, world),
            KeyCode::Char('t') => self.add_custom("8080", world),
            KeyCode::Char('a') => self.add_custom("", world),
            _ => {}
        }
    }

    fn type_on_row(&mut self, key: Key, world: &mut World<'_>) {
        if !rules::begins_typing(key) {
            return;
        }
        if let Some(cell) = self.table.cell_for_typing(MyIp::of(world.catalog)) {
            self.open_cell(cell, true);
            if let Some(field) = self.table.cell_mut(cell) {
                field.press(key);
            }
            self.cell_changed();
        }
    }

    /// Puts the keys into a typed part of the rule; typing on the row begins it anew.
    fn open_cell(&mut self, cell: Cell, anew: bool) {
        if anew && let Some(field) = self.table.cell_mut(cell) {
            field.set_value("");
            field.error = None;
        }
        self.focus = Focus::Cell(cell);
    }

    fn row(&self) -> usize {
        if self.is_new() { self.table.cursor } else { self.existing.cursor }
    }

    fn row_count(&self, world: &World<'_>) -> usize {
        if self.is_new() {
            self.table.rows.len()
        } else {
            ExistingGroups::offered(world.inventory, self.vpc.as_ref()).len()
        }
    }

    fn move_to(&mut self, row: usize, world: &World<'_>) {
        let row = row.min(self.row_count(world).saturating_sub(1));
        if self.is_new() {
            self.table.cursor = row;
        } else {
            self.existing.cursor = row;
        }
    }

    fn focus_form(&mut self) {
        self.focus = Focus::Form;
        self.form.focus_on(MODE);
    }

    /// Tab: field after field, then row after row with their typed parts, and round.
    fn next_stop(&mut self, world: &World<'_>) {
        let my_ip = MyIp::of(world.catalog);
        let cells =
            if self.is_new() { self.table.current().map(|row| row.cells(my_ip)) } else { None }.unwrap_or_default();
        let next = match self.focus {
            Focus::Form => return self.down(world),
            Focus::Row => cells.first().copied(),
            Focus::Cell(cell) => cells.iter().copied().skip_while(|other| *other != cell).nth(1),
        };
        self.leave_cell();
        match next {
            Some(cell) => self.open_cell(cell, false),
            None => self.down(world),
        }
    }

    fn down(&mut self, world: &World<'_>) {
        if self.focus == Focus::Form {
            if self.form.focus_next() {
                return;
            }
            if self.row_count(world) > 0 {
                self.focus = Focus::Row;
                self.move_to(0, world);
            } else {
                self.focus_form();
            }
            return;
        }
        self.leave_cell();
        if self.row() + 1 < self.row_count(world) {
            self.move_to(self.row() + 1, world);
        } else {
            self.focus_form();
        }
    }

    fn up(&mut self, world: &World<'_>) {
        if self.focus == Focus::Form {
            if !self.form.focus_previous() && self.row_count(world) > 0 {
                self.focus = Focus::Row;
                self.move_to(usize::MAX, world);
            }
            return;
        }
        self.leave_cell();
        if self.row() > 0 {
            self.move_to(self.row() - 1, world);
        } else {
            self.focus = Focus::Form;
            self.form.focus_on(if self.is_new() { DESCRIPTION } else { MODE });
        }
    }
}
