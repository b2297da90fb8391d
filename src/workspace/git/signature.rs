//! Signatures of commits: SSH signatures (OpenSSH's PROTOCOL.sshsig) are verified here, without another program;
//! others are named, not verified.
//!
//! A good signature proves that whoever holds the key signed this very commit. It does not prove when: the date of a
//! commit is a claim, and so is the validity of a key on that date.

mod key;
mod wire;

pub use key::{KeyFault, PublicKey, fingerprint, key_bytes};

use super::allowed_signers::{AllowedSigners, Barred, Patterns};
use super::commit::Commit;
use key::Mismatch;
use sha2::{Digest, Sha256, Sha512};
use std::fmt;
use wire::{Reader, dearmour, put_string};

/// What git signs for; a signature made for anything else does not count.
pub(super) const NAMESPACE: &str = "git";

const SSH: &[u8] = b"-----BEGIN SSH SIGNATURE-----";
const OPENPGP: [&[u8]; 2] = [
    b"-----BEGIN PGP SIGNATURE-----",
    b"-----BEGIN PGP MESSAGE-----",
];
const X509: &[u8] = b"-----BEGIN SIGNED MESSAGE-----";

/// What is known of a commit's signature. Spelled, it is the end of a sentence about the commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// There is none.
    Unsigned,
    /// It is right, and by a key that may sign.
    Good(Signer),
    /// It is right, and nobody knows by whom.
    UnknownKey {
        /// Of the key.
        fingerprint: String,
    },
    /// It is right, and by a key that may not sign commits, or not then.
    NotAllowed {
        /// Of the key.
        fingerprint: String,
        /// What stands against it.
        why: Barred,
    },
    /// It is not a signature of this commit, or proves nothing.
    Bad(BadSignature),
    /// An SSH signature by a kind of key that is not supported.
    Unsupported(KeyFault),
    /// An OpenPGP signature.
    OpenPgp,
    /// An X.509 signature.
    X509,
    /// Something else.
    Other,
}

/// Who made a good signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Of the key.
    pub fingerprint: String,
    /// Whom the key stands for: the principals of every line that lists it and lets it sign.
    pub principals: Vec<Patterns>,
}

impl Signer {
    /// Whether the key stands for an e-mail address; upper and lower case are the same.
    pub fn stands_for(&self, email: &str) -> bool {
        self.principals.iter().any(|line| line.matches(email))
    }
}

/// Why a signature is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadSignature {
    /// It cannot be read.
    Unreadable,
    /// It is one of other content.
    Different,
    /// It was made for something else than commits, by name where that can be shown.
    Namespace(Option<Box<str>>),
    /// It was made by way of SHA-1.
    Sha1,
}

impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verification::Unsigned => f.write_str("is not signed"),
            Verification::Good(signer) => {
                let names: Vec<String> = signer.principals.iter().map(|it| it.to_string()).collect();
                let names = names.join(", ");
                write!(f, "is signed with the key {} of {names}", signer.fingerprint)
            }
            Verification::UnknownKey { fingerprint } => write!(
                f,
                "is signed with the key {fingerprint}, which is not among the allowed signers"
            ),
            Verification::NotAllowed { fingerprint, why } => {
                write!(f, "is signed with the key {fingerprint}, which {why}")
            }
            Verification::Bad(fault) => write!(f, "{fault}"),
            Verification::Unsupported(fault) => match fault {
                KeyFault::Certificate => f.write_str(
                    "is signed with a certificate; certificates are not supported, so this is not verified",
                ),
                KeyFault::Unsupported(name) => write!(
                    f,
                    "is signed with a key of type `{name}`, which is not supported, so this is not verified"
                ),
                KeyFault::Weak(bits) => write!(
                    f,
                    "is signed with an RSA key of {bits} bits; fewer than 2048 prove nothing"
                ),
                KeyFault::Unreadable => f.write_str("is signed with something that is no key"),
            },
            Verification::OpenPgp => f.write_str(
                "has an OpenPGP signature, which is not verified; only SSH signatures are",
            ),
            Verification::X509 => f.write_str(
                "has an X.509 signature, which is not verified; only SSH signatures are",
            ),
            Verification::Other => f.write_str(
                "has a signature of an unknown kind, which is not verified; only SSH signatures are",
            ),
        }
    }
}

impl fmt::Display for BadSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadSignature::Unreadable => f.write_str("has a signature that cannot be read"),
            BadSignature::Different => f.write_str(
                "has a signature that does not fit its content: one of them was changed",
            ),
            BadSignature::Namespace(Some(name)) => {
                write!(
                    f,
                    "has a signature that was made for `{name}`, not for `git`"
                )
            }
            BadSignature::Namespace(None) => {
                f.write_str("has a signature that was not made for `git`")
            }
            BadSignature::Sha1 => {
                f.write_str("has an RSA signature by way of SHA-1, which proves nothing")
            }
        }
    }
}

