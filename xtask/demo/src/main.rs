//! Serves the playground and answers the KMS API beside it, until it is told to stop.

mod page;

fn main() {}
