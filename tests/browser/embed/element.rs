//! The element on a partner's page.

use serde_json::json;
use tests::{Browser, Paper, Result, in_every_engine, own_edition};

use super::{ALL_SHOWN, ARTICLE, CORRECTED, FRONT, SHOWN, Sites, embed, enter, leave};

in_every_engine! {
    an_article_a_section_and_the_front_are_shown;
    the_height_follows_larger_letters;
    elements_are_added_moved_removed_and_changed;
    the_policy_of_a_strict_partner_needs_two_directives;
    only_listed_partners_may_frame;
}

async fn an_article_a_section_and_the_front_are_shown(browser: Browser) -> Result {
    let sites = Sites::start().await?;
    let five = [
        embed(&format!("article=\"{ARTICLE}\"")),
        embed(&format!("article=\"{CORRECTED}\" theme=\"dark\" compact")),
        embed("section=\"van-hoa\" count=\"3\""),
        embed("count=\"2\" compact lang=\"en\""),
        embed(&format!("article=\"https://vinhlam.example{ARTICLE}\" accent=\"0077cc\"")),
    ];
    sites.put(&five.concat());
    sites.visit(&browser).await?;
    browser
        .until(&format!("document.querySelector('broadsheet-embed:defined') && {ALL_SHOWN}"))
        .await?;
    let wide =
        "document.querySelector('broadsheet-embed').shadowRoot.querySelector('iframe').offsetWidth";
    assert!(browser.number(wide).await? > 300.0, "styles of the partner do not reach the frame");

    enter(&browser, 0).await?;
    browser.until("document.images[0].complete && document.images[0].naturalWidth > 0").await?;
    assert_eq!(browser.eval("self.origin").await?, "null");
    let link = browser
        .eval("[document.links[0].pathname, document.links[0].target, document.links[0].rel]");
    assert_eq!(link.await?, json!([ARTICLE, "_blank", "noopener"]));
    assert_eq!(browser.eval("document.links[0].search").await?, "", "the partner is not named");
    leave(&browser).await?;

    enter(&browser, 1).await?;
    assert!(browser.text("document.body.innerText").await?.contains("Đính chính:"));
    let paper = "getComputedStyle(document.documentElement).backgroundColor";
    assert_eq!(browser.text(paper).await?, "rgb(22, 24, 27)");
    assert_eq!(browser.eval("document.images[0].offsetHeight").await?, 0);
    leave(&browser).await?;

    enter(&browser, 2).await?;
    let rows = "[...document.querySelectorAll('.row')].filter((it) => it.offsetHeight).length";
    assert_eq!(browser.number(rows).await?, 3.0);
    leave(&browser).await?;

    enter(&browser, 3).await?;
    assert!(
        browser.text("document.querySelector('h1').innerText").await?.starts_with("Latest news")
    );
    assert_eq!(browser.number(rows).await?, 2.0);
    leave(&browser).await?;

    enter(&browser, 4).await?;
    let accent = "getComputedStyle(document.querySelector('footer a')).color";
    let accent = browser.text(accent).await?;
    assert_ne!(accent, "rgb(155, 27, 30)", "it is the partner's and not the newspaper's");
    leave(&browser).await?;
    assert_eq!(browser.eval("wrong").await?, json!([]));
    browser.close().await
}

async fn the_height_follows_larger_letters(browser: Browser) -> Result {
    let sites = Sites::start().await?;
    sites.put(&embed(&format!("article=\"{ARTICLE}\"")));
    sites.visit(&browser).await?;
    browser.until(SHOWN).await?;
    let height = "document.querySelector('broadsheet-embed').offsetHeight";
    let before = browser.number(height).await?;
    enter(&browser, 0).await?;
    browser.eval("(document.documentElement.style.fontSize = '400%')").await?;
    leave(&browser).await?;
    browser.until(&format!("{height} > {before} + 50")).await?;
    browser.close().await
}

