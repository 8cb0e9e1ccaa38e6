//! Writes a state: all of it in the place of what was known before, or what changed behind that (`segments`).

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::folders::{self, FolderStamp};
use super::record::{Listed, Record};
use super::{FORM, State, path, table};
use crate::hash::Hash;
use crate::segments::Segment;
use crate::site::list;

/// What the related news of an article are chosen from.
#[derive(Debug, Clone, Copy)]
pub(in crate::site) struct Window {
    pub(in crate::site) name: Hash,
    /// The recipe of the article's page.
    pub(in crate::site) recipe: Hash,
    /// Whether the state does not have it.
    pub(in crate::site) is_new: bool,
}

/// What is known besides after a print that changed little.
pub(in crate::site) struct Added<'a> {
    /// The files that came or changed, in the order of their names.
    pub(in crate::site) files: &'a [(&'a str, &'a Record)],
    /// The names of those that went.
    pub(in crate::site) gone: &'a [String],
    /// How folders are now, by their numbers.
    pub(in crate::site) folders: &'a [(usize, FolderStamp)],
    pub(in crate::site) windows: &'a [Window],
    pub(in crate::site) list: &'a Listed,
}

/// A state that takes the place of what was known before when it ends.
pub(in crate::site) struct Writing<'a> {
    /// What was known before.
    path: PathBuf,
    segment: Segment,
    /// The folders by their numbers, each with the place of a file in it.
    folders: Vec<(&'a str, u32)>,
}

impl<'a> Writing<'a> {
    /// Puts together what is known of the files at `place`, in their order. `None` where that cannot be kept.
    pub(in crate::site) fn begin(place: &Path, files: &[(&'a str, &Record)]) -> Option<Self> {
        let path = path(place)?;
        let mut writing = Self { path, segment: Segment::first(&[FORM]), folders: Vec::new() };
        let numbers = writing.number(files);
        writing.segment.bytes.extend_from_slice(&folders::boot());
        table::write(files, &numbers, &mut writing.segment.bytes).ok()?;
        Some(writing)
    }

    /// Gives folders their numbers, and says which one each file is in.
    fn number(&mut self, files: &[(&'a str, &Record)]) -> Vec<u32> {
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        let mut last = None;
        let number = |(place, (name, _)): (usize, &(&'a str, &Record))| {
            let folder = list::parent(name).unwrap_or_default();
            match last {
                Some((before, number)) if before == folder => number,
                _ => {
                    // There are less files than numbers, or the table is not written.
                    let number = *known.entry(folder).or_insert_with(|| {
                        self.folders.push((folder, place as u32));
                        (self.folders.len() - 1) as u32
                    });
                    last = Some((folder, number));
                    number
                }
            }
        };
        files.iter().enumerate().map(number).collect()
    }

    /// The names of the folders, by their numbers.
    pub(in crate::site) fn folders(&self) -> Vec<&'a str> {
        self.folders.iter().map(|(name, _)| *name).collect()
    }

    /// Adds how the folders were, by their numbers, when the files in them were; the recipes of pages by the names of their
    /// windows; and what is known of the list, which is there last.
    pub(in crate::site) fn end(
        mut self,
        folders: &[Option<FolderStamp>],
        windows: &[Window],
        list: &Listed,
    ) -> io::Result<()> {
        let places = self.folders.iter().map(|(_, place)| *place);
        let folders: Vec<_> = places.zip(folders.iter().copied()).collect();
        folders::write(&folders, &mut self.segment.bytes)?;
        write_rest(windows, list, &mut self.segment.bytes)?;
        self.segment.write(&self.path)?;
        Ok(())
    }
}

impl State {
    /// Adds what is known besides to the state of the site at `place`. Says whether it was little enough for that.
    pub(in crate::site) fn add(&self, place: &Path, added: &Added<'_>) -> io::Result<bool> {
        let (Some(path), Some(end)) = (path(place), self.end) else { return Ok(false) };
        let number = |number: usize| u32::try_from(number).map_err(io::Error::other);
        let mut segment = Segment::behind(end);
        let into = &mut segment.bytes;
        into.extend_from_slice(&folders::boot());
        into.extend_from_slice(&number(added.gone.len())?.to_le_bytes());
        added.gone.iter().try_for_each(|name| write_text(name, into))?;
        let of_files =
            || added.files.iter().map(|(name, _)| list::parent(name).unwrap_or_default());
        let wanted: FxHashSet<&str> = of_files().collect();
        let named =
            (0..self.folders.len()).into_par_iter().filter_map(|it| Some((self.folder(it)?.0, it)));
        let named = named.filter(|(name, _)| wanted.contains(name)).collect::<Vec<_>>();
        let mut folders: FxHashMap<&str, usize> = named.into_iter().collect();
        let mut new = Vec::new();
        let mut numbers = Vec::new();
        for folder in of_files() {
            let next = self.folders.len() + new.len();
            let of_file = *folders.entry(folder).or_insert_with(|| {
                new.push(folder);
                next
            });
            numbers.push(number(of_file)?);
        }
        table::write(added.files, &numbers, into)?;
        into.extend_from_slice(&number(new.len())?.to_le_bytes());
        new.iter().try_for_each(|name| write_text(name, into))?;
        into.extend_from_slice(&number(added.folders.len())?.to_le_bytes());
        for (folder, stamp) in added.folders {
            into.extend_from_slice(&number(*folder)?.to_le_bytes());
            folders::write_stamp(Some(*stamp), into);
        }
        let windows: Vec<Window> = added.windows.iter().filter(|it| it.is_new).copied().collect();
        write_rest(&windows, added.list, into)?;
        Ok(segment.write(&path)?.is_some())
    }
}

fn write_text(text: &str, into: &mut Vec<u8>) -> io::Result<()> {
    let length = u32::try_from(text.len()).map_err(io::Error::other)?;
    into.extend_from_slice(&length.to_le_bytes());
    into.extend_from_slice(text.as_bytes());
    Ok(())
}

/// Writes the end of a segment: the recipes of windows, and what is known of the list.
fn write_rest(windows: &[Window], list: &Listed, into: &mut Vec<u8>) -> io::Result<()> {
    let count = u32::try_from(windows.len()).map_err(io::Error::other)?;
    into.extend_from_slice(&count.to_le_bytes());
    for Window { name, recipe, .. } in windows {
        into.extend_from_slice([*name, *recipe].as_flattened());
    }
    list.file.write(into);
    into.extend_from_slice(&list.articles);
    Ok(())
}
