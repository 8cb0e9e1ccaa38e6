//! A destination in a cloud's store: S3 and what speaks its language (R2, MinIO), Google Cloud Storage, Azure Blob
//! Storage. The only module that knows `object_store`, and the asynchronous runtime that it takes.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path as File_;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use futures::TryStreamExt as _;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey, S3ConditionalPut};
use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, ClientOptions, Error, ObjectStore, ObjectStoreExt as _, PutMode,
    PutMultipartOptions, PutOptions, PutPayload, RetryConfig, UpdateVersion,
};
use tokio::runtime::Runtime;

use super::profile::{Keys, Profile};
use super::secrets;
use super::store::{About, Body, Store, Version};
use crate::online::prepare_tls;

/// A larger file is sent in parts of this size (S3: at least 5 MiB and at most 10,000 parts).
const PART: usize = 16 << 20;
/// How long a request that fails is tried again.
const PATIENCE: Duration = Duration::from_secs(60);

/// A bucket or container, or a folder in it.
pub struct CloudStore {
    inner: Arc<dyn ObjectStore>,
    runtime: Runtime,
    /// What all names begin with; empty, or ends with a slash.
    folder: String,
    name: String,
}

impl CloudStore {
    /// The store at `s3://bucket/folder`, `gs://bucket/folder` or `az://container/folder`. Who asks is found where the
    /// clouds' own tools look: in the environment, or in their files.
    ///
    /// # Errors
    /// If the address is none of these, or what is found cannot be used.
    pub fn open(to: &str) -> Result<Self> {
        prepare_tls();
        let (scheme, rest) =
            to.split_once("://").context("an address begins with s3://, gs:// or az://")?;
        let (bucket, folder) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() || bucket.contains(['@', ':', '?', '#']) {
            bail!("{scheme}:// is followed by the name of a bucket and nothing else but a folder");
        }
        let folder = match folder.trim_matches('/') {
            "" => String::new(),
            folder => format!("{folder}/"),
        };
        Path::parse(&folder)?;
        let retry =
            RetryConfig { max_retries: 8, retry_timeout: PATIENCE, ..RetryConfig::default() };
        let inner: Arc<dyn ObjectStore> = match scheme {
            "s3" => Arc::new(s3(bucket)?.with_retry(retry).build().map_err(plain)?),
            "gs" => {
                let builder = google().with_bucket_name(bucket);
                Arc::new(builder.with_retry(retry).build().map_err(plain)?)
            }
            "az" => {
                let builder = azure().with_container_name(bucket);
                Arc::new(builder.with_retry(retry).build().map_err(plain)?)
            }
            other => bail!("{other}:// is no cloud's store"),
        };
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let name = format!("{scheme}://{bucket}/{folder}");
        Ok(Self { inner, runtime, folder, name })
    }

    fn path(&self, name: &str) -> Result<Path> {
        Ok(Path::parse([&*self.folder, name].concat())?)
    }

    async fn send(&self, path: &Path, body: Body<'_>, about: &About) -> Result<()> {
        let attributes = attributes(about);
        let mut bytes = match body {
            Body::Bytes(bytes) => bytes.to_vec(),
            Body::File(file) => {
                let length = std::fs::metadata(file).with_context(|| unread(file))?.len();
                if length > PART as u64 && !about.gzip {
                    return self.send_parts(path, file, attributes).await;
                }
                std::fs::read(file).with_context(|| unread(file))?
            }
        };
        if about.gzip {
            bytes = gzip(&bytes)?;
        }
        let options = PutOptions { attributes, ..PutOptions::default() };
        self.inner.put_opts(path, PutPayload::from(bytes), options).await.map_err(plain)?;
        Ok(())
    }

    /// Sends a file that is too large for the memory.
    async fn send_parts(&self, path: &Path, file: &File_, attributes: Attributes) -> Result<()> {
        let options = PutMultipartOptions { attributes, ..PutMultipartOptions::default() };
        let mut upload = self.inner.put_multipart_opts(path, options).await.map_err(plain)?;
        let sent = async {
            let mut reader = File::open(file).with_context(|| unread(file))?;
            loop {
                let mut part = Vec::new();
                reader.by_ref().take(PART as u64).read_to_end(&mut part)?;
                if part.is_empty() {
                    break;
                }
                upload.put_part(PutPayload::from(part)).await.map_err(plain)?;
            }
            upload.complete().await.map_err(plain)?;
            Ok(())
        }
        .await;
        if sent.is_err() {
            // What was sent of it would be paid for.
            let _ = upload.abort().await;
        }
        sent
    }

