//! Never two at once.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;

use serde_json::json;

use super::{Destination, Folder, command, command_for, heard, newspaper, printed, publish};
use crate::publisher::{Publisher, Result};

const LOCK: &str = ".press-published/lock.json";

fn lock(renewed: &str) -> String {
    json!({
        "run": "other", "who": "hoa on desk (process 7)", "machine": "another", "process": [7, "1"],
        "since": "2026-01-01T00:00:00Z", "renewed": renewed,
    })
    .to_string()
}

#[test]
fn who_comes_second_is_told_who_publishes_and_since_when() -> Result {
    let (publisher, folder) = (newspaper(1)?, Folder::new()?);
    publish(&publisher, &folder.to(), &[])?;
    assert!(folder.object(LOCK).is_none(), "it is given back");
    publisher.article("moi", 2)?;
    let path = folder.0.path().join(LOCK);
    fs::write(&path, lock(&jiff::Timestamp::now().to_string()))?;
    let before = folder.objects()?;
    let output = command(&publisher, &folder.to(), &[]).output()?;
    assert_eq!(output.status.code(), Some(5));
    let told = heard(&output);
    assert!(told.contains("hoa on desk") && told.contains("2026-01-01T00:00:00Z"), "{told}");
    assert_eq!(folder.objects()?, before);
    publish(&publisher, &folder.to(), &["--break-lock"])?;
    assert_eq!(folder.site()?, printed(&publisher)?);

    // One that nobody has renewed is taken over, and one of a process that is gone.
    fs::write(&path, lock("2026-01-01T00:00:00Z"))?;
    publish(&publisher, &folder.to(), &[])?;
    assert!(folder.object(LOCK).is_none());
    Ok(())
}

/// Lets two machines publish at once, several times: it ends with the site of one of them. `readers` says what readers get of
/// a print.
pub(crate) fn two_at_once(
    destination: &dyn Destination,
    readers: impl Fn(&Publisher) -> Result<BTreeMap<String, Vec<u8>>>,
) -> Result {
    let publishers = [newspaper(5)?, newspaper(5)?];
    for round in 0..3 {
        for (number, publisher) in publishers.iter().enumerate() {
            publisher.article(&format!("cua-{number}"), round + 13)?;
        }
        let running = publishers.iter().map(|publisher| {
            command_for(publisher, destination, &["--keep-removed", "0s"])
                .stdout(Stdio::piped())
                .spawn()
        });
        let running = running.collect::<std::io::Result<Vec<_>>>()?;
        let outputs = running.into_iter().map(|it| it.wait_with_output());
        let outputs = outputs.collect::<std::io::Result<Vec<_>>>()?;
        let codes: Vec<_> = outputs.iter().map(|it| it.status.code()).collect();
        assert!(codes.contains(&Some(0)), "{codes:?} {}", heard(&outputs[0]));
        assert!(codes.iter().all(|it| [Some(0), Some(5)].contains(it)), "{codes:?}");
        destination.must_be_whole()?;
        let site = destination.site()?;
        let mut of = publishers.iter().map(&readers).collect::<Result<Vec<_>>>()?.into_iter();
        assert!(of.any(|printed| printed == site), "it is neither's");
        assert!(destination.object(LOCK).is_none());
    }
    Ok(())
}

#[test]
fn two_publishers_at_once_end_with_one_site() -> Result {
    two_at_once(&Folder::new()?, printed)
}
