//! The demo's Price List and spot market: documents in the shape of the real ones around invented prices.

use std::sync::LazyLock;

use aws_sdk_ec2::operation::describe_spot_price_history::{
    DescribeSpotPriceHistoryInput, DescribeSpotPriceHistoryOutput,
};
use aws_sdk_ec2::types::{InstanceType, RiProductDescription, SpotPrice};
use aws_sdk_pricing::operation::get_products::{GetProductsInput, GetProductsOutput};
use serde_json::{Map, Value, json};

use super::fault::Fault;
use super::query::page;
use super::table;
use super::types;
use super::world::{World, hash, scramble, sdk_time};

/// One priced thing.
struct Priced {
    service: &'static str,
    family: &'static str,
    /// Without the region's prefix.
    usage: String,
    attributes: Vec<(&'static str, String)>,
    unit: &'static str,
    price: &'static str,
}

/// A type on the spot market: Linux, the cheapest zone.
struct OnSpot {
    name: &'static str,
    price: &'static str,
}

const TABLE: &str = include_str!("../../assets/demo/prices.tsv");

static PRICED: LazyLock<Vec<Priced>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for row in table::rows(TABLE) {
        if row.text(0) == "product" {
            let usage = row.text(2);
            let service = if usage.starts_with("PublicIPv4") { "AmazonVPC" } else { "AmazonEC2" };
            let mut attributes = vec![("volumeApiName", row.text(3).to_owned())];
            if service == "AmazonVPC" {
                attributes = vec![("group", "VPCPublicIPv4Address".to_owned())];
            }
            let (family, unit, price) = (row.text(1), row.text(4), row.text(5));
            all.push(Priced { service, family, usage: usage.to_owned(), attributes, unit, price });
            continue;
        }
        let name = row.text(1);
        for (price, operation, system) in
            [(row.text(2), "RunInstances", "Linux"), (row.text(3), "RunInstances:0002", "Windows")]
        {
            if price.is_empty() {
                continue;
            }
            // Reserved but unused capacity is listed beside the machine, at no price, and tenancy has its own.
            for (word, tenancy, capacity, price) in [
                ("BoxUsage", "Shared", "Used", price),
                ("UnusedBox", "Shared", "UnusedCapacityReservation", "0"),
                ("DedicatedUsage", "Dedicated", "Used", price),
            ] {
                let attributes = [
                    ("instanceType", name),
                    ("operation", operation),
                    ("operatingSystem", system),
                    ("tenancy", tenancy),
                    ("capacitystatus", capacity),
                    ("preInstalledSw", "NA"),
                    ("marketoption", "OnDemand"),
                ];
                all.push(Priced {
                    service: "AmazonEC2",
                    family: "Compute Instance",
                    usage: format!("{word}:{name}"),
                    attributes: attributes.map(|(key, value)| (key, value.to_owned())).into(),
                    unit: "Hrs",
                    price,
                });
            }
        }
    }
    all
});

static ON_SPOT: LazyLock<Vec<OnSpot>> = LazyLock::new(|| {
    let machines = table::rows(TABLE).filter(|row| row.text(0) == "machine" && !row.text(4).is_empty());
    machines.map(|row| OnSpot { name: row.text(1), price: row.text(4) }).collect()
});

