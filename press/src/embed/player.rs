//! Pages for players of other sites: `embed/player/<name>.html`. The page of an article frames one after a click; its own
//! policy allows no other site, and this one allows the player's alone.
//!
//! The player is loaded by a script, and only where a page of the newspaper has framed the page: whoever opens its address
//! sees a link, so that no page contacts anybody before a click.

use super::{Embeds, File};
use crate::edition::Player;
use crate::html::{attribute, text};
use crate::site::csp;

/// The page of a player.
pub(super) fn page(embeds: &Embeds<'_>, player: &Player) -> File {
    let shell = embeds.shell;
    let (style, script) = (&shell.player_style, &shell.player_script);
    let policy = csp::of_player(style, script, &player.origin());
    let title = match player.title == player.provider {
        true => text(&player.title),
        false => format!("{} – {}", text(&player.title), text(&player.provider)),
    };
    let document = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<style>{style}</style>\n</head>\n<body>\n\
         <a href=\"{}\" rel=\"noopener\" target=\"_top\" data-frame=\"{}\">{title}</a>\n\
         <script>{script}</script>\n</body>\n</html>\n",
        attribute(&player.language),
        attribute(&policy),
        attribute(&player.page),
        attribute(&player.frame),
    );
    (player.file(), document)
}
