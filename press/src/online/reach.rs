//! Whether the site can be reached at its address, and what is said where it cannot.

use anyhow::Result;
use url::Url;

use super::Visit;
use super::ask::{Answer, Asker};
use super::fault::Faults;
use super::mend::Mend;

/// How many redirects browsers follow (Fetch Standard, section 4.4).
const MOST_REDIRECTS: usize = 20;

/// Where a way of redirects ends.
pub(super) struct End {
    /// The last status; of a way that does not end that of a redirect.
    pub(super) status: u16,
    pub(super) url: Url,
    /// What is answered, after "it answers".
    pub(super) told: String,
}

/// Follows the redirects of an answer, as far as browsers do.
pub(super) fn end(ask: &Asker, url: Url, answer: &Answer) -> End {
    let (mut url, mut answer, told) = (url, answer.clone(), answer.told());
    let mut count = 0;
    while answer.leads_on() {
        let Ok(next) = url.join(&answer.header("location")) else { break };
        count += 1;
        if count > MOST_REDIRECTS || next == url {
            let told = format!("{told}, which leads in a circle");
            return End { status: answer.status, url, told };
        }
        url = next;
        answer = ask.get_url(url.clone());
    }
    let told = match count {
        0 => told,
        _ => format!("{told}, which answers {}", answer.told()),
    };
    End { status: answer.status, url, told }
}

/// What is said where `site.json` is not that of a site.
pub(super) fn no_site(ask: &Asker, about: &Answer) -> Result<String> {
    let (base, url) = (ask.base(), ask.url("site.json")?);
    let words = match about.status {
        0 => return Ok(format!("{url} does not answer: {}", about.cause)),
        _ if about.leads_on() => {
            let end = end(ask, url.clone(), about);
            let place = end.url.as_str().strip_suffix("site.json").filter(|_| end.status == 200);
            match place {
                Some(place) => {
                    return Ok(format!(
                        "{url} answers {}: the site is at {place}; look there, and publish that address",
                        about.told()
                    ));
                }
                None => format!("answers {}", end.told),
            }
        }
        401 | 407 => format!("answers {}: a password is asked for, and readers get no page without it", about.status),
        403 | 429 | 503 => format!(
            "answers {}: something refuses this program, such as a protection against robots; let requests with the name {:?} through",
            about.status,
            super::client::NAME
        ),
        200 if about.media_type() == "text/html" || about.plain.trim_ascii_start().starts_with(b"<") => {
            "answers 200 with a page in place of data: something answers any address, such as a login, or a host that has a \
             page for everything"
                .to_owned()
        }
        200 => "answers 200 with what is not the data of a site".to_owned(),
        other => format!("answers {other}"),
    };
    Ok(format!("{base} has no site that the press printed: site.json there {words}"))
}

impl Visit<'_> {
    /// Whether readers are safe on the way, and at the address that the site was printed for.
    pub(super) fn transport(&self, faults: &mut Faults) -> Result<()> {
        let base = self.ask.base();
        let host = base.host_str().unwrap_or_default();
        if matches!(host, "localhost" | "[::1]") || host.starts_with("127.") {
            return Ok(());
        }
        if base.scheme() == "http" {
            let what = "the site is reached without encryption, where no service worker runs";
            faults.add("insecure", "", Mend::Rules, what);
        }
        if base.as_str() != self.site.base_url {
            let what = format!(
                "the site is printed for {}: links and feeds lead there",
                self.site.base_url
            );
            faults.add("address", "site.json", Mend::Edition, what);
        }
        // Which port is that for http:// is known of the usual one alone.
        if base.scheme() == "https" && base.port().is_none() {
            let mut plain = base.clone();
            if plain.set_scheme("http").is_ok() {
                let answer = self.ask.plainly(&plain);
                if let Some(what) = answer.and_then(|answer| unsafe_entry(&plain, base, &answer)) {
                    faults.add("insecure", "", Mend::Rules, what);
                }
            }
        }
        Ok(())
    }
}

/// What is wrong with the answer at the address without encryption. That nobody answers there is safe.
fn unsafe_entry(plain: &Url, base: &Url, answer: &Answer) -> Option<String> {
    let place = plain.join(&answer.header("location")).ok();
    let safe = place.as_ref().is_some_and(|it| it.scheme() == "https");
    match answer.leads_on() {
        true if safe => None,
        // Where nothing is shown nothing can be read or changed on the way.
        false if answer.status != 200 => None,
        _ => Some(format!(
            "{plain} answers {}, and not 301 to {base}: readers who type the address stay without encryption",
            answer.told()
        )),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_without_encryption_is_led_to_where_there_is_one() {
        let (plain, base) =
            ("http://a.example/".parse().unwrap(), "https://a.example/".parse().unwrap());
        for (status, place, wrong) in [
            (301, "https://a.example/", false),
            (308, "https://www.a.example/", false),
            (404, "", false),
            (200, "", true),
            (301, "/vi/", true),
            (302, "http://www.a.example/", true),
        ] {
            let answer = Answer::stub(status, &[("location", place)]);
            assert_eq!(unsafe_entry(&plain, &base, &answer).is_some(), wrong, "{status} {place}");
        }
    }
}
