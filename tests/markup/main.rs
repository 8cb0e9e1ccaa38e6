//! Every document of a site is valid HTML: W3C's Nu checker and html-validate find no error in it.
//!
//! The Nu checker needs Java. Where there is none, its tests count as not run.

mod checker;
mod everything;

use std::fs;

use anyhow::ensure;
use checker::{Checker, documents};
use tests::{Event, Paper, Result, report, sample};

/// Checks all documents of a site, and says file, line and message of each error.
fn no_error(paper: &Paper, checker: Checker) -> Result {
    if !checker.is_available() {
        return report(Event::NotRun, "no Java for the Nu checker");
    }
    let site = paper.site();
    let documents = documents(&site)?;
    // Every page, and an embed page for every article.
    ensure!(documents.len() > paper.pages.len() + paper.articles().count(), "{documents:?}");
    let errors = checker.errors(&site, &documents)?;
    ensure!(errors.is_empty(), "{} errors in the HTML:\n{}", errors.len(), errors.join("\n"));
    Ok(())
}

#[test]
fn the_nu_checker_finds_no_error_on_any_page_of_the_sample_edition() -> Result {
    no_error(sample(), Checker::Nu)
}

#[test]
fn html_validate_finds_no_error_on_any_page_of_the_sample_edition() -> Result {
    no_error(sample(), Checker::HtmlValidate)
}

#[test]
fn the_nu_checker_finds_no_error_in_what_a_publisher_can_write() -> Result {
    no_error(everything::paper()?, Checker::Nu)
}

#[test]
fn html_validate_finds_no_error_in_what_a_publisher_can_write() -> Result {
    no_error(everything::paper()?, Checker::HtmlValidate)
}

#[test]
fn a_checker_names_file_line_and_message() -> Result {
    let folder = tempfile::tempdir()?;
    let good = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
        <title>A</title>\n</head>\n<body>\n<h1>A</h1>\n</body>\n</html>\n";
    fs::create_dir(folder.path().join("news"))?;
    fs::write(folder.path().join("news/good.html"), good)?;
    fs::write(
        folder.path().join("news/bad.html"),
        good.replace("</h1>", "</h1>\n<ul><p>B</p></ul>"),
    )?;
    for checker in [Checker::Nu, Checker::HtmlValidate] {
        if !checker.is_available() {
            report(Event::NotRun, "no Java for the Nu checker")?;
            continue;
        }
        let errors = checker.errors(folder.path(), &documents(folder.path())?)?;
        let [error] = errors.as_slice() else { anyhow::bail!("{checker:?}: {errors:?}") };
        ensure!(error.starts_with("news/bad.html:9: ") && error.contains("ul"), "{error}");
    }
    Ok(())
}
