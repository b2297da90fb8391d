//! SSH signatures made in code (OpenSSH's PROTOCOL.sshsig), by keys that follow from a number.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{Ed25519KeyPair, KeyPair};
use sha2::{Digest, Sha512};

/// A key for tests.
pub struct Key(Ed25519KeyPair);

fn put(bytes: &mut Vec<u8>, text: &[u8]) {
    bytes.extend((text.len() as u32).to_be_bytes());
    bytes.extend(text);
}

impl Key {
    /// The key of a number.
    pub fn number(number: u8) -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(&[number; 32]).unwrap())
    }

    fn public(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put(&mut bytes, b"ssh-ed25519");
        put(&mut bytes, self.0.public_key().as_ref());
        bytes
    }

    /// A line of the allowed signers that lets it sign for somebody.
    pub fn line(&self, principal: &str) -> String {
        let key = STANDARD.encode(self.public());
        format!("{principal} namespaces=\"git\" ssh-ed25519 {key}\n")
    }

    /// The signature of a commit, in its armour.
    pub fn sign(&self, commit: &[u8]) -> String {
        let mut signed = b"SSHSIG".to_vec();
        for part in [&b"git"[..], b"", b"sha512", &Sha512::digest(commit)] {
            put(&mut signed, part);
        }
        let mut signature = Vec::new();
        put(&mut signature, b"ssh-ed25519");
        put(&mut signature, self.0.sign(&signed).as_ref());
        let mut bytes = b"SSHSIG\0\0\0\x01".to_vec();
        for part in [&*self.public(), b"git", b"", b"sha512", &signature] {
            put(&mut bytes, part);
        }
        let text = STANDARD.encode(bytes);
        let lines: Vec<&str> = (0..text.len())
            .step_by(70)
            .map(|at| &text[at..text.len().min(at + 70)])
            .collect();
        let lines = lines.join("\n");
        format!("-----BEGIN SSH SIGNATURE-----\n{lines}\n-----END SSH SIGNATURE-----")
    }
}
