//! The files in which the AWS tools keep who one is: `~/.aws/credentials` and `~/.aws/config` (AWS SDKs and Tools
//! Reference Guide, "Shared config and credentials files").

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{env, fs, io};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

/// The values of the profile that `AWS_PROFILE` names, or of `default`.
pub(super) struct Profile {
    name: String,
    values: BTreeMap<String, String>,
}

impl Profile {
    pub(super) fn read() -> Result<Self> {
        let variable = |name: &str| env::var(name).ok().filter(|it| !it.is_empty());
        let named = variable("AWS_PROFILE").or_else(|| variable("AWS_DEFAULT_PROFILE"));
        let file = |name: &str, usual: &str| {
            let home = || Some(PathBuf::from(variable("HOME")?).join(".aws").join(usual));
            variable(name).map(PathBuf::from).or_else(home)
        };
        let mut values = BTreeMap::new();
        let mut found = false;
        let name = named.clone().unwrap_or_else(|| "default".to_owned());
        // What both say counts as the credentials have it.
        for (path, in_config) in [
            (file("AWS_CONFIG_FILE", "config"), true),
            (file("AWS_SHARED_CREDENTIALS_FILE", "credentials"), false),
        ] {
            let Some(path) = path else { continue };
            let text = match fs::read_to_string(&path) {
                Ok(text) => text,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => {
                    return Err(error).with_context(|| format!("cannot read {}", path.display()));
                }
            };
            if let Some(section) = section(&text, &name, in_config) {
                found = true;
                values.extend(section);
            }
        }
        if !found && named.is_some() {
            bail!("AWS_PROFILE names {name:?}, which is in no file of the AWS tools");
        }
        Ok(Self { name, values })
    }

    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str).filter(|it| !it.is_empty())
    }

    /// The keys of the profile. Nothing if it says nothing of who one is.
    pub(super) fn keys(&self) -> Result<Option<Keys>> {
        let value = |name: &str| self.value(name).map(str::to_owned);
        if let (Some(id), Some(secret)) =
            (value("aws_access_key_id"), value("aws_secret_access_key"))
        {
            return Ok(Some(Keys { id, secret, token: value("aws_session_token") }));
        }
        let fails = |name: &str| {
            format!("the profile {:?} has {name}, by which no keys are to be had", self.name)
        };
        if let Some(command) = self.value("credential_process") {
            let mut shell = Command::new("sh");
            shell.args(["-c", command]);
            return said_by(shell).map(Some).with_context(|| fails("credential_process"));
        }
        // What asks a service for keys is left to the program that knows all of these ways.
        let ways = ["sso_session", "sso_start_url", "role_arn", "login_session"];
        let Some(way) = ways.into_iter().find(|it| self.value(it).is_some()) else {
            return Ok(None);
        };
        let mut aws = Command::new("aws");
        aws.args([
            "configure",
            "export-credentials",
            "--format",
            "process",
            "--profile",
            &self.name,
        ]);
        said_by(aws).map(Some).with_context(|| {
            let advice = "the press asks \"aws configure export-credentials\" (AWS CLI 2) for them; \"aws sso login\" may help, or \
                          keys in the environment";
            format!("{}: {advice}", fails(way))
        })
    }
}

/// What requests are signed with.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Keys {
    pub(super) id: String,
    pub(super) secret: String,
    pub(super) token: Option<String>,
}

/// Runs a program that prints keys (AWS SDKs and Tools Reference Guide, "Process credential provider"). What it prints is
/// shown to nobody; what it says of errors is.
fn said_by(mut program: Command) -> Result<Keys> {
    let output = program
        .stdin(Stdio::inherit())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("{:?} cannot be run", program.get_program()))?;
    ensure!(output.status.success(), "it ends with {}", output.status);
    // The error of a parser shows a part of what is parsed.
    let value: Value =
        serde_json::from_slice(&output.stdout).ok().context("what it prints is no JSON")?;
    let part = |name: &str| value[name].as_str().filter(|it| !it.is_empty()).map(str::to_owned);
    ensure!(value["Version"] == 1, "what it prints has no \"Version\": 1");
    let id = part("AccessKeyId").context("what it prints has no AccessKeyId")?;
    let secret = part("SecretAccessKey").context("what it prints has no SecretAccessKey")?;
    Ok(Keys { id, secret, token: part("SessionToken") })
}

/// The values of a section. In the file `config` all but that of the default profile are called `profile <name>`.
fn section(text: &str, profile: &str, in_config: bool) -> Option<BTreeMap<String, String>> {
    let (mut inside, mut values) = (false, None);
    for line in text.lines() {
        if let Some(title) = line.trim().strip_prefix('[').and_then(|it| it.split(']').next()) {
            let named = title.trim().strip_prefix("profile").map(str::trim);
            let title = if in_config { named.unwrap_or(title.trim()) } else { title.trim() };
            inside = title == profile;
            if inside {
                values.get_or_insert_with(BTreeMap::new);
            }
            continue;
        }
        // What is indented belongs to a value with parts, none of which is asked for.
        let is_value = inside && !line.starts_with([' ', '\t', '#', ';']);
        if let (true, Some((name, value)), Some(values)) =
            (is_value, line.split_once('='), &mut values)
        {
            values.insert(name.trim().to_lowercase(), value.trim().to_owned());
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_found_in_either_file() {
        let config = "# c\n[default]\nregion = a\ns3 =\n  max = 1\n[profile paper]\nREGION=b\nendpoint_url = http://x/?a=b\n\
            [sso-session x]\nregion = c\n";
        let value = |text, profile, in_config, name: &str| {
            section(text, profile, in_config).and_then(|it| it.get(name).cloned())
        };
        assert_eq!(value(config, "default", true, "region").as_deref(), Some("a"));
        assert_eq!(value(config, "paper", true, "region").as_deref(), Some("b"));
        assert_eq!(value(config, "paper", true, "endpoint_url").as_deref(), Some("http://x/?a=b"));
        assert!(
            section(config, "none", true).is_none() && section(config, "paper", false).is_none()
        );
        let keys = "[paper]\naws_access_key_id=K\n";
        assert_eq!(value(keys, "paper", false, "aws_access_key_id").as_deref(), Some("K"));
    }
}
