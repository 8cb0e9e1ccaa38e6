//! The press: turns an edition (a folder of articles) into a site (a folder of static files).
//!
//! The way of an article: [`edition`] reads and checks it, [`pages`] arranges it in the terms of
//! the contract, [`render`] prints it with the reader's own components into the [`shell`], [`embed`]
//! prints what other sites show of it, [`feeds`] what feed readers and search engines read, and [`site`] writes the folder. [`serve`] shows a site as a CDN would,
//! and [`dev`] an edition while it is written.

mod background;
pub mod dev;
#[cfg(test)]
mod dice;
pub mod edition;
pub mod embed;
pub mod feeds;
mod files;
pub mod hash;
pub mod hosts;
mod html;
mod kinds;
pub mod online;
pub mod pages;
pub mod patch;
pub mod pictures;
pub mod progress;
pub mod publish;
pub mod render;
mod segments;
pub mod serve;
pub mod shell;
pub mod site;
mod text;

#[doc(hidden)]
pub use edition::fuzzing;
