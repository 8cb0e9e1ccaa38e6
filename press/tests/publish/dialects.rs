//! What a publisher gets for an archive that another generator printed before.

use crate::album;
use crate::publisher::{Publisher, Result, SITE, said};

fn write(publisher: &Publisher, name: &str, body: &str) -> Result {
    let text = format!("---\ntitle: Bến cũ\ndate: 2026-01-02\n---\n\n{body}\n");
    publisher.write(&format!("edition/content/tin/{name}"), text)
}

/// The text of an article as it is served.
fn content(publisher: &Publisher, slug: &str) -> Result<String> {
    let feed = publisher.json(&format!("tin/{slug}/index.json"))?;
    Ok(feed["items"][0]["content_html"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn the_generator_of_an_archive_is_guessed_and_said() -> Result {
    let publisher = Publisher::new()?;
    publisher.write("edition/_config.yml", "title: Cũ\n")?;
    write(&publisher, "a.md", "Bản `{{ may.so }}` và {{ page.title }}.")?;
    let output = publisher.print(&[])?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.contains("Read as a Jekyll site, because of _config.yml"), "{told}");
    assert!(said(&output).contains("content/tin/a.md:6: warning: the template mark {{ may.so }}"));
    assert_eq!(content(&publisher, "a")?, "<p>Bản  và Bến cũ.</p>\n");

    // Who says it is not told what is guessed.
    publisher.write("edition/site.toml", format!("generator = \"hugo\"\n{SITE}"))?;
    let output = publisher.print(&[])?;
    assert!(!String::from_utf8_lossy(&output.stdout).contains("Read as"));
    assert!(content(&publisher, "a")?.contains("<code>{{ may.so }}</code>"));

    publisher.write("edition/site.toml", format!("generator = \"hygo\"\n{SITE}"))?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("site.toml:1: error: \"hygo\" is no generator"),
        "{}",
        said(&output)
    );
    Ok(())
}

#[test]
fn each_generator_is_known_by_what_it_alone_has() -> Result {
    for (file, text, name) in [
        ("hugo.toml", "", "a Hugo"),
        ("config.toml", "baseURL = \"/\"", "a Hugo"),
        ("config.toml", "base_url = \"/\"", "a Zola"),
        ("eleventy.config.mjs", "", "an Eleventy"),
        ("content/tin/_posts/2026-01-03-b.md", "---\ntitle: B\n---\n", "a Jekyll"),
        ("content/tin/c.md", "---\ntitle: C\ndate: 2026-01-03\n---\n[x](@/tin/a.md)", "a Zola"),
        ("content/tin/c.md", "---\ntitle: C\ndate: 2026-01-03\n---\n{{< youtube a >}}", "a Hugo"),
        (
            "content/tin/c.md",
            "---\ntitle: C\ndate: 2026-01-03\n---\n{% set x = 'y' %}",
            "an Eleventy",
        ),
        ("content/tin/c.md", "---\ntitle: C\ndate: 2026-01-03\n---\nx\n{: .y}", "a Jekyll"),
    ] {
        let publisher = Publisher::new()?;
        write(&publisher, "a.md", "x")?;
        publisher.write(&format!("edition/{file}"), text)?;
        let output = publisher.print(&[])?;
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(told.contains(&format!("Read as {name} site")), "{file} {text}: {told}");
    }
    let publisher = Publisher::new()?;
    write(&publisher, "a.md", "{{< youtube a >}}")?;
    write(&publisher, "b.md", "{% assign a = 'b' %}")?;
    let told = String::from_utf8_lossy(&publisher.print(&[])?.stdout).into_owned();
    assert!(!told.contains("Read as"), "two generators are none: {told}");
    Ok(())
}

#[test]
fn what_an_archive_marks_in_its_text_becomes_what_readers_know() -> Result {
    let publisher = Publisher::new()?;
    publisher.write("edition/content/tin/a/ghe xuồng.gif", album::gif(40, 20, 2)?)?;
    publisher.write("edition/content/tin/a/don xin.pdf", b"%PDF")?;
    let body = "[caption id=\"attachment_3\"]![Ghe](<ghe xuồng.gif>) Ghe *ngo*[/caption]\n\n\
        {% image \"ghe xuồng.gif\", \"Xuồng ba lá\" %}\n\n![Mũi ghe](ghe xuồng.gif)\n\n[Đơn](don xin.pdf)\n\n\
        - [x] Xong :tada:\n\n{% highlight sh %}\n# lệnh\nls *_a_*\n{% endhighlight %}\n\n\
        Xem https://ben.example/gio?x=1.\n\n[gallery ids=\"1,2\"]\n\n## Mục {: #muc-rieng}\n";
    write(&publisher, "a/index.md", body)?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let html = content(&publisher, "a")?;
    for part in [
        "alt=\"Ghe\" fetchpriority=\"high\" decoding=\"async\"><figcaption>Ghe <em>ngo</em></figcaption></figure>",
        "alt=\"Xuồng ba lá\"",
        "alt=\"Mũi ghe\"",
        ".pdf\"><b>Đơn</b><small>PDF · 1 kB</small></a>",
        "role=\"img\" aria-label=\"Đã xong\">☑</span> Xong 🎉",
        "<code class=\"c-language-sh\"># lệnh\nls *_a_*\n</code>",
        "<a href=\"https://ben.example/gio?x=1\" rel=\"noopener\">",
        "<h2 id=\"muc-rieng\">Mục</h2>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains('[') && !html.contains('{'), "{html}");
    let told = said(&output);
    assert!(
        told.contains("content/tin/a/index.md:23: warning: WordPress' shortcode [gallery]"),
        "{told}"
    );
    assert_eq!(told.matches("warning").count(), 1, "{told}");
    Ok(())
}

#[test]
fn the_text_before_its_mark_is_the_lede_where_no_other_is() -> Result {
    let publisher = Publisher::new()?;
    write(&publisher, "a.md", "Nước **lên** nhanh.\n\n<!--more-->\n\nHai.")?;
    for (name, front_matter) in [
        ("b", "summary: Riêng\nexcerpt: Khác"),
        ("c", "excerpt: Khác"),
        ("d", "excerpt_separator: <!--hết-->"),
    ] {
        let text = format!(
            "---\ntitle: B\ndate: 2026-01-01\n{front_matter}\n---\n\nMột.\n\n<!--hết-->\n\nHai.\n\n<!--more-->\n"
        );
        publisher.write(&format!("edition/content/tin/{name}.md"), text)?;
    }
    publisher.print(&["--strict"])?;
    for (slug, lede) in [("a", "Nước lên nhanh."), ("b", "Riêng"), ("c", "Khác"), ("d", "Một.")]
    {
        let feed = publisher.json(&format!("tin/{slug}/index.json"))?;
        assert_eq!(feed["items"][0]["summary"], lede, "{slug}");
    }
    Ok(())
}
