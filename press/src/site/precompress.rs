//! Compressed files beside the plain ones: `index.html.br` and `index.html.gz` beside `index.html`, for servers that
//! send these as they are (nginx, Caddy, Apache, `press serve`).
//!
//! At the best quality this takes far longer than printing, so what the old site has is taken over if it unpacks to the
//! very bytes of the new file. That is tried and not concluded from names or times: a press that was killed amid
//! replacing a site leaves compressed files of the old one beside plain ones of the new one.

use std::io::{self, Read, Write as _};

use anyhow::Result;
use rayon::prelude::*;

use super::output::Output;
use crate::{hosts, kinds};

/// What is smaller travels in one packet with the headers anyway.
const SMALLEST: usize = 1_000;
/// The best quality of Brotli encoders (RFC 7932 leaves it to them).
const BROTLI: i32 = 11;

/// What was compressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compressed {
    /// Files that have a compressed form.
    pub files: usize,
    /// Those of which a form had to be made, because the old site had none.
    pub made: usize,
    /// Their bytes.
    pub plain: u64,
    /// The bytes of the Brotli forms.
    pub brotli: u64,
    /// The bytes of the gzip forms.
    pub gzip: u64,
}

/// How a file is compressed.
#[derive(Clone, Copy)]
enum Form {
    Brotli,
    Gzip,
}

impl Form {
    fn ending(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        }
    }

    /// The same bytes give the same result at any time.
    fn pack(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Brotli => {
                let quality =
                    brotli::enc::BrotliEncoderParams { quality: BROTLI, ..Default::default() };
                let mut out = Vec::new();
                brotli::BrotliCompress(&mut &bytes[..], &mut out, &quality)?;
                Ok(out)
            }
            Self::Gzip => {
                // Its header has no time and no name.
                let mut out =
                    flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
                out.write_all(bytes)?;
                out.finish()
            }
        }
    }

    /// Whether compressed bytes are those of a file. What is broken is none of any.
    fn unpacks_to(self, packed: &[u8], bytes: &[u8]) -> bool {
        match self {
            Self::Brotli => reads(brotli::Decompressor::new(packed, 1 << 14), bytes),
            Self::Gzip => reads(flate2::read::MultiGzDecoder::new(packed), bytes),
        }
    }
}

/// Whether a reader has these bytes and no others.
fn reads(mut reader: impl Read, mut bytes: &[u8]) -> bool {
    let mut buffer = [0; 1 << 14];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return bytes.is_empty(),
            Ok(read) => match buffer.get(..read).and_then(|part| bytes.strip_prefix(part)) {
                Some(rest) => bytes = rest,
                None => return false,
            },
            Err(_) => return false,
        }
    }
}

/// Writes the compressed forms of all files of a draft that are worth it.
pub(super) fn write(output: &Output) -> Result<Compressed> {
    let names = output.names();
    let files = names.par_iter().filter(|name| kinds::compresses(name) && !hosts::is_hidden(name));
    files.map(|name| file(output, name)).try_reduce(Compressed::default, |a, b| Ok(a.and(b)))
}

fn file(output: &Output, name: &str) -> Result<Compressed> {
    let bytes = output.read(name)?;
    let mut all = Compressed::default();
    if bytes.len() < SMALLEST {
        return Ok(all);
    }
    let mut form = |form: Form| -> Result<u64> {
        let beside = format!("{name}.{}", form.ending());
        let old = output.old_bytes(&beside).filter(|old| form.unpacks_to(old, &bytes));
        let made = old.is_none();
        let packed = match old {
            Some(old) => old,
            None => form.pack(&bytes)?,
        };
        if packed.len() >= bytes.len() || !output.write_beside(&beside, &packed)? {
            return Ok(0);
        }
        all.made |= usize::from(made);
        Ok(packed.len() as u64)
    };
    (all.brotli, all.gzip) = (form(Form::Brotli)?, form(Form::Gzip)?);
    if all.brotli + all.gzip > 0 {
        (all.files, all.plain) = (1, bytes.len() as u64);
    }
    Ok(all)
}

impl Compressed {
    fn and(self, other: Self) -> Self {
        Self {
            files: self.files + other.files,
            made: self.made + other.made,
            plain: self.plain + other.plain,
            brotli: self.brotli + other.brotli,
            gzip: self.gzip + other.gzip,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_one_of_its_own_bytes_alone() -> io::Result<()> {
        let bytes = "chợ nổi ".repeat(9_000).into_bytes();
        for form in [Form::Brotli, Form::Gzip] {
            let packed = form.pack(&bytes)?;
            assert_eq!(packed, form.pack(&bytes)?);
            assert!(form.unpacks_to(&packed, &bytes));
            let longer = [&bytes[..], b"x"].concat();
            for other in [&bytes[1..], &bytes[..bytes.len() - 1], &longer, b""] {
                assert!(!form.unpacks_to(&packed, other));
            }
            for broken in [&packed[..packed.len() - 9], &packed[1..], b"", &bytes[..]] {
                assert!(!form.unpacks_to(broken, &bytes));
            }
        }
        Ok(())
    }
}
