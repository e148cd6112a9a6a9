use proptest::prelude::*;

use super::*;
use crate::app::launch::sample::{self, Bench, key, mapping, now, page, volume};
use crate::domain::image::Architecture;
use crate::keymap::{Context, resolve};

fn image(id: &str, device: &str, gib: u32) -> Image {
    sample::image(id, Architecture::X86_64, device, gib)
}

fn entered(bench: &mut Bench, image: &Image) -> StorageStep {
    let mut step = StorageStep::new();
    bench.with(|world| step.enter(Some(image), 1, world));
    step
}

fn press(step: &mut StorageStep, bench: &mut Bench, keys: &[&str]) {
    for name in keys {
        bench.with(|world| {
            let is_text = step.form.focused().is_some_and(Field::is_text);
            match resolve(Context::LaunchStorage, key(name)) {
                Some(Action::Left | Action::Right) if is_text => step.press(key(name), world),
                Some(action) => step.act(action, world),
                None => step.press(key(name), world),
            }
        });
    }
}

fn set(step: &mut StorageStep, bench: &mut Bench, id: &str, typed: &str) {
    step.form.focus_on(id);
    for _ in 0..8 {
        press(step, bench, &["backspace"]);
    }
    bench.with(|world| step.paste(typed, world));
}

fn choose_kind(step: &mut StorageStep, bench: &mut Bench, ids: fields::Ids, kind: VolumeKind) {
    step.form.focus_on(ids.kind);
    for _ in 0..8 {
        if step.form.value(ids.kind) == kind.as_str() {
            return;
        }
        press(step, bench, &["right"]);
    }
    panic!("{kind:?} is not offered");
}

fn error<'a>(step: &'a StorageStep, id: &str) -> Option<&'a str> {
    step.form.field(id).and_then(|field| field.error.as_ref()).map(Text::key)
}

fn check(step: &mut StorageStep, bench: &mut Bench, image: &Image) -> bool {
    bench.with(|world| step.check(Some(image), world))
}

fn ids(step: &StorageStep) -> Vec<&'static str> {
    step.form.fields.iter().map(|field| field.id).collect()
}

#[test]
fn the_default_is_one_gp3_volume_under_the_images_own_device() {
    let mut bench = Bench::full();
    for (device, gib, expected) in [("/dev/sda1", 8, 8), ("/dev/xvda", 2, 8), ("/dev/sda1", 30, 30)] {
        let image = image("ami-1", device, gib);
        let mut step = entered(&mut bench, &image);
        assert!(check(&mut step, &mut bench, &image));
        let root = NewVolume {
            device: device.to_owned(),
            size_gib: expected,
            kind: VolumeKind::Gp3,
            iops: None,
            throughput: None,
            encrypted: false,
            delete_on_termination: true,
        };
        assert_eq!(step.volumes(&image), Ok(vec![root.clone()]));
        assert_eq!(StorageStep::new().volumes(&image), Ok(vec![root]), "the plan has it before the step is shown");
    }
}

#[test]
fn another_image_brings_its_device_and_size_and_the_persons_size_stays_if_allowed() {
    let mut bench = Bench::full();
    let (first, second, large) =
        (image("ami-1", "/dev/xvda", 8), image("ami-2", "/dev/sda1", 10), image("ami-3", "/dev/sda1", 50));
    let mut step = entered(&mut bench, &first);
    bench.with(|world| step.enter(Some(&second), 1, world));
    assert_eq!(step.volumes(&second).unwrap()[0].size_gib, 10, "an untouched size follows");
    set(&mut step, &mut bench, fields::ROOT.size, "20");
    bench.with(|world| step.enter(Some(&first), 1, world));
    let root = step.volumes(&first).unwrap().remove(0);
    assert_eq!((root.size_gib, root.device.as_str()), (20, "/dev/xvda"));
    bench.with(|world| step.enter(Some(&large), 1, world));
    assert_eq!(step.volumes(&large).unwrap()[0].size_gib, 50);
    assert_eq!(step.root(), Some(("/dev/sda1", 50)));
}

