//! What is known about money: prices, plan and allowances, and how much the instances were used. All of it belongs to
//! one session; what could not be learnt says why.

use std::collections::BTreeMap;

use super::remote::Remote;
use crate::domain::id::InstanceId;
use crate::domain::instance_type::CreditMode;
use crate::domain::instance_use::InstanceUse;
use crate::domain::price::Prices;

/// What is known about money.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Costs {
    /// The region's prices.
    pub prices: Remote<Prices>,
    /// How much the running instances were used, by id.
    pub uses: Remote<BTreeMap<InstanceId, InstanceUse>>,
    /// What happens to T instances when their CPU credits are used up, as far as somebody asked.
    pub credit_modes: Remote<BTreeMap<InstanceId, CreditMode>>,
}
