//! Public keys of SSH and whether they made a signature: Ed25519 (RFC 8709), ECDSA over P-256 and P-384 (RFC 5656),
//! RSA with SHA-2 (RFC 8332), and the first two kept on a security key (OpenSSH's PROTOCOL.u2f).

use super::wire::{Reader, decode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use ring::signature as ring;
use sha2::{Digest, Sha256};

/// Fewest bits of an RSA key that proves anything.
const FEWEST_RSA_BITS: usize = 2048;

/// Why a key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyFault {
    /// Its bytes are no key.
    Unreadable,
    /// A kind of key that is not supported, by its name in SSH.
    Unsupported(Box<str>),
    /// A certificate of a key, which is not supported.
    Certificate,
    /// RSA with too few bits.
    Weak(usize),
}

/// Why a signature is not one by a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mismatch {
    /// Its bytes are no signature of that kind of key.
    Unreadable,
    /// It was made by way of SHA-1.
    Sha1,
    /// It is one of other content, or by another key.
    Different,
}

/// A public key.
#[derive(Debug)]
pub struct PublicKey<'b> {
    name: &'b str,
    numbers: Numbers<'b>,
    /// What a security key was asked for (`ssh:`), where it is one.
    application: Option<&'b [u8]>,
}

#[derive(Debug)]
enum Numbers<'b> {
    Ed25519(&'b [u8]),
    P256(&'b [u8]),
    P384(&'b [u8]),
    Rsa {
        modulus: &'b [u8],
        exponent: &'b [u8],
    },
}

impl<'b> PublicKey<'b> {
    /// Reads the key that stands in a signature or, decoded, in a line of a file of keys.
    ///
    /// # Errors
    /// When it is no key, or one that is not supported.
    pub fn read(bytes: &'b [u8]) -> Result<Self, KeyFault> {
        let mut reader = Reader(bytes);
        let name = reader.name().ok_or(KeyFault::Unreadable)?;
        if name.contains("-cert-v") {
            return Err(KeyFault::Certificate);
        }
        let numbers = numbers(name, &mut reader)?;
        let application = match name.starts_with("sk-") {
            true => Some(reader.string().ok_or(KeyFault::Unreadable)?),
            false => None,
        };
        if !reader.is_done() {
            return Err(KeyFault::Unreadable);
        }
        Ok(Self {
            name,
            numbers,
            application,
        })
    }

    /// Its kind, by its name in SSH.
    pub fn name(&self) -> &'b str {
        self.name
    }

    /// Whether a signature (its SSH form, kind included) is one of this key for a message.
    pub(super) fn verify(&self, signature: &[u8], message: &[u8]) -> Result<(), Mismatch> {
        let mut reader = Reader(signature);
        let kind = reader.name().ok_or(Mismatch::Unreadable)?;
        let bytes = reader.string().ok_or(Mismatch::Unreadable)?;
        let extended = match self.application {
            Some(application) => Some(
                said_by_security_key(application, &mut reader, message)
                    .ok_or(Mismatch::Unreadable)?,
            ),
            None => None,
        };
        if !reader.is_done() {
            return Err(Mismatch::Unreadable);
        }
        let message = extended.as_deref().unwrap_or(message);
        if let Numbers::Rsa { modulus, exponent } = self.numbers {
            return verify_rsa(kind, modulus, exponent, bytes, message);
        }
        if kind != self.name {
            return Err(Mismatch::Unreadable);
        }
        let fits = match self.numbers {
            Numbers::Ed25519(key) => {
                ring::UnparsedPublicKey::new(&ring::ED25519, key).verify(message, bytes)
            }
            Numbers::P256(key) => {
                let pair = pair(bytes, 32).ok_or(Mismatch::Unreadable)?;
                ring::UnparsedPublicKey::new(&ring::ECDSA_P256_SHA256_FIXED, key)
                    .verify(message, &pair)
            }
            Numbers::P384(key) => {
                let pair = pair(bytes, 48).ok_or(Mismatch::Unreadable)?;
                ring::UnparsedPublicKey::new(&ring::ECDSA_P384_SHA384_FIXED, key)
                    .verify(message, &pair)
            }
            Numbers::Rsa { .. } => return Err(Mismatch::Unreadable),
        };
        fits.map_err(|_| Mismatch::Different)
    }
}

fn numbers<'b>(name: &'b str, reader: &mut Reader<'b>) -> Result<Numbers<'b>, KeyFault> {
    let unreadable = KeyFault::Unreadable;
    match name {
        "ssh-ed25519" | "sk-ssh-ed25519@openssh.com" => {
            let key = reader.string().filter(|key| key.len() == 32);
            key.map(Numbers::Ed25519).ok_or(unreadable)
        }
        "ecdsa-sha2-nistp256" | "sk-ecdsa-sha2-nistp256@openssh.com" => {
            let point = point(reader, "nistp256", 32);
            point.map(Numbers::P256).ok_or(unreadable)
        }
        "ecdsa-sha2-nistp384" => {
            let point = point(reader, "nistp384", 48);
            point.map(Numbers::P384).ok_or(unreadable)
        }
        "ssh-rsa" => {
            let exponent = reader.integer().ok_or(KeyFault::Unreadable)?;
            let modulus = reader.integer().ok_or(KeyFault::Unreadable)?;
            let spare = modulus.first().map_or(0, |first| first.leading_zeros());
            let bits = modulus.len() * 8 - spare as usize;
            if bits < FEWEST_RSA_BITS {
                return Err(KeyFault::Weak(bits));
            }
            Ok(Numbers::Rsa { modulus, exponent })
        }
        name => Err(KeyFault::Unsupported(name.into())),
    }
}

/// A point of a curve, not compressed.
fn point<'b>(reader: &mut Reader<'b>, curve: &str, size: usize) -> Option<&'b [u8]> {
    let is_that_curve = reader.name()? == curve;
    let point = reader.string()?;
    (is_that_curve && point.len() == 1 + 2 * size && point[0] == 4).then_some(point)
}

