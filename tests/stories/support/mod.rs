//! What the stories are told with: keys in, screen out, run until idle, no sleeps.

pub mod files;
pub mod keys;
pub mod moto;
pub mod screen;
pub mod source;
pub mod stage;
pub mod story;
pub mod tools;

pub use stage::Stage;
pub use story::Story;
