//! What a product of the Price List says, out of its JSON: AWS documents the envelope ("Using the AWS Price List Query
//! API"), the attributes are those of real products. Whatever is missing, free, in another currency, in steps or said
//! twice in different ways is no price: it stays unknown.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::domain::money::Money;
use crate::domain::price::{PricePart, Prices};

/// MiB in a GiB: the list has throughput by the GiB/s.
const MIB_PER_GIB: u32 = 1_024;

#[derive(Deserialize)]
struct Document {
    product: Product,
    #[serde(default)]
    terms: Terms,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Product {
    #[serde(default)]
    product_family: String,
    #[serde(default)]
    attributes: BTreeMap<String, Value>,
}

/// Reserved terms are there, too, and are left alone.
#[derive(Default, Deserialize)]
struct Terms {
    #[serde(rename = "OnDemand", default)]
    on_demand: BTreeMap<String, Offer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Offer {
    #[serde(default)]
    price_dimensions: BTreeMap<String, Dimension>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dimension {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    price_per_unit: BTreeMap<String, Value>,
}

impl Product {
    fn is(&self, attribute: &str) -> &str {
        self.attributes.get(attribute).and_then(Value::as_str).unwrap_or_default()
    }

    /// An attribute that must have this value if it is there at all.
    fn may_be(&self, attribute: &str, value: &str) -> bool {
        matches!(self.is(attribute), "") || self.is(attribute) == value
    }

    /// The usage type without the region's prefix: `APN2-EBS:VolumeUsage.gp3` and `EBS:VolumeUsage.gp3` are one.
    fn usage(&self) -> &str {
        let usage = self.is("usagetype");
        // The region's prefix ends before the first colon; what comes after it may hold a hyphen of its own.
        let head = usage.find(':').unwrap_or(usage.len());
        usage[..head].rfind('-').map_or(usage, |hyphen| &usage[hyphen + 1..])
    }
}

impl Document {
    /// The one price in US dollars, by one of these units. Free dimensions are allowances, not prices.
    fn price(&self, units: &[&str]) -> Option<Money> {
        let dimensions: Vec<&Dimension> =
            self.terms.on_demand.values().flat_map(|offer| offer.price_dimensions.values()).collect();
        let mut found = None;
        for dimension in dimensions {
            let price = dimension.price_per_unit.get("USD").and_then(Value::as_str).and_then(Money::parse);
            let right_unit = units.iter().any(|unit| dimension.unit.eq_ignore_ascii_case(unit));
            match price {
                Some(price) if price.is_none() => {}
                Some(price) if right_unit && found.is_none_or(|found| found == price) => found = Some(price),
                // Steps, another currency, another unit.
                _ => return None,
            }
        }
        found
    }
}

/// Gathers the prices of one part.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// By what the part distinguishes; `None`: two products say two prices.
    prices: BTreeMap<String, Option<Money>>,
}

impl Gathered {
    /// Takes one document. One that cannot be read, or is about something else, says nothing.
    pub(super) fn take(&mut self, part: &PricePart, text: &str) {
        let Ok(document) = serde_json::from_str::<Document>(text) else { return };
        let Some((key, price)) = read(part, &document) else { return };
        self.prices
            .entry(key)
            .and_modify(|known| {
                if *known != Some(price) {
                    *known = None;
                }
            })
            .or_insert(Some(price));
    }

