//! Interrupts, put off while a few files are replaced, so that none leaves the work half done.

use std::ffi::c_int;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};

/// From the moment that interrupts are put off until they are let through again.
pub(super) struct Interrupt {
    /// The signal that came, or 0.
    came: Arc<AtomicUsize>,
    over: Arc<AtomicBool>,
}

impl Interrupt {
    /// Puts interrupts off. Where the system refuses, they end the process at once, as ever.
    pub(super) fn put_off() -> Self {
        let interrupt = Self { came: Arc::default(), over: Arc::default() };
        for signal in [SIGINT, SIGTERM] {
            let registered = signal_hook::flag::register_conditional_default(signal, Arc::clone(&interrupt.over));
            if let (Ok(_), Ok(number)) = (registered, usize::try_from(signal)) {
                let _ = signal_hook::flag::register_usize(signal, Arc::clone(&interrupt.came), number);
            }
        }
        interrupt
    }

    /// Whether one came.
    pub(super) fn came(&self) -> bool {
        self.came.load(Ordering::SeqCst) != 0
    }

    /// Lets interrupts through again, the one that came first: it ends the process.
    pub(super) fn let_through(self) {
        self.over.store(true, Ordering::SeqCst);
        if let Some(signal) = c_int::try_from(self.came.load(Ordering::SeqCst)).ok().filter(|signal| *signal != 0) {
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    }
}
