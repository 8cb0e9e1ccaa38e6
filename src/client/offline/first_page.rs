//! The first page: what a tab showed before there was a service worker is kept too.

use super::protocol::Request;
use super::worker;
use crate::client::connection::saves_data;
use crate::client::document;
use crate::client::handle::Handle;

/// Hands a page of the newspaper that is shown to the worker, and the front. What fails is kept on the next visit.
pub(in crate::client) async fn keep(handle: Handle) {
    // Pages of the app itself say what is kept, and where it is deleted: nothing is added there.
    if !handle.page().extension.kind.is_of_the_newspaper() {
        return;
    }
    let _ = worker::ask(Request::Keep(&handle.path(), &document::pictures())).await;
    if !saves_data() {
        // An installed app starts there.
        let front = handle.context().urls.base_path().to_owned();
        let _ = worker::ask(Request::Keep(&front, &[])).await;
    }
}
