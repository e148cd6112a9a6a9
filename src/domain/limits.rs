//! Numbers that EC2 sets and more than one module asks for.

/// User data before base64, bytes (`RunInstances`).
pub const USER_DATA_BYTES: usize = 16 * 1024;

/// The most instances that one launch of this program makes: a mistyped count must not become a bill.
pub const MOST_INSTANCES_PER_LAUNCH: u16 = 20;

/// Security groups on one interface, by default.
pub const GROUPS_PER_INTERFACE: usize = 5;
