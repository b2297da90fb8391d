//! A small generator of numbers (SplitMix64), and prose made with it: the same seed gives the same corpus everywhere.

/// Numbers that look random and depend on the seed only.
pub struct Random(u64);

impl Random {
    /// A generator of its own for every record, so that records do not depend on their order.
    pub fn new(seed: u64, stream: &str, index: usize) -> Self {
        let mut state = seed;
        for byte in stream.bytes() {
            state = state.wrapping_mul(0x0100_0000_01B3) ^ u64::from(byte);
        }
        let mut random = Self(state ^ (index as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A number from `first` to `last`.
    pub fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last + 1 - first)
    }

    /// Whether something of this chance in a hundred happens.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// One sentence.
    pub fn sentence(&mut self) -> &'static str {
        self.of(SENTENCES)
    }

    /// Sentences of about this many bytes in all; now and then one with letters beyond ASCII.
    pub fn prose(&mut self, bytes: usize) -> String {
        let mut text = String::new();
        if self.chance(8) {
            text.push_str("The offices in Zürich and Genève follow the same steps. ");
        }
        while text.len() < bytes {
            text.push_str(self.sentence());
            text.push(' ');
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// Prose under a key, in one of the styles people use.
    pub fn field(&mut self, key: &str, bytes: usize) -> String {
        let text = self.prose(bytes);
        match self.below(4) {
            0 => format!("{key}: {text}\n"),
            1 => format!("{key}: \"{text}\"\n"),
            2 => format!("{key}: >-\n{}", wrapped(&text)),
            _ => format!("{key}: |\n{}", wrapped(&text)),
        }
    }
}

/// Lines of at most 90 characters, indented by two.
fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        if length == 0 || length + word.len() > 88 {
            if length > 0 {
                lines.push('\n');
            }
            lines.push_str("  ");
            length = 0;
        } else {
            lines.push(' ');
        }
        lines.push_str(word);
        length += word.len() + 1;
    }
    lines.push('\n');
    lines
}

/// Sentences that stand unquoted in YAML.
const SENTENCES: &[&str] = &[
    "The owner confirmed the list with the heads of the three teams.",
    "Two accounts were left over from a trial and have been closed.",
    "Nothing was found that had not been known before.",
    "The step is repeated whenever the supplier changes its terms.",
    "A second person looked at the sample and agreed.",
    "Customers were told in the weekly notice.",
    "The report was filed with the minutes of the meeting.",
    "It took half a day longer than planned because the tool was down.",
    "The next round starts with the systems that were left out this time.",
    "Support had asked for this twice in the spring.",
    "The old procedure is kept until the new one has been tried.",
    "Costs stay within what was granted in January.",
    "Logs of the last ninety days were read from end to end.",
    "The restored copy matched the original in size and checksum.",
    "Somebody has to stand in during the summer weeks.",
    "The sample of twenty-five was drawn by the tool.",
    "One exception is open and ends with the quarter.",
    "The change was tried on the test system first.",
    "Training material was shortened after the survey.",
    "The key was rotated on the same evening.",
];
