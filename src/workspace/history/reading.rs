//! How the files of a commit were read: by the isms.toml it had.

use crate::records::Config;
use crate::workspace::configuration;
use crate::workspace::custom::CustomSchemas;
use crate::workspace::files::{CONFIG_FILE, Files, has_extension, is_aside_name};
use crate::workspace::layout::{Claim, Layout, table_name};
use crate::workspace::registers::Registers;
use crate::workspace::usage::Usage;

/// The folders of the kinds and the keys of the registers, by one isms.toml.
pub struct Reading {
    /// What it says; none when it could not be used.
    pub config: Option<Config>,
    pub(super) layout: Layout,
    pub(super) usage: Usage,
}

impl Reading {
    /// The reading of a commit's files; none where it has no isms.toml, so that there was no workspace yet.
    pub(super) fn of(files: &dyn Files) -> Option<Self> {
        let bytes = files.read(CONFIG_FILE).ok()?;
        let configuration = configuration::read(CONFIG_FILE, bytes);
        let config = configuration.config;
        let (registers, _) = Registers::read(files, config.as_ref(), &configuration.tree);
        Some(Self {
            layout: Layout::of(config.as_ref()),
            usage: Usage::of(registers, CustomSchemas::default(), config.as_ref()),
            config,
        })
    }

    /// Whether a file holds records.
    pub(super) fn is_record_file(&self, path: &str) -> bool {
        let is_hidden = path.split('/').any(|name| is_aside_name(name.as_bytes()));
        let is_aside = path
            .split_once('/')
            .is_some_and(|(top, _)| self.layout.is_aside(top));
        let can_be_read = has_extension(path, &["yaml", "yml"]) || table_name(path).is_some();
        can_be_read && !is_hidden && !is_aside && self.layout.claim(path) != Claim::Unclaimed
    }
}
