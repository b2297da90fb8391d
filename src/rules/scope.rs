//! Which rules are asked for.

use crate::diagnostics::Class;

/// Which rules are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Those of the next that find errors: nothing else keeps figures from being whole.
    Errors,
    /// Those that depend on the records alone.
    Valid,
    /// Those that depend on the day as well.
    Timely,
}

impl Scope {
    pub(super) fn includes(self, class: Class) -> bool {
        match class {
            Class::Valid => true,
            Class::Timely => self == Scope::Timely,
            Class::History => false,
        }
    }
}
