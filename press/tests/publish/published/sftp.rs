//! A server that is reached by SFTP. OpenSSH's server runs here without a network.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use super::killed::kill_when;
use super::{Destination, Folder, newspaper, not_run, printed, publish_to, tool};
use crate::publisher::Result;

struct Server {
    folder: Folder,
    program: PathBuf,
}

impl Server {
    fn new() -> Result<Option<Self>> {
        let places = [
            ".tools/sftp/usr/lib/openssh/sftp-server",
            "/usr/lib/openssh/sftp-server",
            "/usr/libexec/openssh/sftp-server",
            "/usr/libexec/sftp-server",
        ];
        let client = Command::new("sftp").arg("-h").output();
        match tool(&places).filter(|_| client.is_ok()) {
            Some(program) => {
                Ok(Some(Self { folder: Folder::new()?, program: program.canonicalize()? }))
            }
            None => not_run("no sftp").map(|()| None),
        }
    }
}

impl Destination for Server {
    fn to(&self) -> String {
        format!("sftp://{}/trang báo", self.folder.to())
    }

    fn objects(&self) -> Result<BTreeMap<String, Vec<u8>>> {
        let all = self.folder.objects()?.into_iter();
        Ok(all
            .filter_map(|(name, it)| Some((name.strip_prefix("trang báo/")?.to_owned(), it)))
            .collect())
    }

    fn object(&self, name: &str) -> Option<Vec<u8>> {
        self.folder.object(&format!("trang báo/{name}"))
    }

    fn prepare(&self, command: &mut Command) {
        command.arg("--sftp").arg(format!("sftp -D {}", self.program.display()));
    }
}

#[test]
fn a_server_gets_what_changed_and_is_whole_after_every_kill() -> Result {
    let Some(server) = Server::new()? else { return Ok(()) };
    let publisher = newspaper(6)?;
    publish_to(&publisher, &server, &[])?;
    assert_eq!(server.site()?, printed(&publisher)?);
    for round in 0..4_usize {
        publisher.article(&format!("moi \"{round}\""), 7)?;
        super::change_every_page(&publisher, round)?;
        let there = server.count();
        kill_when(&publisher, &server, there + 1 + 9 * round)?;
        server.must_be_whole()?;
    }
    publish_to(&publisher, &server, &["--keep-removed", "0s"])?;
    publish_to(&publisher, &server, &["--keep-removed", "0s"])?;
    assert_eq!(server.site()?, printed(&publisher)?);
    let own = server.objects()?.into_keys().filter(|it| it.starts_with(".press-published/"));
    let own: Vec<_> = own.filter(|it| !it.contains("/kept/")).collect();
    assert_eq!(own, [".press-published/list.json"], "nothing is left behind");
    Ok(())
}

#[test]
fn two_publishers_to_one_server_end_with_one_site() -> Result {
    let Some(server) = Server::new()? else { return Ok(()) };
    super::locks::two_at_once(&server, printed)
}

#[test]
fn a_server_goes_back_to_the_print_before() -> Result {
    let Some(server) = Server::new()? else { return Ok(()) };
    let publisher = newspaper(3)?;
    publish_to(&publisher, &server, &[])?;
    let first = server.site()?;
    publisher.article("moi", 9)?;
    publish_to(&publisher, &server, &[])?;
    publish_to(&publisher, &server, &["--rollback", "--keep-removed", "0s"])?;
    publish_to(&publisher, &server, &["--rollback", "--keep-removed", "0s"])?;
    assert_eq!(server.site()?, printed(&publisher)?);
    publish_to(&publisher, &server, &["--rollback", "--keep-removed", "0s"])?;
    assert_eq!(server.site()?, first);
    Ok(())
}

#[test]
fn a_server_that_cannot_be_reached_is_an_error_before_anything_is_printed() -> Result {
    let publisher = newspaper(1)?;
    if Server::new()?.is_none() {
        return Ok(());
    }
    let mut command =
        super::command(&publisher, "sftp:///srv/paper", &["--sftp", "sftp -D /no/such/server"]);
    let output = command.output()?;
    assert_eq!(output.status.code(), Some(2), "{}", super::heard(&output));
    assert!(super::heard(&output).contains("/no/such/server"), "{}", super::heard(&output));
    assert!(!publisher.path("site").exists());
    Ok(())
}
