//! What is remembered, as one TOML file that a person may edit: read with the place of every mistake, written so that
//! comments and everything else in it stay.

use std::ops::Range;
use std::path::Path;

use toml_edit::{Document, DocumentMut, Item, Key, Table, TableLike, Value};

use super::{read_or_empty, refused};
use crate::domain::account_plan::AccountKind;
use crate::domain::clean::clean;
use crate::domain::id::{InstanceId, VpcId};
use crate::domain::image_family::ImageFamily;
use crate::domain::problem::{LocalCause, Problem};
use crate::domain::remembered::{READ_REMEMBERED, Remembered, RememberedFile, SettingFault, UnknownSetting};
use crate::domain::schedule::RoleArn;
use crate::platform::replace::replace;

/// The operations' names in a [`Problem`].
const READ: &str = READ_REMEMBERED;
const WRITE: &str = "WriteRemembered";

/// The top of a new file.
const HEADER: &str = "\
# How ec2deck gets in to instances. You may edit this file; comments stay.
#
# [users]      login user by family of images:  ubuntu = \"me\"   \"other:123456789012\" = \"deploy\"
# [ports]      port by instance:                i-0123456789abcdef0 = 2222
# [jump]       jump host by VPC:                vpc-0123456789abcdef0 = \"me@bastion.example.com\"
# [private]    private address although there is a public one, by VPC:  vpc-0123456789abcdef0 = true
# [accounts]   what AWS bills, by account:      \"123456789012\" = \"credits\"   or \"allowances\", \"billed\"
# [scheduler-roles]  role of EventBridge Scheduler by account:  123456789012 = \"arn:aws:iam::123456789012:role/ec2deck-auto-stop\"
";

/// The tables of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Users,
    Ports,
    Jump,
    Private,
    Accounts,
    Roles,
}

impl Section {
    const ALL: [Self; 6] = [Self::Users, Self::Ports, Self::Jump, Self::Private, Self::Accounts, Self::Roles];

    fn name(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Ports => "ports",
            Self::Jump => "jump",
            Self::Private => "private",
            Self::Accounts => "accounts",
            Self::Roles => "scheduler-roles",
        }
    }
}

/// Reads what is remembered; nothing, when there is no file yet.
///
/// # Errors
/// [`LocalCause::Setting`] with line and column for a file that is no TOML or holds a value that cannot be used: it is
/// then left alone, so that no mistake of typing loses what else it holds. [`LocalCause::System`] for all else.
pub fn read(path: &Path) -> Result<RememberedFile, Problem> {
    let text = text(READ, path)?;
    parse(&text).map_err(|mistake| mistake.problem(READ, path, &text))
}

/// Writes what is remembered into the file, or makes it (0600). What has not changed stays as it is written, comments
/// and unknown keys with it.
///
/// # Errors
/// As for [`read`]: a file that cannot be read is not overwritten.
pub fn write(path: &Path, remembered: &Remembered) -> Result<(), Problem> {
    let before = text(WRITE, path)?;
    let after = render(&before, remembered).map_err(|mistake| mistake.problem(WRITE, path, &before))?;
    if after == before {
        return Ok(());
    }
    replace(path, after.as_bytes()).map_err(|error| refused(WRITE, path, &error))
}

fn text(operation: &'static str, path: &Path) -> Result<String, Problem> {
    let bytes = read_or_empty(path).map_err(|error| refused(operation, path, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let known = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]).into_owned();
        let at = known.len();
        Mistake { at, fault: SettingFault::Syntax("not UTF-8".to_owned()) }.problem(operation, path, &known)
    })
}

/// Something wrong at a place of the text.
#[derive(Clone, Debug, PartialEq)]
struct Mistake {
    at: usize,
    fault: SettingFault,
}

impl Mistake {
    fn new(span: Option<Range<usize>>, fault: SettingFault) -> Self {
        Self { at: span.map_or(0, |span| span.start), fault }
    }

    fn problem(self, operation: &'static str, path: &Path, text: &str) -> Problem {
        let (line, column) = place(text, self.at);
        let path = clean(&path.display().to_string());
        Problem::local(operation, LocalCause::Setting { path, line, column, fault: self.fault }, "")
    }
}

impl From<toml_edit::TomlError> for Mistake {
    fn from(error: toml_edit::TomlError) -> Self {
        let words = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
        Self::new(error.span(), SettingFault::Syntax(clean(&words)))
    }
}

/// Line and column, from 1, of a place in the text.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(at)];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

fn parse(text: &str) -> Result<RememberedFile, Mistake> {
    let document = Document::parse(text)?;
    let mut file = RememberedFile::default();
    let mut unknown = |key: &Key| {
        let (line, column) = place(text, key.span().map_or(0, |span| span.start));
        file.unknown.push(UnknownSetting { line, column, key: clean(key.get()) });
    };
    let root = document.as_table();
    for (name, item) in root {
        let Some(key) = root.key(name) else { continue };
        let Some(section) = Section::ALL.into_iter().find(|section| section.name() == name) else {
            unknown(key);
            continue;
        };
        let table = item
            .as_table_like()
            .ok_or_else(|| Mistake::new(item.span().or(key.span()), SettingFault::NotATable(section.name())))?;
        for (name, item) in table.iter() {
            let Some(key) = table.key(name) else { continue };
            if !remember(&mut file.remembered, section, key, item)? {
                unknown(key);
            }
        }
    }
    Ok(file)
}

