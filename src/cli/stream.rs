//! Streams whose reader may have enough before we have said everything.

use std::io::{self, ErrorKind, Write};

/// A stream that takes what is written after its reader has gone, as in `drc explain … | head`, and
/// drops it: the command ends as it would have ended, and says nothing of it.
pub(super) struct UntilClosed<W> {
    stream: W,
    is_closed: bool,
}

impl<W: Write> UntilClosed<W> {
    pub(super) fn new(stream: W) -> Self {
        Self { stream, is_closed: false }
    }

    /// What came of writing; `dropped` where nobody reads any more.
    fn unless_closed<T>(&mut self, dropped: T, write: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.is_closed {
            return Ok(dropped);
        }
        match write(&mut self.stream) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(dropped)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for UntilClosed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_closed(bytes.len(), |stream| stream.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_closed((), Write::flush)
    }
}
