//! What is known about money: prices, plan and allowances, and how much the instances were used. All of it belongs to
//! one session; what could not be learnt says why.

use std::collections::BTreeMap;

use super::App;
use super::remote::Remote;
use crate::domain::account_plan::AccountPlan;
use crate::domain::allowance::Allowance;
use crate::domain::id::InstanceId;
use crate::domain::instance::{Instance, InstanceState};
use crate::domain::instance_type::CreditMode;
use crate::domain::instance_use::InstanceUse;
use crate::domain::money::{HOURS_PER_MONTH, Money};
use crate::domain::price::Prices;

/// What is known about money.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Costs {
    /// The account's plan; `None` in it: AWS keeps none.
    pub plan: Remote<Option<AccountPlan>>,
    /// What of the month's allowances was used.
    pub allowances: Remote<Vec<Allowance>>,
    /// The region's prices.
    pub prices: Remote<Prices>,
    /// How much the running instances were used, by id.
    pub uses: Remote<BTreeMap<InstanceId, InstanceUse>>,
    /// What happens to T instances when their CPU credits are used up, as far as somebody asked.
    pub credit_modes: Remote<BTreeMap<InstanceId, CreditMode>>,
}

/// What everything in the region costs an hour, as far as prices are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burn {
    /// The sum of what is known.
    pub per_hour: Money,
    /// Things that cost something nobody knows.
    pub unknown: usize,
}

impl Burn {
    /// A day of it.
    #[must_use]
    pub fn per_day(self) -> Money {
        self.per_hour.times(24_u32)
    }
}

impl Costs {
    /// What the machine costs an hour while it runs, without volumes and addresses; `None`: not known.
    #[must_use]
    pub fn machine_hour(&self, instance: &Instance) -> Option<Money> {
        let prices = self.prices.value.as_ref().filter(|_| !instance.spot && !instance.dedicated)?;
        prices.instance_hour(instance.usage_operation.as_deref()?, &instance.instance_type)
    }
}

impl App {
    /// What everything in the region costs now; `None`: no price is known.
    pub(super) fn burn(&self) -> Option<Burn> {
        let prices = self.costs.prices.value.as_ref()?;
        let mut burn = Burn { per_hour: Money::ZERO, unknown: 0 };
        let mut add = |part: Option<Money>| match part {
            Some(part) => burn.per_hour = burn.per_hour + part,
            None => burn.unknown += 1,
        };
        for instance in &self.inventory.instances.rows {
            if matches!(instance.state, InstanceState::Running | InstanceState::Pending) {
                add(self.costs.machine_hour(instance));
            }
        }
        for volume in &self.inventory.volumes.rows {
            add(prices.month_of(volume).and_then(|month| month.divided_by(HOURS_PER_MONTH)));
        }
        for address in &self.inventory.addresses.rows {
            add(if self.inventory.is_idle(address) { prices.idle_address_hour } else { prices.address_hour });
        }
        Some(burn)
    }
}
