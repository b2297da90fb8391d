use super::*;
use crate::records::config::{Person, RoleHeld, Signatures};
use crate::records::{Calendar, Config, Day};
use crate::text::{Source, Tree, yaml};
use crate::workspace::git::{AllowedSigners, Signer, Verification};
use proptest::prelude::*;
use std::sync::Arc;

fn tree(text: &str) -> Tree {
    yaml::read(Arc::new(Source::new("a.yaml", text))).0
}

fn root(tree: &Tree) -> NodeRef<'_> {
    tree.documents().next().unwrap()
}

/// Approvals as `pointer who on`, with `+` where evidence shows them and `-` where it is outdated.
fn spelled(approvals: &[Approval<'_>]) -> Vec<String> {
    let one = |it: &Approval<'_>| {
        let on = it.on.map_or("?".to_owned(), |on| on.to_string());
        let mark = match it.support {
            Support::Given => " +",
            Support::Outdated => " -",
            Support::Nothing => "",
        };
        format!("{} {} {on}{mark}", it.at(), it.who)
    };
    approvals.iter().map(one).collect()
}

fn new_in(kind: Kind, before: &[&str], after: &str) -> Vec<String> {
    let before: Vec<Tree> = before.iter().map(|text| tree(text)).collect();
    let before: Vec<NodeRef<'_>> = before.iter().map(root).collect();
    let after = tree(after);
    spelled(&entered(kind, &before, root(&after)))
}

#[test]
fn approvals_are_found_in_every_kind_that_has_some() {
    for (kind, text, expected) in [
        (
            Kind::Policy,
            "review_log:\n- {date: 2026-01-02, approver: ceo}\n- {date: 2026-02-30, approver: cto, evidence: {url: 'https://x'}}",
            vec![
                "/review_log/0/approver ceo 2026-01-02",
                "/review_log/1/approver cto ? +",
            ],
        ),
        (
            Kind::Risk,
            "acceptance: {by: [{who: ceo, on: 2026-01-02, evidence: {path: a.pdf}}, {who: cto, on: 2026-01-03, evidence: {sha256: a}}]}\nreview_log: [{date: 2026-01-04, approver: dpo}]",
            vec![
                "/acceptance/by/0/who ceo 2026-01-02 +",
                "/acceptance/by/1/who cto 2026-01-03",
                "/review_log/0/approver dpo 2026-01-04",
            ],
        ),
        (
            Kind::Control,
            "review_log: [{date: 2026-01-02, approver: ceo}]\nacceptance: {by: [{who: ceo}]}",
            vec!["/review_log/0/approver ceo 2026-01-02"],
        ),
        (
            Kind::Review,
            "signed_off: {by: ceo, on: 2026-01-02}",
            vec!["/signed_off/by ceo 2026-01-02"],
        ),
        (
            Kind::Action,
            "verification: {by: ceo, on: 2026-01-02, effective: true}",
            vec!["/verification/by ceo 2026-01-02"],
        ),
        (
            Kind::Kpi,
            "deviations: [{target: 1, on: 2026-01-02, approved_by: ceo}]",
            vec!["/deviations/0/approved_by ceo 2026-01-02"],
        ),
        (
            Kind::Finding,
            "signed_off: {by: ceo, on: 2026-01-02}",
            vec![],
        ),
        // Records of other times need not fit the schema.
        (
            Kind::Risk,
            "acceptance: accepted\nreview_log: {date: 2026-01-02}",
            vec![],
        ),
        (
            Kind::Risk,
            "acceptance: {by: [ceo, ~, {on: 2026-01-02}, {who: '', on: x}]}",
            vec![],
        ),
        (Kind::Review, "signed_off: [{by: ceo}]", vec![]),
        (
            Kind::Review,
            "signed_off: {by: 7, on: [1]}",
            vec!["/signed_off/by 7 ?"],
        ),
    ] {
        let tree = tree(text);
        assert_eq!(spelled(&approvals(kind, root(&tree))), expected, "{text}");
    }
}

#[test]
fn a_new_record_enters_all_it_has() {
    let text = "review_log: [{date: 2026-01-02, approver: ceo}]";
    assert_eq!(new_in(Kind::Policy, &[], text).len(), 1);
    assert_eq!(new_in(Kind::Policy, &["title: Policy"], text).len(), 1);
}

