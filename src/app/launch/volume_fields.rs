//! The fields of one volume in the storage form, and the volume that they yield within EC2's limits.

use crate::app::form::{Choice, Field, Form};
use crate::domain::launch_plan::NewVolume;
use crate::domain::volume::VolumeKind;
use crate::text;
use crate::text::Text;

/// The most volumes besides the root: as many as there are device names that EC2 recommends.
pub const MOST_EXTRA: usize = EXTRA.len();

/// The ids of one volume's fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ids {
    /// GiB.
    pub size: &'static str,
    /// Volume type.
    pub kind: &'static str,
    /// IOPS.
    pub iops: &'static str,
    /// MiB/s.
    pub throughput: &'static str,
    /// Whether it is encrypted.
    pub encrypted: &'static str,
    /// Whether it goes with the instance.
    pub delete: &'static str,
}

impl Ids {
    /// In the order in which they stand.
    #[must_use]
    pub fn all(&self) -> [&'static str; 6] {
        [self.size, self.kind, self.iops, self.throughput, self.encrypted, self.delete]
    }

    /// Whether a field is one of them.
    #[must_use]
    pub fn contains(&self, id: &str) -> bool {
        self.all().contains(&id)
    }

    /// Whether volumes of this type have the field.
    #[must_use]
    pub fn has(&self, id: &str, kind: VolumeKind) -> bool {
        (id != self.iops || kind.iops_limits(1).is_some())
            && (id != self.throughput || kind.throughput_limits(3_000).is_some())
    }
}

macro_rules! ids {
    ($name:literal) => {
        Ids {
            size: concat!($name, "-size"),
            kind: concat!($name, "-kind"),
            iops: concat!($name, "-iops"),
            throughput: concat!($name, "-throughput"),
            encrypted: concat!($name, "-encrypted"),
            delete: concat!($name, "-delete"),
        }
    };
}

/// The root volume's fields.
pub const ROOT: Ids = ids!("root");

const EXTRA: [Ids; 11] = [
    ids!("1"),
    ids!("2"),
    ids!("3"),
    ids!("4"),
    ids!("5"),
    ids!("6"),
    ids!("7"),
    ids!("8"),
    ids!("9"),
    ids!("10"),
    ids!("11"),
];

/// Device names that EC2 recommends for data volumes (user guide, "device names on Linux"; they fit Windows too).
pub fn devices() -> impl Iterator<Item = String> {
    ('f'..='p').map(|letter| format!("/dev/sd{letter}"))
}

/// One volume of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// Its fields.
    pub ids: Ids,
    /// The device name it is mapped to.
    pub device: String,
}

impl Slot {
    /// The root volume under the image's own device name.
    #[must_use]
    pub fn root(device: String) -> Self {
        Self { ids: ROOT, device }
    }

    /// Another volume; `index` below [`MOST_EXTRA`].
    #[must_use]
    pub fn extra(index: usize, device: String) -> Self {
        Self { ids: Self::ids_of_extra(index), device }
    }

    /// The field ids of another volume.
    #[must_use]
    pub fn ids_of_extra(index: usize) -> Ids {
        EXTRA[index.min(MOST_EXTRA - 1)]
    }

    /// Whether it is the root volume.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.ids == ROOT
    }
}

/// The fields of a new gp3 volume.
#[must_use]
pub fn fresh(slot: &Slot, size: u32) -> Vec<Field> {
    let kinds = VolumeKind::ALL
        .into_iter()
        .filter(|kind| !slot.is_root() || kind.is_bootable())
        .map(|kind| Choice { value: kind.as_str().to_owned(), label: kind_text(kind) })
        .collect();
    vec![
        Field::number(slot.ids.size, "launch-storage-size", Some(size)),
        Field::choice(slot.ids.kind, "launch-storage-kind", kinds),
        Field::number(slot.ids.iops, "launch-storage-iops", None),
        Field::number(slot.ids.throughput, "launch-storage-throughput", None),
        Field::switch(slot.ids.encrypted, "launch-storage-encrypted", false)
            .with_hint(text!("launch-storage-encrypted-hint")),
        Field::switch(slot.ids.delete, "launch-storage-delete", true).with_hint(text!("launch-storage-delete-hint")),
    ]
}

/// Heading and hints that follow device, type and size limits.
pub fn word(field: &mut Field, slot: &Slot, kind: VolumeKind, least_root: u32) {
    let ids = &slot.ids;
    if field.id == ids.size {
        let device = &slot.device;
        let (least, most) = kind.size_limits();
        field.heading = Some(if slot.is_root() {
            text!("launch-storage-root-heading", device = device)
        } else {
            text!("launch-storage-extra-heading", device = device)
        });
        field.hint = Some(if slot.is_root() && least_root > least {
            text!("launch-storage-root-size-hint", least = least_root, most = grouped(most))
        } else {
            text!("launch-storage-size-hint", least = least, most = grouped(most))
        });
    } else if field.id == ids.iops {
        field.placeholder =
            Some(if kind.needs_iops() { text!("launch-storage-needed") } else { text!("launch-storage-iops-default") });
        field.hint = Some(if kind.needs_iops() {
            text!("launch-storage-iops-needed-hint", kind = kind.as_str())
        } else {
            text!("launch-storage-iops-hint")
        });
    } else if field.id == ids.throughput {
        field.placeholder = Some(text!("launch-storage-throughput-default"));
        field.hint = Some(text!("launch-storage-throughput-hint"));
    }
}

