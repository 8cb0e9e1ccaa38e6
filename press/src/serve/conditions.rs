//! What of the conditions of a request `ServeDir` is asked, and what it leaves to be done: `If-Range`.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

/// Takes out of a request what its answer cannot depend on: dates, because an answer has none; ranges of HEAD
/// and in units other than bytes (RFC 9110, section 14.2). A range is one of the plain bytes.
pub(super) fn tidy(method: &Method, headers: &mut HeaderMap) {
    headers.remove(header::IF_MODIFIED_SINCE);
    headers.remove(header::IF_UNMODIFIED_SINCE);
    let bytes = |range: &HeaderValue| range.as_bytes().starts_with(b"bytes=");
    if *method == Method::HEAD || !headers.get(header::RANGE).is_some_and(bytes) {
        headers.remove(header::RANGE);
    }
    if headers.contains_key(header::RANGE) {
        headers.remove(header::ACCEPT_ENCODING);
    }
}

/// What is left of `If-Range` (RFC 9110, section 13.1.5) when it is said as `If-Match`, which compares tags in the
/// same way: the headers to ask with first, and those to ask with if the answer is 412, without the range.
pub(super) fn of_range(mut headers: HeaderMap) -> (HeaderMap, Option<HeaderMap>) {
    let Some(condition) = headers.remove(header::IF_RANGE) else { return (headers, None) };
    if !headers.contains_key(header::RANGE) {
        return (headers, None);
    }
    let mut whole = headers.clone();
    whole.remove(header::RANGE);
    // A date, of which an answer has none, or a second condition.
    if !condition.as_bytes().starts_with(b"\"") || headers.contains_key(header::IF_MATCH) {
        return (whole, None);
    }
    headers.insert(header::IF_MATCH, condition);
    (headers, Some(whole))
}

/// Whether an answer says that a condition did not hold.
pub(super) fn failed(status: StatusCode) -> bool {
    status == StatusCode::PRECONDITION_FAILED
}

/// The headers for the page that is sent where there is none: it is never partial, and sent in any case.
pub(super) fn of_missing_page(headers: &HeaderMap) -> HeaderMap {
    let mut kept = HeaderMap::new();
    let keep: HeaderName = header::ACCEPT_ENCODING;
    kept.extend(headers.get(&keep).map(|value| (keep, value.clone())));
    kept
}