    async fn write(&self, name: &str, bytes: &[u8], mode: PutMode) -> Result<bool> {
        let options =
            PutOptions { mode, attributes: attributes(&About::private()), ..PutOptions::default() };
        let payload = PutPayload::from(bytes.to_vec());
        let creates = options.mode == PutMode::Create;
        match self.inner.put_opts(&self.path(name)?, payload, options).await {
            Ok(_) => Ok(true),
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => Ok(false),
            Err(Error::NotFound { .. }) if !creates => Ok(false),
            Err(Error::NotFound { .. }) => {
                bail!("{} does not exist: make it with the tools of the cloud", self.name())
            }
            Err(error) => Err(plain(error)),
        }
    }
}

/// What Azure is asked with: the environment says who one is, or else Azure's own program where somebody has logged in.
fn azure() -> MicrosoftAzureBuilder {
    let builder = MicrosoftAzureBuilder::from_env();
    let said = [
        AzureConfigKey::AccessKey,
        AzureConfigKey::SasKey,
        AzureConfigKey::Token,
        AzureConfigKey::ClientId,
        AzureConfigKey::FederatedTokenFile,
        AzureConfigKey::MsiEndpoint,
        AzureConfigKey::UseEmulator,
        AzureConfigKey::UseAzureCli,
        AzureConfigKey::SkipSignature,
    ];
    let is_said =
        said.iter().any(|it| builder.get_config_value(it).is_some_and(|it| it != "false"));
    let logged_in = || {
        let folder = std::env::var_os("AZURE_CONFIG_DIR")
            .map(std::path::PathBuf::from)
            .or_else(|| Some(std::path::PathBuf::from(std::env::var_os("HOME")?).join(".azure")));
        folder.is_some_and(|it| it.join("azureProfile.json").exists())
    };
    if !is_said && logged_in() { builder.with_use_azure_cli(true) } else { builder }
}

/// What S3 is asked with. `object_store` reads the environment; the files of the AWS tools are read here.
fn s3(bucket: &str) -> Result<AmazonS3Builder> {
    let mut builder = AmazonS3Builder::from_env()
        .with_bucket_name(bucket)
        .with_conditional_put(S3ConditionalPut::ETagMatch);
    let has = |builder: &AmazonS3Builder, key| builder.get_config_value(&key).is_some();
    let profile = Profile::read()?;
    if !has(&builder, AmazonS3ConfigKey::AccessKeyId)
        && let Some(Keys { id, secret, token }) = profile.keys()?
    {
        secrets::remember(&secret);
        builder = builder.with_access_key_id(id).with_secret_access_key(secret);
        if let Some(token) = token {
            secrets::remember(&token);
            builder = builder.with_token(token);
        }
    }
    if let (false, Some(region)) =
        (has(&builder, AmazonS3ConfigKey::Region), profile.value("region"))
    {
        builder = builder.with_region(region);
    }
    if let (false, Some(url)) =
        (has(&builder, AmazonS3ConfigKey::Endpoint), profile.value("endpoint_url"))
    {
        builder = builder.with_endpoint(url);
    }
    let endpoint = builder.get_config_value(&AmazonS3ConfigKey::Endpoint).unwrap_or_default();
    Ok(if is_here(&endpoint) { builder.with_allow_http(true) } else { builder })
}

/// What Google is asked with. `object_store` reads the environment and the files of Google's tools. The address of an
/// emulator is in the key of a service account, as `gcs_base_url`, or in `GOOGLE_BASE_URL`.
fn google() -> GoogleCloudStorageBuilder {
    let builder = GoogleCloudStorageBuilder::from_env();
    let value = |key| builder.get_config_value(&key).filter(|it| !it.is_empty());
    let key = match value(GoogleConfigKey::ServiceAccountKey) {
        Some(key) => Some(key),
        None => value(GoogleConfigKey::ServiceAccount)
            .or_else(|| value(GoogleConfigKey::ApplicationCredentials))
            .and_then(|file| std::fs::read_to_string(file).ok()),
    };
    let key = key.and_then(|it| serde_json::from_str::<serde_json::Value>(&it).ok());
    let secret = key.as_ref().and_then(|it| it["private_key"].as_str()).unwrap_or_default();
    secrets::remember(secret);
    let named = key.as_ref().and_then(|it| it["gcs_base_url"].as_str().map(str::to_owned));
    let here = value(GoogleConfigKey::BaseUrl).or(named).is_some_and(|it| is_here(&it));
    let options = ClientOptions::new().with_allow_http(true);
    if here { builder.with_client_options(options) } else { builder }
}