#[test]
fn iops_and_throughput_are_there_where_the_type_has_them_and_keep_what_was_typed() {
    let mut bench = Bench::full();
    let image = image("ami-1", "/dev/xvda", 8);
    let mut step = entered(&mut bench, &image);
    set(&mut step, &mut bench, fields::ROOT.iops, "3500");
    choose_kind(&mut step, &mut bench, fields::ROOT, VolumeKind::Gp2);
    assert_eq!(ids(&step), ["root-size", "root-kind", "root-encrypted", "root-delete"]);
    assert_eq!(step.form.focused().unwrap().id, fields::ROOT.kind, "the focus stays where it was");
    let root = step.volumes(&image).unwrap().remove(0);
    assert_eq!((root.kind, root.iops, root.throughput), (VolumeKind::Gp2, None, None));
    choose_kind(&mut step, &mut bench, fields::ROOT, VolumeKind::Io2);
    assert!(!ids(&step).contains(&fields::ROOT.throughput));
    assert_eq!(step.form.value(fields::ROOT.iops), "3500");
    choose_kind(&mut step, &mut bench, fields::ROOT, VolumeKind::Gp3);
    assert_eq!(step.volumes(&image).unwrap()[0].iops, Some(3500));
}

#[test]
fn a_root_volume_must_be_bootable() {
    let mut bench = Bench::full();
    let image = image("ami-1", "/dev/xvda", 8);
    let mut step = entered(&mut bench, &image);
    step.form.focus_on(fields::ROOT.kind);
    for _ in 0..8 {
        press(&mut step, &mut bench, &["right"]);
        let kind = VolumeKind::parse(step.form.value(fields::ROOT.kind)).unwrap();
        assert!(kind.is_bootable(), "{kind:?}");
    }
}

#[test]
fn limits_are_named_under_the_field() {
    let mut bench = Bench::full();
    let image = image("ami-1", "/dev/xvda", 8);
    for (kind, size, iops, throughput, wrong) in [
        (VolumeKind::Gp3, "7", "", "", Some((fields::ROOT.size, "launch-storage-below-image"))),
        (VolumeKind::Gp3, "", "", "", Some((fields::ROOT.size, "launch-storage-size-missing"))),
        (VolumeKind::Gp3, "65537", "", "", Some((fields::ROOT.size, "launch-storage-size-wrong"))),
        (VolumeKind::Gp3, "0", "", "", Some((fields::ROOT.size, "launch-storage-size-wrong"))),
        (VolumeKind::Standard, "1025", "", "", Some((fields::ROOT.size, "launch-storage-size-wrong"))),
        (VolumeKind::Gp3, "8", "2999", "", Some((fields::ROOT.iops, "launch-storage-iops-wrong"))),
        (VolumeKind::Gp3, "8", "4001", "", Some((fields::ROOT.iops, "launch-storage-iops-wrong"))),
        (VolumeKind::Gp3, "8", "4000", "1000", None),
        (VolumeKind::Gp3, "8", "", "751", Some((fields::ROOT.throughput, "launch-storage-throughput-wrong"))),
        (VolumeKind::Gp3, "8", "", "124", Some((fields::ROOT.throughput, "launch-storage-throughput-wrong"))),
        (VolumeKind::Io1, "8", "", "", Some((fields::ROOT.iops, "launch-storage-iops-missing"))),
        (VolumeKind::Io1, "8", "401", "", Some((fields::ROOT.iops, "launch-storage-iops-wrong"))),
        (VolumeKind::Io2, "8", "8000", "", None),
    ] {
        let mut step = entered(&mut bench, &image);
        choose_kind(&mut step, &mut bench, fields::ROOT, kind);
        for (id, typed) in [(fields::ROOT.size, size), (fields::ROOT.iops, iops), (fields::ROOT.throughput, throughput)]
        {
            if ids(&step).contains(&id) {
                set(&mut step, &mut bench, id, typed);
            }
        }
        let fits = check(&mut step, &mut bench, &image);
        assert_eq!(fits, wrong.is_none(), "{kind:?} {size} {iops} {throughput}");
        assert_eq!(step.volumes(&image).is_ok(), fits);
        if let Some((id, key)) = wrong {
            assert_eq!(error(&step, id), Some(key));
            assert_eq!(step.form.focused().unwrap().id, id);
            assert_eq!(step.form.value(fields::ROOT.size), size, "what was typed stays");
        }
    }
}

