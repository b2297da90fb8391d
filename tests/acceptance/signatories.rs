//! Who signs, and what that was worth on the day: the offices are told here by hand, beside the names that are written
//! into the records.

/// One signature: the name written, the day, and what a reader of the organisation chart would say about it.
pub struct Signer {
    /// The name in the record.
    pub who: &'static str,
    /// The day of the signature.
    pub on: &'static str,
    /// The person behind it.
    pub person: &'static str,
    /// Offices that person held on that day; none for somebody out of office.
    pub offices: &'static [&'static str],
}

/// The signatures under one acceptance.
pub struct Set {
    /// A name for the id of the risk.
    pub name: &'static str,
    /// Owner of the risk, as written.
    pub owner: &'static str,
    /// The person behind the owner.
    pub owner_person: &'static str,
    /// Who signed.
    pub signers: &'static [Signer],
}

const MARCH: &str = "2026-03-02";

const fn signer(
    who: &'static str,
    person: &'static str,
    offices: &'static [&'static str],
) -> Signer {
    Signer {
        who,
        on: MARCH,
        person,
        offices,
    }
}

const OWNER: Signer = signer("product-lead", "product-lead", &["product"]);
const CISO: Signer = signer("ciso", "head-of-security", &["ciso"]);
const DPO: Signer = signer("dpo", "privacy-lead", &["dpo"]);
const CTO: Signer = signer("cto", "technologist", &["cto"]);
const CEO: Signer = signer("ceo", "director", &["ceo"]);
/// By name, not by office.
const CISO_BY_NAME: Signer = signer("head-of-security", "head-of-security", &["ciso"]);
const CTO_BY_NAME: Signer = signer("technologist", "technologist", &["cto"]);
/// The former CISO left at the end of 2025.
const FORMER: Signer = signer("former-head-of-security", "former-head-of-security", &[]);
const FORMER_IN_TIME: Signer = Signer {
    who: "former-head-of-security",
    on: "2025-12-31",
    person: "former-head-of-security",
    offices: &["ciso"],
};
/// The present CISO, the day before the office was taken over.
const CISO_TOO_EARLY: Signer = Signer {
    who: "head-of-security",
    on: "2025-12-31",
    person: "head-of-security",
    offices: &["engineering"],
};
/// Nobody is known by this name.
pub const UNKNOWN: &str = "stranger";
const STRANGER: Signer = signer(UNKNOWN, UNKNOWN, &[]);

const fn set(name: &'static str, signers: &'static [Signer]) -> Set {
    owned(name, "product-lead", "product-lead", signers)
}

const fn owned(
    name: &'static str,
    owner: &'static str,
    owner_person: &'static str,
    signers: &'static [Signer],
) -> Set {
    Set {
        name,
        owner,
        owner_person,
        signers,
    }
}

/// All sets of signatories that are tried.
pub const SETS: &[Set] = &[
    set("nobody", &[]),
    set("owner", &[OWNER]),
    set("ciso", &[CISO]),
    set("ciso-by-name", &[CISO_BY_NAME]),
    set("dpo", &[DPO]),
    set("ciso-dpo", &[CISO, DPO]),
    set("cto", &[CTO]),
    set("ceo", &[CEO]),
    set("cto-ceo", &[CTO, CEO]),
    set("ceo-cto-by-name", &[CEO, CTO_BY_NAME]),
    set("cto-twice", &[CTO, CTO_BY_NAME]),
    set("ciso-ceo", &[CISO, CEO]),
    set("ciso-cto", &[CISO, CTO]),
    set("owner-ceo", &[OWNER, CEO]),
    set("everybody", &[OWNER, CISO, DPO, CTO, CEO]),
    set("former-ciso", &[FORMER]),
    set("former-ciso-in-time", &[FORMER_IN_TIME]),
    set("ciso-too-early", &[CISO_TOO_EARLY]),
    set("former-ciso-dpo", &[FORMER, DPO]),
    set("former-ciso-ceo", &[FORMER, CEO]),
    set("stranger", &[STRANGER]),
    set("stranger-ciso", &[STRANGER, CISO]),
    set("stranger-cto-ceo", &[STRANGER, CTO, CEO]),
    owned(
        "ciso-is-owner",
        "head-of-security",
        "head-of-security",
        &[CISO],
    ),
    owned(
        "ciso-owns-by-office",
        "ciso",
        "head-of-security",
        &[CISO_BY_NAME],
    ),
    owned(
        "ciso-is-owner-dpo",
        "head-of-security",
        "head-of-security",
        &[CISO, DPO],
    ),
    owned("cto-is-owner", "cto", "technologist", &[CTO]),
    owned(
        "cto-is-owner-ceo",
        "technologist",
        "technologist",
        &[CTO, CEO],
    ),
    owned("ceo-is-owner-cto", "ceo", "director", &[CTO, CEO]),
    owned(
        "former-is-owner-ciso",
        "product-lead",
        "product-lead",
        &[FORMER, CISO],
    ),
];

/// The organisation chart behind [`SETS`], as configuration.
pub const PEOPLE: &str = r#"
[people.product-lead]
name = "Product lead"
[people.head-of-security]
name = "Head of security"
roles = [{ role = "ciso", from = 2026-01-01 }]
[people.former-head-of-security]
name = "Former head of security"
roles = ["ciso"]
until = 2025-12-31
[people.privacy-lead]
name = "Privacy lead"
roles = ["dpo"]
[people.technologist]
name = "Technologist"
roles = ["cto"]
[people.director]
name = "Director"
roles = ["ceo"]
"#;

const HAT_CTO: Signer = signer("cto", "director", &["cto", "ceo"]);
const HAT_CEO: Signer = signer("ceo", "director", &["cto", "ceo"]);
const DEPUTY: Signer = signer("deputy", "deputy", &["cto"]);

/// Signatories where one person holds both offices, and a deputy one of them.
pub const ONE_HEAD: &[Set] = &[
    set("hat-cto", &[HAT_CTO]),
    set("both-hats", &[HAT_CTO, HAT_CEO]),
    set("hat-deputy", &[HAT_CEO, DEPUTY]),
    set("deputy-hat", &[DEPUTY, HAT_CEO]),
    set("deputy", &[DEPUTY]),
];

/// The chart behind [`ONE_HEAD`]. The deputy is a CTO too, so `cto` names two persons; the director signs as `ceo`.
pub const PEOPLE_WITH_TWO_HATS: &str = r#"
[people.product-lead]
name = "Product lead"
[people.director]
name = "Director"
roles = ["cto", "ceo"]
[people.deputy]
name = "Deputy"
roles = [{ role = "cto", from = 2026-03-02, until = 2026-03-02 }]
"#;
