//! Addresses survive a move: old ones lead to the articles, links inside the archive find them, and no place of the
//! site is printed twice.

use std::collections::HashMap;
use std::fs;

use crate::publisher::{Publisher, Result, SITE, said};

/// An article of the section `tin` in a file of its own.
fn article(publisher: &Publisher, file: &str, front_matter: &str, body: &str) -> Result {
    let text = format!("---\ntitle: Bài {file}\n{front_matter}\n---\n\n{body}\n");
    publisher.write(&format!("edition/content/{file}"), text)
}

/// The addresses of the links in an article's body.
fn links(publisher: &Publisher, page: &str) -> Result<Vec<String>> {
    let data = publisher.json(&format!("{page}index.json"))?;
    let html = data["items"][0]["content_html"].as_str().unwrap_or_default().to_owned();
    let links = html.split("<a href=\"").skip(1).filter_map(|it| it.split('"').next());
    Ok(links.map(str::to_owned).collect())
}

fn leads_to(publisher: &Publisher, file: &str, page: &str) -> Result {
    let redirect = publisher.read(file)?;
    let refresh = format!("content=\"0; url={page}\"");
    assert!(redirect.contains(&refresh), "{file}: {redirect}");
    Ok(())
}

#[test]
fn the_address_that_hugo_jekyll_or_zola_was_told_leads_to_the_article() -> Result {
    let publisher = Publisher::new()?;
    let date = "date: 2018-07-09";
    article(&publisher, "tin/lua.md", &format!("{date}\nurl: /2018/07/gat-lua/"), "")?;
    article(&publisher, "tin/ca.md", &format!("{date}\npermalink: /ghi-chep/keo-ca.html"), "")?;
    article(&publisher, "tin/muoi.md", &format!("{date}\npermalink: /kho/muoi/index.html"), "")?;
    article(
        &publisher,
        "tin/2018-07-09-song.md",
        "permalink: /:year/:i_month/:title:output_ext\ncategories: [a]",
        "",
    )?;
    article(
        &publisher,
        "tin/nho.md",
        &format!("{date}\nurl: https://www.paper.example/cu/nho.html"),
        "[a](/2018/07/gat-lua/) [b](/ghi-chep/keo-ca) [c](/kho/muoi/index.html?in=1) \
         [d](https://paper.example/2018/7/song.html) [e](http://www.paper.example/tin/lua)",
    )?;
    let zola = "+++\ntitle = \"Đò\"\ndate = 2018-07-09\npath = \"2018/do-ngang\"\n+++\n";
    publisher.write("edition/content/tin/do.md", zola)?;
    let output = publisher.print(&[])?;
    assert_eq!(said(&output), "");
    leads_to(&publisher, "2018/07/gat-lua/index.html", "/tin/lua/")?;
    leads_to(&publisher, "ghi-chep/keo-ca.html", "/tin/ca/")?;
    leads_to(&publisher, "kho/muoi/index.html", "/tin/muoi/")?;
    leads_to(&publisher, "2018/7/song.html", "/tin/song/")?;
    leads_to(&publisher, "cu/nho.html", "/tin/nho/")?;
    leads_to(&publisher, "2018/do-ngang/index.html", "/tin/do/")?;
    assert_eq!(
        links(&publisher, "tin/nho/")?,
        ["/tin/lua/", "/tin/ca/", "/tin/muoi/?in=1", "/tin/song/", "/tin/lua/"]
    );
    Ok(())
}

