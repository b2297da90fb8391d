//! A parser input that ends early when too much waits for one bracket to close.
//!
//! A list or mapping in brackets may turn out to be a key, so the parser keeps all of its tokens until the closing
//! bracket. The tokens take far more memory than their text, so their number is limited.

use saphyr_parser::input::SkipTabs;
use saphyr_parser::{Input, StrInput};
use std::cell::Cell;

/// Values and signs (commas, colons, brackets) that may be read between two events of the parser.
pub const MAX_WAITING: u32 = 1_000_000;

/// The text of a file, with a count of the tokens read since the count was last set to 0.
pub(super) struct MeteredInput<'s> {
    inner: StrInput<'s>,
    waiting: &'s Cell<u32>,
}

impl<'s> MeteredInput<'s> {
    pub(super) fn new(text: &'s str, waiting: &'s Cell<u32>) -> Self {
        Self {
            inner: StrInput::new(text),
            waiting,
        }
    }
}

/// Hands over to the parser's own input, which is faster than the trait's defaults.
macro_rules! same {
    ($($name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)*) => {
        $(#[inline]
        fn $name(&self $(, $argument: $type)*) $(-> $result)? {
            self.inner.$name($($argument),*)
        })*
    };
}

/// As `same`, for what moves on in the text.
macro_rules! same_mut {
    ($($name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)*) => {
        $(#[inline]
        fn $name(&mut self $(, $argument: $type)*) $(-> $result)? {
            self.inner.$name($($argument),*)
        })*
    };
}

impl Input for MeteredInput<'_> {
    /// The scanner asks for a byte order mark once before each token, and for nothing else with this call.
    #[inline]
    fn next_char_is(&self, c: char) -> bool {
        if c == '\u{FEFF}' {
            self.waiting.set(self.waiting.get().saturating_add(1));
        }
        self.inner.next_char_is(c)
    }

    #[inline]
    fn lookahead(&mut self, count: usize) {
        if self.waiting.get() > MAX_WAITING {
            self.inner = StrInput::new("");
        }
        self.inner.lookahead(count);
    }

    same_mut! {
        skip();
        raw_read_ch() -> char;
        raw_read_non_breakz_ch() -> Option<char>;
        skip_n(count: usize);
        look_ch() -> char;
        skip_ws_to_eol(skip_tabs: SkipTabs) -> (usize, Result<SkipTabs, &'static str>);
        skip_while_non_breakz() -> usize;
        skip_while_blank() -> usize;
        fetch_while_is_alpha(out: &mut String) -> usize;
        fetch_while_is_yaml_non_space(out: &mut String) -> usize;
    }

    same! {
        buflen() -> usize;
        bufmaxlen() -> usize;
        peek() -> char;
        peek_nth(n: usize) -> char;
        peek_opt() -> Option<char>;
        nth_char_is(n: usize, c: char) -> bool;
        next_2_are(c1: char, c2: char) -> bool;
        next_3_are(c1: char, c2: char, c3: char) -> bool;
        next_is_document_indicator() -> bool;
        next_is_document_start() -> bool;
        next_is_document_end() -> bool;
        next_can_be_plain_scalar(in_flow: bool) -> bool;
        next_is_blank_or_break() -> bool;
        next_is_blank_or_breakz() -> bool;
        next_is_blank() -> bool;
        next_is_break() -> bool;
        next_is_breakz() -> bool;
        next_is_z() -> bool;
        next_is_flow() -> bool;
        next_is_digit() -> bool;
        next_is_alpha() -> bool;
    }
}
