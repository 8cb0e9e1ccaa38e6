//! `.hosts/cloudfront-request.js` and `.hosts/cloudfront-response.js`: CloudFront Functions for a distribution before
//! a store of files such as S3, which knows no folders
//! (docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-functions.html, runtime cloudfront-js-2.0).

use serde_json::{Map, Value, json};

use super::limits::CLOUDFRONT_BYTES;
use super::names;
use super::paths;
use super::table::{Header, Table};

const REQUEST: &str = include_str!("cloudfront_request.js");
const RESPONSE: &str = include_str!("cloudfront_response.js");

/// The function for requests, and how many old addresses are in it.
pub(super) fn request(table: &Table) -> (String, usize) {
    let hidden: Vec<String> = names::hidden().map(paths::regex).collect();
    let hidden = json!(format!("^(?:{})(?:/|$)", hidden.join("|")));
    let code = REQUEST.replace("PRESS_BASE", &json!(table.base).to_string());
    let code = code.replace("PRESS_HIDDEN", &hidden.to_string());
    let mut room = CLOUDFRONT_BYTES.saturating_sub(code.len());
    let mut old = Map::new();
    let mut count = 0;
    for redirect in &table.redirects {
        let key = redirect.from.trim_end_matches('/');
        let entry = format!("{}:{},", json!(key), json!(redirect.to));
        let Some(left) = room.checked_sub(entry.len()) else { break };
        room = left;
        count += 1;
        old.entry(key).or_insert_with(|| json!(redirect.to));
    }
    (code.replace("PRESS_OLD", &Value::Object(old).to_string()), count)
}

/// The function for responses, and whether it fits.
pub(super) fn response(table: &Table) -> (String, bool) {
    let object = |headers: &[Header]| {
        let all =
            headers.iter().map(|(name, value)| (name.to_lowercase(), json!({"value": value})));
        Value::Object(all.collect())
    };
    let rules: Vec<Value> = table
        .rules
        .iter()
        .map(|rule| json!([format!("^{}$", rule.regex()), object(&rule.headers)]))
        .collect();
    let code = RESPONSE
        .replace("PRESS_BASE", &json!(table.base).to_string())
        .replace("PRESS_EVERYWHERE", &object(&table.everywhere).to_string())
        .replace("PRESS_RULES", &json!(rules).to_string());
    let fits = code.len() <= CLOUDFRONT_BYTES;
    (code, fits)
}