#[test]
fn patterns_of_the_site_and_of_a_section_give_the_old_addresses() -> Result {
    let publisher = Publisher::new()?;
    let site = SITE.replace("[[sections]]", "permalinks = \"/:year/:month/:slug/\"\n[[sections]]");
    let site = format!(
        "{site}[[sections]]\nslug = \"van\"\ntitle = \"Văn\"\npermalinks = [\"/:section/:filename.html\", \"pretty\"]\n"
    );
    publisher.write("edition/site.toml", &site)?;
    article(&publisher, "tin/2017-3-4-gio.md", "", "[a](/van/2017-03-05-mua.html)")?;
    article(&publisher, "van/2017-03-05-mua.md", "category: thơ", "[b](/2017/03/gio/)")?;
    assert_eq!(said(&publisher.print(&[])?), "");
    leads_to(&publisher, "2017/03/gio/index.html", "/tin/gio/")?;
    leads_to(&publisher, "van/2017-03-05-mua.html", "/van/mua/")?;
    leads_to(&publisher, "thơ/2017/03/05/mua/index.html", "/van/mua/")?;
    assert_eq!(links(&publisher, "tin/gio/")?, ["/van/mua/"]);
    assert_eq!(links(&publisher, "van/mua/")?, ["/tin/gio/"]);
    publisher.write("edition/site.toml", site.replace(":filename", ":filenaem"))?;
    let told = said(&publisher.print(&[])?);
    assert!(told.contains("site.toml:") && told.contains(":filenaem"), "{told}");
    Ok(())
}

#[test]
fn an_old_address_that_cannot_be_is_a_warning_and_the_article_is_published() -> Result {
    let publisher = Publisher::new()?;
    let wishes = [
        "permalink: \"/{{ title | slugify }}/\"",
        "aliases: [/404.html]",
        "aliases: [/tin/page/2/]",
        "aliases: [/Tin/CA/]",
        "aliases: [/tin/ca/index.json]",
        "aliases: [/tin/ca/index.json/x/]",
        "aliases: [/tin/]",
        "aliases: [/assets/app.html]",
        "aliases: [/sw.js/x/]",
        "url: /../ngoai/",
        "aliases: [/ho/so.html/phan-hai/]",
        "permalink: /:yeer/x/",
        "aliases: [\"/_headers/a/\"]",
    ];
    article(&publisher, "tin/ca.md", "date: 2018-07-09\nredirect_from: /ho/so.html", "")?;
    for (number, wish) in wishes.iter().enumerate() {
        article(
            &publisher,
            &format!("tin/m{number}.md"),
            &format!("date: 2018-07-09\n{wish}"),
            "",
        )?;
    }
    let output = publisher.print(&["--all"])?;
    assert_eq!(output.status.code(), Some(0));
    let told = said(&output);
    for (number, wish) in wishes.iter().enumerate() {
        assert!(publisher.read(&format!("tin/m{number}/index.html")).is_ok(), "{wish}");
        let line = format!("content/tin/m{number}.md:4: warning:");
        assert!(told.contains(&line), "{wish}: {told}");
    }
    assert!(publisher.read("404.html")?.contains("<h1"));
    assert!(publisher.read("tin/ca/index.html")?.contains("Bài tin/ca.md"));
    leads_to(&publisher, "ho/so.html", "/tin/ca/")
}

#[test]
fn an_alias_is_one_place_in_capitals_and_in_small_letters() -> Result {
    let publisher = Publisher::new()?;
    article(&publisher, "tin/a.md", "date: 2018-07-09\naliases: [/Cũ/Ph\u{1edf}/]", "")?;
    article(
        &publisher,
        "tin/b.md",
        "date: 2018-07-09\naliases: [/cu\u{303}/pho\u{31b}\u{309}]",
        "",
    )?;
    article(
        &publisher,
        "tin/c.md",
        "date: 2018-07-09\naliases: [/c%C5%A9/ph%E1%BB%9F/index.html]",
        "",
    )?;
    let told = said(&publisher.print(&["--all"])?);
    assert_eq!(told.matches("because content/tin/a.md has its place").count(), 2, "{told}");
    let mut places: HashMap<String, String> = HashMap::new();
    for entry in walk(&publisher.path("site"))? {
        assert_eq!(places.insert(entry.to_lowercase(), entry.clone()), None, "{entry}");
    }
    Ok(())
}

#[test]
fn a_file_that_the_shell_brings_keeps_its_place() -> Result {
    let publisher = Publisher::new()?;
    publisher.write("shell/xac-nhan.html", "mã xác nhận")?;
    article(&publisher, "tin/a.md", "date: 2018-07-09\naliases: [/xac-nhan.html, /cu/]", "")?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("content/tin/a.md: warning: the alias /xac-nhan.html"));
    assert_eq!(publisher.read("xac-nhan.html")?, "mã xác nhận");
    leads_to(&publisher, "cu/index.html", "/tin/a/")?;
    publisher.write("shell/tin/a/index.html", "khác")?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(2));
    let told = said(&output);
    assert!(
        told.contains("tin/a/index.html of the shell") && told.contains("content/tin/a.md"),
        "{told}"
    );
    Ok(())
}