#[test]
fn more_volumes_come_and_go_and_the_root_stays() {
    let mut bench = Bench::full();
    let mut image = image("ami-1", "/dev/xvda", 8);
    image.mappings.push(mapping("/dev/sdf", 5));
    let mut step = entered(&mut bench, &image);
    press(&mut step, &mut bench, &["d"]);
    assert_eq!(bench.wishes.len(), 1, "it says that the root stays");
    press(&mut step, &mut bench, &["a", "a"]);
    let devices = |step: &StorageStep| -> Vec<String> {
        step.volumes(&image).unwrap().into_iter().map(|volume| volume.device).collect()
    };
    assert_eq!(devices(&step), ["/dev/xvda", "/dev/sdg", "/dev/sdh"], "the image has taken /dev/sdf");
    assert!(step.form.focused().unwrap().heading.is_some(), "on the new volume's first field");
    press(&mut step, &mut bench, &["up", "d"]);
    assert_eq!(devices(&step), ["/dev/xvda", "/dev/sdh"], "the focused one went");
    press(&mut step, &mut bench, &["a"]);
    assert_eq!(devices(&step), ["/dev/xvda", "/dev/sdh", "/dev/sdg"]);
    for _ in 0..20 {
        press(&mut step, &mut bench, &["a"]);
    }
    let all = devices(&step);
    assert_eq!(all.len(), 11, "root and the ten names that are free");
    assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), all.len());
    let fresh = step.form.fields.iter().map(|field| field.id).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(fresh.len(), step.form.fields.len(), "no id stands twice");
}

#[test]
fn a_removed_volume_leaves_nothing_behind() {
    let mut bench = Bench::full();
    let image = image("ami-1", "/dev/xvda", 8);
    let mut step = entered(&mut bench, &image);
    press(&mut step, &mut bench, &["a"]);
    let extra = Slot::ids_of_extra(0);
    set(&mut step, &mut bench, extra.size, "500");
    set(&mut step, &mut bench, extra.iops, "9999");
    choose_kind(&mut step, &mut bench, extra, VolumeKind::St1);
    assert!(check(&mut step, &mut bench, &image));
    press(&mut step, &mut bench, &["d", "a"]);
    let volume = step.volumes(&image).unwrap().remove(1);
    assert_eq!((volume.size_gib, volume.kind, volume.iops), (8, VolumeKind::Gp3, None));
}

#[test]
fn f_takes_what_is_left_of_the_allowance() {
    for (used, least, extra, count, expected) in [
        (12, 8, 0, 1, 18),
        (0, 8, 0, 1, 30),
        (28, 8, 0, 1, 8),
        (90, 8, 0, 1, 8),
        (0, 8, 1, 1, 22),
        (0, 8, 0, 3, 10),
        (0, 30, 0, 1, 30),
    ] {
        let mut bench = Bench::full();
        bench.inventory.volumes.page(page(vec![volume(used)]), now(), |_| false);
        let image = image("ami-1", "/dev/xvda", least);
        let mut step = entered(&mut bench, &image);
        bench.with(|world| step.enter(Some(&image), count, world));
        for _ in 0..extra {
            press(&mut step, &mut bench, &["a"]);
        }
        press(&mut step, &mut bench, &["f"]);
        let volumes = step.volumes(&image).unwrap();
        assert_eq!(volumes[0].size_gib, expected, "{used} used, {least} at least, {extra} more, {count} instances");
        let meter = step.meter(&bench.inventory);
        let all: u32 = volumes.iter().map(|volume| volume.size_gib).sum::<u32>() * u32::from(count);
        assert_eq!((meter.used, meter.added, meter.after()), (Some(used), all, Some(used + all)));
        assert_eq!(meter.is_exceeded(), used + all > 30);
    }
}

