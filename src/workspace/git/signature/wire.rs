//! The wire format of SSH (RFC 4251 section 5) and the armour around a signature, read without trust in either.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Longest text that is taken for a signature or a key; real ones have a few kilobytes.
const MOST_BYTES: usize = 64 * 1024;

/// Reads from the front of bytes; every step fails where they end too early.
pub(super) struct Reader<'b>(pub(super) &'b [u8]);

impl<'b> Reader<'b> {
    /// The next so many bytes.
    pub(super) fn bytes(&mut self, count: usize) -> Option<&'b [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    /// A byte.
    pub(super) fn byte(&mut self) -> Option<u8> {
        self.bytes(1)?.first().copied()
    }

    /// A number of four bytes, the highest first.
    pub(super) fn number(&mut self) -> Option<u32> {
        let bytes = self.bytes(4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    }

    /// Bytes behind their length.
    pub(super) fn string(&mut self) -> Option<&'b [u8]> {
        let length = self.number()?;
        self.bytes(usize::try_from(length).ok()?)
    }

    /// A string that is a name: printable ASCII.
    pub(super) fn name(&mut self) -> Option<&'b str> {
        let name = std::str::from_utf8(self.string()?).ok()?;
        let is_plain = name.bytes().all(|byte| byte.is_ascii_graphic());
        (is_plain && !name.is_empty() && name.len() <= 64).then_some(name)
    }

    /// A positive whole number, the highest byte first, without leading zeros.
    pub(super) fn integer(&mut self) -> Option<&'b [u8]> {
        let bytes = self.string()?;
        let is_negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        (!is_negative && zeros < bytes.len()).then(|| &bytes[zeros..])
    }

    /// Whether nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.0.is_empty()
    }
}

/// Appends bytes behind their length.
pub(super) fn put_string(out: &mut Vec<u8>, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(bytes);
}

/// The bytes that base64 text stands for; white space does not count.
pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let mut digits = text.to_vec();
    digits.retain(|byte| !byte.is_ascii_whitespace());
    STANDARD.decode(digits).ok()
}

/// The bytes between the lines that begin and end an SSH signature.
pub(super) fn dearmour(text: &[u8]) -> Option<Vec<u8>> {
    const END: &[u8] = b"-----END SSH SIGNATURE-----";
    let body = text.strip_prefix(super::SSH)?;
    let body = body.trim_ascii_end().strip_suffix(END)?;
    let begins = body.first().is_some_and(u8::is_ascii_whitespace);
    (begins && body.ends_with(b"\n")).then(|| decode(body))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_stand_behind_their_length() {
        let mut bytes = Vec::new();
        put_string(&mut bytes, b"git");
        put_string(&mut bytes, b"");
        let mut reader = Reader(&bytes);
        assert_eq!(reader.name(), Some("git"));
        assert_eq!(reader.string(), Some(&b""[..]));
        assert!(reader.is_done());
        assert_eq!(reader.string(), None);
        assert_eq!(Reader(b"\xff\xff\xff\xffx").string(), None);
        assert_eq!(Reader(b"\0\0\0\x03g t").name(), None, "no spaces in names");
    }

    #[test]
    fn integers_are_positive_and_lose_their_zeros() {
        let integer = |bytes: &[u8]| {
            let mut text = Vec::new();
            put_string(&mut text, bytes);
            Reader(&text).integer().map(<[u8]>::to_vec)
        };
        assert_eq!(integer(&[0, 0x80]), Some(vec![0x80]));
        assert_eq!(integer(&[0, 0, 7]), Some(vec![7]));
        assert_eq!(integer(&[0x80]), None);
        assert_eq!(integer(&[]), None);
        assert_eq!(integer(&[0]), None);
    }

    #[test]
    fn armour_is_whole_or_nothing() {
        let armoured = |body: &str| {
            let text = format!("-----BEGIN SSH SIGNATURE-----{body}-----END SSH SIGNATURE-----\n");
            dearmour(text.as_bytes())
        };
        assert_eq!(armoured("\naGk=\n"), Some(b"hi".to_vec()));
        assert_eq!(armoured("\r\naG\r\nk=\r\n"), Some(b"hi".to_vec()));
        assert_eq!(armoured("\naGk\n"), None);
        assert_eq!(armoured("\naGk="), None);
        assert_eq!(armoured("aGk=\n"), None);
        assert_eq!(dearmour(b"-----BEGIN SSH SIGNATURE-----\naGk=\n"), None);
        assert_eq!(armoured(&format!("\n{}\n", "A".repeat(80_000))), None);
    }
}