/// Judges the signature of a commit.
///
/// `signature` is the text of its `gpgsig` header and `payload` the commit without that header, as libgit2's
/// `extract_signature` gives both. `at` is the committer date in seconds since 1970: keys are valid or not on that
/// date, which is a claim of the committer.
pub fn verify(
    signature: Option<&[u8]>,
    payload: &[u8],
    signers: &AllowedSigners,
    at: i64,
) -> Verification {
    let Some(signature) = signature else {
        return Verification::Unsigned;
    };
    if !signature.starts_with(SSH) {
        let is_openpgp = OPENPGP.iter().any(|begin| signature.starts_with(begin));
        return match is_openpgp {
            true => Verification::OpenPgp,
            false if signature.starts_with(X509) => Verification::X509,
            false => Verification::Other,
        };
    }
    let Some(bytes) = dearmour(signature) else {
        return Verification::Bad(BadSignature::Unreadable);
    };
    let parts = match Parts::read(&bytes) {
        Ok(parts) => parts,
        Err(fault) => return Verification::Bad(fault),
    };
    let key = match PublicKey::read(parts.key) {
        Ok(key) => key,
        Err(KeyFault::Unreadable) => return Verification::Bad(BadSignature::Unreadable),
        Err(fault) => return Verification::Unsupported(fault),
    };
    let fits = match parts.signed(payload) {
        Some(signed) => key.verify(parts.signature, &signed),
        None => Err(Mismatch::Unreadable),
    };
    match fits {
        Err(Mismatch::Unreadable) => Verification::Bad(BadSignature::Unreadable),
        Err(Mismatch::Sha1) => Verification::Bad(BadSignature::Sha1),
        Err(Mismatch::Different) => Verification::Bad(BadSignature::Different),
        Ok(()) => who(parts.key, signers, at),
    }
}

impl Commit {
    /// What is known of its signature; keys are valid or not at its committer date.
    pub fn verification(&self, signers: &AllowedSigners) -> Verification {
        let signed = self.signed.as_ref();
        let signature = signed.map(|signed| &*signed.signature);
        let payload = signed.map_or(&[][..], |signed| &signed.payload);
        verify(signature, payload, signers, self.committer.time.timestamp())
    }
}

/// Whom the key of a right signature stands for.
fn who(key: &[u8], signers: &AllowedSigners, at: i64) -> Verification {
    let fingerprint = fingerprint(key);
    match signers.admit(key, NAMESPACE, at) {
        Ok(principals) => Verification::Good(Signer {
            fingerprint,
            principals,
        }),
        Err(Some(why)) => Verification::NotAllowed { fingerprint, why },
        Err(None) => Verification::UnknownKey { fingerprint },
    }
}

/// A signature taken apart.
struct Parts<'b> {
    key: &'b [u8],
    namespace: &'b [u8],
    reserved: &'b [u8],
    digest: &'b [u8],
    signature: &'b [u8],
}

/// What begins both a signature and what it signs.
const MAGIC: &[u8] = b"SSHSIG";

impl<'b> Parts<'b> {
    fn read(bytes: &'b [u8]) -> Result<Self, BadSignature> {
        let parts = Self::split(bytes).ok_or(BadSignature::Unreadable)?;
        if parts.namespace == NAMESPACE.as_bytes() {
            return Ok(parts);
        }
        let name = std::str::from_utf8(parts.namespace).ok();
        let shown = name.filter(|name| {
            let is_plain = name.bytes().all(|byte| byte.is_ascii_graphic());
            is_plain && !name.is_empty() && name.len() <= 64 && !name.contains('`')
        });
        Err(BadSignature::Namespace(shown.map(Into::into)))
    }

    fn split(bytes: &'b [u8]) -> Option<Self> {
        let mut reader = Reader(bytes.strip_prefix(MAGIC)?);
        if reader.number()? != 1 {
            return None;
        }
        let parts = Self {
            key: reader.string()?,
            namespace: reader.string()?,
            reserved: reader.string()?,
            digest: reader.string()?,
            signature: reader.string()?,
        };
        reader.is_done().then_some(parts)
    }

    /// What was signed: everything that gives the signature its meaning, and a digest of the payload.
    fn signed(&self, payload: &[u8]) -> Option<Vec<u8>> {
        let digest = match self.digest {
            b"sha256" => Sha256::digest(payload).to_vec(),
            b"sha512" => Sha512::digest(payload).to_vec(),
            _ => return None,
        };
        let mut signed = MAGIC.to_vec();
        put_string(&mut signed, self.namespace);
        put_string(&mut signed, self.reserved);
        put_string(&mut signed, self.digest);
        put_string(&mut signed, &digest);
        Some(signed)
    }
}

#[cfg(test)]
mod tests;
