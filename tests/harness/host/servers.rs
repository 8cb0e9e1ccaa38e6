//! nginx, Caddy and Apache: a configuration as a publisher has it, around what the press wrote for them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tokio::process::Command;

use super::Place;
use super::kind::program;
use crate::Result;

/// A page at its path without the slash; the folder's own files at theirs. `try_files` looks inside the folder
/// without asking the rules again.
const WITHOUT_SLASHES: &str = "\
absolute_redirect off;
location = /index.html { return 308 /; }
location = / { try_files /index.html =404; }
location ~ ^(?<page>.+)/(index\\.html)?$ { return 308 $page; }
location / { try_files $uri $uri/index.html =404; }
error_page 404 /404.html;
location = /404.html { internal; }
";

/// Writes a file of the host's folder, and gives its path.
fn write(place: &Place<'_>, name: &str, text: &str) -> Result<PathBuf> {
    let path = place.folder.join(name);
    fs::write(&path, text)?;
    Ok(path)
}

fn start(name: &str) -> Result<Command> {
    Ok(Command::new(program(name).with_context(|| format!("no {name} on this machine"))?))
}

/// Debian's module that sends compressed files, for an nginx.
pub(super) fn brotli(nginx: &Path) -> Option<PathBuf> {
    let there = nginx.parent()?.parent()?;
    let file = there.join("lib/nginx/modules/ngx_http_brotli_static_module.so");
    file.is_file().then_some(file)
}

/// One process, so that none is left when it is killed. Started by root it is root's, so that it gives its folders to
/// nobody else, which it may not do in a container; `user` means nothing to others.
pub(super) fn nginx(place: &Place<'_>, written: bool) -> Result<Command> {
    let program = program("nginx").context("no nginx on this machine")?;
    let there = program.parent().and_then(Path::parent).context("nginx is in no folder")?;
    let module = brotli(&program).context("nginx has no module for brotli")?;
    // Debian has them in `etc` beside `usr`.
    let types = [there.join("../etc/nginx/mime.types"), "/etc/nginx/mime.types".into()];
    let types = types.iter().find(|it| it.is_file()).context("nginx has no mime.types")?;
    let rules = match written {
        true => format!("include {};", place.site.join(".hosts/nginx.conf").display()),
        false => WITHOUT_SLASHES.to_owned(),
    };
    let folder = place.folder.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|it| format!("    {it}_temp_path {folder}/{it};\n"))
        .collect();
    let text = format!(
        "load_module {module};
daemon off;
master_process off;
user root;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    include {types};
    default_type application/octet-stream;
{temporary}
    server {{
        listen {address};
        server_name localhost;
        root {root};
        brotli_static on;
        {rules}
    }}
}}
",
        module = module.display(),
        types = types.display(),
        address = place.address,
        root = place.root.display(),
    );
    let config = write(place, "nginx.conf", &text)?;
    let mut command = Command::new(program);
    command.arg("-p").arg(place.folder).arg("-c").arg(config);
    command.arg("-e").arg(place.folder.join("error.log"));
    Ok(command)
}

pub(super) fn caddy(place: &Place<'_>) -> Result<Command> {
    let text = format!(
        "{{
    admin off
    auto_https off
    storage file_system {folder}/storage
}}
http://{address} {{
    root * {root}
    import {rules}
}}
",
        folder = place.folder.display(),
        address = place.address,
        root = place.root.display(),
        rules = place.site.join(".hosts/Caddyfile").display(),
    );
    let config = write(place, "Caddyfile", &text)?;
    let mut command = start("caddy")?;
    command.arg("run").arg("--adapter").arg("caddyfile").arg("--config").arg(config);
    Ok(command)
}

/// The modules that Debian switches on at the install, and of the others `headers`, `rewrite`, `expires`.
const APACHE_MODULES: [&str; 12] = [
    "mpm_event",
    "authz_core",
    "alias",
    "autoindex",
    "deflate",
    "dir",
    "filter",
    "mime",
    "negotiation",
    "setenvif",
    "headers",
    "rewrite",
];

pub(super) fn apache(place: &Place<'_>) -> Result<Command> {
    let modules: String = APACHE_MODULES
        .iter()
        .map(|it| format!("LoadModule {it}_module /usr/lib/apache2/modules/mod_{it}.so\n"))
        .collect();
    let types = match Path::new("/etc/mime.types") {
        known if known.is_file() => known.to_owned(),
        _ => write(place, "mime.types", "")?,
    };
    let text = format!(
        "{modules}
ServerRoot {folder}
ServerName localhost
Listen {address}
PidFile {folder}/pid
ErrorLog {folder}/error.log
DefaultRuntimeDir {folder}
Mutex pthread
<IfModule !unixd_module>
    LoadModule unixd_module /usr/lib/apache2/modules/mod_unixd.so
</IfModule>
User \"#65534\"
Group \"#65534\"
TypesConfig {types}
DocumentRoot {root}
<Directory />
    Require all denied
</Directory>
<Directory {root}>
    Options Indexes FollowSymLinks
    AllowOverride All
    Require all granted
</Directory>
",
        folder = place.folder.display(),
        address = place.address,
        types = types.display(),
        root = place.root.display(),
    );
    let config = write(place, "apache.conf", &text)?;
    let mut command = start("apache2")?;
    // One process, so that none is left when it is killed.
    command.arg("-X").arg("-f").arg(config);
    Ok(command)
}
