//! The volumes of a launch: the image's own, as the request changes them, and what it adds.

use aws_sdk_ec2::types;

use super::fault::Fault;
use super::images::ImageRow;
use super::regions::RegionRow;
use super::volumes::Shape;

/// A volume that a launch will make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewDisk {
    /// Its name on the instance.
    pub device: String,
    /// Size, kind and speed.
    pub shape: Shape,
    /// Where its content comes from.
    pub snapshot: Option<String>,
    /// Whether it goes with the instance.
    pub delete_on_termination: bool,
}

/// The volumes, root first. A mapping under another name than the image's root device makes a second volume and leaves
/// the root as it is, as in EC2.
pub(super) fn planned_disks(
    region: &RegionRow,
    image: &ImageRow,
    mappings: &[types::BlockDeviceMapping],
) -> Result<Vec<NewDisk>, Fault> {
    let mut disks = vec![NewDisk {
        device: image.root_device.clone(),
        shape: Shape::plain(image.root_gib, &image.root_type),
        snapshot: Some(image.snapshot(region)),
        delete_on_termination: true,
    }];
    let mut named = Vec::new();
    for mapping in mappings {
        let device = mapping.device_name().ok_or_else(|| Fault::missing("deviceName"))?;
        if !device.starts_with("/dev/") && !device.starts_with("xvd") {
            return Err(Fault::value(format!(
                "Value ({device}) for parameter device is invalid. {device} is not a valid EBS device name."
            )));
        }
        if named.contains(&device) {
            return Err(Fault::new(
                "InvalidBlockDeviceMapping",
                format!("The device '{device}' is used in more than one block-device mapping"),
            ));
        }
        named.push(device);
        let Some(ebs) = mapping.ebs() else { continue };
        let is_root = device == image.root_device;
        let disk = if is_root { root(image, region, ebs)? } else { added(device, ebs)? };
        disk.shape.check(is_root)?;
        match disks.iter_mut().find(|present| present.device == device) {
            Some(present) => *present = disk,
            None => disks.push(disk),
        }
    }
    for disk in &mut disks {
        disk.shape.fill_in();
    }
    Ok(disks)
}

fn root(image: &ImageRow, region: &RegionRow, ebs: &types::EbsBlockDevice) -> Result<NewDisk, Fault> {
    let snapshot = image.snapshot(region);
    if ebs.snapshot_id().is_some_and(|asked| asked != snapshot) {
        return Err(Fault::new(
            "InvalidBlockDeviceMapping",
            format!("snapshotId can not be modified on the root device: {}", image.root_device),
        ));
    }
    let gib = ebs.volume_size().unwrap_or(image.root_gib);
    if gib < image.root_gib {
        return Err(Fault::new(
            "InvalidBlockDeviceMapping",
            format!(
                "Volume of size {gib}GB is smaller than snapshot '{snapshot}', expect size >= {}GB",
                image.root_gib
            ),
        ));
    }
    Ok(NewDisk {
        device: image.root_device.clone(),
        shape: shape(gib, ebs, &image.root_type),
        snapshot: Some(snapshot),
        delete_on_termination: ebs.delete_on_termination().unwrap_or(true),
    })
}

fn added(device: &str, ebs: &types::EbsBlockDevice) -> Result<NewDisk, Fault> {
    let gib = ebs
        .volume_size()
        .ok_or_else(|| Fault::new("MissingParameter", "The request must contain the parameter size or snapshotId"))?;
    Ok(NewDisk {
        device: device.to_owned(),
        shape: shape(gib, ebs, "gp2"),
        snapshot: ebs.snapshot_id().map(str::to_owned),
        delete_on_termination: ebs.delete_on_termination().unwrap_or(false),
    })
}

fn shape(gib: i32, ebs: &types::EbsBlockDevice, default_kind: &str) -> Shape {
    Shape {
        gib,
        kind: ebs.volume_type().map_or(default_kind, types::VolumeType::as_str).to_owned(),
        iops: ebs.iops(),
        throughput: ebs.throughput(),
        encrypted: ebs.encrypted().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{images, regions};

    fn mapping(device: &str, gib: Option<i32>, kind: &str) -> types::BlockDeviceMapping {
        let ebs =
            types::EbsBlockDevice::builder().set_volume_size(gib).volume_type(types::VolumeType::from(kind)).build();
        types::BlockDeviceMapping::builder().device_name(device).ebs(ebs).build()
    }

    fn plan(mappings: &[types::BlockDeviceMapping]) -> Result<Vec<(String, i32)>, String> {
        let region = regions::find("ap-northeast-2").unwrap();
        let image = images::by_key("al2023-x86_64").unwrap();
        planned_disks(region, image, mappings)
            .map(|disks| disks.into_iter().map(|disk| (disk.device, disk.shape.gib)).collect())
            .map_err(|fault| fault.code)
    }

    #[test]
    fn the_root_is_resized_under_its_own_name_only() {
        let disk = |device: &str, gib| (device.to_owned(), gib);
        assert_eq!(plan(&[]), Ok(vec![disk("/dev/xvda", 8)]));
        assert_eq!(plan(&[mapping("/dev/xvda", Some(30), "gp3")]), Ok(vec![disk("/dev/xvda", 30)]));
        assert_eq!(
            plan(&[mapping("/dev/sda1", Some(30), "gp3")]),
            Ok(vec![disk("/dev/xvda", 8), disk("/dev/sda1", 30)])
        );
    }

    #[test]
    fn mappings_that_ec2_refuses() {
        for (mappings, code) in [
            (vec![mapping("/dev/xvda", Some(4), "gp3")], "InvalidBlockDeviceMapping"),
            (vec![mapping("/dev/sdf", None, "gp3")], "MissingParameter"),
            (
                vec![mapping("/dev/sdf", Some(1), "gp3"), mapping("/dev/sdf", Some(2), "gp3")],
                "InvalidBlockDeviceMapping",
            ),
            (vec![mapping("/dev/xvda", Some(200), "st1")], "InvalidParameterValue"),
            (vec![mapping("C:", Some(8), "gp3")], "InvalidParameterValue"),
        ] {
            assert_eq!(plan(&mappings), Err(code.to_owned()), "{mappings:?}");
        }
    }
}
