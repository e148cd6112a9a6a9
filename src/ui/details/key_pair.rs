//! Details of a key pair: whether its private half is on this machine, and who was launched with it.

use super::{add_instances, add_tags, utc, value};
use crate::app::panes::age;
use crate::domain::key_pair::KeyPair;
use crate::tr;
use crate::ui::look::{DANGER, DIM, GOOD, PLAIN};
use crate::ui::sheet::Sheet;
use crate::ui::view::View;

/// The page of one key pair.
pub(super) fn sheet(view: &View<'_>, pair: &KeyPair) -> Sheet {
    let (app, look) = (view.app, view.look);
    let language = look.language;
    let mut sheet = Sheet::default();
    match app.inventory.local_key_of(pair) {
        Some(local) => {
            sheet.text(value(format!("{} {}", look.good(), tr!(language, "details-private-here")), GOOD));
            sheet.text(value(format!("  {}", app.environment.short_path(&local.path)), PLAIN));
            if local.open_to_others {
                sheet.text(value(tr!(language, "details-private-open"), DANGER));
            }
        }
        None if app.inventory.local_keys.value.is_none() => {
            sheet.text(value(tr!(language, "empty-reading"), DIM));
        }
        None => sheet.text(value(tr!(language, "details-private-missing"), DIM)),
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
