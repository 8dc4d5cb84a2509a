//! Copies that wait for each other, because AWS has only so many in progress at a time.
//!
//! Two copies into one place compete where their spans overlap: the copy of a run may be ready to
//! begin at any moment from the run's time to the end of both windows, so it may have to wait for
//! every copy whose span meets its own. AWS makes them in batches of as many as it has in progress
//! at a time, each of which takes as long as one copy; the last batch counts, since nobody says
//! which copy comes first. One batch more therefore makes a copy usable later by the time of one
//! copy: of six copies to one region of which five are made at a time, the sixth takes twice as
//! long.
//!
//! Of one rule the copies of one run count. AWS Backup runs one job for a resource at a time, and
//! copies of one resource one after the other, so that a run which is due while the one before it
//! still goes on is a matter of its own. What copies whose spans have ended may leave of a queue is
//! not counted, unless it grows for ever.

use jiff::Timestamp;

use super::length::Minutes;
use super::plan::{TimedRule, Where, Windows, due};

/// From when on, and until when, the copy of a run may be ready to begin; the end is not part of
/// it. Minutes since 1970.
pub type Span = (i64, i64);

/// The copies that the runs of one rule make in one place.
#[derive(Clone, Copy, Debug)]
pub struct Stream<'a> {
    /// The spans of its runs, in order.
    pub spans: &'a [Span],
    /// How many copies each run makes.
    pub copies: usize,
}

/// The most copies that compete with those of one run of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Competition {
    /// How many copies there are, that run's own among them.
    pub copies: usize,
    /// The span of the run.
    pub span: Span,
}

/// For each rule, the spans of the runs that AWS starts between two instants. `occupied` says how
/// long after its time a run's span begins, and ends.
pub fn spans(
    rules: &[TimedRule],
    occupied: impl Fn(Windows) -> (Minutes, Minutes),
    from: Timestamp,
    until: Timestamp,
) -> Vec<Vec<Span>> {
    let mut spans = vec![Vec::new(); rules.len()];
    for due in due(rules, &Where::Source, from, until) {
        let (Some(rule), Some(spans), None) = (rules.get(due.rule), spans.get_mut(due.rule), due.instead) else {
            continue;
        };
        let at = due.run.at.as_second().div_euclid(60);
        let (begins, ends) = occupied(rule.windows);
        spans.push((at + begins.0, at + ends.0));
    }
    spans
}

/// Whether any of some spans in order overlaps another.
pub fn overlaps(spans: &[Span], (from, until): Span) -> bool {
    let before = spans.partition_point(|span| span.0 < until);
    // Spans of one rule are equally long, so that the last to begin is the last to end.
    before.checked_sub(1).and_then(|last| spans.get(last)).is_some_and(|last| last.1 > from)
}

/// For each stream, what its run with the most competition meets.
pub fn competition(streams: &[Stream<'_>]) -> Vec<Competition> {
    let mut taken = Taken::default();
    for stream in streams {
        taken.add(stream);
    }
    taken.sort();
    let mut most = vec![Competition::default(); streams.len()];
    let mut runs: Vec<(Span, usize)> = Vec::new();
    for (index, stream) in streams.iter().enumerate() {
        runs.extend(stream.spans.iter().map(|span| (*span, index)));
    }
    // Gaps come in as the runs go back in time.
    runs.sort_unstable_by(|left, right| right.cmp(left));
    for (span, stream) in runs {
        let copies = taken.overlapping(span);
        if let Some(most) = most.get_mut(stream).filter(|most| most.copies <= copies) {
            *most = Competition { copies, span };
        }
    }
    most
}

/// The stretches of time in which each stream may have copies, and the gaps between them. A span
/// overlaps as many stretches of a stream as it contains gaps between them and one more, so that
/// stretches less gaps count each stream once.
#[derive(Default)]
struct Taken {
    begins: Vec<(i64, usize)>,
    ends: Vec<(i64, usize)>,
    gaps: Vec<(Span, usize)>,
    contained: Contained,
}

impl Taken {
    fn add(&mut self, stream: &Stream<'_>) {
        let mut last: Option<i64> = None;
        for (from, until) in stream.spans.iter().copied() {
            match last {
                Some(end) if from <= end => {}
                Some(end) => {
                    self.ends.push((end, stream.copies));
                    self.gaps.push(((end, from), stream.copies));
                    self.begins.push((from, stream.copies));
                }
                None => self.begins.push((from, stream.copies)),
            }
            last = last.max(Some(until));
        }
        self.ends.extend(last.map(|end| (end, stream.copies)));
    }

    fn sort(&mut self) {
        for marks in [&mut self.begins, &mut self.ends] {
            marks.sort_unstable();
            let mut sum = 0;
            for (_, copies) in marks {
                sum += *copies;
                *copies = sum;
            }
        }
        self.gaps.sort_unstable();
        self.contained = Contained::new(self.gaps.iter().map(|((_, end), _)| *end).collect());
    }

    /// How many copies compete with a run. Runs must be asked about from the last to the first.
    fn overlapping(&mut self, (from, until): Span) -> usize {
        while let Some((gap, copies)) = self.gaps.pop_if(|((begin, _), _)| *begin > from) {
            self.contained.add(gap.1, copies);
        }
        let begun = up_to(&self.begins, |begin| begin < until);
        let ended = up_to(&self.ends, |end| end <= from);
        begun.saturating_sub(ended).saturating_sub(self.contained.ending_before(until))
    }
}

/// The sum up to the last mark that is early enough.
fn up_to(marks: &[(i64, usize)], early: impl Fn(i64) -> bool) -> usize {
    let count = marks.partition_point(|(at, _)| early(*at));
    count.checked_sub(1).and_then(|last| marks.get(last)).map_or(0, |(_, sum)| *sum)
}

/// Sums of copies by the ends of gaps, as a Fenwick tree.
#[derive(Default)]
struct Contained {
    ends: Vec<i64>,
    sums: Vec<usize>,
}

impl Contained {
    fn new(mut ends: Vec<i64>) -> Self {
        ends.sort_unstable();
        ends.dedup();
        let sums = vec![0; ends.len() + 1];
        Self { ends, sums }
    }

    fn add(&mut self, end: i64, copies: usize) {
        let mut index = self.ends.partition_point(|other| *other < end) + 1;
        while let Some(sum) = self.sums.get_mut(index) {
            *sum += copies;
            index += index & index.wrapping_neg();
        }
    }

    fn ending_before(&self, until: i64) -> usize {
        let mut index = self.ends.partition_point(|end| *end < until);
        let mut total = 0;
        while index > 0 {
            total += self.sums.get(index).copied().unwrap_or(0);
            index &= index - 1;
        }
        total
    }
}