#[test]
fn order_place_spelling_and_added_evidence_are_nothing_new() {
    let before = "review_log:\n- {date: 2026-01-02, approver: ceo, note: two words}\n- {date: 2026-02-02, approver: cto}";
    for after in [
        before,
        "review_log:\n- {date: 2026-02-02, approver: cto}\n- {date: 2026-01-02, approver: ceo, note: two words}",
        "review_log:\n- approver: 'ceo'\n  note: >\n    two\n    words\n  date: \"2026-01-02\"\n- {date: 2026-02-02, approver: cto, note: ~}",
        "review_log:\n- {date: 2026-01-02, approver: ceo, note: two words, evidence: {path: a.pdf}}",
        "review_log: []",
        "title: Policy",
    ] {
        assert!(new_in(Kind::Policy, &[before], after).is_empty(), "{after}");
    }
}

#[test]
fn an_entry_is_new_when_anything_it_says_changes() {
    let before = "review_log: [{date: 2026-01-02, approver: ceo, note: one}]";
    for (after, count) in [
        (
            "review_log: [{date: 2026-01-03, approver: ceo, note: one}]",
            1,
        ),
        (
            "review_log: [{date: 2026-01-02, approver: cto, note: one}]",
            1,
        ),
        (
            "review_log: [{date: 2026-01-02, approver: ceo, note: two}]",
            1,
        ),
        ("review_log: [{date: 2026-01-02, approver: ceo}]", 1),
        // The same twice is one more.
        (
            "review_log: [{date: 2026-01-02, approver: ceo, note: one}, {date: 2026-01-02, approver: ceo, note: one}]",
            1,
        ),
    ] {
        assert_eq!(
            new_in(Kind::Policy, &[before], after).len(),
            count,
            "{after}"
        );
    }
    let deviation = |target: &str| {
        format!("deviations: [{{target: '{target}', on: 2026-01-02, approved_by: ceo}}]")
    };
    let new = |target: &str| new_in(Kind::Kpi, &[&deviation(">= 99%")], &deviation(target)).len();
    assert_eq!((new(">= 99.0 %"), new(">= 99.1%")), (0, 1));
    let before = "verification: {by: ceo, on: 2026-01-02, effective: false, note: x}";
    let after = "verification: {by: ceo, on: 2026-01-02, effective: true, note: x}";
    assert_eq!(new_in(Kind::Action, &[before], after).len(), 1);
}

#[test]
fn an_acceptance_of_other_terms_must_be_signed_anew() {
    let risk = |score: &str, until: &str, rationale: &str, evidence: &str| {
        format!(
            "title: Risk\nacceptance:\n  by:\n  - {{who: ceo, on: 2026-01-02, evidence: {{path: {evidence}}}}}\n  - {{who: cto, on: 2026-01-03}}\n  score: {score}\n  until: {until}\n  rationale: {rationale}"
        )
    };
    let before = risk("12", "2026-06-30", "Small.", "a.pdf");
    let new = |after: &str| new_in(Kind::Risk, &[&before], after);
    assert!(new(&before.replace("title: Risk", "title: Other")).is_empty());
    assert!(new(&risk("12.0", "'2026-06-30'", "Small.", "b.pdf")).is_empty());
    let outdated = [
        "/acceptance/by/0/who ceo 2026-01-02 -",
        "/acceptance/by/1/who cto 2026-01-03",
    ];
    for after in [
        risk("13", "2026-06-30", "Small.", "a.pdf"),
        risk("12", "2026-12-31", "Small.", "a.pdf"),
        risk("12", "2026-06-30", "Large.", "a.pdf"),
        risk("12", "~", "Small.", "a.pdf"),
    ] {
        assert_eq!(new(&after), outdated, "{after}");
    }
    let renewed = [
        "/acceptance/by/0/who ceo 2026-01-02 +",
        "/acceptance/by/1/who cto 2026-01-03",
    ];
    assert_eq!(new(&risk("13", "2026-06-30", "Small.", "b.pdf")), renewed);
    // One more signature under the same terms leaves the others as they are.
    let more = before.replace(
        "  score",
        "  - {who: dpo, on: 2026-01-04, evidence: {path: a.pdf}}\n  score",
    );
    assert_eq!(new(&more), ["/acceptance/by/2/who dpo 2026-01-04 +"]);
    // Without a signature nothing was approved.
    assert!(new_in(Kind::Risk, &[&before], "acceptance: {by: [], score: 20}").is_empty());
}

#[test]
fn a_merge_enters_what_no_parent_has() {
    let one = "review_log: [{date: 2026-01-02, approver: ceo}]";
    let other = "review_log: [{date: 2026-02-02, approver: cto}]";
    let both = "review_log: [{date: 2026-01-02, approver: ceo}, {date: 2026-02-02, approver: cto}]";
    let more = "review_log: [{date: 2026-01-02, approver: ceo}, {date: 2026-03-02, approver: cto}]";
    assert!(new_in(Kind::Policy, &[one, other], both).is_empty());
    assert_eq!(
        new_in(Kind::Policy, &[one, other], more),
        ["/review_log/1/approver cto 2026-03-02"]
    );
}

