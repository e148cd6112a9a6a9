//! The rules of a new security group: what may come in, and from where.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::app::catalog::Catalog;
use crate::app::form::Field;
use crate::domain::security_group::{ADMIN_PORTS, NewRule, Peer, Traffic};
use crate::keymap::{Key, KeyCode};
use crate::text;
use crate::text::Text;

/// The most inbound rules that a group takes by default.
pub const MOST_RULES: usize = 60;

/// What a rule lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// TCP 22.
    Ssh,
    /// TCP 3389.
    Rdp,
    /// TCP 443.
    Https,
    /// TCP 80.
    Http,
    /// TCP on a port or a range that is typed.
    CustomTcp,
}

impl Service {
    /// Its one port; `None` when it is typed.
    #[must_use]
    pub fn port(self) -> Option<u16> {
        match self {
            Self::Ssh => Some(22),
            Self::Rdp => Some(3389),
            Self::Https => Some(443),
            Self::Http => Some(80),
            Self::CustomTcp => None,
        }
    }

    /// Its proper name, the same in every language; `None` for custom TCP.
    #[must_use]
    pub fn proper_name(self) -> Option<&'static str> {
        self.port().and_then(|port| Traffic::Tcp(port, port).well_known())
    }

    /// Through which a system is administered.
    #[must_use]
    pub fn admin(port: u16) -> Self {
        if port == 3389 { Self::Rdp } else { Self::Ssh }
    }
}

/// From where a rule lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The address that this machine is seen under.
    MyIp,
    /// Everybody on IPv4.
    Anywhere,
    /// An address block that is typed.
    Cidr,
}

impl Source {
    fn next(self) -> Self {
        match self {
            Self::MyIp => Self::Anywhere,
            Self::Anywhere => Self::Cidr,
            Self::Cidr => Self::MyIp,
        }
    }
}

/// What is known of the address that this machine is seen under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MyIp {
    /// This one.
    Known(IpAddr),
    /// The answer is on its way.
    Asking,
    /// It could not be had: the person types it.
    Unknown,
}

impl MyIp {
    /// As far as the catalog knows.
    #[must_use]
    pub fn of(catalog: &Catalog) -> Self {
        match catalog.my_ip.value {
            Some(address) => Self::Known(address),
            None if catalog.my_ip.loading => Self::Asking,
            None => Self::Unknown,
        }
    }
}

/// A part of a row that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Port or range.
    Port,
    /// Address or address block.
    Address,
}

/// One rule as it is being written.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleRow {
    /// What it lets in.
    pub service: Service,
    /// From where.
    pub source: Source,
    /// Port or range of custom TCP.
    pub port: Field,
    /// Address block of a typed source.
    pub block: Field,
    /// How the typed block will be written instead, because EC2 keeps blocks in their canonical form.
    pub rewritten: Option<Text>,
    /// What is wrong with the rule as a whole.
    pub error: Option<Text>,
}

impl RuleRow {
    /// A rule for a service.
    #[must_use]
    pub fn new(service: Service, source: Source, port: &str) -> Self {
        Self {
            service,
            source,
            port: Field::text("rule-port", "group-rule-port", port, 11),
            block: Field::text("rule-block", "group-rule-block", "", 45),
            rewritten: None,
            error: None,
        }
    }

    /// What it lets in, when the port is right.
    #[must_use]
    pub fn traffic(&self) -> Option<Traffic> {
        match self.service.port() {
            Some(port) => Some(Traffic::Tcp(port, port)),
            None => parse_ports(self.port.value()).map(|(from, to)| Traffic::Tcp(from, to)),
        }
    }

    /// Whether it lets (nearly) anybody reach an administrator's port; `peer` is where it lets in from.
    #[must_use]
    pub fn opens_admin_port_to_world(&self, peer: Option<&Peer>) -> bool {
        peer.is_some_and(Peer::is_world)
            && self.traffic().is_some_and(|traffic| ADMIN_PORTS.iter().any(|port| traffic.covers_tcp(*port)))
    }

    /// The typed parts that it has.
    #[must_use]
    pub fn cells(&self, my_ip: MyIp) -> Vec<Cell> {
        let port = (self.service == Service::CustomTcp).then_some(Cell::Port);
        let address = match self.source {
            Source::Cidr => true,
            Source::MyIp => my_ip == MyIp::Unknown,
            Source::Anywhere => false,
        };
        port.into_iter().chain(address.then_some(Cell::Address)).collect()
    }
}

