//! Blocks: marks that begin and end. The text between them stays, becomes a value, or is left out.

use super::Calls;
use crate::edition::body::dialects::expression::{self, Value};
use crate::edition::body::dialects::lined_text::LinedText;
use crate::edition::body::dialects::marks::Mark;

/// A block whose end has not come yet.
pub(super) struct Open<'a> {
    name: &'a str,
    pub(super) block: Block,
}

/// What becomes of the text of a block.
pub(super) enum Block {
    /// Its text stays.
    Kept,
    Details,
    /// Its text is the value of a name.
    Capture(String),
    /// Its text is left out: what a loop would print is not known.
    Dropped,
    /// The first branch stays.
    Condition {
        branches: usize,
        dropping: bool,
    },
}

impl<'a> Calls<'a, '_> {
    pub(super) fn assign(
        &mut self,
        name: &'a str,
        rest: &'a str,
        at: usize,
        mark: &Mark<'a>,
    ) -> usize {
        let Some((key, written)) = rest.split_once('=') else {
            return self.block(name, Block::Capture(rest.to_owned()), mark);
        };
        match expression::value(written.trim(), self.context, &self.set) {
            Value::Text(text) | Value::Literal(text) | Value::Address(text) => {
                self.set.insert(key.trim().to_owned(), text);
                mark.end
            }
            _ => {
                self.set.remove(key.trim());
                self.unknown(at, mark)
            }
        }
    }

    pub(super) fn block(&mut self, name: &'a str, block: Block, mark: &Mark<'a>) -> usize {
        if matches!(block, Block::Capture(_) | Block::Dropped) {
            self.out.push(LinedText::default());
        }
        self.muted += usize::from(matches!(block, Block::Dropped));
        self.open.push(Open { name, block });
        *self.counts.entry(name).or_default() += 1;
        mark.end
    }

    /// Another branch begins: only the first one is kept.
    pub(super) fn branch(&mut self, name: &str, mark: &Mark<'a>) -> usize {
        let recent = self.open.iter_mut().rev().take(16);
        let mut blocks = recent.map(|open| &mut open.block);
        match blocks.find(|block| matches!(block, Block::Condition { .. } | Block::Dropped)) {
            Some(Block::Condition { branches, dropping }) => {
                *branches += 1;
                if *branches > 1 && !*dropping {
                    *dropping = true;
                    self.muted += 1;
                    self.out.push(LinedText::default());
                }
                mark.end
            }
            Some(_) => mark.end,
            None => self.left_out(name, mark),
        }
    }

    pub(super) fn close(&mut self, name: &str, mark: &Mark<'a>) -> usize {
        if self.counts.get(name).is_none_or(|count| *count == 0) {
            return self.left_out(name, mark);
        }
        while let Some(open) = self.open.pop() {
            let found = open.name == name;
            self.end(open);
            if found {
                break;
            }
        }
        mark.end
    }

    /// Zola ends every body with a bare "end".
    pub(super) fn close_last(&mut self, mark: &Mark<'a>) -> usize {
        if let Some(open) = self.open.pop() {
            self.end(open);
        }
        mark.end
    }

    fn end(&mut self, open: Open<'a>) {
        if let Some(count) = self.counts.get_mut(open.name) {
            *count = count.saturating_sub(1);
        }
        match open.block {
            Block::Kept | Block::Condition { dropping: false, .. } => {}
            Block::Details => self.push("\n\n</details>\n\n"),
            Block::Capture(name) => {
                let text = self.out.pop().map(|out| out.text).unwrap_or_default();
                self.set.insert(name.trim().to_owned(), text.trim().to_owned());
            }
            Block::Dropped | Block::Condition { dropping: true, .. } => {
                self.out.pop();
                self.muted = self.muted.saturating_sub(1);
            }
        }
    }
}
