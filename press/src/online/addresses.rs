//! What a host does with addresses: pages that are not there, slashes, and what no reader is to see.

use anyhow::Result;

use super::fault::Faults;
use super::mend::Mend;
use super::{Visit, content};

/// A page that no site has.
const NOWHERE: &str = "press-check-live/no-page-has-this-address/";
/// A file that no site has. Hosts that answer any path with a page answer scripts with it, too.
const NO_FILE: &str = "assets/press-check-live.00000000.js";

impl Visit<'_> {
    /// A page that is not there.
    pub(super) fn missing(&self, faults: &mut Faults) -> Result<()> {
        for (name, kind) in [(NOWHERE, "page"), (NO_FILE, "file")] {
            let answer = self.ask.get(name)?;
            if answer.status != 404 {
                let what = format!(
                    "there is no such {kind}, and it answers {}: search engines and browsers take it for one",
                    answer.told()
                );
                faults.add("status-404", name, Mend::Rules, what);
            }
        }
        let answer = self.ask.get(NOWHERE)?;
        if answer.status == 404 && !content::has_root(&answer.text()) {
            let what = "the answer is not the site's own page, 404.html";
            faults.add("page-404", NOWHERE, Mend::Rules, what);
        }
        Ok(())
    }

    /// An address without its slash.
    pub(super) fn slashes(&self, faults: &mut Faults) -> Result<()> {
        let section = self.site.sections.first().map(|it| format!("{}/", it.slug));
        for path in section.iter().chain(&self.article) {
            let Some(bare) = path.strip_suffix('/') else { continue };
            let (with, without) = (self.ask.get(path)?, self.ask.get(bare)?);
            let leads = |from: &str, to: &str, answer: &super::Answer| -> Result<bool> {
                let place = self.ask.url(from)?.join(&answer.header("location"));
                Ok(answer.leads_on()
                    && place.is_ok_and(|it| self.ask.url(to).is_ok_and(|to| to == it)))
            };
            // A host may take the slash away instead.
            let fine = match (with.status, without.status) {
                (200, 200) => true,
                (200, _) => leads(bare, path, &without)?,
                (_, 200) => leads(path, bare, &with)?,
                _ => false,
            };
            if !fine && with.status != 0 && without.status != 0 {
                let what = format!(
                    "with its slash the page answers {}, without it {}",
                    with.told(),
                    without.told()
                );
                faults.add("slash", bare, Mend::Rules, what);
            }
        }
        Ok(())
    }

    /// What no reader is to see.
    pub(super) fn private(&self, faults: &mut Faults) -> Result<()> {
        for name in [".press.json", ".press-published/list.json"] {
            let answer = self.ask.get(name)?;
            // A host that answers any address with a page does not show it.
            if answer.status == 200 && answer.plain.starts_with(b"{") {
                let what = "readers can read what the press keeps for itself, with versions that were replaced";
                faults.add("private", name, Mend::Rules, what);
            }
        }
        Ok(())
    }

    /// Old addresses of articles, as the print names them.
    pub(super) fn redirects(&self, text: &str, faults: &mut Faults) -> Result<()> {
        let lines = text.lines().filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?, words.next()?, words.next()?)).filter(|it| it.0.starts_with('/'))
        });
        let lines: Vec<_> = lines.collect();
        // Spread over all: the first ones are those of feeds.
        let step = lines.len().div_ceil(self.sample.max(1)).max(1);
        for (from, to, _) in lines.into_iter().step_by(step) {
            let (Ok(old), Ok(new)) = (self.ask.base().join(from), self.ask.base().join(to)) else {
                continue;
            };
            let path = from.trim_start_matches('/');
            let mut answer = self.ask.get_url(old.clone());
            let mut place = old.join(&answer.header("location")).ok();
            // The page that leads on, to which a host adds the slash.
            if let Some(page) = place.take_if(|it| it.path() == format!("{}/", old.path())) {
                answer = self.ask.get_url(page.clone());
                place = page.join(&answer.header("location")).ok();
            }
            let what = match answer.status {
                301 | 308 if place.as_ref() == Some(&new) => continue,
                // A page that leads on.
                200 if answer.text().contains("http-equiv=\"refresh\"") => continue,
                200 if old.path().ends_with(".xml") || old.path().ends_with(".json") => continue,
                301 | 302 | 303 | 307 | 308 => {
                    let place = place.map(|it| it.to_string()).unwrap_or_default();
                    format!(
                        "the old address answers {} to {place}, and not 301 to {to}",
                        answer.status
                    )
                }
                _ => format!("the old address answers {}, and not 301 to {to}", answer.told()),
            };
            faults.add("redirect", path, Mend::Rules, what);
        }
        Ok(())
    }
}
