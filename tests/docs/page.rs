//! A page of Markdown, as far as the tests look at it: fenced blocks and the text between them.

/// A fenced block.
pub struct Block {
    /// What stands behind the opening fence.
    pub info: String,
    /// Index of the first line within.
    pub start: usize,
    /// The lines within.
    pub lines: Vec<String>,
}

impl Block {
    /// The language, the first word of the info string.
    pub fn language(&self) -> &str {
        self.info.split_whitespace().next().unwrap_or_default()
    }

    /// The file the block is to be saved as, or that it changes.
    pub fn file(&self) -> Option<&str> {
        self.info
            .split_whitespace()
            .find_map(|word| word.strip_prefix("file="))
    }
}

/// The fenced blocks of a page, in order.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, Block)> = None;
    for (number, line) in text.lines().enumerate() {
        match open.take() {
            Some((fence, block)) if line.trim_end() == fence => blocks.push(block),
            Some((fence, mut block)) => {
                block.lines.push(line.to_owned());
                open = Some((fence, block));
            }
            None if line.starts_with("```") => {
                let ticks = line.len() - line.trim_start_matches('`').len();
                let block = Block {
                    info: line[ticks..].trim().to_owned(),
                    start: number + 1,
                    lines: Vec::new(),
                };
                open = Some((&line[..ticks], block));
            }
            None => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    blocks
}

/// The text outside fenced blocks, with code spans blanked out.
pub fn prose(text: &str) -> String {
    let mut prose = String::new();
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        match fence {
            Some(end) if line.trim_end() == end => fence = None,
            Some(_) => {}
            None if line.starts_with("```") => {
                fence = Some(&line[..line.len() - line.trim_start_matches('`').len()]);
            }
            None => {
                let parts = line.split('`').enumerate();
                prose.extend(parts.map(|(at, part)| if at % 2 == 0 { part } else { "x" }));
                prose.push('\n');
            }
        }
    }
    prose
}

/// The anchors of a page's headings, as Markdown viewers spell them.
pub fn anchors(text: &str) -> Vec<String> {
    let mut fenced = false;
    let mut anchors: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        let Some(heading) = line.trim_start_matches('#').strip_prefix(' ') else {
            continue;
        };
        if fenced || !line.starts_with('#') {
            continue;
        }
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let slug: String = heading.chars().filter(kept).collect();
        let slug = slug.to_lowercase().replace(' ', "-");
        let before = anchors
            .iter()
            .filter(|anchor| {
                **anchor == slug
                    || anchor
                        .rsplit_once('-')
                        .is_some_and(|(name, number)| name == slug && number.parse::<u32>().is_ok())
            })
            .count();
        anchors.push(match before {
            0 => slug,
            count => format!("{slug}-{count}"),
        });
    }
    anchors
}
