//! An edition with what makes feeds hard: characters that XML cannot hold or has a use for, other languages and
//! directions, a correction, a withdrawal, translations, hubs, a section without articles.

use std::sync::OnceLock;

use tests::{Paper, Result, WrittenEdition};

const SITE: &str = r#"
title = "Sea & \"Salt\" <Weekly>"
tagline = "Tides ]]> & winds"
language = "en"
timezone = "Europe/Lisbon"
base_url = "https://salt.example/"
page_size = 3

[feeds]
hub = "https://hub.example/?a=1&b=2"

[[sections]]
slug = "harbour"
title = "Harbour & <Quay>"

[[sections]]
slug = "sahil"
title = "الساحل"
language = "ar"

[[sections]]
slug = "quiet"
title = "Quiet"
"#;

const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\" \
    viewBox=\"0 0 40 30\"><rect width=\"40\" height=\"30\" fill=\"navy\"/></svg>";

/// The edition, printed once for all tests, below a path.
pub(crate) fn paper() -> Result<&'static Paper> {
    static PAPER: OnceLock<Paper> = OnceLock::new();
    if let Some(paper) = PAPER.get() {
        return Ok(paper);
    }
    let paper = write()?.print(Some("/weekly/"))?;
    Ok(PAPER.get_or_init(|| paper))
}

fn write() -> Result<WrittenEdition> {
    let edition = WrittenEdition::begin(SITE)?;
    for folder in ["harbour/boats", "harbour/boats-fr"] {
        edition.file(&format!("content/{folder}/boat.svg"), PICTURE)?;
    }
    edition.article(
        "harbour/boats/index",
        "title: \"Boats ]]> & <b>\\\"nets\\\"</b> \\u0007 \\U0001F6A2\"\ndate: 2026-11-20T08:00:00Z\n\
         updated: 2026-11-20T09:30:00Z\nsummary: \"]]> & <i>\"\nauthors: [\"Ana & Sons\", \"R <Q>\"]\n\
         tags: [\"fish & chips\", \"a,b\"]\ntranslationKey: boats\n\
         image: {src: boat.svg, alt: \"A \\\"boat\\\"\", caption: \"At sea\", credit: \"Z\"}\n\
         corrected: \"Seven boats, not ]]> 8.\"\n",
        "Text ]]> and <![CDATA[more]]> `</content:encoded>` &amp;lt; 🚢‍💨 [up](#nets) [on](/harbour/quay/)\n\n\
         ## Nets {#nets}\n\n![B](boat.svg \"C & D\")\n\n| a | b |\n|---|---|\n| <kbd>x</kbd> | y |\n",
    )?;
    edition.article(
        "harbour/boats-fr/index",
        "title: Bateaux\ndate: 2026-11-20T08:05:00Z\nlanguage: fr\ntranslationKey: boats\n",
        "Des bateaux.\n\n![B](boat.svg)\n",
    )?;
    edition.article("harbour/quay", "title: Quay\ndate: 2026-07-02\n", "Summer time.\n")?;
    edition.article(
        "harbour/gone",
        "title: Gone\ndate: 2026-11-19\nwithdrawn: Not so.\n",
        "Words that were taken back.\n",
    )?;
    edition.article(
        "sahil/ramal",
        "title: رمل & بحر\ndate: 2026-11-18T23:59:59Z\nauthor: سارة\n",
        "نص **طويل** مع <bdi>Latin</bdi>.\n",
    )?;
    Ok(edition)
}
