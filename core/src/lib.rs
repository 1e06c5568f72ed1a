//! The whole AWS Key Management Service as a library that does no I/O.
