//! Patches: what a reader who has one version of a file needs to have another one.
//!
//! The differences are found by bsdiff (Colin Percival, "Naive Differences of Executable Code"), which also says how
//! bytes at about the same place have changed: in WebAssembly that is every call behind a function that came or went.
//! The form is our own, so that a service worker reads it in few lines (`js/worker/patches.js`). It is packed as raw
//! DEFLATE (RFC 1951), which browsers unpack by themselves, and in it are, one after the other:
//!
//! - numbers in LEB128 (the least significant seven bits first): how many steps there are, and three for each: how
//!   many bytes of the old file are taken, how many bytes are put in after these, and how far the old file is then
//!   skipped, doubled, and one less than doubled where it goes back;
//! - more of them: how many bytes of what the steps make are changed, and how many are left as they are before each;
//! - the changes: a byte to add to each of these, modulo 256;
//! - what all steps put in.

use std::io::{Read as _, Write as _};

use anyhow::{Context as _, Result, bail};

/// The longest file that is made, in bytes: a damaged patch takes no more memory than this.
const LONGEST: usize = 1 << 26;

/// What is done with one piece of the old file.
#[derive(Clone, Copy)]
struct Step {
    taken: usize,
    put_in: usize,
    skip: i64,
}

/// The patch that makes `new` of `old`. The same files have the same patch at any time.
///
/// # Errors
/// If the patch that was found does not make the new file.
pub fn diff(old: &[u8], new: &[u8]) -> Result<Vec<u8>> {
    let mut found = Vec::new();
    if old.is_empty() {
        found = header(Step { taken: 0, put_in: new.len(), skip: 0 }).concat();
        found.extend_from_slice(new);
    } else {
        bsdiff::diff(old, new, &mut found)?;
    }
    let (mut steps, mut gaps, mut changes, mut put_in) = (vec![], vec![], vec![], vec![]);
    let mut gap = 0;
    let mut rest = found.as_slice();
    while !rest.is_empty() {
        let step = Step {
            taken: usize::try_from(word(&mut rest)?)?,
            put_in: usize::try_from(word(&mut rest)?)?,
            skip: word(&mut rest)?,
        };
        for change in take(&mut rest, step.taken)? {
            if *change == 0 {
                gap += 1;
            } else {
                number(&mut gaps, gap);
                changes.push(*change);
                gap = 0;
            }
        }
        put_in.extend_from_slice(take(&mut rest, step.put_in)?);
        gap += step.put_in as u64;
        steps.push(step);
    }
    // After the last step nothing is read.
    if let Some(last) = steps.last_mut() {
        last.skip = 0;
    }
    let mut patch = Vec::new();
    number(&mut patch, steps.len() as u64);
    for step in &steps {
        number(&mut patch, step.taken as u64);
        number(&mut patch, step.put_in as u64);
        let back = step.skip < 0;
        number(&mut patch, step.skip.unsigned_abs() * 2 - u64::from(back));
    }
    number(&mut patch, changes.len() as u64);
    patch.append(&mut gaps);
    patch.append(&mut changes);
    patch.append(&mut put_in);
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&patch)?;
    let packed = packer.finish()?;
    if apply(old, &packed)? != new {
        bail!("a patch does not make the file that it was made for");
    }
    Ok(packed)
}

/// The file that a patch makes of an old one.
///
/// # Errors
/// If it is no patch, or not one of this file as far as that can be seen.
pub fn apply(old: &[u8], packed: &[u8]) -> Result<Vec<u8>> {
    let mut patch = Vec::new();
    flate2::read::DeflateDecoder::new(packed).read_to_end(&mut patch)?;
    let mut rest = patch.as_slice();
    let mut steps = Vec::new();
    for _ in 0..read_number(&mut rest)? {
        let (taken, put_in) = (read_number(&mut rest)?, read_number(&mut rest)?);
        let doubled = read_number(&mut rest)?;
        let half = i64::try_from(doubled / 2)?;
        let skip = if doubled % 2 == 0 { half } else { -half - 1 };
        steps.push(Step { taken: taken.try_into()?, put_in: put_in.try_into()?, skip });
    }
    let mut gaps = Vec::new();
    for _ in 0..read_number(&mut rest)? {
        gaps.push(usize::try_from(read_number(&mut rest)?)?);
    }
    let changes = take(&mut rest, gaps.len())?;
    let mut new = Vec::new();
    let mut at = 0_usize;
    for Step { taken, put_in, skip } in steps {
        let end = at.checked_add(taken).context("a patch is of another file")?;
        new.extend_from_slice(old.get(at..end).context("a patch is of another file")?);
        new.extend_from_slice(take(&mut rest, put_in)?);
        if new.len() > LONGEST {
            bail!("a patch makes a file that is longer than can be");
        }
        let next = i64::try_from(end)?.checked_add(skip);
        at = next.and_then(|it| it.try_into().ok()).context("a patch is of another file")?;
    }
    if !rest.is_empty() {
        bail!("a patch is longer than its steps");
    }
    let mut left = new.as_mut_slice();
    for (gap, change) in gaps.into_iter().zip(changes) {
        let (byte, behind) = left
            .split_at_mut_checked(gap)
            .and_then(|(_, behind)| behind.split_first_mut())
            .context("a patch changes what is not there")?;
        *byte = byte.wrapping_add(*change);
        left = behind;
    }
    Ok(new)
}

