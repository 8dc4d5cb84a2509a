//! The speed promises, measured and enforced: `cargo bench --bench limits`.
//!
//! Floor and compilation take turns, so that what else the machine does falls on both, and their
//! medians are compared. The floor runs on one core, and again on every core; the second is the
//! harder comparison and is shown, the first is the promise. Exit code 1 when a limit is missed.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark reads the clock and prints figures")]
#![expect(clippy::expect_used, reason = "a benchmark that cannot write its specs stops")]
#![expect(clippy::cast_precision_loss, reason = "counts of statements are small")]

mod cases;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use cases::Case;
use drc::diagnostic::Diagnostics;
use rayon::prelude::*;

/// Times the floor that a compilation may take.
const LIMIT: f64 = 3.0;

/// How much more a statement may cost among 10,000 than among fewer.
const GROWTH_LIMIT: f64 = 1.5;

/// The part of a build that proving its policies may take.
const PROOF_LIMIT: f64 = 0.1;

/// Measurements of each kind; the median counts.
const RUNS: usize = 15;

fn main() -> ExitCode {
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
    kept &= is_proved_cheaply();
    kept &= is_flat();
    if kept { ExitCode::SUCCESS } else { ExitCode::from(1) }
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

/// Whether the proof that every build runs is a small part of it: of the command, and where there is much to compile also
/// of the compilation alone, without reading, starting and writing.
fn is_proved_cheaply() -> bool {
    let cases = [
        ("one line", Case::one_line()),
        ("one statement of 10 clusters", Case::clusters(10)),
        ("one statement of 60 clusters", Case::clusters(60)),
        ("1000 systems of one statement", Case::systems(1000)),
        ("one system of 1000 statements", Case::statements(1000)),
    ];
    let mut kept = true;
    println!("{:<34} {:>9} {:>9} {:>9} {:>7} {:>9}", "case", "command", "drc", "proof", "part", "of drc");
    for (name, case) in cases {
        let [command, whole, proof] = proof_times(&case);
        let [of_command, of_whole] = [command, whole].map(|time| proof.as_secs_f64() / time.as_secs_f64());
        println!(
            "{name:<34} {:>9} {:>9} {:>9} {:>6.1}% {:>8.1}%",
            milliseconds(command),
            milliseconds(whole),
            milliseconds(proof),
            of_command * 100.0,
            of_whole * 100.0,
        );
        kept &= of_command <= PROOF_LIMIT && (case.statements == 1 || of_whole <= PROOF_LIMIT);
    }
    println!("limit, for the large cases of drc too: {:.0}%\n", PROOF_LIMIT * 100.0);
    kept
}

/// Medians of the command into a directory that is up to date, of the compilation in memory, and of the proof.
fn proof_times(case: &Case) -> [Duration; 3] {
    let folder = tempfile::tempdir().expect("a directory");
    write(&case.files, folder.path());
    let compiled = case.compile();
    let [mut command, mut whole, mut proof] = [const { Vec::new() }; 3];
    // Small cases are measured more often: what they take is not much more than the clock's grain.
    for _ in 0..if case.statements == 1 { 10 * RUNS } else { RUNS } {
        command.push(time(|| build(folder.path())));
        whole.push(time(|| case.compile()));
        proof.push(time(|| {
            let mut said = Diagnostics::default();
            drc::prove::check_sufficient(&compiled.spec, &compiled.stacks, &compiled.files, &mut said);
            said
        }));
    }
    [command, whole, proof].map(median)
}

/// Writes the specs that the program is to build.
fn write(files: &[(String, String)], folder: &Path) {
    let specs = folder.join("specs");
    std::fs::create_dir(&specs).expect("a directory");
    for (name, text) in files {
        std::fs::write(specs.join(name), text).expect("a file");
    }
}

/// Runs the program.
fn build(folder: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_drc"));
    command.arg("build").arg(folder.join("specs")).arg("--out").arg(folder.join("out"));
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "drc build failed");
}

/// Whether a statement costs the same among few and among many.
fn is_flat() -> bool {
    let cases = [100, 300, 1000, 3000, 10_000].map(Case::statements);
    let mut times = cases.each_ref().map(|_| Vec::new());
    for _ in 0..RUNS {
        for (case, times) in cases.iter().zip(&mut times) {
            // Small cases are repeated, so that all are measured over as many statements.
            let repeats = (1000 / case.statements).max(1);
            let all = time(|| (0..repeats).map(|_| case.compile().files.len()).sum::<usize>());
            times.push(all.div_f64((repeats * case.statements) as f64));
        }
    }
    let medians = times.map(median);
    for (case, median) in cases.iter().zip(&medians) {
        println!("{:>6} statements: {:>7.1} µs each", case.statements, median.as_secs_f64() * 1e6);
    }
    // Small cases bear what is done once, such as analysing each distinct timing, so the cheapest counts.
    let [fewer @ .., many] = medians;
    let growth = many.as_secs_f64() / fewer.into_iter().min().unwrap_or(many).as_secs_f64();
    println!("a statement of 10000 costs {growth:.2} times the cheapest of fewer, limit {GROWTH_LIMIT}");
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
