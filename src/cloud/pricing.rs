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

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::describe_spot_price_history::DescribeSpotPriceHistoryOutput;
    use aws_smithy_mocks::{MockResponse, Rule, mock};
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_types::body::SdkBody;

    use super::*;
    use crate::cloud::test_support::{cloud_of, read_all};
    use crate::domain::price::LINUX;
    use crate::domain::problem::Cause;
    use crate::message::{Found, Read};

    /// A reply as it comes over the wire.
    #[expect(clippy::needless_pass_by_value, reason = "made by `json!` at every call")]
    fn reply(status: u16, body: serde_json::Value) -> HttpResponse {
        HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body.to_string()))
    }

    /// A page of the list: its documents are strings. Real-shaped and made by hand, the prices are invented.
    fn page(documents: &[serde_json::Value], next: Option<&str>) -> serde_json::Value {
        let list: Vec<String> = documents.iter().map(ToString::to_string).collect();
        serde_json::json!({"FormatVersion": "aws_v1", "PriceList": list, "NextToken": next})
    }

    fn document(attributes: &serde_json::Value, unit: &str, price: &str) -> serde_json::Value {
        serde_json::json!({
            "product": {"productFamily": "", "attributes": attributes, "sku": "S"},
            "terms": {"OnDemand": {"S.O": {"priceDimensions": {"S.O.R": {
                "unit": unit, "beginRange": "0", "endRange": "Inf", "pricePerUnit": {"USD": price}
            }}}}}
        })
    }

    fn machine(name: &str, price: &str) -> serde_json::Value {
        let usage = format!("APN2-BoxUsage:{name}");
        document(&serde_json::json!({"instanceType": name, "usagetype": usage, "operation": LINUX}), "Hrs", price)
    }

    fn asks(
        service: &'static str,
        token: Option<&'static str>,
        answer: impl Fn() -> HttpResponse + Send + Sync + 'static,
    ) -> Rule {
        mock!(aws_sdk_pricing::Client::get_products)
            .match_requests(move |asked| {
                let here = asked.filters().iter().any(|f| f.field() == "regionCode" && f.value() == "ap-northeast-2");
                asked.service_code() == Some(service)
                    && asked.next_token() == token
                    && asked.max_results() == Some(100)
                    && here
            })
            .then_compute_response(move |_| MockResponse::Http(answer()))
    }

    async fn prices(rules: &[&Rule], parts: &[PricePart]) -> Result<Prices, Problem> {
        let read = Read::Prices { parts: parts.to_vec(), at: Timestamp::UNIX_EPOCH };
        match read_all(&cloud_of(rules), read).await?.remove(0) {
            Found::Prices(prices) => Ok(*prices),
            other => panic!("{other:?}"),
        }
    }

    fn denied() -> HttpResponse {
        reply(
            400,
            serde_json::json!({
                "__type": "AccessDeniedException",
                "Message": "User: arn:aws:iam::123456789012:user/kim is not authorized to perform: pricing:GetProducts"
            }),
        )
    }

    #[tokio::test]
    async fn every_page_is_read_and_a_refused_part_does_not_lose_the_others() {
        let first = asks("AmazonEC2", None, || reply(200, page(&[machine("t3.micro", "0.0211")], Some("more"))));
        let second = asks("AmazonEC2", Some("more"), || reply(200, page(&[machine("t3.small", "0.0422")], None)));
        let addresses = asks("AmazonVPC", None, denied);
        let parts = [PricePart::Machines(LINUX.to_owned()), PricePart::Addresses];
        let found = prices(&[&first, &second, &addresses], &parts).await.unwrap();
        assert_eq!(found.instance_hour(LINUX, "t3.micro"), Money::parse("0.0211"));
        assert_eq!(found.instance_hour(LINUX, "t3.small"), Money::parse("0.0422"));
        assert_eq!(found.address_hour, None);
        assert_eq!(found.answered.keys().collect::<Vec<_>>(), [&parts[0]]);
        let action = "pricing:GetProducts".to_owned();
        assert_eq!(found.refused[&PricePart::Addresses].cause, Cause::NotAllowed { action });
    }

    #[tokio::test]
    async fn when_nothing_is_answered_the_reason_is_the_answer() {
        let rule = asks("AmazonEC2", None, denied);
        let problem = prices(&[&rule], &[PricePart::Volumes, PricePart::Iops]).await.unwrap_err();
        assert_eq!(problem.cause, Cause::NotAllowed { action: "pricing:GetProducts".to_owned() });
    }

    #[tokio::test]
    async fn a_page_that_fails_in_the_middle_makes_no_half_list() {
        let first = asks("AmazonEC2", None, || reply(200, page(&[machine("t3.micro", "0.0211")], Some("more"))));
        let second = asks("AmazonEC2", Some("more"), denied);
        assert!(prices(&[&first, &second], &[PricePart::Machines(LINUX.to_owned())]).await.is_err());
    }

    #[tokio::test]
    async fn of_the_spot_market_the_cheapest_zones_newest_price_counts() {
        let rule = mock!(aws_sdk_ec2::Client::describe_spot_price_history)
            .match_requests(|asked| {
                asked.product_descriptions() == ["Linux/UNIX"]
                    && asked.start_time().map(aws_smithy_types::DateTime::secs) == Some(1_000)
            })
            .then_output(|| {
                let row = |zone: &str, price: &str, at: i64, product: &str| {
                    sdk::SpotPrice::builder()
                        .instance_type(sdk::InstanceType::T3Micro)
                        .availability_zone(zone)
                        .spot_price(price)
                        .product_description(sdk::RiProductDescription::from(product))
                        .timestamp(aws_smithy_types::DateTime::from_secs(at))
                        .build()
                };
                DescribeSpotPriceHistoryOutput::builder()
                    .spot_price_history(row("ap-northeast-2a", "0.0040", 500, "Linux/UNIX"))
                    .spot_price_history(row("ap-northeast-2a", "0.0010", 100, "Linux/UNIX"))
                    .spot_price_history(row("ap-northeast-2c", "0.0030", 500, "Linux/UNIX (Amazon VPC)"))
                    .spot_price_history(row("ap-northeast-2d", "0.0000", 500, "Linux/UNIX"))
                    .spot_price_history(row("ap-northeast-2b", "0.0001", 500, "Windows"))
                    .build()
            });
        let at = Timestamp::from_second(1_000).unwrap();
        let read = Read::SpotPrices { operation: LINUX.to_owned(), types: vec!["t3.micro".to_owned()], at };
        let found = read_all(&cloud_of(&[&rule]), read).await.unwrap();
        let [Found::SpotPrices(found)] = &found[..] else { panic!("{found:?}") };
        let zones: Vec<_> = found.prices["t3.micro"].iter().map(|one| (one.zone.as_str(), one.hour)).collect();
        let price = |text| Money::parse(text).unwrap();
        assert_eq!(zones, [("ap-northeast-2c", price("0.0030")), ("ap-northeast-2a", price("0.0040"))]);
    }
}