/// The rules of a new group, one of them under the cursor.
#[derive(Clone, Debug, PartialEq)]
pub struct RulesTable {
    /// The rules.
    pub rows: Vec<RuleRow>,
    /// Index of the row under the cursor.
    pub cursor: usize,
    /// My address, typed once for all rules, when it could not be had.
    pub my_address: Field,
}

impl RulesTable {
    /// The rules at the start: the administrator's port, from my address.
    #[must_use]
    pub fn starting_with(admin_port: u16) -> Self {
        Self {
            rows: vec![RuleRow::new(Service::admin(admin_port), Source::MyIp, "")],
            cursor: 0,
            my_address: Field::text("my-address", "group-my-address", "", 45),
        }
    }

    /// The row under the cursor.
    #[must_use]
    pub fn current(&self) -> Option<&RuleRow> {
        self.rows.get(self.cursor)
    }

    /// Adds a rule under the cursor; a service that stands there already is shown instead. Says whether it was added.
    pub fn add(&mut self, service: Service, source: Source, port: &str) -> bool {
        if service != Service::CustomTcp
            && let Some(index) = self.rows.iter().position(|row| row.service == service)
        {
            self.cursor = index;
            return false;
        }
        if self.rows.len() >= MOST_RULES {
            return false;
        }
        self.rows.push(RuleRow::new(service, source, port));
        self.cursor = self.rows.len() - 1;
        true
    }

    /// Removes the rule under the cursor.
    pub fn remove(&mut self) {
        if self.cursor < self.rows.len() {
            self.rows.remove(self.cursor);
        }
        self.cursor = self.cursor.min(self.rows.len().saturating_sub(1));
    }

    /// My IP, anywhere, a block, and round.
    pub fn cycle_source(&mut self) {
        if let Some(row) = self.rows.get_mut(self.cursor) {
            row.source = row.source.next();
            row.error = None;
            row.block.error = None;
        }
    }

    /// The field behind a typed part of the row under the cursor.
    pub fn cell_mut(&mut self, cell: Cell) -> Option<&mut Field> {
        let row = self.rows.get_mut(self.cursor)?;
        Some(match (cell, row.source) {
            (Cell::Port, _) => &mut row.port,
            (Cell::Address, Source::MyIp) => &mut self.my_address,
            (Cell::Address, _) => &mut row.block,
        })
    }

    /// The field behind a typed part of a row.
    #[must_use]
    pub fn cell<'a>(&'a self, row: &'a RuleRow, cell: Cell) -> &'a Field {
        match (cell, row.source) {
            (Cell::Port, _) => &row.port,
            (Cell::Address, Source::MyIp) => &self.my_address,
            (Cell::Address, _) => &row.block,
        }
    }

    /// The typed part that a character typed on the row goes to: the empty one first, else the address.
    #[must_use]
    pub fn cell_for_typing(&self, my_ip: MyIp) -> Option<Cell> {
        let row = self.current()?;
        let cells = row.cells(my_ip);
        cells.iter().find(|cell| self.cell(row, **cell).value().is_empty()).or_else(|| cells.last()).copied()
    }

    /// From where a row lets in; `None` while that is not known or not right.
    #[must_use]
    pub fn peer(&self, row: &RuleRow, my_ip: MyIp) -> Option<Peer> {
        match (row.source, my_ip) {
            (Source::Anywhere, _) => Some(Peer::anywhere_v4()),
            (Source::Cidr, _) => parse_block(row.block.value()).map(|(peer, _)| peer),
            (Source::MyIp, MyIp::Known(address)) => Some(Peer::host(address)),
            (Source::MyIp, MyIp::Asking) => None,
            (Source::MyIp, MyIp::Unknown) => parse_address(self.my_address.value()).map(Peer::host),
        }
    }

    /// The rules that open an administrator's port to the world.
    #[must_use]
    pub fn open_to_world(&self, my_ip: MyIp) -> Vec<&RuleRow> {
        self.rows.iter().filter(|row| row.opens_admin_port_to_world(self.peer(row, my_ip).as_ref())).collect()
    }

