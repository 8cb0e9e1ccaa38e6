//! The files that a site has once, whatever its articles are: the pages and the shell of the app, its worker, what is said
//! of the site as a whole, and what partners load.

use std::collections::BTreeSet;

use anyhow::Result;

use super::press::Press;
use super::{csp, manifest, worker};
use crate::edition::{Edition, Player};
use crate::feeds;
use crate::pages::CORRECTIONS;
use crate::shell::Shell;

/// Writes them. `bytes` says of each article how many it takes on a reader's device.
pub(super) fn write(
    press: &Press<'_>,
    edition: &Edition,
    shell: &Shell,
    bytes: &[u64],
) -> Result<()> {
    let Press { pages, output, embeds, .. } = press;
    let base_path = pages.urls().base_path();
    let mut shell_files = Vec::new();
    for page in [pages.offline(), pages.saved()] {
        let (document, data) = press.page(&page)?;
        shell_files.push((page.path.clone(), document.into_bytes()));
        shell_files.push((pages.urls().data(&page.path), data.into_bytes()));
    }
    let missing = pages.missing();
    let json = serde_json::to_string(&missing.feed)?;
    output.write("404.html", press.printer.document(&missing.feed, &json).as_bytes())?;

    for asset in shell.assets() {
        output.write(&asset.name, &asset.bytes)?;
    }
    // An older shell has a robots.txt.
    for (name, bytes) in shell.files.iter().filter(|(name, _)| *name != feeds::ROBOTS) {
        output.write(name, bytes)?;
    }
    if let Some(banner) = edition.site.banner.as_ref().and_then(|banner| banner.file.as_ref()) {
        output.publish(banner, &banner.to)?;
        shell_files.push(([base_path, &banner.to].concat(), output.read(&banner.to)?));
    }
    let taken_along = pages.taken_along(edition.articles.iter().zip(bytes.iter().copied()));
    press.changed_file("edition.json", pages.seal_of_edition_list(&taken_along), || {
        Ok(serde_json::to_vec(&pages.edition_list(&taken_along)?)?)
    })?;
    press.changed_file(CORRECTIONS, pages.seal_of_corrections(), || {
        Ok(serde_json::to_vec(&pages.corrections()?)?)
    })?;
    output.write("site.json", serde_json::to_string(&pages.site)?.as_bytes())?;
    output.write("manifest.webmanifest", manifest::json(&pages.site).to_string().as_bytes())?;
    let worker = match edition.site.offline {
        true => worker::write(output, shell, &pages.site, &shell_files)?,
        false => shell.kill_switch.clone(),
    };
    output.write("sw.js", worker.as_bytes())?;
    output.write(worker::KILL_SWITCH, shell.kill_switch.as_bytes())?;
    for (name, text) in embeds.lists().into_iter().chain(embeds.docs(&csp::policy(shell))) {
        output.write(&name, text.as_bytes())?;
    }
    let players: BTreeSet<&Player> = edition.articles.iter().flat_map(|it| &it.players).collect();
    for player in players {
        let (name, text) = embeds.player(player);
        output.write(&name, text.as_bytes())?;
    }
    for (name, bytes) in embeds.assets() {
        output.write(name, bytes)?;
    }
    // Partners who check the script by its hash have the address of an older one.
    output.keep("assets", "embed.")
}
