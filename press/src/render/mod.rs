//! Render: a page's data becomes a document.

mod document;
mod head;
mod json_ld;
mod prerender;

pub use document::Printer;
pub use prerender::init;
pub(crate) use prerender::saved_page;
