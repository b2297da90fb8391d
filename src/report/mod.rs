//! What is shown, as data: formats only spell it.

pub mod check;
