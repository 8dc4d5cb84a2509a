//! Each phase and the whole beside the floor: `cargo bench --bench compile`.
//!
//! The limits that hold for these figures are enforced by `cargo bench --bench limits`.

mod cases;

use cases::Case;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use drc::diagnostic::{Diagnostics, human};
use drc::emit::{self, Format};
use drc::resolve;
use drc::time::zone::REFERENCE;
use drc::{check, lower, prove, syntax};

const CASES: [&str; 4] = ["one line", "60 clusters", "1000 systems", "1000 statements"];

fn main() {
    divan::main();
}

fn case(name: &str) -> Case {
    match name {
        "one line" => Case::one_line(),
        "60 clusters" => Case::clusters(60),
        "1000 systems" => Case::systems(1000),
        _ => Case::statements(1000),
    }
}

/// pest's parse of the same texts and `serde_yaml`'s writing of the same values, on one core.
#[divan::bench(args = CASES)]
fn floor(bencher: Bencher<'_, '_>, name: &str) {
    let case = case(name);
    let stacks = case.compile().stacks;
    bencher.bench(|| (black_box(&case).parse_floor(), cases::write_floor(black_box(&stacks))));
}

/// Everything that drc does in memory.
#[divan::bench(args = CASES)]
fn whole(bencher: Bencher<'_, '_>, name: &str) {
    let case = case(name);
    bencher.bench(|| black_box(&case).compile());
}

/// The time of one statement must not depend on how many there are: items per second stay the same.
#[divan::bench(args = [100, 1000, 10_000], sample_count = 10)]
fn scaling(bencher: Bencher<'_, '_>, statements: usize) {
    let case = Case::statements(statements);
    bencher.counter(ItemsCount::new(case.statements)).bench(|| black_box(&case).compile());
}

/// Texts into trees.
#[divan::bench(args = CASES)]
fn parse(bencher: Bencher<'_, '_>, name: &str) {
    let (sources, files) = case(name).sources();
    let mut sink = Diagnostics::default();
    bencher
        .bench_local(|| files.iter().map(|file| syntax::parse(&sources, *file, &mut sink).items.len()).sum::<usize>());
}

/// Trees into meaning.
#[divan::bench(args = CASES)]
fn resolve(bencher: Bencher<'_, '_>, name: &str) {
    let (sources, files) = case(name).sources();
    let mut sink = Diagnostics::default();
    let trees: Vec<_> = files.iter().map(|file| (*file, syntax::parse(&sources, *file, &mut sink))).collect();
    bencher.with_inputs(|| trees.clone()).bench_local_values(|trees| {
        let resolved = trees
            .into_iter()
            .map(|(file, tree)| resolve::resolve(&sources, file, tree, REFERENCE, &mut Diagnostics::default()));
        resolved.collect::<Vec<_>>()
    });
}

/// What is wrong with it.
#[divan::bench(args = CASES)]
fn check(bencher: Bencher<'_, '_>, name: &str) {
    let spec = case(name).compile().spec;
    bencher.bench(|| {
        let mut sink = Diagnostics::default();
        check::check(black_box(&spec), &mut sink);
        sink
    });
}

/// Meaning into stacks.
#[divan::bench(args = CASES)]
fn lower(bencher: Bencher<'_, '_>, name: &str) {
    let spec = case(name).compile().spec;
    bencher.bench(|| lower::lower(black_box(&spec)));
}

/// Stacks into files.
#[divan::bench(args = CASES)]
fn emit(bencher: Bencher<'_, '_>, name: &str) {
    let stacks = case(name).compile().stacks;
    bencher.bench(|| emit::emit(black_box(&stacks), Format::Yaml));
}

/// The proof that the policies suffice.
#[divan::bench(args = CASES)]
fn prove(bencher: Bencher<'_, '_>, name: &str) {
    let compiled = case(name).compile();
    bencher.bench(|| {
        let mut sink = Diagnostics::default();
        prove::check_sufficient(&compiled.spec, black_box(&compiled.stacks), &mut sink);
        sink
    });
}

/// Findings as people read them.
#[divan::bench(args = CASES)]
fn render(bencher: Bencher<'_, '_>, name: &str) {
    let case = case(name);
    let (sources, files) = case.sources();
    let compiled = drc::compile(&sources, &files, Format::Yaml, drc::time::zone::REFERENCE);
    bencher.bench(|| human::render(black_box(&compiled.diagnostics), &sources, human::Style::PLAIN));
}
