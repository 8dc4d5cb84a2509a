//! Templates of anybody: what is read of them, and what their functions give.

#[cfg(test)]
mod graph;
#[cfg(test)]
mod read;