fn person(emails: &[&str], roles: &[(&str, Option<&str>)]) -> Person {
    let held = |(role, until): &(&str, Option<&str>)| RoleHeld {
        role: (*role).into(),
        from: None,
        until: until.map(|until| Day(parse_date(until).unwrap())),
    };
    Person {
        name: "Somebody".into(),
        email: emails.iter().map(|email| (*email).into()).collect(),
        roles: roles.iter().map(held).collect(),
        qualifications: Vec::new(),
        from: None,
        until: None,
    }
}

/// `a` is CEO with an address, `b` was CTO until February, `outside` has no address; nobody is `dpo`.
fn config() -> Config {
    let mut config = Config::nameless();
    for role in ["ceo", "cto", "dpo", "board"] {
        config.roles.insert(role.into(), role.into());
    }
    let mut put = |id: &str, person| config.people.insert(id.into(), person);
    put(
        "a",
        person(
            &["a@example.org", "a@home.example"],
            &[("ceo", None), ("board", None)],
        ),
    );
    put(
        "b",
        person(&["b@example.org"], &[("cto", Some("2026-02-28"))]),
    );
    put("outside", person(&[], &[("board", None)]));
    config
}

fn act(author: &str, endorsers: &[&str], signature: Verification) -> Act {
    Act {
        author: author.to_owned(),
        endorsers: endorsers.iter().map(|it| (*it).to_owned()).collect(),
        signature,
        day: parse_date("2026-03-10").unwrap(),
    }
}

fn approval(kind: ApprovalKind, who: &str, on: &str, support: Support) -> Approval<'static> {
    Approval {
        pointer: String::new(),
        field: "by",
        kind,
        who: who.to_owned().leak(),
        on: parse_date(on).ok(),
        support,
    }
}

#[test]
fn an_approval_is_judged_by_who_entered_it() {
    let config = config();
    let other = |expected: &[&'static str], found| Outcome::ByOther {
        expected: expected.to_vec(),
        found,
    };
    let (given, nothing) = (Support::Given, Support::Nothing);
    for (who, on, author, endorser, support, expected) in [
        (
            "a",
            "2026-03-01",
            "a@example.org",
            "",
            nothing,
            Outcome::ByPerson,
        ),
        (
            "ceo",
            "2026-03-01",
            "A@Home.example",
            "",
            nothing,
            Outcome::ByPerson,
        ),
        (
            "ceo",
            "2026-03-01",
            "b@example.org",
            "a@example.org",
            nothing,
            Outcome::ByTrailer,
        ),
        (
            "ceo",
            "2026-03-01",
            "b@example.org",
            "b@example.org",
            given,
            Outcome::ByEvidence,
        ),
        (
            "ceo",
            "2026-03-01",
            "b@example.org",
            "",
            nothing,
            other(&["a"], Some("b")),
        ),
        (
            "ceo",
            "2026-03-01",
            "b@example.org",
            "",
            Support::Outdated,
            other(&["a"], Some("b")),
        ),
        (
            "ceo",
            "2026-03-01",
            "x@example.org",
            "",
            nothing,
            other(&["a"], None),
        ),
        ("ceo", "2026-03-01", "", "", nothing, other(&["a"], None)),
        // The role was held by somebody else on the day of the approval, or by nobody.
        (
            "cto",
            "2026-02-28",
            "b@example.org",
            "",
            nothing,
            Outcome::ByPerson,
        ),
        (
            "cto",
            "2026-03-01",
            "b@example.org",
            "",
            nothing,
            other(&[], Some("b")),
        ),
        (
            "cto",
            "2026-03-01",
            "b@example.org",
            "",
            given,
            Outcome::ByEvidence,
        ),
        // Without a readable day that of the commit counts: 10 March.
        (
            "cto",
            "soon",
            "b@example.org",
            "",
            nothing,
            other(&[], Some("b")),
        ),
        // Nothing to compare with.
        (
            "outside",
            "2026-03-01",
            "x@example.org",
            "",
            nothing,
            Outcome::NoIdentity { found: None },
        ),
        (
            "outside",
            "2026-03-01",
            "a@example.org",
            "",
            nothing,
            Outcome::NoIdentity { found: Some("a") },
        ),
        (
            "dpo",
            "2026-03-01",
            "a@example.org",
            "",
            nothing,
            Outcome::NoIdentity { found: Some("a") },
        ),
        (
            "stranger",
            "2026-03-01",
            "a@example.org",
            "",
            nothing,
            Outcome::NoIdentity { found: Some("a") },
        ),
        (
            "outside",
            "2026-03-01",
            "a@example.org",
            "",
            given,
            Outcome::ByEvidence,
        ),
        // A stranger may be the one of two whose address is not known; somebody known is not.
        (
            "board",
            "2026-03-01",
            "x@example.org",
            "",
            nothing,
            Outcome::NoIdentity { found: None },
        ),
        (
            "board",
            "2026-03-01",
            "b@example.org",
            "",
            nothing,
            other(&["a", "outside"], Some("b")),
        ),
    ] {
        let approval = approval(ApprovalKind::Verification, who, on, support);
        let act = act(author, &[endorser], Verification::Unsigned);
        assert_eq!(
            judge(&approval, &act, &config),
            expected,
            "{who} {on} {author}"
        );
    }
}

