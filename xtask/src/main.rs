//! Builds, starts and tests the whole of Egusi: `cargo xtask dist | size | reproduce | start |
//! test | fuzz-api | bench`.

mod dist;
mod docs;
mod fuzz;
mod hashes;
mod nowhere;
mod npm;
mod page;
mod reproduce;
mod shell;
mod shorten;
mod size;
mod start;
mod suite;
mod texts;
mod tools;

use anyhow::Result;
use clap::Parser;

#[derive(Parser)]
#[command(name = "xtask", about = "Builds, starts and tests the whole of Egusi")]
enum Task {
    /// Build the widget, its page, the loader and the npm package into target/dist.
    Dist,
    /// Print what a browser downloads and the hashes of the build, and fail if it is over budget.
    Size,
    /// Build everything a second time, in another folder, and fail if one byte is different.
    Reproduce,
    /// Build everything and serve the demo shop.
    Start,
    /// Run every test there is.
    Test,
    /// Try many hostile calls of every operation of the API (schemathesis).
    FuzzApi {
        /// How many of each operation.
        #[arg(long, default_value_t = 200)]
        examples: u32,
    },
    /// Measure what calls cost, as ratios to an empty handler.
    Bench,
    /// Used by Cargo to run browser tests; see .cargo/config.toml.
    #[command(disable_help_flag = true)]
    WasmTestRunner {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

fn main() -> Result<()> {
    match Task::parse() {
        Task::Dist => dist::build(),
        Task::Size => size::check(),
        Task::Reproduce => reproduce::check(),
        Task::Start => start::run(),
        Task::Test => suite::run(),
        Task::FuzzApi { examples } => fuzz::run_with(examples),
        Task::Bench => shell::run("cargo", &["bench", "--locked", "--package", "egusi-server"]),
        Task::WasmTestRunner { arguments } => run_wasm_tests(arguments),
    }
}

#[cfg(feature = "browser-tests")]
fn run_wasm_tests(arguments: Vec<String>) -> Result<()> {
    // The same version as the crate's, by Cargo.lock; nothing is downloaded.
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(
        std::iter::once("wasm-bindgen-test-runner".to_owned()).chain(arguments),
    )
}

#[cfg(not(feature = "browser-tests"))]
fn run_wasm_tests(_: Vec<String>) -> Result<()> {
    anyhow::bail!("browser tests need the feature browser-tests, as .cargo/config.toml gives it")
}
