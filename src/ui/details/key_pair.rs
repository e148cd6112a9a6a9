//! Details of a key pair: whether its private half is on this machine, and who was launched with it.

use super::{add_instances, add_tags, utc, value};
use crate::app::panes::age;
use crate::domain::key_pair::{KeyFileForm, KeyPair};
use crate::tr;
use crate::ui::look::{DANGER, DIM, GOOD, PLAIN, WARNING};
use crate::ui::sheet::Sheet;
use crate::ui::view::View;

/// The page of one key pair.
pub(super) fn sheet(view: &View<'_>, pair: &KeyPair) -> Sheet {
    let (app, look) = (view.app, view.look);
    let language = look.language;
    let mut sheet = Sheet::default();
    let files = app.inventory.local_keys_of(pair);
    if let Some(first) = files.first() {
        // Files that ssh can use come first: when the first one is PuTTY's, there is no other.
        let (sign, words, style) = if first.form == KeyFileForm::Ppk {
            (look.sign("!", "!"), tr!(language, "details-private-ppk"), WARNING)
        } else {
            (look.good(), tr!(language, "details-private-here"), GOOD)
        };
        sheet.text(value(format!("{sign} {words}"), style));
    } else if app.inventory.local_keys.value.is_none() {
        sheet.text(value(tr!(language, "empty-reading"), DIM));
    } else {
        sheet.text(value(tr!(language, "details-private-missing"), DIM));
        let silent = app.inventory.silent_local_keys().map(|file| app.environment.short_path(&file.path));
        let silent: Vec<String> = silent.collect();
        if !silent.is_empty() {
            sheet.text(value(tr!(language, "details-private-silent", paths = silent.join(", ")), WARNING));
        }
    }
    for file in &files {
        sheet.text(value(format!("  {}", app.environment.short_path(&file.path)), PLAIN));
        if file.open_to_others {
            sheet.text(value(format!("    {}", tr!(language, "details-private-open")), DANGER));
        }
    }
    sheet.gap();
    sheet.pair(tr!(language, "details-id"), value(pair.id.as_str(), PLAIN));
    sheet.pair(tr!(language, "details-algorithm"), value(pair.kind.as_str(), PLAIN));
    sheet.pair(tr!(language, "details-fingerprint"), value(pair.fingerprint.clone(), PLAIN));
    if let Some(at) = pair.created {
        let ago = tr!(language, "details-ago", time = age::long(at, app.now, language));
        sheet.pair(tr!(language, "details-created"), super::with_note(utc(at), ago, DIM));
    }
    let users = app.inventory.instances_with_key(&pair.name);
    add_instances(&mut sheet, view, tr!(language, "details-launched-with"), users);
    add_tags(&mut sheet, view, &pair.tags);
    sheet
}
