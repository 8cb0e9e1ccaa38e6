//! No mistake takes an article off silently.

use serde_json::Value;

use crate::publisher::{Publisher, Result, SITE, said};

const BROKEN: &str = "---\ntitle: Hỏng\ndate: 31/02\n---\n\nx\n";

fn printed() -> Result<Publisher> {
    let publisher = Publisher::new()?;
    publisher.article("cho-noi", 1)?;
    publisher.article("ben-pha", 2)?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    Ok(publisher)
}

#[test]
fn an_error_in_an_article_that_is_online_stops_the_print() -> Result {
    let publisher = printed()?;
    let before = publisher.files()?;
    publisher.article("moi", 3)?;
    publisher.write("edition/content/tin/cho-noi.md", BROKEN)?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let told = "content/tin/cho-noi.md: error: the article is online at /tin/cho-noi/";
    assert!(said(&output).contains("content/tin/cho-noi.md:3: error:"), "{}", said(&output));
    assert!(said(&output).contains(told), "{}", said(&output));
    assert!(said(&output).contains("nothing was printed: 1 of the articles"), "{}", said(&output));
    assert!(before == publisher.files()?, "nothing is changed");

    let output = publisher.print(&["--json"])?;
    let object: Value = serde_json::from_slice(&output.stdout)?;
    assert_eq!((&object["exit_code"], &object["printed"]), (&3.into(), &false.into()));
    let codes = object["diagnostics"].as_array().into_iter().flatten().map(|it| &it["code"]);
    assert!(codes.into_iter().any(|it| it == "article::live"), "{object}");

    let output = publisher.print(&["--keep-going"])?;
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(!publisher.path("site/tin/cho-noi").exists());
    assert!(publisher.path("site/tin/moi").exists());
    assert_eq!(publisher.print(&[])?.status.code(), Some(1), "it is no more online");
    Ok(())
}

#[test]
fn a_new_article_with_an_error_keeps_nothing_back() -> Result {
    let publisher = printed()?;
    publisher.article("moi", 3)?;
    publisher.write("edition/content/tin/hong.md", BROKEN)?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(1));
    assert!(publisher.path("site/tin/moi").exists());
    Ok(())
}

#[test]
fn what_a_publisher_takes_off_goes() -> Result {
    let text = |more: &str| format!("---\ntitle: A\ndate: 2026-01-01\n{more}\n---\n\nx\n");
    for (name, text) in [
        ("a draft", text("draft: true")),
        ("an end", text("expiryDate: 2026-01-02")),
        ("an embargo", text("publishDate: 2099-01-02")),
        // The notice would be there if there were no error; the text must go in any case.
        ("a withdrawal with an error", text("withdrawn: true\nlanguage: tiếng Việt")),
    ] {
        let publisher = printed()?;
        publisher.write("edition/content/tin/cho-noi.md", text)?;
        let output = publisher.print(&[])?;
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {}", said(&output));
        assert!(!publisher.path("site/tin/cho-noi").exists(), "{name}");
    }
    let publisher = printed()?;
    std::fs::remove_file(publisher.path("edition/content/tin/cho-noi.md"))?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0), "a file that was deleted");
    Ok(())
}

#[test]
fn an_article_may_move() -> Result {
    let publisher = printed()?;
    let content = |name: &str| publisher.path(&format!("edition/content/{name}"));
    std::fs::rename(content("tin/cho-noi.md"), content("tin/cho-noi-moi.md"))?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    assert!(publisher.path("site/tin/cho-noi-moi").exists());
    Ok(())
}

#[test]
fn a_mistake_is_one_whatever_file_or_folder_it_is_in() -> Result {
    // The same address from another file, a picture that is gone, an article swallowed by a bundle, and a folder
    // that cannot be read.
    let mistakes: [fn(&Publisher) -> Result; 4] = [
        |publisher| {
            std::fs::remove_file(publisher.path("edition/content/tin/cho-noi.md"))?;
            publisher.write("edition/content/tin/cho-noi/index.md", BROKEN)
        },
        |publisher| {
            let text = "---\ntitle: A\ndate: 2026-01-01\nimage: mat.jpg\n---\n\nx\n";
            publisher.write("edition/content/tin/cho-noi.md", text)
        },
        |publisher| {
            publisher.write(
                "edition/content/tin/2026/index.md",
                "---\ntitle: B\ndate: 2026-01-01\n---\n\nx\n",
            )
        },
        |publisher| {
            let folder = publisher.path("edition/content/tin/2026");
            std::fs::rename(&folder, publisher.path("edition/xa"))?;
            Ok(std::os::unix::fs::symlink(publisher.path("nowhere"), folder)?)
        },
    ];
    for (at, mistake) in mistakes.iter().enumerate() {
        let publisher = Publisher::new()?;
        publisher.write("edition/site.toml", SITE)?;
        publisher.article("cho-noi", 1)?;
        publisher.article("2026/bai-trong", 2)?;
        assert_eq!(publisher.print(&[])?.status.code(), Some(0));
        mistake(&publisher)?;
        let output = publisher.print(&[])?;
        assert_eq!(output.status.code(), Some(3), "mistake {at}: {}", said(&output));
    }
    Ok(())
}
