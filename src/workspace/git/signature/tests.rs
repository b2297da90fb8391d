use super::*;
use crate::records::Calendar;
use crate::workspace::git::{Commit, CommitId};
use git2::{ObjectType, Oid, Repository};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Committer date of the fixtures.
const AT: i64 = 1_774_944_000;

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/signatures")
        .join(name);
    std::fs::read(path).unwrap()
}

fn signers() -> AllowedSigners {
    let text = String::from_utf8(fixture("allowed_signers")).unwrap();
    AllowedSigners::read(&text, &Calendar::default()).0
}

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("ismsctl-signature-{}-{number}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Signature and payload of a commit; libgit2 takes them apart alike.
fn parts(commit: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let folder = Folder::new();
    let repository = Repository::init(&folder.0).unwrap();
    let odb = repository.odb().unwrap();
    odb.write(ObjectType::Tree, b"").unwrap();
    let id: Oid = odb.write(ObjectType::Commit, commit).unwrap();
    let read = Commit::parse(CommitId(id), commit).unwrap();
    let Ok((signature, payload)) = repository.extract_signature(&id, None) else {
        assert_eq!(read.signed, None);
        return None;
    };
    let signed = read.signed.unwrap();
    assert_eq!(
        signed.signature.trim_ascii_end(),
        signature.trim_ascii_end()
    );
    assert_eq!(signed.payload, payload.to_vec());
    Some((signed.signature, signed.payload))
}

fn judged(name: &str) -> Verification {
    let (signature, payload) = parts(&fixture(&format!("{name}.commit"))).unwrap();
    verify(Some(&signature), &payload, &signers(), AT)
}

#[test]
fn a_commit_is_judged_at_its_date() {
    let id = CommitId(Oid::from_bytes(&[0; 20]).unwrap());
    let commit = Commit::parse(id, &fixture("ed25519.commit")).unwrap();
    assert_eq!(commit.committer.time.timestamp(), AT);
    assert_eq!(commit.verification(&signers()), judged("ed25519"));
    let commit = Commit::parse(id, &fixture("unsigned.commit")).unwrap();
    assert_eq!(commit.verification(&signers()), Verification::Unsigned);
}

#[test]
fn good_signatures_of_all_kinds_of_keys_are_good() {
    for (commit, principal) in [
        ("ed25519", "ed25519@example.org"),
        ("digest-sha256", "ed25519@example.org"),
        ("one-line", "ed25519@example.org"),
        ("ecdsa256", "ecdsa256@example.org"),
        ("ecdsa-short", "ecdsa256@example.org"),
        ("ecdsa384", "ecdsa384@example.org"),
        ("rsa3072", "rsa3072@example.org"),
        ("rsa-sha256", "rsa3072@example.org"),
        ("sk-ed25519", "sk-ed25519@example.org"),
        ("sk-ecdsa256", "sk-ecdsa256@example.org"),
    ] {
        let Verification::Good(signer) = judged(commit) else {
            panic!("{commit} {}", judged(commit));
        };
        assert!(signer.stands_for(principal), "{commit}");
        assert!(!signer.stands_for("security@example.org"), "{commit}");
    }
}

#[test]
fn fingerprints_are_those_of_ssh_keygen() {
    let said = judged("ed25519").to_string();
    let expected = "is signed with the key SHA256:iSUj930PuS96+vegDUyq254uyCAjmcwDOa9LR+ehTrM of `ed25519@example.org`";
    assert_eq!(said, expected);
}

#[test]
fn what_is_not_verified_says_why() {
    for (commit, expected) in [
        (
            "certificate",
            "is signed with a certificate; certificates are not supported, so this is not verified",
        ),
        (
            "ecdsa521",
            "is signed with a key of type `ecdsa-sha2-nistp521`, which is not supported, so this is not verified",
        ),
        (
            "rsa1024",
            "is signed with an RSA key of 1024 bits; fewer than 2048 prove nothing",
        ),
        (
            "rsa-sha1",
            "has an RSA signature by way of SHA-1, which proves nothing",
        ),
        (
            "namespace-file",
            "has a signature that was made for `file`, not for `git`",
        ),
    ] {
        assert_eq!(judged(commit).to_string(), expected, "{commit}");
    }
    assert!(parts(&fixture("unsigned.commit")).is_none());
    for (signature, expected) in [
        (
            "-----BEGIN PGP SIGNATURE-----\n\nx\n",
            Verification::OpenPgp,
        ),
        ("-----BEGIN PGP MESSAGE-----\n\nx\n", Verification::OpenPgp),
        ("-----BEGIN SIGNED MESSAGE-----\nx\n", Verification::X509),
        ("", Verification::Other),
        ("\n-----BEGIN SSH SIGNATURE-----\n", Verification::Other),
    ] {
        let signature = Some(signature.as_bytes());
        assert_eq!(verify(signature, b"x", &signers(), AT), expected);
    }
    assert_eq!(verify(None, b"x", &signers(), AT), Verification::Unsigned);
}

#[test]
fn a_changed_commit_or_another_signature_is_bad() {
    let (signature, payload) = parts(&fixture("ed25519.commit")).unwrap();
    let text = String::from_utf8(payload).unwrap();
    let changed = text.replace("first quarter", "other quarter");
    assert_ne!(changed, text);
    let different = Verification::Bad(BadSignature::Different);
    let judge = |signature: &[u8], payload: &str| {
        verify(Some(signature), payload.as_bytes(), &signers(), AT)
    };
    assert_eq!(judge(&signature, &changed), different);
    for other in [
        "ecdsa256",
        "ecdsa384",
        "rsa3072",
        "sk-ed25519",
        "sk-ecdsa256",
    ] {
        let (signature, _) = parts(&fixture(&format!("{other}.commit"))).unwrap();
        assert_eq!(judge(&signature, &changed), different, "{other}");
        assert!(
            matches!(judge(&signature, &text), Verification::Good(_)),
            "{other}"
        );
    }
}

#[test]
fn a_key_counts_where_it_is_listed_and_valid() {
    let (signature, payload) = parts(&fixture("ed25519.commit")).unwrap();
    let lines = String::from_utf8(fixture("allowed_signers")).unwrap();
    let key = lines
        .lines()
        .nth(1)
        .unwrap()
        .split_once("\"git\" ")
        .unwrap()
        .1;
    let judge = |text: &str, at: i64| {
        let (signers, mistakes) = AllowedSigners::read(text, &Calendar::default());
        assert_eq!(mistakes, []);
        verify(Some(&signature), &payload, &signers, at).to_string()
    };
    let said = |text: &str, at: i64| {
        let said = judge(text, at);
        said.split_once("ehTrM")
            .map_or(said.clone(), |(_, rest)| rest.to_owned())
    };
    assert_eq!(said("", AT), ", which is not among the allowed signers");
    let line = format!("a@x namespaces=\"file,ssh\" {key}\n");
    let expected = ", which may sign for other namespaces than `git` only";
    assert_eq!(said(&line, AT), expected);
    let line =
        format!("a@x valid-after=\"20260331080000Z\",valid-before=\"20260331100000Z\" {key}\n");
    // 2026-03-31T08:00:00Z is the date of the commit; both ends are part of the time.
    assert_eq!(said(&line, AT), " of `a@x`");
    assert_eq!(said(&line, AT + 7_200), " of `a@x`");
    let expected = ", which was not valid before 2026-03-31T08:00:00Z";
    assert_eq!(said(&line, AT - 1), expected);
    let expected = ", which was valid until 2026-03-31T10:00:00Z only";
    assert_eq!(said(&line, AT + 7_201), expected);
    let twice = format!("{line}b@x {key}\nc@x namespaces=\"file\" {key}\n");
    assert_eq!(said(&twice, AT), " of `a@x`, `b@x`");
    assert_eq!(said(&twice, AT - 1), " of `b@x`");
}

#[test]
fn hostile_names_are_not_shown() {
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&1u32.to_be_bytes());
    for part in [&b"key"[..], b"\x1b[31mgit", b"", b"sha512", b"sig"] {
        put_string(&mut bytes, part);
    }
    assert_eq!(
        Parts::read(&bytes).err().unwrap().to_string(),
        "has a signature that was not made for `git`"
    );
}

