//! The corrective action chain (clause 10.2): from a finding over root cause and actions to the proof that they
//! worked, and the lessons of incidents and audits (Annex A 5.27), as they stood on a day.

pub mod links;

pub use links::{Link, Links, Outcome};
