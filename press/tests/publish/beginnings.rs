//! How a newspaper and an article begin, and what the command says of itself.

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;

use crate::publisher::{Publisher, Result, answer, said};

fn press(publisher: &Publisher, arguments: &[&str]) -> Result<Output> {
    let mut press = Command::new(env!("CARGO_BIN_EXE_press"));
    Ok(press.current_dir(publisher.path("")).args(arguments).output()?)
}

#[test]
fn a_newspaper_is_started_written_in_and_printed() -> Result {
    for language in ["vi", "en"] {
        let publisher = Publisher::new()?;
        let run = |arguments: &[&str]| press(&publisher, arguments);
        let output = run(&["new-edition", "new", "--language", language])?;
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        assert!(
            answer(&output).contains("Next: press build new --out new/site"),
            "{}",
            answer(&output)
        );
        let output = run(&["new", "Gió đổi chiều", "--edition", "new", "--draft=false"])?;
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let print = ["build", "new", "--shell", "shell", "--out", "new/site", "--strict", "--all"];
        let output = run(&print)?;
        assert_eq!((output.status.code(), &*said(&output)), (Some(0), ""));
        assert!(answer(&output).contains("0 warnings, 0 drafts"), "{}", answer(&output));
        // What is printed there is not the next print's, and not the repository's.
        assert_eq!(fs::read_to_string(publisher.path("new/.gitignore"))?, "/site/\n");
        assert_eq!(run(&print)?.status.code(), Some(0));
        assert_eq!(run(&["new-edition", "new"])?.status.code(), Some(2), "it is not empty");
    }
    Ok(())
}

#[test]
fn an_article_is_a_draft_until_its_publisher_says_otherwise() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("tot", 1)?;
    let json = |arguments: &[&str]| -> Result<(Option<i32>, Value)> {
        let output = press(&publisher, arguments)?;
        assert_eq!(said(&output), "");
        Ok((output.status.code(), serde_json::from_slice(&output.stdout)?))
    };
    let new = ["new", "Chợ nổi: sáng sớm", "--edition", "edition", "--json"];
    let (code, told) = json(&new)?;
    assert_eq!((code, told["draft"].as_bool()), (Some(0), Some(true)), "{told}");
    assert_eq!(told["url"], "https://paper.example/tin/cho-noi-sang-som/");
    let text = fs::read_to_string(publisher.path(told["file"].as_str().unwrap_or_default()))?;
    assert!(text.contains("title: \"Chợ nổi: sáng sớm\"\ndate: 20"), "{text}");
    assert!(text.contains("+07:00\ndraft: true"), "{text}");
    publisher.print(&[])?;
    assert!(!publisher.path("site/tin/cho-noi-sang-som").exists());
    let (code, told) = json(&new)?;
    assert_eq!((code, told["exit_code"].as_i64()), (Some(2), Some(2)), "{told}");
    assert!(told["failure"].as_str().is_some_and(|it| it.contains("--slug")), "{told}");
    let output = press(&publisher, &["new", "Chợ nổi", "--edition", "shell"])?;
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("site.toml: error:"), "{}", said(&output));
    Ok(())
}

#[test]
fn a_press_without_a_shell_says_what_to_do() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("tot", 1)?;
    let output = press(&publisher, &["build", "edition", "--out", "site"])?;
    if cfg!(feature = "embedded-shell") {
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        return Ok(());
    }
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("--shell dist") && !publisher.path("site").exists());
    Ok(())
}

#[test]
fn the_shell_that_is_named_is_the_one_that_is_printed_with() -> Result {
    let publisher = Publisher::new()?;
    publisher.article("tot", 1)?;
    publisher.write("shell/boot.js", "start_of_mine()")?;
    assert_eq!(publisher.print(&[])?.status.code(), Some(0));
    assert!(publisher.read("index.html")?.contains("start_of_mine()"));
    fs::remove_file(publisher.path("shell/sw.js"))?;
    let output = publisher.print(&[])?;
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("make shell") && said(&output).contains("sw.js is missing"));
    Ok(())
}

#[test]
fn the_manual_and_the_completions_know_every_command() -> Result {
    let publisher = Publisher::new()?;
    let help = answer(&press(&publisher, &["--help"])?);
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .map_while(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.contains(&"new-edition") && commands.len() > 6, "{commands:?}");
    assert_eq!(press(&publisher, &["man", "man"])?.status.code(), Some(0));
    for command in &commands {
        let page = fs::read_to_string(publisher.path(&format!("man/press-{command}.1")))?;
        assert!(page.contains("Examples:"), "{command}: {page}");
        let help = answer(&press(&publisher, &[command, "--help"])?);
        assert!(help.contains("Examples:"), "{command}: {help}");
    }
    for shell in ["bash", "zsh", "fish"] {
        let script = answer(&press(&publisher, &["completions", shell])?);
        for command in &commands {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    Ok(())
}
