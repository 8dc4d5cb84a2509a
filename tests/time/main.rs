//! The calendar held against itself, against another cron library and against tables of cases.

#[cfg(test)]
mod coverage;
#[cfg(test)]
mod coverage_holds;
#[cfg(test)]
mod cron;
#[cfg(test)]
mod croner_agrees;
#[cfg(test)]
mod firings;
#[cfg(test)]
mod irregular;
#[cfg(test)]
mod lower;
#[cfg(test)]
mod lower_is_exact;
#[cfg(test)]
mod occurrence;
#[cfg(test)]
mod queue;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod support;
#[cfg(test)]
mod window;
#[cfg(test)]
mod zone;
