//! The speed promises, measured and enforced: `cargo bench --bench limits`, and with `-- --full` to 100,000 statements.
//!
//! Floor and compilation take turns, so that what else the machine does falls on both, and their
//! medians are compared. The floor runs on one core, and again on every core; the second is the
//! harder comparison and is shown, the first is the promise. Exit code 1 when a limit is missed.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark reads the clock and prints figures")]
#![expect(clippy::cast_precision_loss, reason = "counts of statements are small")]

mod cases;
mod commands;
mod dimensions;

use std::fmt::Display;
use std::io;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use cases::Case;
use commands::COMMANDS;
use dimensions::{DIMENSIONS, Dimension, differing};
use rayon::prelude::*;

/// Times the floor that a compilation may take.
const LIMIT: f64 = 3.0;

/// How much more a statement may cost among many than among fewer.
const GROWTH_LIMIT: f64 = 1.5;

/// How much more a part of a spec may cost among [`STEP`] times as many; what looks through all others for each costs
/// as many times more.
const STEP_LIMIT: f64 = 2.0;

/// How many times as many parts are compared.
const STEP: usize = 4;

/// Measurements of each kind; the median counts.
const RUNS: usize = 7;

fn main() -> io::Result<ExitCode> {
    let is_full = std::env::args().any(|argument| argument == "--full");
    let mut kept = true;
    println!("{:<34} {:>9} {:>9} {:>9} {:>7} {:>9}", "case", "floor", "all cores", "drc", "ratio", "all cores");
    let cases = [
        ("one line", Case::one_line()),
        ("1000 systems of one statement", Case::systems(1000)),
        ("one system of 1000 statements", Case::statements(1000)),
    ];
    for (name, case) in cases {
        let figures = Figures::measure(&case);
        kept &= case.statements == 1 || figures.ratio() <= LIMIT;
        figures.print(name);
    }
    println!("limit for the large cases: {LIMIT} times the floor\n");
    kept &= is_flat(if is_full { &[100, 1000, 4000, 20_000, 100_000] } else { &[100, 300, 1000, 4000] });
    kept &= follow_the_input(if is_full { 16_000 } else { 4000 });
    // To prove and to explain a statement takes as much as to compile some twenty.
    kept &= commands_follow(if is_full { 4000 } else { 1000 })?;
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Whether the time of each dimension of a spec follows its size, up to a size.
fn follow_the_input(most: usize) -> bool {
    let rows = DIMENSIONS.iter().map(|Dimension { name, spec }| {
        let cases = [most / STEP, most].map(spec);
        (*name, quickest(|index| cases.get(index).map_or(Duration::MAX, |case| time(|| case.compile().files.len()))))
    });
    keep_step("parts of a spec", most, rows)
}

/// The quickest of some runs of few and of many, which take turns: what else the machine does only ever adds.
fn quickest(run: impl Fn(usize) -> Duration) -> [Duration; 2] {
    let first = [run(0), run(1)];
    (1..RUNS).fold(first, |[fewer, more], _| [fewer.min(run(0)), more.min(run(1))])
}

/// Whether the time of each command follows the number of statements, which differ, up to a number.
fn commands_follow(most: usize) -> io::Result<bool> {
    let cases = [most / STEP, most].map(differing);
    let mut rows = Vec::new();
    for command in COMMANDS {
        let [fewer, more] = &cases;
        rows.push((command.join(" "), [commands::time(fewer, command)?, commands::time(more, command)?]));
    }
    Ok(keep_step("commands, statements", most, rows))
}

/// Prints the times of few and of [`STEP`] times as many, and says whether none grew by more than its limit.
fn keep_step(head: &str, most: usize, rows: impl IntoIterator<Item = (impl Display, [Duration; 2])>) -> bool {
    let mut kept = true;
    println!("\n{head:<44} {:>9} {most:>9} {:>7}", most / STEP, "each");
    for (name, [fewer, more]) in rows {
        let each = more.as_secs_f64() / fewer.as_secs_f64() / STEP as f64;
        println!("{name:<44} {:>9} {:>9} {each:>7.2}", milliseconds(fewer), milliseconds(more));
        kept &= each <= STEP_LIMIT;
    }
    println!("limit for each among {STEP} times as many: {STEP_LIMIT} times");
    kept
}

/// Medians of one case.
struct Figures {
    floor: Duration,
    floor_on_all_cores: Duration,
    compilation: Duration,
}

impl Figures {
    fn measure(case: &Case) -> Self {
        let stacks = case.compile().stacks;
        let [mut floor, mut floor_on_all_cores, mut compilation] = [const { Vec::new() }; 3];
        for _ in 0..RUNS {
            floor.push(time(|| (case.parse_floor(), cases::write_floor(&stacks))));
            floor_on_all_cores.push(time(|| {
                let items: Vec<&str> = case.items().collect();
                let parsed: usize = items.into_par_iter().map(cases::parse).sum();
                let written = stacks.par_iter().map(|stack| cases::write_floor(std::slice::from_ref(stack)));
                (parsed, written.sum::<usize>())
            }));
            compilation.push(time(|| case.compile()));
        }
        Self { floor: median(floor), floor_on_all_cores: median(floor_on_all_cores), compilation: median(compilation) }
    }

    fn ratio(&self) -> f64 {
        self.compilation.as_secs_f64() / self.floor.as_secs_f64()
    }

    fn print(&self, name: &str) {
        println!(
            "{name:<34} {:>9} {:>9} {:>9} {:>7.2} {:>9.2}",
            milliseconds(self.floor),
            milliseconds(self.floor_on_all_cores),
            milliseconds(self.compilation),
            self.ratio(),
            self.compilation.as_secs_f64() / self.floor_on_all_cores.as_secs_f64(),
        );
    }
}

/// Whether a statement costs the same among few and among many.
fn is_flat(counts: &[usize]) -> bool {
    let cases: Vec<Case> = counts.iter().copied().map(Case::statements).collect();
    let mut times = vec![Vec::new(); cases.len()];
    for _ in 0..RUNS {
        for (case, times) in cases.iter().zip(&mut times) {
            // Small cases are repeated, so that all are measured over as many statements.
            let repeats = (1000 / case.statements).max(1);
            let all = time(|| (0..repeats).map(|_| case.compile().files.len()).sum::<usize>());
            times.push(all.div_f64((repeats * case.statements) as f64));
        }
    }
    let medians: Vec<Duration> = times.into_iter().map(median).collect();
    for (case, median) in cases.iter().zip(&medians) {
        println!("{:>6} statements: {:>7.1} µs each", case.statements, median.as_secs_f64() * 1e6);
    }
    // Small cases bear what is done once, such as analysing each distinct timing, so the cheapest counts.
    let [fewer @ .., many] = &medians[..] else { return true };
    let growth = many.as_secs_f64() / fewer.iter().min().unwrap_or(many).as_secs_f64();
    println!("a statement of the most costs {growth:.2} times the cheapest of fewer, limit {GROWTH_LIMIT}");
    growth <= GROWTH_LIMIT
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = std::hint::black_box(work());
    let elapsed = start.elapsed();
    drop(result);
    elapsed
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