async fn elements_are_added_moved_removed_and_changed(browser: Browser) -> Result {
    let sites = Sites::start().await?;
    sites.put(&format!("<div id=\"one\">{}</div><div id=\"two\"></div>", embed("count=\"2\"")));
    sites.visit(&browser).await?;
    browser.until(SHOWN).await?;
    // The frame of an element that moves begins again; the words are back until it is there.
    browser.eval("(two.append(document.querySelector('broadsheet-embed')), 1)").await?;
    sites.paper.until_asked(FRONT, 2).await?;
    browser.until(SHOWN).await?;
    browser
        .eval("(window.kept = document.querySelector('broadsheet-embed'), kept.remove(), 1)")
        .await?;
    browser.eval("(kept.setAttribute('section', 'van-hoa'), one.append(kept), 1)").await?;
    sites.paper.until_asked("/embed/section/van-hoa.html", 1).await?;
    browser.until(SHOWN).await?;
    let height = "document.querySelector('broadsheet-embed').offsetHeight";
    let two = browser.number(height).await?;
    browser.eval("(kept.setAttribute('count', '4'), 1)").await?;
    browser.until(&format!("{height} > {two} + 150")).await?;
    browser.until(SHOWN).await?;
    // An address that no article has leaves the words.
    browser.eval("(kept.setAttribute('article', 'javascript:alert(1)'), 1)").await?;
    browser.until("!kept.shadowRoot.querySelector('iframe')").await?;
    assert!(browser.number("kept.querySelector('a').offsetHeight").await? > 0.0);
    assert_eq!(browser.eval("wrong").await?, json!([]));
    browser.close().await
}

async fn the_policy_of_a_strict_partner_needs_two_directives(browser: Browser) -> Result {
    let sites = Sites::start().await?;
    let origin = sites.origin();
    let both = format!("default-src 'none'; script-src {origin}; frame-src {origin}");
    sites.put_with(&embed("count=\"2\""), &both);
    sites.visit(&browser).await?;
    browser.until(SHOWN).await?;
    // Each of them is needed: without it the words stay.
    for policy in [
        format!("default-src 'none'; script-src {origin}"),
        format!("default-src 'none'; frame-src {origin}"),
    ] {
        let asked = sites.paper.count(FRONT);
        sites.put_with(&embed("count=\"2\""), &policy);
        sites.visit(&browser).await?;
        browser.until("document.readyState === 'complete'").await?;
        let link = "document.querySelector('broadsheet-embed a').offsetHeight";
        assert!(browser.number(link).await? > 0.0, "{policy}");
        assert_eq!(sites.paper.count(FRONT), asked, "{policy}");
    }
    browser.close().await
}

async fn only_listed_partners_may_frame(browser: Browser) -> Result {
    let friends = Sites::start().await?;
    let edition = own_edition()?;
    let file = edition.path().join("site.toml");
    let partners = format!("\n[embed]\npartners = [\"{}\"]\n", friends.partner.url(""));
    std::fs::write(&file, [std::fs::read_to_string(&file)?, partners].concat())?;
    let paper = Paper::print(edition.path(), None)?;
    friends.paper.deploy(&paper)?;
    friends.put(&embed("count=\"2\""));
    friends.visit(&browser).await?;
    browser.until(SHOWN).await?;

    let strangers = Sites::of(&paper).await?;
    strangers.put("");
    strangers.visit(&browser).await?;
    browser.until("customElements.get('broadsheet-embed')").await?;
    let html = embed("");
    // In one step: the frame may be refused before a second one.
    browser
        .eval(&format!(
            "(document.body.insertAdjacentHTML('beforeend', '{html}'),
            document.querySelector('broadsheet-embed').shadowRoot.querySelector('iframe')
                .addEventListener('load', () => {{ window.ended = true; }}), 1)"
        ))
        .await?;
    browser.until("window.ended").await?;
    assert_eq!(browser.eval(SHOWN).await?, false, "a stranger frames the newspaper");
    browser.close().await
}
