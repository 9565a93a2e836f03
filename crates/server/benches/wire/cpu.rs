//! CPU time of threads, as Linux counts it: in ticks of 10 ms, which runs of seconds can bear.

use std::fs;

/// A tick of `/proc`, in microseconds (`USER_HZ` is 100 on Linux).
const TICK_US: f64 = 10_000.0;

/// The number by which Linux knows the calling thread.
pub fn this_thread() -> u32 {
    let link = fs::read_link("/proc/thread-self").unwrap();
    link.file_name().unwrap().to_str().unwrap().parse().unwrap()
}

/// CPU time of this process so far, in microseconds, the given threads left out.
pub fn without(threads: &[u32]) -> f64 {
    let all: f64 = ticks("/proc/self/stat");
    let left_out: f64 = threads.iter().map(|id| ticks(&format!("/proc/self/task/{id}/stat"))).sum();
    (all - left_out) * TICK_US
}

/// User and system time of a `stat` file. The name before them may hold anything, but ends in `)`.
fn ticks(path: &str) -> f64 {
    let text = fs::read_to_string(path).unwrap();
    let fields: Vec<&str> = text.rsplit_once(')').unwrap().1.split_whitespace().collect();
    fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()
}
