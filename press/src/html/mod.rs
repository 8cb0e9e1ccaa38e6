//! HTML for the whole press: one parser that builds a tree, one printer of that tree, one escaper, and what is
//! known of elements.

mod builder;
pub(crate) mod elements;
mod escape;
mod node;
mod open_tags;
mod print;
mod printed;
mod text;
mod tree;

pub(crate) use ego_tree::NodeRef;
pub(crate) use escape::{attribute, attribute_into, json_in_html, json_into, text, text_into};
pub(crate) use node::{Element, Node};
pub(crate) use open_tags::open_tags;
pub(crate) use text::to_text;
pub(crate) use tree::{NodeId, Tree};