    /// Writes a typed block as EC2 will keep it, and says so when that changes it.
    pub fn settle_block(&mut self) {
        let Some(row) = self.rows.get_mut(self.cursor) else { return };
        if row.source != Source::Cidr {
            return;
        }
        if let Some((peer, true)) = parse_block(row.block.value()) {
            let typed = row.block.value().trim().to_owned();
            row.block.set_value(&peer.to_string());
            row.rewritten = Some(text!("group-block-rewritten", typed = typed, kept = peer.to_string()));
        }
    }

    /// Checks every rule and says what is wrong with each.
    ///
    /// # Errors
    /// Gives the index of the first wrong rule, and which typed part of it is wrong.
    pub fn check(&mut self, my_ip: MyIp) -> Result<(), (usize, Option<Cell>)> {
        let here = self.cursor;
        for index in 0..self.rows.len() {
            self.cursor = index;
            self.settle_block();
        }
        self.cursor = here;
        let mut first = None;
        for index in 0..self.rows.len() {
            if let Some((error, cell)) = self.error_of(index, my_ip) {
                first.get_or_insert((index, cell));
                self.set_error(index, cell, error);
            } else if let Some(row) = self.rows.get_mut(index) {
                row.error = None;
            }
        }
        first.map_or(Ok(()), Err)
    }

    /// Checks one typed part of the row under the cursor, when its typing ends; says what is wrong with it.
    pub fn check_cell(&mut self, cell: Cell, my_ip: MyIp) -> bool {
        let wrong = match self.current() {
            Some(row) if cell == Cell::Port => row.traffic().is_none(),
            Some(row) => self.peer(row, my_ip).is_none(),
            None => false,
        };
        let error = match (cell, self.current().map(|row| row.source)) {
            (Cell::Port, _) => text!("group-port-wrong"),
            (Cell::Address, Some(Source::MyIp)) => text!("group-my-address-wrong"),
            (Cell::Address, _) => text!("group-block-wrong"),
        };
        if wrong {
            self.set_error(self.cursor, Some(cell), error);
        }
        !wrong
    }

    fn error_of(&self, index: usize, my_ip: MyIp) -> Option<(Text, Option<Cell>)> {
        let row = self.rows.get(index)?;
        let Some(traffic) = row.traffic() else {
            return Some((text!("group-port-wrong"), Some(Cell::Port)));
        };
        let Some(peer) = self.peer(row, my_ip) else {
            return Some(match (row.source, my_ip) {
                (Source::MyIp, MyIp::Asking) => (text!("group-my-ip-wait"), None),
                (Source::MyIp, _) => (text!("group-my-address-wrong"), Some(Cell::Address)),
                _ => (text!("group-block-wrong"), Some(Cell::Address)),
            });
        };
        let twice = self
            .rows
            .iter()
            .take(index)
            .any(|other| other.traffic() == Some(traffic) && self.peer(other, my_ip).as_ref() == Some(&peer));
        twice.then(|| (text!("group-rule-twice"), None))
    }

    fn set_error(&mut self, index: usize, cell: Option<Cell>, error: Text) {
        let here = std::mem::replace(&mut self.cursor, index);
        match cell.and_then(|cell| self.cell_mut(cell)) {
            Some(field) => field.error = Some(error),
            None => {
                if let Some(row) = self.rows.get_mut(index) {
                    row.error = Some(error);
                }
            }
        }
        self.cursor = here;
    }

    /// The rules as EC2 takes them; those that are not right are left out, so check first. `mine` describes a rule for
    /// one's own address.
    #[must_use]
    pub fn rules(&self, my_ip: MyIp, mine: &str) -> Vec<NewRule> {
        self.rows
            .iter()
            .filter_map(|row| {
                let description = if row.source == Source::MyIp { mine } else { "" };
                Some(NewRule {
                    traffic: row.traffic()?,
                    peer: self.peer(row, my_ip)?,
                    description: description.to_owned(),
                })
            })
            .collect()
    }

    /// Whether some rule lets in on a port, wherever from.
    #[must_use]
    pub fn covers(&self, port: u16) -> bool {
        self.rows.iter().filter_map(RuleRow::traffic).any(|traffic| traffic.covers_tcp(port))
    }
}

/// Whether a key typed on a row begins an address or a port there.
#[must_use]
pub fn begins_typing(key: Key) -> bool {
    matches!(key.code, KeyCode::Char(c) if !key.ctrl && !key.alt && (c.is_ascii_hexdigit() || c == ':'))
}

