//! The memory of the measuring program.

use std::fs;

/// What the process holds in memory, in KiB; `None` where the system does not tell in this way.
pub(crate) fn resident() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
