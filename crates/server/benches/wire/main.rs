//! What the calls that matter cost, each as a ratio to an empty handler of the same process in the
//! same run: `cargo bench -p egusi-server`.
//!
//! One thread of the server's runtime answers 32 kept connections on the loopback. What counts is
//! the CPU time of the server's threads for each answer, because it stays the same on a busy
//! machine; the ratio is the empty handler's median by the call's. [`world`] is the server with its
//! data, [`load`] the callers, [`cpu`] the stopwatch.

#![allow(clippy::unwrap_used, missing_docs)] // A measurement that cannot go on should stop.

mod cpu;
mod load;
mod world;

use load::{Call, Load};
use world::World;

/// How many answers make one run of a call that changes nothing.
const READS: usize = 40_000;
/// How often each call is measured; the best run and the median are told.
const RUNS: usize = 5;

fn main() {
    // `cargo test` builds benches too, and runs them with `--test`: nothing is measured then.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    // `cargo bench -p egusi-server -- getById` measures that alone.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str()));
    let world = World::new();
    println!("{} balances in the store, synchronous=FULL, {} connections", world.balances, load::CONNECTIONS);
    println!("{:<28}{:>12}{:>12}{:>10}{:>10}{:>8}", "", "CPU µs", "median µs", "answers/s", "ratio", "aim");
    let empty = measure(&world, "empty handler", RUNS, |_| Load::same(Call::get("/empty"), READS));
    let reads: [(&str, f64, Vec<Call>); 3] = [
        ("balance/getById", 0.35, world.calls_by_id(false)),
        ("  with periodic", 0.35, world.calls_by_id(true)),
        ("balance/getByCustomer", 0.25, world.calls_by_customer()),
    ];
    for (name, aim, calls) in reads.into_iter().filter(|(name, ..)| is_wanted(name)) {
        let cost = measure(&world, name, RUNS, |_| Load::cycling(&calls, READS));
        tell(name, cost, empty, Some(aim));
    }
    if !is_wanted("connect commit") {
        return;
    }
    let commit = measure(&world, "connect commit", RUNS, |run| Load::each_once(world.commits(run)));
    tell("connect commit", commit, empty, Some(0.20));
}

/// What one answer costs.
#[derive(Clone, Copy)]
struct Cost {
    best_us: f64,
    median_us: f64,
    per_second: f64,
}

fn measure(world: &World, name: &str, runs: usize, load: impl Fn(usize) -> Load) -> Cost {
    let mut costs: Vec<(f64, f64)> = (0..runs)
        .map(|run| {
            let done = load(run).run(world.address);
            assert_eq!(done.refused, 0, "{name}: {}", done.first_refusal);
            (done.server_cpu_us / done.answers as f64, done.answers as f64 * 1000.0 / done.took_ms as f64)
        })
        .collect();
    costs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let cost = Cost { best_us: costs[0].0, median_us: costs[runs / 2].0, per_second: costs[0].1 };
    if name == "empty handler" {
        tell(name, cost, cost, None);
    }
    cost
}

fn tell(name: &str, cost: Cost, empty: Cost, aim: Option<f64>) {
    let aim = aim.map_or_else(String::new, |aim| format!("{aim:.2}"));
    let Cost { best_us, median_us, per_second } = cost;
    // The best run of an empty handler is a stroke of luck; what it usually costs is what counts.
    let ratio = empty.median_us / median_us;
    println!("{name:<28}{best_us:>12.1}{median_us:>12.1}{per_second:>10.0}{ratio:>10.2}{aim:>8}");
}
