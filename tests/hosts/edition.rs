//! The sample edition with one more article, which has what the sample lacks: a drawing, a document with a
//! Vietnamese name, and old addresses that are hard to write.

use std::fs;
use std::sync::OnceLock;

use tempfile::TempDir;
use tests::{Paper, Result, own_edition};

const ARTICLE: &str = "---
title: \"Bến đò ngang có bảng giờ mới\"
date: 2026-11-19T08:00:00+07:00
summary: \"Đò chạy thêm ba chuyến.\"
aliases:
  - /bến-đò/giờ chạy/
  - /2019/11/ben-do.html
  - /ben-do-(cu)/+1/
---

Đò chạy thêm ba chuyến mỗi ngày, theo [bảng giờ](<Bảng giờ đò.pdf>).

![Bến đò](bến.svg \"Bến đò\")
";

const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"40\" \
    viewBox=\"0 0 60 40\"><path d=\"M4 30h52l-6 8H10z\" fill=\"navy\"/></svg>";

/// The paper, at `/` or below a path.
pub(crate) fn paper(base: Option<&str>) -> Result<Paper> {
    Paper::print(edition()?.path(), base)
}

/// The paper with compressed files, printed once for all tests.
pub(crate) fn precompressed() -> Result<&'static Paper> {
    static PAPER: OnceLock<Paper> = OnceLock::new();
    if let Some(paper) = PAPER.get() {
        return Ok(paper);
    }
    let paper = Paper::print_precompressed(edition()?.path())?;
    Ok(PAPER.get_or_init(|| paper))
}

fn edition() -> Result<TempDir> {
    let edition = own_edition()?;
    let folder = edition.path().join("content/thoi-su/ben-do-ngang");
    fs::create_dir(&folder)?;
    fs::write(folder.join("index.md"), ARTICLE)?;
    fs::write(folder.join("Bảng giờ đò.pdf"), "%PDF-1.4\n%%EOF\n")?;
    fs::write(folder.join("bến.svg"), DRAWING)?;
    Ok(edition)
}
