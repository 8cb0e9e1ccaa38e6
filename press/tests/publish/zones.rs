//! Time zones on machines that have few of them.

use crate::publisher::{Publisher, Result, SITE, said};

/// A file of one time zone without rules (RFC 9636, version 1): no changes, one type, the abbreviation `UTC`.
const UTC: &[u8] = b"TZif\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\x04\
    \0\0\0\0\0\0UTC\0";

#[test]
fn a_machine_without_the_newsrooms_time_zone_prints_all_the_same() -> Result {
    let publisher = Publisher::new()?;
    publisher.write("edition/site.toml", SITE.replace("Asia/Ho_Chi_Minh", "America/New_York"))?;
    for (slug, date) in [("he", "2026-07-04 08:00"), ("dong", "2026-01-04 08:00")] {
        let text = format!("---\ntitle: A\ndate: {date}\n---\n\nx\n");
        publisher.write(&format!("edition/content/tin/{slug}.md"), text)?;
    }
    publisher.write("zones/UTC", UTC)?;
    let output = publisher.command().env("TZDIR", publisher.path("zones")).output()?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let printed = |slug: &str| publisher.json(&format!("tin/{slug}/index.json"));
    assert_eq!(printed("he")?["items"][0]["date_published"], "2026-07-04T08:00:00-04:00");
    assert_eq!(printed("dong")?["items"][0]["date_published"], "2026-01-04T08:00:00-05:00");
    Ok(())
}
