//! Readers while a run goes on, and after it was killed at any moment.

use std::process::{Child, Stdio};

use super::{Destination, Folder, change_every_page, command_for, newspaper, printed, publish};
use crate::publisher::{Publisher, Result};

/// Lets `publisher` publish and kills it when so many objects are there, or lets it end before.
pub(crate) fn kill_when(
    publisher: &Publisher,
    destination: &dyn Destination,
    count: usize,
) -> Result<bool> {
    let mut run: Child = command_for(publisher, destination, &[]).stdout(Stdio::null()).spawn()?;
    loop {
        if run.try_wait()?.is_some() {
            return Ok(false);
        }
        // Meanwhile readers read.
        destination.must_be_whole()?;
        if destination.count() >= count {
            run.kill()?;
            run.wait()?;
            return Ok(true);
        }
    }
}

#[test]
fn readers_miss_nothing_while_a_run_is_killed_at_any_moment() -> Result {
    let (publisher, folder) = (newspaper(10)?, Folder::new()?);
    let mut killed = 0;
    for round in 0..10 {
        publisher.article(&format!("moi-{round}"), 1 + round % 28)?;
        change_every_page(&publisher, round as usize)?;
        let there = folder.count();
        killed += usize::from(kill_when(&publisher, &folder, there + 1 + 11 * round as usize)?);
        folder.must_be_whole()?;
    }
    assert!(killed > 2, "{killed} of 10 were killed before they ended");
    publish(&publisher, &folder.to(), &["--keep-removed", "0s"])?;
    publish(&publisher, &folder.to(), &["--keep-removed", "0s"])?;
    assert_eq!(folder.site()?, printed(&publisher)?);
    folder.must_be_whole()
}
