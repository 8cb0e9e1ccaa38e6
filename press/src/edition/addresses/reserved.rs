//! Parts of addresses that no section and no article may have.

/// First path segments that the site itself uses, or a host does.
pub(crate) const RESERVED_SECTIONS: [&str; 8] =
    ["assets", "cname", "embed", "icons", "offline", "page", "saved", "schema"];
/// Second path segments that the site itself uses.
pub(crate) const RESERVED_SLUGS: [&str; 1] = ["page"];