#[test]
fn f_says_so_when_it_cannot_know_what_is_used() {
    let mut bench = Bench::new();
    let image = image("ami-1", "/dev/xvda", 8);
    let mut step = entered(&mut bench, &image);
    assert_eq!(bench.reads(), [Read::Volumes]);
    press(&mut step, &mut bench, &["f"]);
    assert_eq!(bench.wishes.len(), 1);
    assert_eq!(step.meter(&bench.inventory).used, None);
    assert_eq!(step.volumes(&image).unwrap()[0].size_gib, 8);
}

#[test]
fn the_meter_counts_what_the_allowance_counts() {
    let mut bench = Bench::full();
    let mut image = image("ami-1", "/dev/xvda", 8);
    image.mappings.push(mapping("/dev/sdb", 4));
    let mut step = entered(&mut bench, &image);
    assert_eq!(step.meter(&bench.inventory).added, 12);
    choose_kind(&mut step, &mut bench, fields::ROOT, VolumeKind::Io2);
    assert_eq!(step.meter(&bench.inventory).added, 4);
    press(&mut step, &mut bench, &["f"]);
    assert_eq!(bench.wishes.len(), 1, "it says that io2 does not count");
}

#[test]
fn an_encrypted_image_makes_an_encrypted_volume() {
    let mut bench = Bench::full();
    let plain = image("ami-1", "/dev/xvda", 8);
    let mut secret = image("ami-2", "/dev/xvda", 8);
    secret.mappings[0].encrypted = true;
    let mut step = entered(&mut bench, &secret);
    assert!(step.volumes(&secret).unwrap()[0].encrypted);
    assert!(step.form.field(fields::ROOT.encrypted).unwrap().disabled.is_some());
    bench.with(|world| step.enter(Some(&plain), 1, world));
    assert!(!step.volumes(&plain).unwrap()[0].encrypted);
    step.form.focus_on(fields::ROOT.encrypted);
    press(&mut step, &mut bench, &["space"]);
    assert!(step.volumes(&plain).unwrap()[0].encrypted);
}

proptest! {
    #[test]
    fn whatever_is_typed_gives_an_error_or_a_volume_within_limits(
        kind in 0..VolumeKind::ALL.len(),
        size in "[0-9a-z -]{0,8}",
        iops in "[0-9]{0,7}",
        throughput in "[0-9,.]{0,5}",
        least in 1_u32..200,
    ) {
        let mut bench = Bench::full();
        let image = image("ami-1", "/dev/xvda", least);
        let mut step = entered(&mut bench, &image);
        press(&mut step, &mut bench, &["a"]);
        let (extra, kind) = (Slot::ids_of_extra(0), VolumeKind::ALL[kind]);
        for ids_of in [fields::ROOT, extra] {
            if ids_of == extra || kind.is_bootable() {
                choose_kind(&mut step, &mut bench, ids_of, kind);
            }
            for (id, typed) in [(ids_of.size, &size), (ids_of.iops, &iops), (ids_of.throughput, &throughput)] {
                if ids(&step).contains(&id) {
                    set(&mut step, &mut bench, id, typed);
                }
            }
        }
        let fits = check(&mut step, &mut bench, &image);
        prop_assert_eq!(fits, !step.form.has_errors());
        match step.volumes(&image) {
            Err(_) => prop_assert!(!fits),
            Ok(volumes) => {
                prop_assert!(fits);
                for (index, volume) in volumes.iter().enumerate() {
                    let (smallest, largest) = volume.kind.size_limits();
                    let smallest = if index == 0 { smallest.max(least) } else { smallest };
                    prop_assert!((smallest..=largest).contains(&volume.size_gib));
                    let iops_limits = volume.kind.iops_limits(volume.size_gib);
                    prop_assert!(volume.iops.is_some() || !volume.kind.needs_iops());
                    if let Some(iops) = volume.iops {
                        let (low, high) = iops_limits.unwrap();
                        prop_assert!((low..=high).contains(&iops));
                    }
                    if let Some(throughput) = volume.throughput {
                        let (low, high) = volume.kind.throughput_limits(volume.iops.unwrap_or(3_000)).unwrap();
                        prop_assert!((low..=high).contains(&throughput));
                    }
                }
            }
        }
    }
}