/// Whether an address is one of this machine: without encryption only what does not leave it.
fn is_here(address: &str) -> bool {
    let host = url::Url::parse(address).ok();
    let host = host.as_ref().and_then(|it| it.host_str()).unwrap_or_default();
    matches!(host, "localhost" | "[::1]") || host.starts_with("127.")
}

fn attributes(about: &About) -> Attributes {
    let mut attributes = Attributes::new();
    let mut set = |name, value: Option<&str>| {
        if let Some(value) = value {
            attributes.insert(name, value.to_owned().into());
        }
    };
    set(Attribute::ContentType, about.media_type.as_deref());
    set(Attribute::CacheControl, about.cache.as_deref());
    set(Attribute::ContentEncoding, about.gzip.then_some("gzip"));
    attributes
}

/// The same bytes give the same result at any time: the header has no time.
fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    io::Write::write_all(&mut out, bytes)?;
    out.finish()
}

fn unread(file: &File_) -> String {
    format!("cannot read {}", file.display())
}

/// An error as a text without anything secret in it.
fn plain(error: Error) -> anyhow::Error {
    let chain = anyhow::Error::from(error);
    // Causes repeat what is said already.
    anyhow!("{}", secrets::without(&chain.to_string()))
}

impl Store for CloudStore {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn has_headers(&self) -> bool {
        true
    }

    fn at_a_time(&self) -> usize {
        16
    }

    fn get(&self, name: &str) -> Result<Option<(Vec<u8>, Version)>> {
        let path = self.path(name)?;
        self.runtime.block_on(async {
            match self.inner.get(&path).await {
                Ok(found) => {
                    let version = found.meta.e_tag.clone().unwrap_or_default();
                    let version =
                        format!("{version}\n{}", found.meta.version.clone().unwrap_or_default());
                    Ok(Some((found.bytes().await.map_err(plain)?.to_vec(), version)))
                }
                Err(Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(plain(error)),
            }
        })
    }

    fn has(&self, name: &str) -> Result<bool> {
        match self.runtime.block_on(self.inner.head(&self.path(name)?)) {
            Ok(_) => Ok(true),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(plain(error)),
        }
    }

    fn put(&self, name: &str, body: Body<'_>, about: &About) -> Result<()> {
        let path = self.path(name)?;
        self.runtime.block_on(self.send(&path, body, about))
    }

    fn create(&self, name: &str, bytes: &[u8]) -> Result<bool> {
        self.runtime.block_on(self.write(name, bytes, PutMode::Create))
    }

    fn replace(&self, name: &str, old: &Version, bytes: &[u8]) -> Result<bool> {
        let part = |it: &str| (!it.is_empty()).then(|| it.to_owned());
        let (tag, version) = old.split_once('\n').unwrap_or((old, ""));
        let old = UpdateVersion { e_tag: part(tag), version: part(version) };
        self.runtime.block_on(self.write(name, bytes, PutMode::Update(old)))
    }

    fn copy(&self, from: &str, to: &str) -> Result<bool> {
        match self.runtime.block_on(self.inner.copy(&self.path(from)?, &self.path(to)?)) {
            Ok(()) => Ok(true),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(plain(error)),
        }
    }

    fn delete(&self, name: &str) -> Result<()> {
        match self.runtime.block_on(self.inner.delete(&self.path(name)?)) {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(plain(error)),
        }
    }

    fn below(&self, folder: &str) -> Result<Vec<String>> {
        let path = self.path(folder)?;
        let all: Vec<_> =
            self.runtime.block_on(self.inner.list(Some(&path)).try_collect()).map_err(plain)?;
        let name = |path: &Path| path.as_ref().strip_prefix(&self.folder).map(str::to_owned);
        Ok(all.iter().filter_map(|it| name(&it.location)).collect())
    }
}