#[test]
fn links_by_the_dates_that_no_setting_named_are_understood() -> Result {
    let publisher = Publisher::new()?;
    let site = format!("{SITE}[[sections]]\nslug = \"van\"\ntitle = \"Văn\"\n");
    publisher.write("edition/site.toml", site)?;
    article(&publisher, "tin/2015-04-03-ve-lang.md", "categories: [Phóng sự]", "")?;
    article(&publisher, "van/ve-lang.md", "date: 2016-01-02", "")?;
    article(&publisher, "van/tap/ngay-mua/index.md", "date: 2016-01-03", "")?;
    let body = "[a](/2015/04/03/ve-lang.html)\n[b](/phong-su/2015/04/03/ve-lang/)\n\
        [c](/tin/2015/4/ve-lang)\n[d](/2015/apr/03/ve-lang/)\n[e](/van/ve-lang.html#x)\n\
        [f](/van/tap/ngay-mua/)\n[g](/2015/093/ve-lang.html)\n[h](/ngay-mua.html)\n\
        [i](../../2016/01/02/ve-lang.html)";
    article(&publisher, "tin/doc.md", "date: 2017-01-01", body)?;
    let wrong = "`/2015/04/04/ve-lang/` không phải [đường dẫn](/2015/04/04/ve-lang/).\n\n\
        [a](/the/ngay-mua/)\n\n[b](/ve-lang/ \"hai bài\")\n\n<a href='/2015/ngay-mua/'>c</a>\n\n[d][e]\n\n[e]: /mat-roi/\n";
    article(&publisher, "tin/sai.md", "date: 2017-01-01", wrong)?;
    let told = said(&publisher.print(&[])?);
    let of_tin = "/tin/ve-lang/".to_owned();
    assert_eq!(
        links(&publisher, "tin/doc/")?,
        [
            &of_tin,
            &of_tin,
            &of_tin,
            &of_tin,
            "/van/ve-lang/#x",
            "/van/ngay-mua/",
            &of_tin,
            "/van/ngay-mua/",
            "/van/ve-lang/"
        ]
    );
    assert!(told.contains("tin/doc.md:10: warning: the link \"/van/ve-lang.html#x\""), "{told}");
    for line in ["6: warning: the link \"/2015/04/04/", "8:", "10:", "12:", "14:"] {
        assert!(told.contains(&format!("content/tin/sai.md:{line}")), "{line}: {told}");
    }
    assert_eq!(told.matches("tin/sai.md").count(), 5, "{told}");
    // The address stays: a host may still answer it.
    assert_eq!(links(&publisher, "tin/sai/")?[0], "/2015/04/04/ve-lang/");
    Ok(())
}