    /// Puts what was found where it belongs.
    pub(super) fn put(self, part: &PricePart, prices: &mut Prices) {
        let mut known: BTreeMap<String, Money> =
            self.prices.into_iter().filter_map(|(key, price)| Some((key, price?))).collect();
        match part {
            PricePart::Machines(operation) => {
                prices.instance_hours.insert(operation.clone(), known);
            }
            PricePart::Volumes => prices.gib_months = known,
            PricePart::Iops => prices.iops_months = known,
            PricePart::Throughput => {
                prices.throughput_month = known.remove("gp3").and_then(|gib| gib.divided_by(MIB_PER_GIB));
            }
            PricePart::Snapshots => prices.snapshot_gib_month = known.remove("standard"),
            PricePart::Credits => prices.surplus_vcpu_hours = known,
            PricePart::Addresses => {
                prices.address_hour = known.remove("in use");
                prices.idle_address_hour = known.remove("idle");
            }
        }
    }
}

/// What one product says about a part: of what, and its price.
fn read(part: &PricePart, document: &Document) -> Option<(String, Money)> {
    let product = &document.product;
    // Local zones and Wavelength zones have prices of their own.
    if !product.may_be("locationType", "AWS Region") {
        return None;
    }
    let usage = product.usage();
    let (key, units): (String, &[&str]) = match part {
        PricePart::Machines(operation) => {
            let plain = product.is("operation") == operation
                && product.may_be("tenancy", "Shared")
                && product.may_be("capacitystatus", "Used")
                && product.may_be("preInstalledSw", "NA")
                && product.may_be("marketoption", "OnDemand");
            let machine = usage == "BoxUsage" || usage.starts_with("BoxUsage:");
            (plain && machine).then(|| (product.is("instanceType").to_owned(), &["Hrs", "Hours"][..]))?
        }
        PricePart::Volumes => {
            // Not the archive of snapshots, nor Outposts (`.outposts`), nor what magnetic volumes pay by request.
            let kind = product.is("volumeApiName");
            let word = match kind {
                "standard" => "EBS:VolumeUsage".to_owned(),
                "io1" => "EBS:VolumeUsage.piops".to_owned(),
                other => format!("EBS:VolumeUsage.{other}"),
            };
            (usage == word).then(|| (kind.to_owned(), &["GB-Mo", "GB-month"][..]))?
        }
        PricePart::Iops => {
            let kind = match usage {
                "EBS:VolumeP-IOPS.gp3" => "gp3",
                "EBS:VolumeP-IOPS.piops" => "io1",
                // io2 has steps: three products, and the price of a volume is not one of them.
                _ => return None,
            };
            (kind.to_owned(), &["IOPS-Mo", "IOPS-month"])
        }
        PricePart::Throughput => {
            (usage == "EBS:VolumeP-Throughput.gp3").then(|| ("gp3".to_owned(), &["GiBps-mo", "GiBps-month"][..]))?
        }
        PricePart::Snapshots => {
            (usage == "EBS:SnapshotUsage").then(|| ("standard".to_owned(), &["GB-Mo", "GB-month"][..]))?
        }
        PricePart::Credits => {
            let family = usage.strip_prefix("CPUCredits:")?;
            // Windows on T2 costs more than Linux.
            product.may_be("operatingSystem", "Linux").then(|| (family.to_owned(), &["vCPU-Hours", "vCPU-Hrs"][..]))?
        }
        PricePart::Addresses => {
            let key = match usage {
                "PublicIPv4:InUseAddress" => "in use",
                "PublicIPv4:IdleAddress" => "idle",
                // Contiguous blocks, and addresses of an account's own.
                _ => return None,
            };
            (key.to_owned(), &["Hrs", "Hours"])
        }
    };
    if key.is_empty() || key == "NA" {
        return None;
    }
    // What the question has filtered by is not looked at again, but for this.
    if matches!(part, PricePart::Volumes) && !product.product_family.is_empty() && product.product_family != "Storage" {
        return None;
    }
    Some((key, document.price(units)?))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::domain::price::LINUX;

    fn money(text: &str) -> Option<Money> {
        Money::parse(text)
    }

    fn prices(part: &PricePart, documents: &[String]) -> Prices {
        let mut gathered = Gathered::default();
        for document in documents {
            gathered.take(part, document);
        }
        let mut prices = Prices::none(Timestamp::UNIX_EPOCH);
        gathered.put(part, &mut prices);
        prices
    }

    /// A product in the shape of the real ones, made by hand: the numbers are invented.
    #[expect(clippy::needless_pass_by_value, reason = "made by `json!` at every call")]
    fn product(family: &str, attributes: Value, unit: &str, per_unit: Value) -> String {
        json!({
            "product": {"productFamily": family, "attributes": attributes, "sku": "ABCDEFGHJKMNPQRS"},
            "serviceCode": "AmazonEC2",
            "terms": {
                "OnDemand": {"ABCDEFGHJKMNPQRS.JRTCKXETXF": {
                    "priceDimensions": {"ABCDEFGHJKMNPQRS.JRTCKXETXF.6YS6EN2CT7": {
                        "unit": unit, "endRange": "Inf", "beginRange": "0", "appliesTo": [],
                        "description": "invented for a test", "rateCode": "ABCDEFGHJKMNPQRS.JRTCKXETXF.6YS6EN2CT7",
                        "pricePerUnit": per_unit
                    }},
                    "sku": "ABCDEFGHJKMNPQRS", "effectiveDate": "2026-11-01T00:00:00Z",
                    "offerTermCode": "JRTCKXETXF", "termAttributes": {}
                }},
                "Reserved": {"ABCDEFGHJKMNPQRS.38NPMPTW36": {
                    "priceDimensions": {
                        "a": {"unit": "Quantity", "description": "Upfront Fee", "appliesTo": [],
                              "pricePerUnit": {"USD": "55"}},
                        "b": {"unit": "Hrs", "endRange": "Inf", "beginRange": "0", "appliesTo": [],
                              "pricePerUnit": {"USD": "0.0030000000"}}
                    },
                    "termAttributes": {"LeaseContractLength": "1yr", "PurchaseOption": "Partial Upfront"}
                }}
            },
            "version": "20261101000000", "publicationDate": "2026-11-01T00:00:00Z"
        })
        .to_string()
    }

    fn machine(usage: &str, change: impl FnOnce(&mut Value)) -> String {
        let mut attributes = json!({
            "instanceType": "t3.micro", "usagetype": usage, "operation": LINUX, "tenancy": "Shared",
            "capacitystatus": "Used", "preInstalledSw": "NA", "marketoption": "OnDemand", "regionCode": "ap-northeast-2",
            "locationType": "AWS Region", "operatingSystem": "Linux", "licenseModel": "No License required"
        });
        change(&mut attributes);
        product("Compute Instance", attributes, "Hrs", json!({"USD": "0.0211000000"}))
    }

    fn linux() -> PricePart {
        PricePart::Machines(LINUX.to_owned())
    }

    #[test]
    fn a_machine_has_its_on_demand_price_and_no_other() {
        for usage in ["APN2-BoxUsage:t3.micro", "BoxUsage:t3.micro", "BoxUsage"] {
            let found = prices(&linux(), &[machine(usage, |_| ())]);
            assert_eq!(found.instance_hour(LINUX, "t3.micro"), money("0.0211"), "{usage}");
        }
        for usage in [
            "APN2-UnusedBox:t3.micro",
            "APN2-Reservation:t3.micro",
            "APN2-DedicatedUsage:t3.micro",
            "APN2-HostBoxUsage:t3.micro",
            "APN2-SpotUsage:t3.micro",
            "",
        ] {
            let found = prices(&linux(), &[machine(usage, |_| ())]);
            assert_eq!(found.instance_hour(LINUX, "t3.micro"), None, "{usage}");
        }
        for (attribute, value) in [
            ("operation", "RunInstances:0002"),
            ("tenancy", "Dedicated"),
            ("capacitystatus", "AllocatedCapacityReservation"),
            ("preInstalledSw", "SQL Web"),
            ("marketoption", "CapacityBlock"),
            ("locationType", "AWS Local Zone"),
            ("instanceType", "NA"),
        ] {
            let other = machine("APN2-BoxUsage:t3.micro", |attributes| attributes[attribute] = json!(value));
            assert!(prices(&linux(), &[other]).instance_hours[LINUX].is_empty(), "{attribute}");
        }
    }

    #[test]
    fn what_is_hostile_is_unknown_and_never_nothing() {
        let attributes = json!({"usagetype": "APN2-BoxUsage:t3.micro", "operation": LINUX, "instanceType": "t3.micro"});
        let with = |terms: Value| {
            json!({"product": {"productFamily": "Compute Instance", "attributes": attributes.clone()}, "terms": terms})
                .to_string()
        };
        let dimension = |unit: &str, per: Value| json!({"unit": unit, "pricePerUnit": per});
        let on_demand = |dimensions: Value| with(json!({"OnDemand": {"a": {"priceDimensions": dimensions}}}));
        for (name, text) in [
            ("not JSON", "{".to_owned()),
            ("another shape", "[1]".to_owned()),
            ("no product", "{}".to_owned()),
            ("no terms", json!({"product": {"attributes": attributes.clone()}}).to_string()),
            ("reserved only", with(json!({"Reserved": {"a": {"priceDimensions": {}}}}))),
            ("no dimensions", on_demand(json!({}))),
            ("yuan", on_demand(json!({"x": dimension("Hrs", json!({"CNY": "0.1"}))}))),
            ("zero", on_demand(json!({"x": dimension("Hrs", json!({"USD": "0.0000000000"}))}))),
            ("negative", on_demand(json!({"x": dimension("Hrs", json!({"USD": "-1"}))}))),
            ("NA", on_demand(json!({"x": dimension("Hrs", json!({"USD": "NA"}))}))),
            ("number", on_demand(json!({"x": dimension("Hrs", json!({"USD": 0.1}))}))),
            ("by the second", on_demand(json!({"x": dimension("Seconds", json!({"USD": "0.1"}))}))),
            (
                "steps",
                on_demand(json!({
                    "x": dimension("Hrs", json!({"USD": "0.1"})), "y": dimension("Hrs", json!({"USD": "0.2"}))
                })),
            ),
            (
                "a second currency",
                on_demand(json!({
                    "x": dimension("Hrs", json!({"USD": "0.1"})), "y": dimension("Hrs", json!({"CNY": "0.2"}))
                })),
            ),
        ] {
            assert_eq!(prices(&linux(), &[text]).instance_hour(LINUX, "t3.micro"), None, "{name}");
        }
        let allowance = on_demand(json!({
            "x": dimension("Hrs", json!({"USD": "0.0"})), "y": dimension("Hrs", json!({"USD": "0.1"}))
        }));
        assert_eq!(prices(&linux(), &[allowance]).instance_hour(LINUX, "t3.micro"), money("0.1"));
    }

    #[test]
    fn two_prices_for_one_thing_are_none() {
        let cheap = machine("APN2-BoxUsage:t3.micro", |_| ());
        let dear = cheap.replace("0.0211", "0.9");
        let both = prices(&linux(), &[cheap.clone(), dear, cheap.clone()]);
        assert_eq!(both.instance_hour(LINUX, "t3.micro"), None);
        assert_eq!(prices(&linux(), &[cheap.clone(), cheap]).instance_hour(LINUX, "t3.micro"), money("0.0211"));
    }

    fn of(usage: &str, kind: &str, unit: &str, price: &str) -> String {
        let attributes = json!({"usagetype": usage, "volumeApiName": kind, "locationType": "AWS Region"});
        product("", attributes, unit, json!({"USD": price}))
    }

    #[test]
    fn volumes_go_by_their_own_names_and_snapshots_by_the_standard_tier() {
        let found = prices(
            &PricePart::Volumes,
            &[
                of("APN2-EBS:VolumeUsage.gp3", "gp3", "GB-Mo", "0.11"),
                of("APN2-EBS:VolumeUsage.piops", "io1", "GB-Mo", "0.22"),
                of("APN2-EBS:VolumeUsage.io2", "io2", "GB-month", "0.23"),
                of("APN2-EBS:VolumeUsage", "standard", "GB-Mo", "0.08"),
                of("APN2-EBS:VolumeIOUsage", "standard", "IOs", "0.0000001"),
                of("APN2-EBS:VolumeUsage.gp2.outposts", "gp2", "GB-Mo", "0.7"),
            ],
        );
        let known: Vec<_> = found.gib_months.iter().map(|(kind, price)| (kind.as_str(), *price)).collect();
        let expected = [("gp3", "0.11"), ("io1", "0.22"), ("io2", "0.23"), ("standard", "0.08")];
        assert_eq!(known, expected.map(|(kind, price)| (kind, money(price).unwrap())));
        let found = prices(
            &PricePart::Snapshots,
            &[
                of("APN2-EBS:SnapshotUsage", "", "GB-Mo", "0.051"),
                of("APN2-EBS:SnapshotArchiveStorage", "", "GB-Mo", "0.013"),
                of("APN2-EBS:SnapshotUsageUnderBilling", "", "GB-Mo", "0.051"),
            ],
        );
        assert_eq!(found.snapshot_gib_month, money("0.051"));
    }

    #[test]
    fn io2_has_steps_and_throughput_is_by_the_gib() {
        let found = prices(
            &PricePart::Iops,
            &[
                of("APN2-EBS:VolumeP-IOPS.gp3", "gp3", "IOPS-Mo", "0.006"),
                of("APN2-EBS:VolumeP-IOPS.piops", "io1", "IOPS-Mo", "0.07"),
                of("APN2-EBS:VolumeP-IOPS.io2", "io2", "IOPS-Mo", "0.07"),
                of("APN2-EBS:VolumeP-IOPS.io2.tier2", "io2", "IOPS-Mo", "0.05"),
            ],
        );
        assert_eq!(found.iops_months.keys().map(String::as_str).collect::<Vec<_>>(), ["gp3", "io1"]);
        let by_gib = of("APN2-EBS:VolumeP-Throughput.gp3", "gp3", "GiBps-mo", "51.2000000000");
        assert_eq!(prices(&PricePart::Throughput, &[by_gib]).throughput_month, money("0.05"));
    }

    #[test]
    fn addresses_are_one_by_one_and_credits_by_family() {
        let found = prices(
            &PricePart::Addresses,
            &[
                of("APN2-PublicIPv4:InUseAddress", "", "Hrs", "0.006"),
                of("APN2-PublicIPv4:IdleAddress", "", "Hrs", "0.007"),
                of("APN2-PublicIPv4:ContiguousBlock", "", "Hrs", "0.009"),
                of("APN2-PublicIPv4:BYOIPInUseAddress", "", "Hrs", "0.0"),
            ],
        );
        assert_eq!((found.address_hour, found.idle_address_hour), (money("0.006"), money("0.007")));
        let windows = of("APN2-CPUCredits:t2", "", "vCPU-Hours", "0.09")
            .replace("\"locationType\"", "\"operatingSystem\":\"Windows\",\"locationType\"");
        let found = prices(
            &PricePart::Credits,
            &[
                of("APN2-CPUCredits:t3", "", "vCPU-Hours", "0.05"),
                of("APN2-CPUCredits:t2", "", "vCPU-Hours", "0.06"),
                windows,
            ],
        );
        assert_eq!(found.surplus_vcpu_hours.get("t3").copied(), money("0.05"));
        assert_eq!(found.surplus_vcpu_hours.get("t2").copied(), money("0.06"));
    }
}