/// The two numbers of an ECDSA signature, each in so many bytes.
fn pair(bytes: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut reader = Reader(bytes);
    let mut pair = Vec::with_capacity(2 * size);
    for _ in 0..2 {
        let number = reader.integer()?;
        let zeros = size.checked_sub(number.len())?;
        pair.resize(pair.len() + zeros, 0);
        pair.extend_from_slice(number);
    }
    reader.is_done().then_some(pair)
}

fn verify_rsa(
    kind: &str,
    modulus: &[u8],
    exponent: &[u8],
    bytes: &[u8],
    message: &[u8],
) -> Result<(), Mismatch> {
    let parameters = match kind {
        "rsa-sha2-256" => &ring::RSA_PKCS1_2048_8192_SHA256,
        "rsa-sha2-512" => &ring::RSA_PKCS1_2048_8192_SHA512,
        "ssh-rsa" => return Err(Mismatch::Sha1),
        _ => return Err(Mismatch::Unreadable),
    };
    // Some programs leave out the zeros in front.
    let zeros = modulus.len().checked_sub(bytes.len());
    let mut padded = vec![0; zeros.ok_or(Mismatch::Unreadable)?];
    padded.extend_from_slice(bytes);
    let key = ring::RsaPublicKeyComponents {
        n: modulus,
        e: exponent,
    };
    key.verify(parameters, message, &padded)
        .map_err(|_| Mismatch::Different)
}

/// What a security key signs in place of a message: its application, whether somebody touched it, its counter, and
/// the digest of the message. Whether a touch is asked for is a matter of how the key was made; `ssh-keygen` does not
/// ask for it either.
fn said_by_security_key(
    application: &[u8],
    reader: &mut Reader<'_>,
    message: &[u8],
) -> Option<Vec<u8>> {
    let flags = reader.byte()?;
    let counter = reader.number()?;
    let mut said = Sha256::digest(application).to_vec();
    said.push(flags);
    said.extend_from_slice(&counter.to_be_bytes());
    said.extend_from_slice(&Sha256::digest(message));
    Some(said)
}

/// The fingerprint of a key, as `ssh-keygen -l` prints it.
pub fn fingerprint(key: &[u8]) -> String {
    let digest = STANDARD_NO_PAD.encode(Sha256::digest(key));
    format!("SHA256:{digest}")
}

/// The bytes of a key as they stand in base64 in a file of keys.
pub fn key_bytes(text: &str) -> Option<Vec<u8>> {
    decode(text.as_bytes())
}
