//! Work on all cores over a sequence of which no more than a batch is held.

use rayon::prelude::*;

/// What comes of each item, in their order. So many items are worked on at a time, and nothing is worked on
/// before it is asked for.
pub(crate) fn in_batches<T: Send, R: Send>(
    mut items: impl Iterator<Item = T>,
    size: usize,
    work: impl Fn(T) -> R + Sync,
) -> impl Iterator<Item = R> {
    let batches = std::iter::from_fn(move || {
        let batch: Vec<T> = items.by_ref().take(size).collect();
        (!batch.is_empty()).then(|| batch.into_par_iter().map(&work).collect::<Vec<R>>())
    });
    batches.flatten()
}

/// How many items make a batch where each takes long or comes to much: one for each core.
pub(crate) fn cores() -> usize {
    rayon::current_num_threads()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::in_batches;

    #[test]
    fn everything_comes_in_order_and_no_more_is_begun_than_a_batch() {
        let begun = AtomicUsize::new(0);
        let work = |item: usize| {
            begun.fetch_add(1, Ordering::Relaxed);
            item * 2
        };
        let mut made = in_batches(0..10, 4, work);
        assert_eq!(begun.load(Ordering::Relaxed), 0);
        assert_eq!(made.next(), Some(0));
        assert_eq!(begun.load(Ordering::Relaxed), 4);
        assert_eq!(made.collect::<Vec<_>>(), [2, 4, 6, 8, 10, 12, 14, 16, 18]);
    }
}