/// The type that a slot's field shows.
#[must_use]
pub fn kind_of(form: &Form, slot: &Slot) -> VolumeKind {
    kind_among(&form.fields, slot)
}

/// The type that a slot's field shows, among fields that are in no form yet.
#[must_use]
pub fn kind_among(fields: &[Field], slot: &Slot) -> VolumeKind {
    let field = fields.iter().find(|field| field.id == slot.ids.kind);
    field.and_then(|field| VolumeKind::parse(field.value())).unwrap_or_default()
}

/// The volume that a slot's fields yield, within the limits of its type; `least` is the image's size for a root.
///
/// # Errors
/// Gives the field that is wrong, and why.
pub fn volume(form: &Form, slot: &Slot, least: u32) -> Result<NewVolume, (&'static str, Text)> {
    let kind = kind_of(form, slot);
    let size_gib = size(form, slot, kind, least)?;
    let iops = iops(form, slot, kind, size_gib)?;
    let throughput = throughput(form, slot, kind, iops)?;
    let is_on = |id: &str| form.field(id).is_some_and(Field::is_on);
    Ok(NewVolume {
        device: slot.device.clone(),
        size_gib,
        kind,
        iops,
        throughput,
        encrypted: is_on(slot.ids.encrypted),
        delete_on_termination: is_on(slot.ids.delete),
    })
}

fn size(form: &Form, slot: &Slot, kind: VolumeKind, least: u32) -> Result<u32, (&'static str, Text)> {
    let id = slot.ids.size;
    let (least_of_kind, most) = kind.size_limits();
    match number(form, id) {
        Some(Some(gib)) if gib < least && gib >= least_of_kind => {
            Err((id, text!("launch-storage-below-image", least = least)))
        }
        Some(Some(gib)) if (least_of_kind.max(least)..=most).contains(&gib) => Ok(gib),
        Some(None) => Err((id, text!("launch-storage-size-missing"))),
        _ => Err((
            id,
            text!(
                "launch-storage-size-wrong",
                kind = kind.as_str(),
                least = least_of_kind.max(least),
                most = grouped(most)
            ),
        )),
    }
}

fn iops(form: &Form, slot: &Slot, kind: VolumeKind, size_gib: u32) -> Result<Option<u32>, (&'static str, Text)> {
    let Some((least, most)) = kind.iops_limits(size_gib) else { return Ok(None) };
    let id = slot.ids.iops;
    match number(form, id) {
        Some(None) if kind.needs_iops() => Err((id, text!("launch-storage-iops-missing", kind = kind.as_str()))),
        Some(None) => Ok(None),
        Some(Some(iops)) if (least..=most).contains(&iops) => Ok(Some(iops)),
        _ => {
            Err((id, text!("launch-storage-iops-wrong", size = size_gib, least = grouped(least), most = grouped(most))))
        }
    }
}

fn throughput(
    form: &Form,
    slot: &Slot,
    kind: VolumeKind,
    iops: Option<u32>,
) -> Result<Option<u32>, (&'static str, Text)> {
    let iops = iops.unwrap_or(3_000);
    let Some((least, most)) = kind.throughput_limits(iops) else { return Ok(None) };
    let id = slot.ids.throughput;
    match number(form, id) {
        Some(None) => Ok(None),
        Some(Some(throughput)) if (least..=most).contains(&throughput) => Ok(Some(throughput)),
        _ => Err((
            id,
            text!("launch-storage-throughput-wrong", iops = grouped(iops), least = least, most = grouped(most)),
        )),
    }
}

/// What stands in a number field: nothing, a number, or (`None`) something that is none.
#[expect(clippy::option_option, reason = "three outcomes: no number, an empty field, a number")]
fn number(form: &Form, id: &str) -> Option<Option<u32>> {
    match form.value(id) {
        "" => Some(None),
        typed => typed.parse().ok().map(Some),
    }
}

fn kind_text(kind: VolumeKind) -> Text {
    match kind {
        VolumeKind::Gp3 => text!("launch-storage-gp3"),
        VolumeKind::Gp2 => text!("launch-storage-gp2"),
        VolumeKind::Io2 => text!("launch-storage-io2"),
        VolumeKind::Io1 => text!("launch-storage-io1"),
        VolumeKind::St1 => text!("launch-storage-st1"),
        VolumeKind::Sc1 => text!("launch-storage-sc1"),
        VolumeKind::Standard => text!("launch-storage-standard"),
    }
}

/// A number with commas: `65,536`. Both languages write it so.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