/// The blob of a fixture's signature.
fn blob(name: &str) -> (Vec<u8>, Vec<u8>) {
    let (signature, payload) = parts(&fixture(&format!("{name}.commit"))).unwrap();
    (dearmour(&signature).unwrap(), payload)
}

fn armoured(blob: &[u8]) -> Vec<u8> {
    use base64::Engine;
    let body = base64::engine::general_purpose::STANDARD.encode(blob);
    format!("-----BEGIN SSH SIGNATURE-----\n{body}\n-----END SSH SIGNATURE-----\n").into_bytes()
}

#[test]
fn every_bit_counts_and_none_panics() {
    for name in [
        "ed25519",
        "ecdsa256",
        "ecdsa384",
        "rsa3072",
        "sk-ed25519",
        "sk-ecdsa256",
    ] {
        let (blob, payload) = blob(name);
        let signers = signers();
        for at in 0..blob.len() {
            let mut changed = blob.clone();
            changed[at] ^= 1 << (at % 8);
            let found = verify(Some(&armoured(&changed)), &payload, &signers, AT);
            assert!(!matches!(found, Verification::Good(_)), "{name} byte {at}");
            let short = verify(Some(&armoured(&blob[..at])), &payload, &signers, AT);
            assert_eq!(
                short,
                Verification::Bad(BadSignature::Unreadable),
                "{name} {at}"
            );
        }
        let mut longer = blob.clone();
        longer.push(0);
        let found = verify(Some(&armoured(&longer)), &payload, &signers, AT);
        assert_eq!(found, Verification::Bad(BadSignature::Unreadable), "{name}");
    }
}

proptest! {
    #[test]
    fn anything_is_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let signers = AllowedSigners::default();
        verify(Some(&bytes), b"", &signers, 0);
        let armoured_bytes = armoured(&bytes);
        verify(Some(&armoured_bytes), b"", &signers, 0);
        let magic = [MAGIC, &[0, 0, 0, 1], &bytes].concat();
        verify(Some(&armoured(&magic)), b"", &signers, 0);
        let _ = PublicKey::read(&bytes);
    }

    #[test]
    fn any_key_numbers_are_survived(
        kind in 0usize..5,
        parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..70), 1..4),
        signature in prop::collection::vec(any::<u8>(), 0..100),
    ) {
        let names = ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ssh-rsa", "sk-ssh-ed25519@openssh.com"];
        let mut key = Vec::new();
        put_string(&mut key, names[kind].as_bytes());
        for part in &parts {
            put_string(&mut key, part);
        }
        if let Ok(key) = PublicKey::read(&key) {
            let _ = key.verify(&signature, b"message");
        }
    }
}
