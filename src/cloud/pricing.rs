//! Prices: the Price List, one question for each part, and the spot market's present prices.

use std::collections::BTreeMap;

use aws_sdk_ec2::types as sdk;
use aws_sdk_pricing::types::{Filter, FilterType};
use futures_util::future::join_all;
use jiff::Timestamp;

use super::Cloud;
use super::convert::{following, maybe, time, words};
use super::error::{self, Call};
use super::price_list::Gathered;
use super::send::ask;
use crate::domain::money::Money;
use crate::domain::price::{PricePart, Prices};
use crate::domain::problem::Problem;
use crate::domain::spot::{SpotPrice, SpotPrices, product_description};

/// The largest page of the Price List.
const PAGE: i32 = 100;

/// The API operation.
const GET_PRODUCTS: &str = "GetProducts";

impl Cloud {
    /// `pricing:GetProducts` for each part, all at once. A part that is refused does not lose the others.
    ///
    /// # Errors
    /// When no part was answered: why the first one was not.
    pub(super) async fn prices(&self, parts: &[PricePart], now: Timestamp) -> Result<Prices, Problem> {
        let asked = join_all(parts.iter().map(|part| self.price_part(part))).await;
        let mut prices = Prices::none(now);
        for (part, outcome) in parts.iter().zip(asked) {
            match outcome {
                Ok(gathered) => {
                    gathered.put(part, &mut prices);
                    prices.answered.insert(part.clone(), now);
                }
                Err(problem) => {
                    prices.refused.insert(part.clone(), problem);
                }
            }
        }
        match prices.refused.values().next() {
            Some(problem) if prices.answered.is_empty() => Err(problem.clone()),
            _ => Ok(prices),
        }
    }

    async fn price_part(&self, part: &PricePart) -> Result<Gathered, Problem> {
        let (service, filters) = question(part, self.region.as_str());
        let mut gathered = Gathered::default();
        let mut token = None;
        loop {
            let page = self
                .clients
                .pricing
                .get_products()
                .service_code(service)
                .set_filters(Some(filters.clone()))
                .max_results(PAGE)
                .set_next_token(token.clone())
                .send()
                .await
                .map_err(|failure| error::problem(&failure, &Call::read("pricing", GET_PRODUCTS, &self.hosts)))?;
            for document in page.price_list() {
                gathered.take(part, document);
            }
            token = following(page.next_token(), token.as_ref());
            if token.is_none() {
                return Ok(gathered);
            }
        }
    }

    /// `DescribeSpotPriceHistory` from now on, which is the present price: for each type the cheapest zone's.
    pub(super) async fn spot_prices(
        &self,
        operation: &str,
        types: &[String],
        now: Timestamp,
    ) -> Result<SpotPrices, Problem> {
        let mut found = SpotPrices { operation: operation.to_owned(), prices: BTreeMap::new() };
        let Some(product) = product_description(operation) else { return Ok(found) };
        let start = aws_smithy_types::DateTime::from_secs(now.as_second());
        let mut token = None;
        loop {
            let request = self
                .ec2()
                .describe_spot_price_history()
                .set_instance_types(Some(types.iter().map(|name| sdk::InstanceType::from(name.as_str())).collect()))
                .product_descriptions(product)
                .start_time(start)
                .set_next_token(token.clone());
            let page = ask!(self, "DescribeSpotPriceHistory", request)?;
            for (name, price) in page.spot_price_history().iter().filter_map(|row| spot_price(row, product)) {
                put_cheapest(&mut found, types, name, price);
            }
            token = following(page.next_token(), token.as_ref());
            if token.is_none() {
                return Ok(found);
            }
        }
    }
}

/// A zone's newest price counts; among zones the lowest.
fn put_cheapest(found: &mut SpotPrices, asked: &[String], name: String, price: SpotPrice) {
    if !asked.contains(&name) {
        return;
    }
    let zones = found.prices.entry(name).or_default();
    match zones.iter_mut().find(|known| known.zone == price.zone) {
        Some(known) if price.since > known.since => *known = price,
        Some(_) => {}
        None => zones.push(price),
    }
    zones.sort_by(|one, other| (one.hour, &one.zone).cmp(&(other.hour, &other.zone)));
}

fn spot_price(from: &sdk::SpotPrice, product: &str) -> Option<(String, SpotPrice)> {
    let said = from.product_description().map_or(product, sdk::RiProductDescription::as_str);
    if said.trim_end_matches(" (Amazon VPC)") != product {
        return None;
    }
    let hour = Money::parse(from.spot_price()?).filter(|price| !price.is_none())?;
    let zone = maybe(from.availability_zone())?;
    Some((words(Some(from.instance_type()?.as_str())), SpotPrice { hour, zone, since: time(from.timestamp()) }))
}

/// The service and the filters that a part is asked by.
fn question(part: &PricePart, region: &str) -> (&'static str, Vec<Filter>) {
    let (service, fields): (_, Vec<(&str, &str)>) = match part {
        PricePart::Machines(operation) => (
            "AmazonEC2",
            vec![
                ("productFamily", "Compute Instance"),
                ("operation", operation),
                ("tenancy", "Shared"),
                ("capacitystatus", "Used"),
                ("preInstalledSw", "NA"),
            ],
        ),
        PricePart::Volumes => ("AmazonEC2", vec![("productFamily", "Storage")]),
        PricePart::Iops => ("AmazonEC2", vec![("productFamily", "System Operation")]),
        PricePart::Throughput => ("AmazonEC2", vec![("productFamily", "Provisioned Throughput")]),
        PricePart::Snapshots => ("AmazonEC2", vec![("productFamily", "Storage Snapshot")]),
        PricePart::Credits => ("AmazonEC2", vec![("productFamily", "CPU Credits")]),
        PricePart::Addresses => ("AmazonVPC", vec![("group", "VPCPublicIPv4Address")]),
    };
    let filters = std::iter::once(("regionCode", region)).chain(fields);
    let filters = filters.filter_map(|(field, value)| {
        Filter::builder().r#type(FilterType::TermMatch).field(field).value(value).build().ok()
    });
    (service, filters.collect())
}
