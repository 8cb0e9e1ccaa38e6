//! Any text as dialects: it is read without a panic and without an endless loop, and its checks hold.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| assert_eq!(press::edition::fuzzing::dialects(text), None));
