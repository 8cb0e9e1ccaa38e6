//! The processes of a browser, found by the profile that their environment names (proc(5)).

use std::fs;
use std::path::Path;

/// A process that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Process(u32);

impl Process {
    /// The process whose command line contains `name` and whose environment names the profile.
    pub(crate) fn find(name: &str, profile: &Path) -> Option<Self> {
        let profile = profile.as_os_str().as_encoded_bytes();
        let ids = fs::read_dir("/proc")
            .ok()?
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok().map(Self));
        ids.into_iter().find(|process| {
            contains(&process.read("cmdline"), name.as_bytes())
                && contains(&process.read("environ"), profile)
        })
    }

    /// Whether it still runs. A process that ended and that nobody waited for has no command line.
    pub(crate) fn is_alive(self) -> bool {
        !self.read("cmdline").is_empty()
    }

    fn read(self, file: &str) -> Vec<u8> {
        fs::read(format!("/proc/{}/{file}", self.0)).unwrap_or_default()
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|it| it == part)
}
