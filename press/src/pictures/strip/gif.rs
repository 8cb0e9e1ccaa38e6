//! GIF (GIF89a specification): comments, texts and the blocks of programs go; the one that says how often the
//! animation runs stays.

/// A block of a file, with its bytes.
enum Block<'a> {
    /// The header, the canvas and its colours.
    Head(&'a [u8]),
    /// A frame.
    Frame(&'a [u8]),
    /// An extension: its label, and the data of its first sub-block.
    Extension(u8, &'a [u8], &'a [u8]),
}

/// The application extension by which animations say how often they run.
const LOOPS: [&[u8]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];
const GRAPHIC_CONTROL: u8 = 0xf9;
const APPLICATION: u8 = 0xff;

/// How many frames a file has.
pub(in crate::pictures) fn frames(gif: &[u8]) -> usize {
    blocks(gif).filter(|it| matches!(it, Block::Frame(_))).count()
}

/// The same picture without anything else. Where the file is cut off, it ends before the block that is not whole.
pub(in crate::pictures) fn strip(gif: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(gif.len());
    for block in blocks(gif) {
        match block {
            Block::Head(bytes) | Block::Frame(bytes) => out.extend_from_slice(bytes),
            Block::Extension(GRAPHIC_CONTROL, _, bytes) if bytes.len() == 8 => {
                out.extend_from_slice(bytes);
            }
            // Its one sub-block of three bytes; what hides behind it does not go along.
            Block::Extension(APPLICATION, name, bytes) if LOOPS.contains(&name) => {
                let count = bytes.get(14..).filter(|it| it.len() >= 4 && it[0] == 3);
                let count = count.map_or([1, 0, 0], |it| [it[1], it[2], it[3]]);
                out.extend_from_slice(b"\x21\xff\x0b");
                out.extend_from_slice(name);
                out.extend_from_slice(&[3, count[0], count[1], count[2], 0]);
            }
            Block::Extension(..) => {}
        }
    }
    out.push(0x3b);
    out
}

fn blocks(gif: &[u8]) -> impl Iterator<Item = Block<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let block = |end: usize| gif.get(start..end);
        if start == 0 {
            let flags = *gif.get(10)?;
            at = 13 + colours(flags);
            return block(at).map(Block::Head);
        }
        match gif.get(start)? {
            0x21 => {
                let label = *gif.get(start + 1)?;
                let size = usize::from(*gif.get(start + 2)?);
                let name = gif.get(start + 3..start + 3 + size)?;
                at = past_data(gif, start + 2)?;
                block(at).map(|bytes| Block::Extension(label, name, bytes))
            }
            0x2c => {
                let flags = *gif.get(start + 9)?;
                at = past_data(gif, start + 11 + colours(flags))?;
                block(at).map(Block::Frame)
            }
            _ => None,
        }
    })
}

/// The length of a table of colours.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// The place behind sub-blocks and the nought that ends them.
fn past_data(gif: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let size = usize::from(*gif.get(at)?);
        at += 1 + size;
        if size == 0 {
            return Some(at);
        }
    }
}