#[test]
fn links_to_headings_of_other_articles_find_them() -> Result {
    let publisher = Publisher::new()?;
    article(
        &publisher,
        "tin/a.md",
        "date: 2018-07-09",
        "## Đường về\n\n### Số 1 {#so-mot}\n\n<p id=\"Kho\">x</p>\n\n[a](/tin/a/#Đường-về)",
    )?;
    let body = "[a](a.md#Đường-về) [b](/tin/a/?x=1#%C4%90%C6%B0%E1%BB%9Dng%20v%E1%BB%81)\n\
        [c](/tin/a.html#so-mot) [d](https://paper.example/tin/a/#Kho) [e](/tin/a/#top) [f](#)\n\n\
        [g](/tin/a/#khong-co)\n\n[h](#cung-khong)\n\n[i](hong.md)\n\n`<a href=\"/tin/a/#Đường-về\">`";
    article(&publisher, "tin/b.md", "date: 2018-07-09", body)?;
    article(&publisher, "tin/hong.md", "date: 2018-07-09", "![x](khong-co.png)")?;
    let told = said(&publisher.print(&[])?);
    assert_eq!(links(&publisher, "tin/a/")?, ["/tin/a/#duong-ve"]);
    assert_eq!(
        links(&publisher, "tin/b/")?[..6],
        [
            "/tin/a/#duong-ve",
            "/tin/a/?x=1#duong-ve",
            "/tin/a/#so-mot",
            "/tin/a/#c-Kho",
            "/tin/a/#top",
            "#"
        ]
    );
    let html = publisher.json("tin/b/index.json")?["items"][0]["content_html"].to_string();
    assert!(html.contains("/tin/a/#Đường-về"), "code stays as it was written: {html}");
    for line in [
        "9: warning: the link \"/tin/a/#khong-co\"",
        "11: warning: the link \"#cung-khong\"",
        "13: warning: the link \"hong.md\"",
    ] {
        assert!(told.contains(&format!("content/tin/b.md:{line}")), "{line}: {told}");
    }
    assert_eq!(told.matches("tin/b.md").count(), 3, "{told}");
    Ok(())
}

#[test]
fn a_base_path_with_the_name_of_a_section_is_no_section() -> Result {
    let publisher = Publisher::new()?;
    let site = SITE.replace("paper.example/", "paper.example/tin/");
    let site = format!("{site}[[sections]]\nslug = \"van\"\ntitle = \"Văn\"\n");
    publisher.write("edition/site.toml", site)?;
    let body = "[a](/tin/b/) [b](/tin/) [c](/tin/tin/b/) [d](/tin/van/c/) [e](/van/c/)\n\
        [f](https://paper.example/tin/tin/b/) [g](https://paper.example/tin/van/c/) [h](http://paper.example/tin)\n\
        [i](../../van/c/) [k](https://paper.example/khac/) [l](/)";
    article(&publisher, "tin/a.md", "date: 2018-07-09", body)?;
    article(&publisher, "tin/b.md", "date: 2018-07-09", "")?;
    article(
        &publisher,
        "van/c.md",
        "date: 2018-07-09",
        "[x](/tin/2018/07/09/b.html) [y](/2018/07/09/b/)",
    )?;
    assert_eq!(said(&publisher.print(&[])?), "");
    assert_eq!(
        links(&publisher, "tin/a/")?,
        [
            "/tin/tin/b/",
            "/tin/tin/",
            "/tin/tin/b/",
            "/tin/van/c/",
            "/tin/van/c/",
            "/tin/tin/b/",
            "/tin/van/c/",
            "/tin/",
            "/tin/van/c/",
            "https://paper.example/khac/",
            "/tin/",
        ]
    );
    assert_eq!(links(&publisher, "van/c/")?, ["/tin/tin/b/", "/tin/tin/b/"]);
    Ok(())
}

#[test]
fn a_name_is_the_same_decomposed_and_composed() -> Result {
    let publisher = Publisher::new()?;
    let apart = "tin/che\u{300}-xanh.md";
    article(&publisher, apart, "date: 2018-07-09", "[x](tr\u{e0}-\u{111}\u{e1}.md)")?;
    article(&publisher, "tin/tr\u{e0}-\u{111}\u{e1}.md", "date: 2018-07-09", "")?;
    let body = "[a](ch\u{e8}-xanh.md) [b](che%CC%80-xanh.md) [c](ch%C3%A8-xanh.md) \
        [d](/tin/tra\u{300}-\u{111}a\u{301}.md) [e](/tin/ch\u{e8}-xanh/)";
    article(&publisher, "tin/a.md", "date: 2018-07-09", body)?;
    assert_eq!(said(&publisher.print(&[])?), "");
    let (tea, ice) = ("/tin/che-xanh/", "/tin/tra-da/");
    assert_eq!(links(&publisher, "tin/a/")?, [tea, tea, tea, ice, tea]);
    assert_eq!(links(&publisher, "tin/che-xanh/")?, [ice]);
    Ok(())
}

