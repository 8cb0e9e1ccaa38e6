//! What readers notice, in a real browser, against a server that behaves like a CDN.

mod accessibility;
mod budgets;
mod failures;
mod navigation;
mod offline;
mod reading;
mod sub_path;
mod taking_over;
mod without_the_app;
