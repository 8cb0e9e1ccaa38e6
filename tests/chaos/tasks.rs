//! Tasks: what several tabs, the app and the page of saved articles may ask the worker for at the same
//! time. They are sent at once, and their answers are what the reader is told.

use serde_json::{Value, json};
use tests::Result;

use anyhow::ensure;

use crate::model::Owed;
use crate::page::look;
use crate::publisher::path_of;
use crate::run::Run;
use crate::steps::{Store, Task};

impl Store {
    /// Its name in the worker.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Store::Downloads => "downloads",
            Store::Read => "read",
            Store::Pictures => "pictures",
        }
    }
}

impl Task {
    fn message(&self) -> Value {
        let paths = |numbers: &[usize]| numbers.iter().map(|it| path_of(*it)).collect::<Vec<_>>();
        match self {
            Task::Save(number) => json!(["save", path_of(*number)]),
            Task::Remove(number) => json!(["remove", path_of(*number)]),
            Task::Sync => json!(["syncCorrections"]),
            Task::Download(numbers) => json!(["download", paths(numbers)]),
            Task::Prune(numbers) => json!(["prune", paths(numbers)]),
            Task::Clear(store) => json!(["clear", store.name()]),
            Task::Entries => json!(["entries"]),
            Task::Usage => json!(["usage"]),
            Task::Readable => json!(["readable"]),
        }
    }
}

impl Run {
    /// Sends tasks at once. Waits for all answers, or for none.
    pub(crate) async fn tasks(&mut self, tasks: &[Task], wait: bool) -> Result {
        if !self.model.has_worker || !look(&self.browser).await.is_ok_and(|it| it.ours) {
            self.note("no worker");
            return Ok(());
        }
        let fine = self.network.is_fine() && !self.model.is_full;
        for tab in 0..self.tabs.len() {
            self.forget_saving(tab);
        }
        let messages: Vec<_> = tasks.iter().map(Task::message).collect();
        let script = format!(
            "(async () => {{
                const {{ active }} = await navigator.serviceWorker.ready;
                const answers = {}.map((message) => new Promise((done) => {{
                    const {{ port1, port2 }} = new MessageChannel();
                    port1.onmessage = ({{ data }}) => data.working || done(JSON.parse(JSON.stringify(data)));
                    active.postMessage(message, [port2]);
                    setTimeout(done, 25000, {{ failed: 'late' }});
                }}));
                return {wait} ? Promise.all(answers) : [];
            }})()",
            json!(messages)
        );
        let answers = self.browser.resolve(&script).await?;
        let answers = answers.as_array().cloned().unwrap_or_default();
        let failed: Vec<_> = answers.iter().map(|it| it["failed"].as_str()).collect();
        self.note(&format!("{failed:?}"));
        for (index, task) in tasks.iter().enumerate() {
            let answer = answers.get(index);
            self.answered(task, &tasks[..index], answer, fine)?;
        }
        Ok(())
    }

    /// What an answer means to the reader. Of tasks for one article the last one counts.
    fn answered(
        &mut self,
        task: &Task,
        before: &[Task],
        answer: Option<&Value>,
        fine: bool,
    ) -> Result {
        let done = answer.is_some_and(|it| it.get("failed").is_none());
        match task {
            Task::Save(number) => {
                let removed = before.contains(&Task::Remove(*number));
                let old = if removed { Owed::No } else { self.model.debt(*number).saved };
                let owed = match answer {
                    None => Owed::Unsure,
                    Some(_) if done => Owed::Yes,
                    // Killed, perhaps after the last write.
                    Some(it) if it["failed"] == "late" => Owed::Unsure,
                    Some(_) => old,
                };
                let deleted = self.publisher.article(*number).deleted;
                ensure!(
                    !fine || deleted || answer.is_none() || owed == Owed::Yes,
                    "a save fails, and nothing is wrong: {answer:?}"
                );
                self.model.told_saved(*number, owed);
            }
            Task::Remove(number) => {
                ensure!(done || answer.is_none(), "giving up fails: {answer:?}");
                let owed = if done { Owed::No } else { Owed::Unsure };
                self.model.told_saved(*number, owed);
            }
            Task::Download(_) | Task::Prune(_) => self.model.unsure_of_downloads(),
            Task::Clear(store) => self.cleared(*store),
            Task::Sync => {
                ensure!(!fine || done || answer.is_none(), "a contact fails: {answer:?}");
            }
            Task::Entries | Task::Usage | Task::Readable => {
                ensure!(
                    done || answer.is_none(),
                    "the device does not say what it has: {answer:?}"
                );
            }
        }
        Ok(())
    }

    /// The reader is owed nothing of a store any more.
    pub(crate) fn cleared(&mut self, store: Store) {
        match store {
            Store::Downloads => self.model.no_downloads(),
            Store::Read => self.model.nothing_read(),
            Store::Pictures => {}
        }
    }
}