#[test]
fn every_name_of_a_file_gets_an_address() -> Result {
    let publisher = Publisher::new()?;
    for name in ["អង្គរ", "北京", "🌾", "…", "!!", "العربية"] {
        article(&publisher, &format!("tin/{name}.md"), "date: 2018-07-09", "")?;
    }
    for (file, end) in [("dai", ""), ("dai-hon", " và tan")] {
        let slug =
            format!("date: 2018-07-09\nslug: {}{end}", "Một mùa nước nổi ".repeat(30).trim());
        article(&publisher, &format!("tin/{file}.md"), &slug, "")?;
    }
    let output = publisher.print(&[])?;
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""));
    let folders = fs::read_dir(publisher.path("site/tin"))?
        .filter_map(|it| it.ok()?.file_name().into_string().ok());
    // Articles have data beside their page, redirects have none.
    let is_article = |it: &String| publisher.path("site/tin").join(it).join("index.json").exists();
    let mut folders: Vec<String> = folders.filter(is_article).collect();
    folders.sort();
    assert_eq!(folders.len(), 8, "{folders:?}");
    for name in &folders {
        assert!(
            name.len() < 255 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
            "{name}"
        );
    }
    assert!(
        folders.contains(&"bei-jing".to_owned()) && folders.contains(&"ear-of-rice".to_owned())
    );
    Ok(())
}

#[test]
fn names_with_one_digit_for_a_month_or_a_day_are_dated() -> Result {
    let publisher = Publisher::new()?;
    for day in ["2021-12-1", "2021-2-28", "2021-10-9"] {
        article(&publisher, &format!("tin/{day}-gia-gao.md"), "", "")?;
    }
    article(&publisher, "tin/2021-6-7-bai-le/index.md", "", "")?;
    article(&publisher, "tin/2021-6-8-bai-le/index.md", "", "")?;
    article(&publisher, "tin/2021-20-mua-giai.md", "date: 2021-01-01", "")?;
    assert_eq!(said(&publisher.print(&[])?), "");
    for (page, date) in [
        // The oldest keeps the plain address, whatever comes later.
        ("gia-gao", "2021-02-28"),
        ("gia-gao-2021-10-09", "2021-10-09"),
        ("gia-gao-2021-12-01", "2021-12-01"),
        ("bai-le", "2021-06-07"),
        ("bai-le-2021-06-08", "2021-06-08"),
        ("2021-20-mua-giai", "2021-01-01"),
    ] {
        let data = publisher.json(&format!("tin/{page}/index.json"))?;
        let published = data["items"][0]["date_published"].as_str().unwrap_or_default().to_owned();
        assert!(published.starts_with(date), "{page}: {published}");
    }
    Ok(())
}

#[test]
fn an_article_that_had_no_page_of_its_own_gets_none() -> Result {
    let publisher = Publisher::new()?;
    article(&publisher, "tin/kin.md", "date: 2018-07-09\npermalink: false", "")?;
    article(&publisher, "tin/mo.md", "date: 2018-07-09", "")?;
    publisher.print(&[])?;
    assert!(!publisher.path("site/tin/kin").exists() && publisher.path("site/tin/mo").exists());
    Ok(())
}

/// All files below a folder, by their paths from it.
fn walk(folder: &std::path::Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(folder)?.to_string_lossy().into_owned());
            }
        }
    }
    Ok(files)
}

#[test]
fn an_article_that_only_its_old_address_dates_has_that_date() -> Result {
    let publisher = Publisher::new()?;
    article(&publisher, "tin/lang.md", "path: 2014/09/05/lang", "")?;
    article(&publisher, "tin/cau.md", "aliases: [/tin/2015/1/9/cau.html]", "")?;
    article(&publisher, "tin/hen.md", "aliases: [/tin/hen-cu/]", "")?;
    let output = publisher.print(&[])?;
    let told = said(&output);
    assert!(told.contains("tin/hen.md:1: error: the article has no date"), "{told}");
    for (slug, day) in [("lang", "2014-09-05"), ("cau", "2015-01-09")] {
        let data = publisher.json(&format!("tin/{slug}/index.json"))?;
        let published = data["items"][0]["date_published"].as_str().unwrap_or_default();
        assert!(published.starts_with(day), "{slug}: {published}");
    }
    Ok(())
}