impl Priced {
    /// The attributes as the list has them.
    fn attributes(&self, region: &str) -> Map<String, Value> {
        let mut all: Map<String, Value> = self
            .attributes
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| ((*key).to_owned(), json!(value)))
            .collect();
        all.insert("servicecode".to_owned(), json!(self.service));
        all.insert("regionCode".to_owned(), json!(region));
        all.insert("locationType".to_owned(), json!("AWS Region"));
        // The real prefixes are short forms of the region; us-east-1 has none.
        let prefix = if region == "us-east-1" { String::new() } else { "APN2-".to_owned() };
        all.insert("usagetype".to_owned(), json!(format!("{prefix}{}", self.usage)));
        all
    }

    fn document(&self, region: &str) -> String {
        let sku = format!("{:016X}", scramble(hash(&format!("{} {:?}", self.usage, self.attributes))));
        let offer = format!("{sku}.JRTCKXETXF");
        let rate = format!("{offer}.6YS6EN2CT7");
        json!({
            "product": {"productFamily": self.family, "attributes": self.attributes(region), "sku": sku},
            "serviceCode": self.service,
            "terms": {"OnDemand": {offer: {
                "priceDimensions": {rate.clone(): {
                    "unit": self.unit, "beginRange": "0", "endRange": "Inf", "appliesTo": [], "rateCode": rate,
                    "description": "invented for the demo", "pricePerUnit": {"USD": self.price}
                }},
                "sku": sku, "offerTermCode": "JRTCKXETXF", "termAttributes": {}
            }}}
        })
        .to_string()
    }

    fn passes(&self, region: &str, field: &str, value: &str) -> bool {
        match field {
            "productFamily" => self.family == value,
            _ => self.attributes(region).get(field).and_then(Value::as_str) == Some(value),
        }
    }
}

/// `pricing:GetProducts`
pub(super) fn get_products(world: &mut World, input: &GetProductsInput) -> Result<GetProductsOutput, Fault> {
    let service = input.service_code().ok_or_else(|| Fault::missing("ServiceCode"))?;
    let region = world.region.code.as_str();
    let listed = PRICED.iter().filter(|priced| {
        priced.service == service
            && input.filters().iter().all(|filter| priced.passes(region, filter.field(), filter.value()))
    });
    let paged = page(listed.collect(), input.max_results(), input.next_token(), (1, 100))?;
    let documents = paged.rows.into_iter().map(|priced: &Priced| priced.document(region)).collect();
    Ok(GetProductsOutput::builder()
        .format_version("aws_v1")
        .set_price_list(Some(documents))
        .set_next_token(paged.next_token)
        .build())
}

/// `DescribeSpotPriceHistory`: the present price of each zone.
pub(super) fn describe_spot_prices(
    world: &mut World,
    input: &DescribeSpotPriceHistoryInput,
) -> Result<DescribeSpotPriceHistoryOutput, Fault> {
    let products = input.product_descriptions();
    let mut rows = Vec::new();
    if products.is_empty() || products.iter().any(|product| product == "Linux/UNIX") {
        let asked = input.instance_types();
        let wanted = |one: &&OnSpot| asked.is_empty() || asked.iter().any(|name| name.as_str() == one.name);
        for one in ON_SPOT.iter().filter(wanted) {
            let zones: Vec<String> = world.region.zone_names().map(|(zone, _)| zone).collect();
            for (dearer, zone) in
                zones.iter().filter(|zone| types::find(one.name).is_some_and(|row| row.is_in(zone))).enumerate()
            {
                let price = super::super::domain::money::Money::parse(one.price).map(|price| {
                    (price + price.times(u32::try_from(dearer).unwrap_or_default()).divided_by(20).unwrap_or_default())
                        .amount()
                });
                rows.push(
                    SpotPrice::builder()
                        .instance_type(InstanceType::from(one.name))
                        .product_description(RiProductDescription::from("Linux/UNIX"))
                        .availability_zone(zone)
                        .set_spot_price(price.map(|price| price.to_string()))
                        .timestamp(sdk_time(world.now - jiff::SignedDuration::from_hours(3)))
                        .build(),
                );
            }
        }
    }
    let paged = page(rows, input.max_results(), input.next_token(), (1, 1000))?;
    Ok(DescribeSpotPriceHistoryOutput::builder()
        .set_spot_price_history(Some(paged.rows))
        .set_next_token(paged.next_token)
        .build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demos_table_is_whole() {
        assert!(PRICED.len() > 200 && ON_SPOT.len() > 50);
        for priced in PRICED.iter() {
            assert!(!priced.unit.is_empty() && priced.price.parse::<f64>().is_ok(), "{}", priced.usage);
        }
    }
}
