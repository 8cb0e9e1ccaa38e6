//! The hubs of a JSON Feed: where its readers subscribe to changes. They are in the files alone, because the app has no
//! use for them.

use anyhow::Result;
use broadsheet::contract::{Feed, PageKind};
use serde::Serialize;

#[derive(Serialize)]
struct WithHubs<'a> {
    #[serde(flatten)]
    feed: &'a Feed,
    hubs: Vec<Hub<'a>>,
}

/// A hub (JSON Feed 1.1, "Subscribing to Real-time Notifications").
#[derive(Serialize)]
struct Hub<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    url: &'a str,
}

/// The JSON of a list with these hubs; nothing for other pages, or where there are no hubs. Numbered pages have none:
/// they do not change.
pub(super) fn json(feed: &Feed, hubs: &[String]) -> Result<Option<String>> {
    let is_list = matches!(feed.extension.kind, PageKind::Front | PageKind::Section);
    if hubs.is_empty() || !is_list || feed.extension.page.is_some() {
        return Ok(None);
    }
    let hubs = hubs.iter().map(|url| Hub { kind: "WebSub", url }).collect();
    Ok(Some(serde_json::to_string(&WithHubs { feed, hubs })?))
}
