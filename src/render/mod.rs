//! How reports are spelled: for terminals, for programs and for calendars.

pub mod html;
pub mod ics;
pub mod json;
pub mod markdown;
pub mod svg;
pub mod template;
pub mod terminal;
