//! The small tables in `assets/demo`: tab-separated lines, `#` begins a comment, `-` stands for nothing.

use jiff::SignedDuration;

use super::tags::Tags;

/// One line's cells.
pub(super) struct Row<'a> {
    cells: Vec<&'a str>,
}

/// The lines that hold data.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Row<'static>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| Row { cells: line.split('\t').collect() })
}

impl<'a> Row<'a> {
    /// The cell of that column; empty when it is missing or `-`.
    pub fn text(&self, column: usize) -> &'a str {
        match self.cells.get(column) {
            Some(&"-") | None => "",
            Some(cell) => cell,
        }
    }

    /// The cell as a number.
    pub fn number(&self, column: usize) -> Option<u32> {
        self.text(column).parse().ok()
    }

    /// The cell's comma-separated parts.
    pub fn list(&self, column: usize) -> Vec<&'a str> {
        self.text(column).split(',').filter(|part| !part.is_empty()).collect()
    }

    /// The cell as tags: `Key=value,Key=value`.
    pub fn tags(&self, column: usize) -> Tags {
        self.list(column)
            .into_iter()
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect()
    }

    /// The cell as an age: a number and `s`, `m`, `h` or `d`.
    pub fn age(&self, column: usize) -> Option<SignedDuration> {
        let text = self.text(column);
        let unit = text.chars().last()?;
        let number: i64 = text.strip_suffix(unit)?.parse().ok()?;
        match unit {
            's' => Some(SignedDuration::from_secs(number)),
            'm' => Some(SignedDuration::from_mins(number)),
            'h' => Some(SignedDuration::from_hours(number)),
            'd' => Some(SignedDuration::from_hours(number * 24)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# a comment\n\nweb\t26d\tTeam=web,env=prod\t8\nold\t-\t-\tx\n";

    #[test]
    fn a_row_is_read_by_column() {
        let table: Vec<Row> = rows(TABLE).collect();
        assert_eq!(table.len(), 2);
        assert_eq!(table[0].text(0), "web");
        assert_eq!(table[0].age(1), Some(SignedDuration::from_hours(26 * 24)));
        assert_eq!(table[0].tags(2).get("env").map(String::as_str), Some("prod"));
        assert_eq!(table[0].number(3), Some(8));
        assert_eq!((table[1].text(1), table[1].age(1), table[1].number(3)), ("", None, None));
        assert!(table[1].tags(2).is_empty());
        assert_eq!(table[1].text(9), "");
    }
}
