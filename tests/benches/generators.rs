//! Other generators of sites, given the articles that the press prints.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::archive;

/// Writes so many articles for a generator into a folder, prints them with the program, and answers the seconds: by the
/// clock, and of the processors.
type Print = fn(&Path, &Path, usize) -> Result<(f64, f64), Box<dyn Error>>;

/// The generators by their names.
pub(crate) const ALL: [(&str, Print); 2] = [("Hugo", hugo), ("Zola", zola)];

/// Hugo: pages and their JSON with 14 related articles each, and lists in pages of 20.
fn hugo(program: &Path, folder: &Path, articles: usize) -> Result<(f64, f64), Box<dyn Error>> {
    archive::write(folder, articles)?;
    let write = |name: &str, text: &str| write(&folder.join(name), text);
    write(
        "hugo.toml",
        "baseURL = \"https://paper.example/\"\nlanguageCode = \"vi\"\ntitle = \"Báo\"\n\
         disableKinds = [\"taxonomy\", \"term\", \"sitemap\"]\n[pagination]\npagerSize = 20\n\
         [outputs]\npage = [\"html\", \"json\"]\nsection = [\"html\", \"rss\"]\nhome = [\"html\", \"rss\"]\n\
         [related]\nthreshold = 0\n[[related.indices]]\nname = \"tags\"\nweight = 100\n",
    )?;
    write(
        "layouts/_default/single.html",
        "<!doctype html><html lang=vi><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}<ul>\
         {{ range first 14 (.Site.RegularPages.Related .) }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>\
         <p>{{ .Params.summary }}</p>{{ end }}</ul></html>",
    )?;
    write(
        "layouts/_default/single.json",
        "{\"title\": {{ .Title | jsonify }}, \"content_html\": {{ .Content | jsonify }}, \"related\": [\
         {{ range $i, $p := first 14 (.Site.RegularPages.Related .) }}{{ if $i }}, {{ end }}\
         {\"url\": {{ $p.Permalink | jsonify }}, \"title\": {{ $p.Title | jsonify }}}{{ end }}]}",
    )?;
    write(
        "layouts/_default/list.html",
        "<!doctype html><html lang=vi><title>{{ .Title }}</title><h1>{{ .Title }}</h1><ul>\
         {{ range (.Paginate .RegularPagesRecursive).Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>\
         <p>{{ .Params.summary }}</p>{{ end }}</ul></html>",
    )?;
    let arguments = ["--quiet", "--destination", "out", "--source"];
    timed(Command::new("bash").args(TIMED).arg(program).args(arguments).arg(folder))
}

/// Zola: pages without related articles and without JSON, of both of which it has none, and lists in pages of 20.
fn zola(program: &Path, folder: &Path, articles: usize) -> Result<(f64, f64), Box<dyn Error>> {
    archive::write(folder, articles)?;
    let write = |name: &str, text: &str| write(&folder.join(name), text);
    write(
        "config.toml",
        "base_url = \"https://paper.example\"\ntitle = \"Báo\"\ndefault_language = \"vi\"\n\
         compile_sass = false\ngenerate_feeds = true\n",
    )?;
    let section = |transparent: bool| {
        format!("+++\nsort_by = \"date\"\npaginate_by = 20\ntransparent = {transparent}\n+++\n")
    };
    write("content/_index.md", &section(false))?;
    for number in 0..5 {
        write(&format!("content/muc-{number}/_index.md"), &section(true))?;
    }
    // It allows no fields of its own in front matter but below `extra`.
    for number in 0..articles {
        let file = folder.join(archive::file(number));
        let text = fs::read_to_string(&file)?;
        let (head, body) = text.split_once("---\n\n").ok_or("no front matter")?;
        let mut front = String::from("---\n");
        let mut extra = String::from("extra:\n");
        for line in head.lines().skip(1) {
            let own = line.starts_with("title:") || line.starts_with("date:");
            let (to, indent) = if own { (&mut front, "") } else { (&mut extra, "  ") };
            to.extend([indent, line, "\n"]);
        }
        fs::write(&file, [&front, &extra, "---\n\n", body].concat())?;
    }
    let list = "<!doctype html><html lang=vi><title>{{ section.title }}</title><ul>{% for page in paginator.pages %}\
                <li><a href=\"{{ page.permalink }}\">{{ page.title }}</a><p>{{ page.extra.summary }}</p>{% endfor %}</ul></html>";
    write("templates/index.html", list)?;
    write("templates/section.html", list)?;
    write(
        "templates/page.html",
        "<!doctype html><html lang=vi><title>{{ page.title }}</title><h1>{{ page.title }}</h1>{{ page.content | safe }}</html>",
    )?;
    timed(Command::new("bash").args(TIMED).arg(program).arg("--root").arg(folder).arg("build"))
}

fn write(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(path.parent().ok_or("no folder")?)?;
    Ok(fs::write(path, text)?)
}

/// What bash tells of a program's user and system seconds, in its last line.
const TIMED: [&str; 2] = ["-c", "TIMEFORMAT='%U %S'; time \"$0\" \"$@\""];

fn timed(command: &mut Command) -> Result<(f64, f64), Box<dyn Error>> {
    let start = Instant::now();
    let output = command.output()?;
    let seconds = start.elapsed().as_secs_f64();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let last = told.lines().last().unwrap_or_default();
    let times: Vec<f64> = last.split(' ').filter_map(|it| it.parse().ok()).collect();
    if !output.status.success() || times.len() != 2 {
        return Err(told.into());
    }
    Ok((seconds, times.iter().sum()))
}
