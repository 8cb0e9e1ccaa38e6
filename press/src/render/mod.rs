//! Render: a page's data becomes a document.

mod document;
mod escape;
mod head;
mod json_ld;
mod prerender;

pub use document::Printer;
pub use escape::{attribute, json_in_html, text};
pub use prerender::init;
pub(crate) use prerender::saved_page;
