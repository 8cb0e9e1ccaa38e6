//! What the press knows of file systems, whichever part of it asks them.

use std::time::{Duration, SystemTime};

/// File systems note changes in steps, of 2 seconds at most (FAT): what was changed more recently may change again without
/// a trace.
pub(crate) const STEP: Duration = Duration::from_secs(2);

/// How many folders one part of the press holds open: most systems let a program open 1,024 files.
pub(crate) const OPEN: usize = 200;

/// Whether something that was last changed at a time will not change again without a trace, seen from a moment that is
/// more than `step` later. The time is in seconds since 1970, with nanoseconds.
pub(crate) fn is_settled((seconds, rest): (i64, u32), step: Duration, at: SystemTime) -> bool {
    let changed = u64::try_from(seconds).map(|seconds| Duration::new(seconds, rest));
    let now = at.duration_since(SystemTime::UNIX_EPOCH);
    // A time to come is none to go by.
    changed.is_ok_and(|changed| now.is_ok_and(|now| now > changed + step))
}
