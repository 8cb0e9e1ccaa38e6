//! A store that speaks S3's language: the server of moto, which runs here.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use futures::TryStreamExt as _;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::{Attribute, ObjectStore as _, ObjectStoreExt as _};
use tokio::runtime::Runtime;

use super::{Destination, command, command_for, heard, names, not_run, printed, publish_to, tool};
use crate::publisher::{Publisher, Result, said};

const KEY: &str = "AKIAPAPEREXAMPLE";
const SECRET: &str = "a-secret-that-nobody-may-see";

/// The requests that change something, as the server has logged them.
type Log = Arc<(Mutex<Vec<String>>, Condvar)>;

struct S3 {
    server: Child,
    url: String,
    log: Log,
    store: AmazonS3,
    runtime: Runtime,
    /// Bytes by name and entity tag.
    seen: RefCell<BTreeMap<(String, String), Vec<u8>>>,
}

impl S3 {
    /// Starts a server with an empty bucket.
    fn start() -> Result<Option<Self>> {
        let Some(program) = tool(&[".tools/publish-python/bin/moto_server"]) else {
            return not_run("no moto").map(|()| None);
        };
        let mut server = Command::new(program)
            .args(["-H", "127.0.0.1", "-p", "0"])
            .env("NO_COLOR", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(server.stderr.take().ok_or("no log")?).lines();
        let url = loop {
            let line = lines.next().ok_or("the server has ended")??;
            if let Some((_, url)) = line.split_once("Running on ") {
                break url.trim().to_owned();
            }
        };
        let log = Log::default();
        let writer = log.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(std::result::Result::ok) {
                if ["PUT /", "POST /", "DELETE /"].iter().any(|it| line.contains(it)) {
                    writer.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
                    writer.1.notify_all();
                }
            }
        });
        press::online::prepare_tls();
        reqwest::blocking::Client::new().put(format!("{url}/paper")).send()?.error_for_status()?;
        let builder = AmazonS3Builder::new().with_endpoint(&url).with_allow_http(true);
        let builder = builder.with_access_key_id(KEY).with_secret_access_key(SECRET);
        let store = builder.with_region("us-east-1").with_bucket_name("paper").build()?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        Ok(Some(Self { server, url, log, store, runtime, seen: RefCell::default() }))
    }

    /// How many requests have changed something so far.
    fn count(&self) -> usize {
        self.log.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Publishes, and kills the run when so many requests were made.
    fn kill_at(&self, count: usize, publisher: &Publisher) -> Result {
        let mut run = command_for(publisher, self, &[]).stdout(Stdio::piped()).spawn()?;
        let mut log = self.log.0.lock().unwrap_or_else(PoisonError::into_inner);
        while log.len() < count {
            if run.try_wait()?.is_some() {
                let told = heard(&run.wait_with_output()?);
                return Err(format!("it ended at {} of {count}: {told}", log.len()).into());
            }
            // A run that ends makes no request, so its end is looked for, too.
            let waited = self.log.1.wait_timeout(log, std::time::Duration::from_millis(50));
            log = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        run.kill()?;
        run.wait()?;
        Ok(())
    }

    /// The objects of the site that a run has sent.
    fn sent_since(&self, count: usize) -> BTreeSet<String> {
        let log = self.log.0.lock().unwrap_or_else(PoisonError::into_inner);
        let name = |line: &String| {
            let name = line.split("PUT /paper/").nth(1)?.split(' ').next()?.to_owned();
            (!name.starts_with(".press-published")).then_some(name)
        };
        log.iter().skip(count).filter_map(name).collect()
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Destination for S3 {
    fn to(&self) -> String {
        "s3://paper".to_owned()
    }

    fn objects(&self) -> Result<BTreeMap<String, Vec<u8>>> {
        let list: Vec<_> = self.runtime.block_on(self.store.list(None).try_collect())?;
        let mut objects = BTreeMap::new();
        let mut seen = self.seen.borrow_mut();
        for object in list {
            let name = object.location.to_string();
            let key = (name.clone(), object.e_tag.unwrap_or_default());
            if !seen.contains_key(&key) {
                let get = async { self.store.get(&object.location).await?.bytes().await };
                seen.insert(key.clone(), self.runtime.block_on(get)?.to_vec());
            }
            objects.insert(name, seen.get(&key).cloned().unwrap_or_default());
        }
        Ok(objects)
    }

    fn object(&self, name: &str) -> Option<Vec<u8>> {
        let get = async { self.store.get(&name.into()).await?.bytes().await };
        self.runtime.block_on(get).ok().map(|it| it.to_vec())
    }

    fn prepare(&self, command: &mut Command) {
        command.env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", SECRET);
        command.env("AWS_ENDPOINT_URL", &self.url).env("AWS_REGION", "us-east-1");
    }

    fn must_be_whole(&self) -> Result {
        let objects = self.objects()?;
        let missing = super::crawler::missing(|name| objects.get(name).cloned());
        if missing.is_empty() { Ok(()) } else { Err(missing.join("\n").into()) }
    }
}

/// A newspaper of about so many files that readers get.
fn newspaper(files: usize) -> Result<Publisher> {
    let publisher = super::newspaper(0)?;
    // An article is a page, its data, an embed, and as many lists.
    for number in 0..files.div_ceil(5) {
        let (hour, minute) = (number / 60, number % 60);
        let text = format!(
            "---\ntitle: Bài số {number}\ndate: 2026-01-02T{hour:02}:{minute:02}:00+07:00\n---\n\nThân bài.\n"
        );
        publisher.write(&format!("edition/content/tin/so-{number}.md"), text)?;
    }
    Ok(publisher)
}

/// What readers get: files for hosts are of no use in a store.
pub(super) fn for_readers(publisher: &Publisher) -> Result<BTreeMap<String, Vec<u8>>> {
    let hosts = crate::hosts::FILES;
    Ok(printed(publisher)?.into_iter().filter(|(name, _)| !hosts.contains(&&**name)).collect())
}

#[test]
fn of_2000_files_those_that_changed_are_sent_and_ten_kills_leave_a_whole_site() -> Result {
    let Some(s3) = S3::start()? else { return Ok(()) };
    let publisher = newspaper(2_000)?;
    // Killed in the first run, too.
    for part in 1..=2 {
        s3.kill_at(part * 700, &publisher)?;
        s3.must_be_whole()?;
    }
    publish_to(&publisher, &s3, &[])?;
    let site = for_readers(&publisher)?;
    assert!(site.len() > 2_000, "{}", site.len());
    assert_eq!(s3.site()?, site);

    let before = s3.count();
    publisher.article("them", 3)?;
    let report = publish_to(&publisher, &s3, &[])?;
    let changed = &names(&report["files"]["added"]) | &names(&report["files"]["changed"]);
    let for_hosts = |it: &String| crate::hosts::FILES.contains(&&**it);
    let changed: BTreeSet<_> = changed.into_iter().filter(|it| !for_hosts(it)).collect();
    assert_eq!(names(&report["sending"]["sent"]), changed);
    assert_eq!(s3.sent_since(before), changed);
    assert!(changed.len() < 60, "{}", changed.len());

    for round in 0..8 {
        super::change_every_page(&publisher, round)?;
        s3.kill_at(s3.count() + 3 + round * 60, &publisher)?;
        s3.must_be_whole()?;
    }
    publish_to(&publisher, &s3, &["--keep-removed", "0s"])?;
    s3.must_be_whole()?;
    publish_to(&publisher, &s3, &["--keep-removed", "0s"])?;
    assert_eq!(s3.site()?, for_readers(&publisher)?);
    Ok(())
}

#[test]
fn objects_have_the_types_and_rules_that_readers_need() -> Result {
    let Some(s3) = S3::start()? else { return Ok(()) };
    let publisher = super::newspaper(2)?;
    publish_to(&publisher, &s3, &["--compress"])?;
    let about = |name: &str, attribute: Attribute| -> Result<String> {
        let found = s3.runtime.block_on(s3.store.get(&name.into()))?;
        Ok(found.attributes.get(&attribute).map(|it| it.to_string()).unwrap_or_default())
    };
    let site = printed(&publisher)?;
    let style = site.keys().find(|it| it.ends_with(".css")).ok_or("no style")?;
    for (name, media_type, cache, encoding) in [
        ("tin/bai-1/index.html", "text/html; charset=utf-8", "no-cache", "gzip"),
        ("tin/bai-1/index.json", "application/json; charset=utf-8", "no-cache", "gzip"),
        ("sw.js", "text/javascript; charset=utf-8", "no-cache", "gzip"),
        ("embed.js", "text/javascript; charset=utf-8", "public, max-age=300", "gzip"),
        (style, "text/css; charset=utf-8", "public, max-age=31536000, immutable", "gzip"),
        ("icons/icon-192.png", "image/png", "no-cache", ""),
    ] {
        assert_eq!(about(name, Attribute::ContentType)?, media_type, "{name}");
        assert_eq!(about(name, Attribute::CacheControl)?, cache, "{name}");
        assert_eq!(about(name, Attribute::ContentEncoding)?, encoding, "{name}");
    }
    // What is sent otherwise is sent again.
    let report = publish_to(&publisher, &s3, &[])?;
    let sent = names(&report["sending"]["sent"]);
    assert!(sent.contains("sw.js") && !sent.contains("icons/icon-192.png"), "{sent:?}");
    assert_eq!(s3.object("sw.js"), site.get("sw.js").cloned());
    Ok(())
}

#[test]
fn keys_are_found_where_the_aws_tools_keep_them_and_never_told() -> Result {
    let Some(s3) = S3::start()? else { return Ok(()) };
    let publisher = super::newspaper(1)?;
    publisher.write(
        "keys",
        format!("[paper]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n"),
    )?;
    publisher.write(
        "config",
        format!("[profile paper]\nregion = us-east-1\nendpoint_url = {}\n", s3.url),
    )?;
    let command = |to: &str| {
        let mut command = super::command(&publisher, to, &[]);
        command.env("AWS_SHARED_CREDENTIALS_FILE", publisher.path("keys"));
        command.env("AWS_CONFIG_FILE", publisher.path("config")).env("AWS_PROFILE", "paper");
        command
    };
    let output = command("s3://paper/duoi").output()?;
    assert_eq!(output.status.code(), Some(0), "{}", heard(&output));
    assert!(s3.object("duoi/index.html").is_some());
    let failed = command("s3://none").output()?;
    assert_eq!(failed.status.code(), Some(5), "{}", heard(&failed));
    for told in [heard(&output), said(&output), heard(&failed), said(&failed)] {
        assert!(!told.contains(SECRET), "{told}");
    }
    for (name, bytes) in s3.objects()?.into_iter().chain(publisher.files()?) {
        assert!(!String::from_utf8_lossy(&bytes).contains(SECRET), "{name}");
    }
    // Keys that a program prints: one that the profile names, or that of AWS for what it alone can do.
    let print = format!(
        "#!/bin/sh\necho '{{\"Version\": 1, \"AccessKeyId\": \"{KEY}\", \"SecretAccessKey\": \"{SECRET}\", \"SessionToken\": \"t\"}}'\n"
    );
    publisher.write("bin/aws", print)?;
    let aws = publisher.path("bin/aws");
    fs::set_permissions(&aws, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    let path = format!("{}:{}", publisher.path("bin").display(), std::env::var("PATH")?);
    for (line, code) in [
        (format!("credential_process = '{}' a b", aws.display()), 0),
        ("sso_session = toa-soan".to_owned(), 0),
        ("role_arn = arn:aws:iam::1:role/a\nsource_profile = b".to_owned(), 0),
        (format!("credential_process = echo {SECRET}"), 2),
        ("credential_process = exit 3".to_owned(), 2),
    ] {
        let place =
            format!("[profile paper]\nregion = us-east-1\nendpoint_url = {}\n{line}\n", s3.url);
        publisher.write("config", place)?;
        let mut press = command("s3://paper/ba");
        press.env("AWS_SHARED_CREDENTIALS_FILE", publisher.path("none")).env("PATH", &path);
        let output = press.output()?;
        assert_eq!(output.status.code(), Some(code), "{line}: {}", heard(&output));
        assert!(!heard(&output).contains(SECRET) && !said(&output).contains(SECRET), "{line}");
    }
    let mut unknown = command("s3://paper");
    let output = unknown.env("AWS_PROFILE", "other").output()?;
    assert_eq!(output.status.code(), Some(2), "{}", heard(&output));
    assert!(heard(&output).contains("\\\"other\\\""), "{}", heard(&output));
    Ok(())
}

#[test]
fn two_publishers_to_one_store_end_with_one_site() -> Result {
    let Some(s3) = S3::start()? else { return Ok(()) };
    super::locks::two_at_once(&s3, for_readers)
}

#[test]
fn a_bucket_that_is_not_there_is_named() -> Result {
    let Some(s3) = S3::start()? else { return Ok(()) };
    let publisher = Publisher::new()?;
    publisher.article("mot", 1)?;
    let mut run = command(&publisher, "s3://no-paper", &[]);
    s3.prepare(&mut run);
    let output = run.output()?;
    assert_ne!(output.status.code(), Some(0));
    assert!(heard(&output).contains("s3://no-paper/ does not exist"), "{}", heard(&output));
    Ok(())
}
