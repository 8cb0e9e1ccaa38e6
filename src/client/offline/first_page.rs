//! The first page: what a tab showed before there was a service worker is kept too.

use super::protocol::Request;
use super::worker;
use crate::client::connection::saves_data;
use crate::client::document;
use crate::client::handle::Handle;

/// Hands the page that is shown to the worker, and the front. What fails is kept on the next visit. `loaded` is the path
/// that came as a document: a reader who was faster than the worker has opened another page since, as data.
pub(in crate::client) async fn keep(handle: Handle, loaded: Option<&str>) {
    let saves_data = saves_data();
    if handle.page().extension.kind.is_of_the_newspaper() {
        // The worker fetches what it does not have, at the width that the page names.
        let pictures = if saves_data { Vec::new() } else { document::pictures() };
        let path = handle.path();
        let request = match loaded {
            Some(loaded) if loaded == path => Request::Keep(&path, &pictures),
            _ => Request::KeepData(&path, &pictures),
        };
        let _ = worker::ask(request).await;
    }
    if !saves_data {
        // An installed app starts there.
        let front = handle.context().urls.base_path().to_owned();
        let _ = worker::ask(Request::Keep(&front, &[])).await;
    }
}