/// `8080` or `8000-8100`.
#[must_use]
pub fn parse_ports(text: &str) -> Option<(u16, u16)> {
    let port = |text: &str| {
        let text = text.trim();
        let digits = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        text.parse::<u16>().ok().filter(|port| digits && *port > 0)
    };
    match text.split_once('-') {
        // EC2 lets a range begin at 0, which is no port of its own.
        Some((from, to)) if from.trim() == "0" => port(to).map(|to| (0, to)),
        Some((from, to)) => Some((port(from)?, port(to)?)).filter(|(from, to)| from <= to),
        None => port(text).map(|port| (port, port)),
    }
}

/// One IPv4 or IPv6 address and nothing else.
#[must_use]
pub fn parse_address(text: &str) -> Option<IpAddr> {
    text.trim().parse().ok()
}

/// An address block, or one address as a block of its own; and whether EC2 keeps it in another form than it was typed.
#[must_use]
pub fn parse_block(text: &str) -> Option<(Peer, bool)> {
    let text = text.trim();
    let net = match text.parse::<IpNet>() {
        Ok(net) => net.trunc(),
        Err(_) => IpNet::from(parse_address(text)?),
    };
    let changed = net.to_string() != text;
    Some(match net {
        IpNet::V4(net) => (Peer::V4(net), changed),
        IpNet::V6(net) => (Peer::V6(net), changed),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: MyIp = MyIp::Known(IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 7)));

    #[test]
    fn blocks_are_strict_and_canonical() {
        for (typed, kept) in [
            ("198.51.100.7", Some(("198.51.100.7/32", true))),
            ("198.51.100.7/24", Some(("198.51.100.0/24", true))),
            (" 198.51.100.0/24 ", Some(("198.51.100.0/24", false))),
            ("0.0.0.0/0", Some(("0.0.0.0/0", false))),
            ("2001:DB8::1/64", Some(("2001:db8::/64", true))),
            ("::/0", Some(("::/0", false))),
            ("198.51.100.7/33", None),
            ("198.51.100/24", None),
            ("0198.51.100.7", None),
            ("web.example", None),
            ("", None),
        ] {
            let parsed = parse_block(typed).map(|(peer, changed)| (peer.to_string(), changed));
            assert_eq!(parsed, kept.map(|(kept, changed)| (kept.to_owned(), changed)), "{typed}");
        }
    }

    #[test]
    fn ports_are_one_or_a_range() {
        for (typed, ports) in [
            ("8080", Some((8080, 8080))),
            ("8000-8100", Some((8000, 8100))),
            ("8100-8000", None),
            ("0-65535", Some((0, 65_535))),
            ("0", None),
            ("0-0", None),
            ("65536", None),
            ("+80", None),
            ("80-", None),
            ("", None),
        ] {
            assert_eq!(parse_ports(typed), ports, "{typed}");
        }
    }

    #[test]
    fn a_typed_port_range_that_holds_ssh_counts_as_open() {
        let mut table = RulesTable::starting_with(22);
        table.add(Service::CustomTcp, Source::Anywhere, "20-30");
        table.add(Service::Https, Source::Anywhere, "");
        assert_eq!(table.open_to_world(ME).len(), 1);
    }

    #[test]
    fn a_rule_that_stands_twice_is_wrong() {
        let mut table = RulesTable::starting_with(22);
        table.add(Service::CustomTcp, Source::MyIp, "22");
        assert_eq!(table.check(ME), Err((1, None)));
        assert!(table.rows[1].error.is_some());
        table.cycle_source();
        assert_eq!(table.check(ME), Ok(()));
    }

    #[test]
    fn my_address_is_typed_once_for_all_rules_when_it_cannot_be_had() {
        let mut table = RulesTable::starting_with(22);
        table.add(Service::CustomTcp, Source::MyIp, "8080");
        assert_eq!(table.check(MyIp::Asking), Err((0, None)));
        assert_eq!(table.check(MyIp::Unknown), Err((0, Some(Cell::Address))));
        table.my_address.set_value("198.51.100.0/24");
        assert_eq!(table.check(MyIp::Unknown), Err((0, Some(Cell::Address))), "a block is not one address");
        table.my_address.set_value("2001:db8::7");
        assert_eq!(table.check(MyIp::Unknown), Ok(()));
        let peers: Vec<_> = table.rules(MyIp::Unknown, "").into_iter().map(|rule| rule.peer.to_string()).collect();
        assert_eq!(peers, ["2001:db8::7/128", "2001:db8::7/128"]);
    }
}
