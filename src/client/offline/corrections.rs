//! Corrections: the newspaper is asked what it corrected or withdrew, for the copies that the device
//! keeps and those that this tab has.

use wasm_bindgen_futures::spawn_local;

use super::protocol::Request;
use super::worker;
use crate::client::document;
use crate::client::handle::Handle;
use crate::client::navigation::navigator::Event;

/// Asks when the network is back. The listener lives as long as the page.
pub(in crate::client) fn listen(handle: Handle) {
    document::when_online(move || spawn_local(sync(handle)));
}

/// Asks now. Without a network there is no answer; the next time does it.
pub(in crate::client) async fn sync(handle: Handle) {
    let changed = worker::ask_for::<Vec<String>>(Request::SyncCorrections).await;
    if let Some(paths) = changed.ok().filter(|it| !it.is_empty()) {
        handle.dispatch(Event::Outdated(paths));
    }
}
