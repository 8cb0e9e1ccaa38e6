//! App and worker speak one language: `js/protocol.d.ts`, by which the worker is typed.

use super::protocol::{Argument, ERROR_CODES, Request, SAVED_CHANGED};

const PROTOCOL: &str = include_str!("../../../js/protocol.d.ts");

/// One request of each kind, with the type of its answer.
fn requests(pictures: &[String]) -> [(Request<'_>, &'static str); 8] {
    [
        (Request::Build, "string"),
        (Request::IsSaved("/a/"), "boolean"),
        (Request::Save("/a/"), "void"),
        (Request::Remove("/a/"), "void"),
        (Request::Keep("/a/", pictures), "void"),
        (Request::KeepData("/a/", pictures), "void"),
        (Request::Readable, "Item[]"),
        (Request::SyncCorrections, "string[]"),
    ]
}

/// The text of a declaration, from its first words to an end.
fn declaration<'a>(start: &str, end: &str) -> Option<&'a str> {
    PROTOCOL.split_once(start)?.1.split_once(end).map(|it| it.0)
}

#[test]
fn every_request_of_the_app_is_a_task_of_the_worker_with_the_same_types() {
    let tasks = declaration("export interface Tasks {", "\n}").unwrap_or_default();
    for (request, answer) in requests(&[]) {
        let start = format!("\n  {}(", request.task());
        let signature = tasks.split_once(&start).map(|it| it.1.lines().next().unwrap_or_default());
        let Some((arguments, result)) = signature.and_then(|it| it.split_once("): ")) else {
            panic!("js/protocol.d.ts has no task {}", request.task());
        };
        let declared: Vec<_> =
            arguments.split(", ").filter_map(|it| Some(it.split_once(": ")?.1)).collect();
        let sent: Vec<_> = request
            .arguments()
            .into_iter()
            .flatten()
            .map(|it| match it {
                Argument::Text(_) => "string",
                Argument::Texts(_) => "string[]",
            })
            .collect();
        assert_eq!(sent, declared, "arguments of {}", request.task());
        assert_eq!(result, [answer, ";"].concat(), "answer of {}", request.task());
    }
}

#[test]
fn both_know_the_same_error_codes() {
    let declared = declaration("export type ErrorCode =", ";").unwrap_or_default();
    let declared: Vec<_> = declared
        .lines()
        .filter_map(|line| line.trim().strip_prefix("| \"")?.split('"').next())
        .collect();
    assert_eq!(ERROR_CODES.map(|it| it.0).to_vec(), declared);
}

#[test]
fn the_worker_tells_all_tabs_by_the_name_that_the_app_listens_for() {
    let declared = declaration("export interface Broadcast {", "}").unwrap_or_default();
    assert_eq!(declared.trim(), [SAVED_CHANGED, ": string;"].concat());
}
