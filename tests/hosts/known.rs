//! In what hosts and their tools differ from the table, and why that is so. A host that differs in more fails its test,
//! and one that differs in less, too.

use press::hosts::Class;
use tests::HostKind;

use crate::compare::{Difference, Part};

/// A difference that is known.
pub(crate) struct Known {
    pub(crate) is: fn(&Difference) -> bool,
    /// Why it is there, and why it does no harm.
    pub(crate) why: &'static str,
}

/// What is known of a host.
pub(crate) fn known(kind: HostKind) -> Vec<Known> {
    match kind {
        HostKind::Nginx => vec![SLASH_OF_A_FOLDER],
        HostKind::Azure => vec![
            SLASH_OF_A_FOLDER,
            Known {
                is: |it| it.part == Part::Body && it.path.matches('/').count() > 1,
                why: "with each use the tool takes a slash more out of the address of the page of errors, so that it \
                      finds no page below a path from the second time on",
            },
        ],
        HostKind::CloudflarePages => vec![
            READABLE_FILES,
            WITHOUT_ENDING,
            Known {
                is: |it| is_header(it, "access-control-allow-origin") && it.found == "*",
                why: "Pages lets other sites read every file; none holds a secret",
            },
            Known {
                is: |it| it.part == Part::Status && it.found == "502",
                why: "wrangler fails where a file of rules is asked for; Pages does not serve them",
            },
        ],
        HostKind::CloudflareWorkers => vec![
            WITHOUT_ENDING,
            MISSING_ASSET,
            Known {
                is: |it| it.part == Part::Status && it.expected == "301" && it.found == "307",
                why: "Workers add the slash for a time; pages name their address themselves",
            },
        ],
        HostKind::Firebase => vec![
            READABLE_FILES,
            MISSING_ASSET,
            Known {
                is: |it| it.part == Part::Status && it.path.ends_with("/404.html"),
                why: "Firebase sends its page of errors as an error at its own address, too",
            },
        ],
        HostKind::Netlify => netlify(),
        HostKind::Vercel => vercel(),
        _ => Vec::new(),
    }
}

const SLASH_OF_A_FOLDER: Known = Known {
    is: |it| {
        let is_folder = it.path.ends_with("/assets") || it.path.ends_with("/icons");
        is_folder && it.part == Part::Status && it.expected == "404" && it.found == "301"
    },
    why: "a folder without a page is led to its slash, where the answer is 404",
};

const READABLE_FILES: Known = Known {
    is: |it| {
        it.part == Part::Status
            && it.expected == "404"
            && it.found == "200"
            && is_for_hosts(&it.path)
    },
    why: "the tool serves the whole folder. Firebase and Netlify take what is to be ignored at the upload or not at \
          all; the files hold what every answer says anyway",
};

const FILE_FIRST: Known = Known {
    is: |it| {
        let as_page = it.part == Part::Status && it.expected == "301" && it.found == "200";
        as_page && !is_encoded(it)
    },
    why: "a page that leads on stands at each old address, and a file goes before a line of `_redirects` without `!`, which \
          Cloudflare would not read. For Netlify's tool a page is at its path without the slash, too",
};

const WITHOUT_ENDING: Known = Known {
    is: |it| {
        let leads_on = ["307", "308"].contains(&it.found.as_str()) && it.part == Part::Status;
        leads_on && it.expected == "200" && it.path.ends_with(".html")
    },
    why: "Cloudflare leads from `a.html` to `a`, which has the same headers; frames follow",
};

const MISSING_ASSET: Known = Known {
    is: |it| {
        let is_missing = it.path.contains("/assets/") || it.path.contains("/khong-co.");
        it.class == Some(Class::Page) && is_header(it, "cache-control") && is_missing
    },
    why: "headers are set by path, for a missing file, too. A deploy there is one step, so a page never names a file that \
          is still to come",
};

fn is_header(it: &Difference, name: &str) -> bool {
    matches!(&it.part, Part::Header(header) if header == name)
}

fn is_page_header(it: &Difference) -> bool {
    ["content-security-policy", "x-frame-options", "permissions-policy"]
        .iter()
        .any(|name| is_header(it, name))
}

/// Whether a path is of a file that is written for hosts, or of what the press knows of the last print.
fn is_for_hosts(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    path.contains("/.hosts/") || name.starts_with(".press") || press::hosts::IN_ROOT.contains(&name)
}

fn is_encoded(it: &Difference) -> bool {
    it.path.contains('%')
}

fn netlify() -> Vec<Known> {
    vec![
        READABLE_FILES,
        FILE_FIRST,
        Known {
            is: |it| it.part == Part::Status && it.found == "404" && is_encoded(it),
            why: "the tool looks for files by the encoded path",
        },
        Known {
            is: |it| {
                is_header(it, "access-control-allow-origin") && it.path.contains("/assets/embed-")
            },
            why: "the tool takes the dot of `/assets/embed.*` for any character; scripts of the shell are no secret",
        },
        Known {
            is: |it| is_page_header(it) && it.path.ends_with("/index.html") && it.found.is_empty(),
            why: "`_headers` has no rule for `index.html` of these pages, which name their policy themselves",
        },
        Known {
            is: |it| {
                is_page_header(it) && it.path.ends_with("/index.json") && it.expected.is_empty()
            },
            why: "for Netlify a pattern with a slash at the end matches without it; a policy does nothing to data",
        },
    ]
}

fn vercel() -> Vec<Known> {
    vec![
        Known {
            is: |it| it.part == Part::Status && it.expected == "404" && it.found == "308",
            why: "Vercel adds the slash to a path without an ending first, and answers 404 there",
        },
        Known {
            is: |it| it.part == Part::Location && !it.found.contains("://"),
            why: "Vercel adds the slash to an old address first, and leads from there",
        },
        Known {
            is: |it| {
                is_header(it, "cache-control") && it.found == "public, max-age=0, must-revalidate"
            },
            why: "`vercel dev` lets nothing be kept, whatever the rules say: this part of them is not tried here",
        },
        Known {
            is: |it| it.part == Part::Status && it.found == "404" && is_encoded(it),
            why: "`vercel dev` looks for files by the encoded path",
        },
        Known {
            is: |it| it.path.ends_with("/vercel.json"),
            why: "`vercel dev` refuses its own configuration with a page of its own",
        },
    ]
}

/// What `_headers` cannot say: `press serve` reads them as a host does.
pub(crate) fn of_press_serve() -> Vec<Known> {
    vec![
        Known {
            is: |it| it.part == Part::Status && it.expected == "301" && it.found == "200",
            why: "as on Netlify a file goes before a line of `_redirects`; a page that leads on stands at each old address",
        },
        Known {
            is: |it| it.part == Part::Location && it.found == format!("{}/", it.path),
            why: "it adds the slash to an old address first, where the page is that leads on",
        },
        Known {
            is: |it| is_page_header(it) && it.path.ends_with("/index.html") && it.found.is_empty(),
            why: "`_headers` has no rule for `index.html` of these pages, which name their policy themselves",
        },
    ]
}