fn good(principals: &str) -> Verification {
    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFZ4vMQ8q62t0+xB1JM7f1wq4T6zN96kG60ovp3lcfny";
    let line = format!("{principals} {KEY}\n");
    let (signers, mistakes) = AllowedSigners::read(&line, &Calendar::default());
    assert!(mistakes.is_empty());
    let principals = signers.principals().cloned().collect();
    Verification::Good(Signer {
        fingerprint: "SHA256:x".to_owned(),
        principals,
    })
}

#[test]
fn required_signatures_are_by_a_key_of_the_person() {
    let mut config = config();
    let unsigned = Verification::Unsigned;
    let judged = |config: &Config, kind, who, signature: &Verification| {
        let approval = approval(kind, who, "2026-03-01", Support::Given);
        let act = act("a@example.org", &["a@example.org"], signature.clone());
        format!("{:?}", judge_signing(&approval, &act, config))
    };
    let (acceptance, review) = (ApprovalKind::Acceptance, ApprovalKind::Review);
    assert_eq!(judged(&config, acceptance, "ceo", &unsigned), "NotAsked");
    config.git.signatures = Signatures::Required;
    for (kind, who, signature, expected) in [
        (review, "ceo", &unsigned, "NotAsked"),
        (acceptance, "ceo", &unsigned, "NotVerified(Unsigned)"),
        (
            ApprovalKind::SignOff,
            "ceo",
            &Verification::OpenPgp,
            "NotVerified(OpenPgp)",
        ),
        (acceptance, "ceo", &good("A@example.org"), "ByPerson"),
        (acceptance, "ceo", &good("*@home.example"), "ByPerson"),
        (
            acceptance,
            "ceo",
            &good("b@example.org"),
            "ByOtherKey(\"SHA256:x\")",
        ),
        (
            acceptance,
            "ceo",
            &good("*@example.org,!a@*"),
            "ByOtherKey(\"SHA256:x\")",
        ),
        (acceptance, "outside", &good("*"), "NoIdentity"),
        (acceptance, "cto", &good("b@example.org"), "NoIdentity"),
    ] {
        assert_eq!(
            judged(&config, kind, who, signature),
            expected,
            "{who} {signature}"
        );
    }
}

#[test]
fn comparing_begins_with_the_first_address() {
    assert!(has_identities(&config()));
    assert!(!has_identities(&Config::nameless()));
}

fn log() -> impl Strategy<Value = Vec<(u8, u8, bool)>> {
    prop::collection::vec((0u8..3, 0u8..3, any::<bool>()), 0..6)
}

fn policy(log: &[(u8, u8, bool)]) -> String {
    let entries = log.iter().map(|(day, who, has_evidence)| {
        let evidence = if *has_evidence {
            ", evidence: {path: a}"
        } else {
            ""
        };
        format!(
            "- {{date: 2026-01-0{}, approver: p{who}{evidence}}}\n",
            day + 1
        )
    });
    format!(
        "title: Policy\nreview_log:\n{}",
        entries.collect::<String>()
    )
}

proptest! {
    #[test]
    fn nothing_is_new_against_itself_in_any_order(log in log(), turn in 0usize..6) {
        let mut turned = log.clone();
        if !turned.is_empty() {
            let middle = turn % turned.len();
            turned.rotate_left(middle);
        }
        prop_assert!(new_in(Kind::Policy, &[&policy(&log)], &policy(&turned)).is_empty());
    }

    #[test]
    fn what_is_new_is_what_was_added(before in log(), added in log()) {
        let all: Vec<_> = before.iter().chain(&added).copied().collect();
        let new = new_in(Kind::Policy, &[&policy(&before)], &policy(&all));
        prop_assert_eq!(new.len(), added.len());
    }
}
