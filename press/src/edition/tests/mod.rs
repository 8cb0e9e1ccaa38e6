//! Whole editions, as a publisher sees them.

mod body;
mod edition;
mod mangled;
mod names;
mod properties;
mod withdrawn;
