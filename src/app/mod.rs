//! App
/// App
#[derive(Debug)]
pub struct App;
impl App { /// d
 pub fn next_deadline(&self) {} }
