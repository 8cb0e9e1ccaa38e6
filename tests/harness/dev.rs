//! `press dev` in a thread of the tests.

use std::net::TcpListener;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use press::dev::Settings;

use crate::{NOW, Result, shell};

/// Shows an edition as `press dev` does, until the process ends, and prints into the folder `site` of `out`: where it
/// is shown, and of each round, when it is over, how long the open pages and the whole site took; the first print is
/// the first.
pub fn show(edition: &Path, out: &Path) -> Result<(String, Receiver<(Duration, Duration)>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://localhost:{}", listener.local_addr()?.port());
    let settings = Settings {
        edition: edition.to_owned(),
        out: out.join("site"),
        base: None,
        at: Some(NOW),
        offline: false,
        shell: None,
        sources: Vec::new(),
        build: None,
    };
    let (send, rounds) = channel();
    std::thread::spawn(move || {
        press::dev::run(settings, listener, shell, move |round| {
            // Nobody listens any more at the end of a test.
            let _ = send.send(round.took);
        })
    });
    Ok((address, rounds))
}