/// Takes one value; `false` when its key means nothing.
fn remember(remembered: &mut Remembered, section: Section, key: &Key, item: &Item) -> Result<bool, Mistake> {
    let wrong = |fault| Mistake::new(item.span().or(key.span()), fault);
    let refused = |problem| wrong(SettingFault::Refused(problem));
    match section {
        Section::Users => {
            let Some(family) = ImageFamily::parse(key.get()) else { return Ok(false) };
            let user = item.as_str().ok_or_else(|| wrong(SettingFault::NotText))?;
            remembered.set_user(family, user).map_err(refused)?;
        }
        Section::Ports => {
            let Some(id) = instance(key) else { return Ok(false) };
            let number = item.as_integer().ok_or_else(|| wrong(SettingFault::NotAPort))?;
            let port = u16::try_from(number).map_err(|_| wrong(SettingFault::NotAPort))?;
            remembered.set_port(id, port).map_err(|_| wrong(SettingFault::NotAPort))?;
        }
        Section::Jump => {
            let Some(vpc) = vpc(key) else { return Ok(false) };
            let jump = item.as_str().ok_or_else(|| wrong(SettingFault::NotText))?;
            remembered.set_jump(vpc, Some(jump)).map_err(refused)?;
        }
        Section::Roles => {
            let account = key.get();
            if account.len() != 12 || !account.bytes().all(|b| b.is_ascii_digit()) {
                return Ok(false);
            }
            let role = item.as_str().and_then(RoleArn::parse).filter(|role| role.account() == account);
            remembered.set_role(role.ok_or_else(|| wrong(SettingFault::NotARole))?);
        }
        Section::Private => {
            let Some(vpc) = vpc(key) else { return Ok(false) };
            remembered.set_private(vpc, item.as_bool().ok_or_else(|| wrong(SettingFault::NotYesOrNo))?);
        }
        Section::Accounts => {
            let id = key.get();
            if id.len() != 12 || !id.bytes().all(|b| b.is_ascii_digit()) {
                return Ok(false);
            }
            let kind = item.as_str().and_then(AccountKind::parse);
            remembered.set_account_kind(id, Some(kind.ok_or_else(|| wrong(SettingFault::NotAnAccountKind))?));
        }
    }
    Ok(true)
}

fn instance(key: &Key) -> Option<InstanceId> {
    let id = InstanceId::new(key.get());
    crate::domain::login::check_instance(&id).is_ok().then_some(id)
}

fn vpc(key: &Key) -> Option<VpcId> {
    let digits = key.get().strip_prefix("vpc-")?;
    let shaped = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_alphanumeric());
    shaped.then(|| VpcId::new(key.get()))
}

/// The file's new text.
fn render(before: &str, remembered: &Remembered) -> Result<String, Mistake> {
    parse(before)?;
    if before.trim().is_empty() && *remembered == Remembered::default() {
        return Ok(before.to_owned());
    }
    let start = if before.trim().is_empty() { HEADER } else { before };
    let mut document: DocumentMut = start.parse()?;
    // What stands alone in a file counts as its end, and tables would come before it.
    let mut top = String::new();
    if document.is_empty() {
        document.trailing().as_str().unwrap_or_default().clone_into(&mut top);
        document.set_trailing("");
    }
    for section in Section::ALL {
        let wanted: Vec<(String, Value)> = match section {
            Section::Users => remembered.users().map(|(family, user)| (family.to_string(), user.into())).collect(),
            Section::Ports => remembered.ports().map(|(id, port)| (id.to_string(), i64::from(port).into())).collect(),
            Section::Jump => remembered.jumps().map(|(vpc, jump)| (vpc.to_string(), jump.into())).collect(),
            Section::Roles => {
                remembered.roles().map(|(account, role)| (account.to_owned(), role.as_str().into())).collect()
            }
            Section::Private => remembered.private().map(|vpc| (vpc.to_string(), true.into())).collect(),
            Section::Accounts => {
                remembered.account_kinds().map(|(id, kind)| (id.to_owned(), kind.as_str().into())).collect()
            }
        };
        let root = document.as_table_mut();
        if !root.contains_key(section.name()) {
            if wanted.is_empty() {
                continue;
            }
            root.insert(section.name(), Item::Table(Table::new()));
        }
        if let Some(table) = root.get_mut(section.name()).and_then(Item::as_table_like_mut) {
            put(table, section, wanted, remembered);
        }
    }
    let tables = document.to_string();
    Ok(if top.is_empty() || tables.is_empty() { top + &tables } else { format!("{}\n\n{tables}", top.trim_end()) })
}

/// Brings a table up to date: what is written already stays untouched where it still holds.
fn put(table: &mut dyn TableLike, section: Section, wanted: Vec<(String, Value)>, remembered: &Remembered) {
    let there: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
    for name in there {
        let key = Key::new(&name);
        let Some(item) = table.get(&name) else { continue };
        let mut without = remembered.clone();
        // Whether the line changes anything: one that says the usual (`ubuntu = "ubuntu"`) may stay, too.
        let holds = remember(&mut without, section, &key, item).map_or(true, |known| !known || without == *remembered);
        if !holds && !wanted.iter().any(|(wanted, _)| *wanted == name) {
            table.remove(&name);
        }
    }
    for (name, mut value) in wanted {
        match table.get_mut(&name).and_then(Item::as_value_mut) {
            Some(there) if meaning(there) == meaning(&value) => {}
            Some(there) => {
                *value.decor_mut() = there.decor().clone();
                *there = value;
            }
            None => {
                table.insert(&name, Item::Value(value));
            }
        }
    }
}

/// What a value means, however it is written: `'me'` and `"me"` are the same.
fn meaning(value: &Value) -> (Option<&str>, Option<i64>, Option<bool>) {
    (value.as_str(), value.as_integer(), value.as_bool())
}

#[cfg(test)]
mod tests;
