//! What the press says of problems, to people and to tools.

use serde_json::Value;

use crate::publisher::{Publisher, Result, answer, said};

fn edition() -> Result<Publisher> {
    let publisher = Publisher::new()?;
    for day in 1..=30 {
        let text = format!(
            "---\ntitle: Bài {day}\ndate: 2026-01-{day:02}\n---\n\nChữ.\n\n{{{{< bieu-do id=\"{day}\" >}}}}\n"
        );
        publisher.write(&format!("edition/content/tin/bai-{day:02}.md"), text)?;
    }
    publisher.write("edition/content/tin/hong.md", "---\ntitle: Hỏng\ndate: 31/02\n---\n\nx\n")?;
    Ok(publisher)
}

#[test]
fn the_same_warning_is_told_once_with_a_count_and_the_first_places() -> Result {
    let publisher = edition()?;
    let output = publisher.press("check", &[])?;
    assert_eq!(said(&output).matches(": warning: ").count(), 1, "{}", said(&output));
    assert!(said(&output).contains("(30 times in 30 files)"), "{}", said(&output));
    assert!(said(&output).contains("also: content/tin/bai-02.md:"), "{}", said(&output));
    assert!(said(&output).contains("content/tin/hong.md:3: error:"), "{}", said(&output));
    let output = publisher.press("check", &["--all"])?;
    assert_eq!(said(&output).matches(": warning: ").count(), 30, "{}", said(&output));
    Ok(())
}

#[test]
fn check_reads_everything_and_prints_nothing() -> Result {
    let publisher = edition()?;
    let output = publisher.press("check", &[])?;
    assert_eq!(output.status.code(), Some(1));
    assert!(
        answer(&output).starts_with("Read 30 articles (1 errors, 30 warnings, "),
        "{}",
        answer(&output)
    );
    assert!(!publisher.path("site").exists());
    std::fs::remove_file(publisher.path("edition/content/tin/hong.md"))?;
    assert_eq!(publisher.press("check", &[])?.status.code(), Some(0));
    publisher.write("edition/site.toml", "title = ")?;
    let output = publisher.press("check", &[])?;
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).starts_with("site.toml:1: error:"), "{}", said(&output));
    Ok(())
}

#[test]
fn check_reads_what_is_to_come_as_well() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("cho-noi", 1)?;
    let text =
        "---\ntitle: A\ndate: 2026-01-01\npublishDate: 2099-01-01\nimage: mat.jpg\n---\n\nx\n";
    publisher.write("edition/content/tin/mai.md", text)?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0), "it keeps nobody waiting");
    let output = publisher.press("check", &[])?;
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("content/tin/mai.md:5: error:"), "{}", said(&output));
    Ok(())
}

#[test]
fn tools_read_one_object_and_nothing_else() -> Result {
    let publisher = edition()?;
    for (output, command) in [
        (publisher.press("check", &["--json"])?, "check"),
        (publisher.print(&["--json"])?, "build"),
    ] {
        assert_eq!(said(&output), "", "{command}");
        let object: Value = serde_json::from_slice(&output.stdout)?;
        assert_eq!(object["command"], command);
        assert_eq!(object["exit_code"], 1);
        assert_eq!(object["summary"]["articles"], 30);
        assert_eq!(
            (&object["summary"]["errors"], &object["summary"]["warnings"]),
            (&1.into(), &30.into())
        );
        let all = object["diagnostics"].as_array().cloned().unwrap_or_default();
        assert_eq!(all.len(), 31, "nothing is left out for tools");
        let error = all.iter().find(|it| it["severity"] == "error").cloned().unwrap_or_default();
        assert_eq!((&error["code"], &error["line"]), (&"value::date".into(), &3.into()));
        assert_eq!(error["file"], "content/tin/hong.md");
        assert!(error["message"].is_string() && error["fix"].is_string(), "{error}");
    }
    publisher.write("edition/site.toml", "title = ")?;
    let output = publisher.print(&["--json"])?;
    assert_eq!(output.status.code(), Some(2));
    let object: Value = serde_json::from_slice(&output.stdout)?;
    assert_eq!(object["diagnostics"][0]["code"], "site::syntax");
    assert_eq!((&object["exit_code"], &object["printed"]), (&2.into(), &false.into()));
    Ok(())
}

#[test]
fn what_keeps_a_site_from_being_written_has_words_for_tools_too() -> Result {
    let publisher = edition()?;
    publisher.write("site/luan-van.txt", "x")?;
    let object: Value = serde_json::from_slice(&publisher.print(&["--json"])?.stdout)?;
    let codes = object["diagnostics"].as_array().into_iter().flatten().map(|it| &it["code"]);
    assert!(codes.into_iter().any(|it| it == "output::not_a_site"), "{object}");
    std::fs::remove_dir_all(publisher.path("site"))?;
    std::fs::remove_file(publisher.path("shell/sw.js"))?;
    let object: Value = serde_json::from_slice(&publisher.print(&["--json"])?.stdout)?;
    assert!(object["failure"].as_str().is_some_and(|it| it.contains("sw.js")), "{object}");
    assert_eq!(object["exit_code"], 2);
    Ok(())
}

#[test]
fn help_has_examples_and_exit_codes_for_every_command() -> Result {
    for command in ["build", "check", "due", "serve"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_press"))
            .args([command, "--help"])
            .output()?;
        let help = answer(&output);
        assert!(help.contains("Examples:"), "{command}: {help}");
        assert!(help.contains(&format!("press {command}")), "{command}: {help}");
        assert!(help.to_lowercase().contains("exit code"), "{command}: {help}");
    }
    Ok(())
}
