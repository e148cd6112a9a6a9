//! From the answers of the seven steps to one typed plan: what Review shows is exactly what is sent.

use super::Launch;
use super::tags::MOST_OWN_TAGS;
use crate::app::catalog::Catalog;
use crate::app::inventory::Inventory;
use crate::domain::launch_plan::LaunchPlan;
use crate::text;
use crate::text::Text;

impl Launch {
    /// The plan as it stands.
    ///
    /// # Errors
    /// Says what is still missing.
    pub fn plan(&self, catalog: &Catalog, inventory: &Inventory) -> Result<LaunchPlan, Text> {
        let auto_stop = self.details.auto_stop()?;
        let image = self.image.chosen(catalog).ok_or_else(|| text!("review-no-image"))?;
        let instance_type = self.instance_type.chosen(catalog).ok_or_else(|| text!("review-no-type"))?;
        if !instance_type.fits(image.architecture) {
            return Err(text!("review-type-does-not-fit"));
        }
        if let Some(missing) = self.details.missing_network(catalog) {
            return Err(missing);
        }
        // The instance carries one tag more then.
        if auto_stop.is_some() && self.tags.tags().len() >= MOST_OWN_TAGS {
            return Err(text!("launch-auto-stop-tags", most = MOST_OWN_TAGS - 1));
        }
        // A step that was not shown since says what it would say now.
        let name = self.tags.name();
        let mut group = self.group.clone();
        group.fit(image.platform, &name, self.details.vpc(catalog), catalog, inventory);
        let mut key = self.review.key.clone();
        key.fit(image.platform, &name, self.review.our_key().as_deref(), inventory);
        Ok(LaunchPlan {
            image: image.id.clone(),
            instance_type: instance_type.name.clone(),
            credit_mode: self.instance_type.credit_mode(catalog),
            count: self.details.count(),
            subnet: self.details.subnet(),
            vpc: self.details.vpc(catalog),
            public_ip: self.details.public_ip(),
            iam_profile: self.details.iam_profile(),
            shutdown: self.details.shutdown(),
            termination_protection: self.details.termination_protection(),
            detailed_monitoring: self.details.detailed_monitoring(),
            imdsv2_required: self.details.imdsv2_required(),
            user_data: self.details.sent_user_data(image.platform)?,
            auto_stop,
            volumes: self.storage.volumes(image)?,
            tags: self.tags.tags(),
            groups: group.choice(catalog)?,
            key: key.choice(image.platform),
        })
    }
}
