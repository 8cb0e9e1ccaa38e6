//! Whole editions, as a publisher sees them.

mod body;
mod edition;
mod mangled;
mod names;
mod players;
mod properties;
mod withdrawn;
