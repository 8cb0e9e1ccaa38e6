//! Which paths are for readers. Files for the host and for the press lie among those of the site, and a path may
//! be made to lead out of the folder.

use percent_encoding::percent_decode_str;

use crate::hosts;

/// The one folder with a dot that is for the public (RFC 8615).
const WELL_KNOWN: &str = ".well-known";

/// Whether a file of the site, named relative to its root, is for readers. Names that begin with `_` are for
/// hosts, those that begin with a dot for the system, for hosts and for the press.
fn is_for_readers(name: &str) -> bool {
    let first = name.split('/').next().unwrap_or_default();
    let start = usize::from(first == WELL_KNOWN);
    let hidden = |part: &str| part.starts_with(['.', '_']);
    // Some disks do not tell capitals from small letters.
    let of_host = hosts::is_hidden(&first.to_ascii_lowercase());
    !name.split('/').skip(start).any(hidden) && !of_host
}

/// The name that a path means, relative to the site, in plain letters: empty for the front, with a slash at its
/// end for a folder. There is none for a path that a reader has no business with, or that is read in two ways: with
/// an encoded slash, a backslash, a control character, an empty part.
pub(super) fn name(below: &str) -> Option<String> {
    // Encoded slashes are letters of a name (RFC 3986, section 2.2), and no file has them in its name.
    if below.to_ascii_lowercase().contains("%2f") {
        return None;
    }
    let name = percent_decode_str(below).decode_utf8().ok()?;
    let folder = name.strip_suffix('/').unwrap_or(&name);
    let empty_part = !name.is_empty() && folder.split('/').any(str::is_empty);
    let odd = name.contains(|c: char| c == '\\' || c.is_control());
    (!empty_part && !odd && is_for_readers(folder)).then(|| name.into_owned())
}