/// A step as bsdiff writes it: three words of 64 bits, the lowest byte first; the highest bit of a word is its sign.
fn header(step: Step) -> [[u8; 8]; 3] {
    [step.taken as u64, step.put_in as u64, step.skip.unsigned_abs()].map(u64::to_le_bytes)
}

/// The next word of a step, as [`header`] has it.
fn word(rest: &mut &[u8]) -> Result<i64> {
    let bits = u64::from_le_bytes(take(rest, 8)?.try_into()?);
    let size = i64::try_from(bits & !(1 << 63))?;
    Ok(if bits >> 63 == 0 { size } else { -size })
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Result<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(length).context("a patch ends too early")?;
    *rest = left;
    Ok(taken)
}

fn number(out: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn read_number(rest: &mut &[u8]) -> Result<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let byte = take(rest, 1)?[0];
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    bail!("a number of a patch is longer than can be")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// A file and a later version of it: pieces of the old one in another order, some with other bytes, and new ones.
    fn versions() -> impl Strategy<Value = (Vec<u8>, Vec<u8>)> {
        let piece =
            (any::<prop::sample::Index>(), 0..400_usize, any::<u8>(), vec(any::<u8>(), 0..9));
        (vec(any::<u8>(), 0..2_000), vec(piece, 0..8)).prop_map(|(old, pieces)| {
            let mut new = Vec::new();
            for (place, length, change, put_in) in pieces {
                let from = if old.is_empty() { 0 } else { place.index(old.len()) };
                let piece = &old[from..old.len().min(from + length)];
                let changed = |(n, byte): (usize, &u8)| {
                    if n % 50 == 49 { byte.wrapping_add(change) } else { *byte }
                };
                new.extend(piece.iter().enumerate().map(changed));
                new.extend(put_in);
            }
            (old, new)
        })
    }

    proptest! {
        #[test]
        fn a_patch_makes_the_new_file_of_the_old_one((old, new) in versions()) {
            let patch = diff(&old, &new).unwrap();
            prop_assert_eq!(&patch, &diff(&old, &new).unwrap());
            prop_assert_eq!(apply(&old, &patch).unwrap(), new);
        }

        #[test]
        fn what_is_no_patch_makes_an_error_or_other_bytes_and_no_harm(
            (old, new) in versions(),
            at in any::<prop::sample::Index>(),
            mask in 1..=255_u8,
            noise in vec(any::<u8>(), 0..200),
        ) {
            let patch = diff(&old, &new).unwrap();
            prop_assert!(apply(&old, &patch[..at.index(patch.len())]).is_err());
            let mut damaged = patch;
            let place = at.index(damaged.len());
            damaged[place] ^= mask;
            let _ = apply(&old, &damaged);
            let _ = apply(&old, &noise);
        }
    }

    #[test]
    fn a_patch_of_another_file_is_an_error() {
        let old = b"a paper of many words".repeat(20);
        let patch = diff(&old, b"a paper of many words, and more".repeat(20).as_slice()).unwrap();
        assert!(apply(&old[..30], &patch).is_err());
        assert!(apply(b"", b"<!doctype html>").is_err());
    }

    #[test]
    fn numbers_that_moved_cost_next_to_nothing() {
        let old: Vec<u8> = (0..60_000_u32).flat_map(|n| [0x10, (n % 120) as u8, 0x80]).collect();
        let new: Vec<u8> = old.iter().map(|it| if *it < 0x10 { it + 1 } else { *it }).collect();
        assert!(diff(&old, &new).unwrap().len() < 2_000);
    }
}
