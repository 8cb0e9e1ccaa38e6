//! What readers notice, in a real browser, against a server that behaves like a CDN.

mod accessibility;
mod ahead;
mod attacks;
mod budgets;
mod content;
mod dev;
mod embed;
mod failures;
mod languages;
mod navigation;
mod no_script;
mod offline;
mod pictures;
mod players;
mod reading;
mod sub_path;
mod taking_over;
mod thrift;
mod translated;
mod viewer;
