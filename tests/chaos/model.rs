//! The model: what the reader is owed after all that happened.

use crate::publisher::{ARTICLES, Change, Publisher};

/// Whether the device owes the reader an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Owed {
    /// It was never asked for, was given up, or the reader was told that it could not be kept.
    #[default]
    No,
    /// The reader was told that it is there.
    Yes,
    /// The reader asked, and was gone before an answer came. What the page of saved articles says next
    /// is the answer.
    Unsure,
}

/// An article, as far as this reader's device is concerned.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Debt {
    /// Saved by the reader.
    pub(crate) saved: Owed,
    /// Among the newest articles that were downloaded.
    pub(crate) downloaded: Owed,
    /// Read since there was a worker, and not cleared since.
    pub(crate) read: bool,
    /// No version before this one may be shown any more.
    pub(crate) oldest: usize,
    /// Nothing but the notice may be shown any more.
    pub(crate) withdrawn: bool,
    /// Its text changed, or it was asked for, since the last contact. If it is deleted then, pictures
    /// that were not had cannot be had any more.
    unsettled: bool,
    /// Such pictures may be missing.
    pub(crate) pictures_excused: bool,
}

/// What the reader is owed.
#[derive(Debug, Default)]
pub(crate) struct Model {
    debts: [Debt; ARTICLES],
    /// There was a contact with a worker that has a whole shell: no navigation may fail any more.
    pub(crate) has_worker: bool,
    /// Nothing happened since that a shell could have come from incomplete.
    pub(crate) has_shell: bool,
    /// Storage is limited.
    pub(crate) is_full: bool,
}

impl Model {
    /// What is owed of an article.
    pub(crate) fn debt(&self, number: usize) -> Debt {
        self.debts[number]
    }

    /// What is owed of an article, to change it.
    pub(crate) fn debt_mut(&mut self, number: usize) -> &mut Debt {
        &mut self.debts[number]
    }

    /// The reader was told something about an article that is to be saved or given up.
    pub(crate) fn told_saved(&mut self, number: usize, saved: Owed) {
        let debt = &mut self.debts[number];
        debt.saved = saved;
        if saved != Owed::No {
            debt.unsettled = true;
        }
    }

    /// The reader was told that exactly these articles are downloaded.
    pub(crate) fn told_downloaded(&mut self, numbers: &[usize]) {
        for (number, debt) in self.debts.iter_mut().enumerate() {
            let owed = numbers.contains(&number);
            debt.downloaded = if owed { Owed::Yes } else { Owed::No };
            debt.unsettled |= owed;
        }
    }

    /// A download ended without a word, or with a failure.
    pub(crate) fn unsure_of_downloads(&mut self) {
        for debt in &mut self.debts {
            debt.downloaded = Owed::Unsure;
            debt.unsettled = true;
        }
    }

    /// The downloads were cleared.
    pub(crate) fn no_downloads(&mut self) {
        self.debts.iter_mut().for_each(|it| it.downloaded = Owed::No);
    }

    /// What was read may be gone.
    pub(crate) fn nothing_read(&mut self) {
        self.debts.iter_mut().for_each(|it| it.read = false);
    }

    /// The system deleted all caches. What was saved may come back when it is read again; then all of
    /// it has to be there.
    pub(crate) fn evicted(&mut self) {
        for debt in &mut self.debts {
            if debt.saved == Owed::Yes {
                debt.saved = Owed::Unsure;
            }
            debt.downloaded = Owed::No;
            debt.read = false;
        }
        self.has_worker = false;
        self.has_shell = false;
    }

    /// The publisher changed something.
    pub(crate) fn published(&mut self, change: Change) {
        match change {
            Change::Edit(number) | Change::Correct(number) | Change::Withdraw(number) => {
                self.debts[number].unsettled = true;
            }
            Change::Delete(number) => {
                let debt = &mut self.debts[number];
                debt.pictures_excused |= debt.unsettled;
            }
            Change::Build => self.has_shell = false,
        }
    }

    /// The worker asked the newspaper what it corrected and withdrew, and repaired what it lacked.
    pub(crate) fn contacted(&mut self, publisher: &Publisher) {
        for (number, debt) in self.debts.iter_mut().enumerate() {
            let article = publisher.article(number);
            if !article.deleted {
                debt.withdrawn |= article.withdrawn;
                if article.corrected {
                    debt.oldest = article.version;
                }
                debt.unsettled = false;
            }
        }
        self.has_worker = true;
        self.has_shell = true;
    }

    /// Whether a version of an article may be shown.
    pub(crate) fn may_show(&self, number: usize, version: usize, publisher: &Publisher) -> bool {
        let debt = self.debts[number];
        !debt.withdrawn && debt.oldest <= version && version <= publisher.article(number).version
    }

    /// The articles that must open without a network: saved, or downloaded.
    pub(crate) fn owed(&self) -> Vec<usize> {
        let owed = |it: &usize| {
            let debt = self.debts[*it];
            debt.saved == Owed::Yes || debt.downloaded == Owed::Yes
        };
        (0..ARTICLES).filter(owed).collect()
    }
}
