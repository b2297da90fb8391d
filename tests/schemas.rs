//! The committed schemas are what the types say. `ISMSCTL_UPDATE=1 cargo test --test schemas` writes them anew.

use ismsctl::records::{Config, kind, schema};
use ismsctl::render::json;
use std::path::Path;

fn compare(name: &str, generated: &serde_json::Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("schemas")
        .join(name);
    let text = format!("{}\n", serde_json::to_string_pretty(generated).unwrap());
    #[expect(clippy::disallowed_methods, reason = "a test that writes on request")]
    if std::env::var_os("ISMSCTL_UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "schemas/{name} is not what the types say; run with ISMSCTL_UPDATE=1"
    );
}

#[test]
fn committed_schemas_match_the_types() {
    for (kind, generated) in kind::generate_schemas() {
        compare(&format!("{}.schema.json", kind.name()), &generated);
    }
    compare(
        "isms.schema.json",
        &schema::generate_single::<Config>("isms.toml"),
    );
    compare(
        "output/check.schema.json",
        &schema::generate_single::<json::check::CheckOutput>("check"),
    );
    compare(
        "output/controls.schema.json",
        &schema::generate_single::<json::controls::ControlsOutput>("controls"),
    );
    compare(
        "output/controls-public.schema.json",
        &schema::generate_single::<json::controls::PublicControlsOutput>("controls --public"),
    );
    compare(
        "output/applicability.schema.json",
        &schema::generate_single::<json::applicability::ApplicabilityOutput>("controls --soa"),
    );
    compare(
        "output/clauses.schema.json",
        &schema::generate_single::<json::clauses::ClausesOutput>("clauses"),
    );
    compare(
        "output/kpi.schema.json",
        &schema::generate_single::<json::kpi::KpiOutput>("kpi"),
    );
    compare(
        "output/explain.schema.json",
        &schema::generate_single::<json::explain_kpi::ExplainOutput>("kpi --explain"),
    );
    compare(
        "output/diff.schema.json",
        &schema::generate_single::<json::diff::DiffOutput>("diff"),
    );
    compare(
        "output/log.schema.json",
        &schema::generate_single::<json::log::LogOutput>("log"),
    );
    compare(
        "output/due.schema.json",
        &schema::generate_single::<json::due::DueOutput>("due"),
    );
    compare(
        "output/review-prepare.schema.json",
        &schema::generate_single::<json::review::PrepareOutput>("review prepare"),
    );
    compare(
        "output/review-close.schema.json",
        &schema::generate_single::<json::review::CloseOutput>("review close"),
    );
    compare(
        "output/risk.schema.json",
        &schema::generate_single::<json::risk::RiskOutput>("risk"),
    );
    compare(
        "output/risk-matrix.schema.json",
        &schema::generate_single::<json::risk::MatrixOutput>("risk matrix"),
    );
    compare(
        "output/risk-show.schema.json",
        &schema::generate_single::<json::risk::SheetOutput>("risk show"),
    );
    compare(
        "output/pack.schema.json",
        &schema::generate_single::<json::pack::PackOutput>("pack"),
    );
    compare(
        "output/pack-verify.schema.json",
        &schema::generate_single::<json::verification::VerificationOutput>("pack --verify"),
    );
    compare(
        "output/report.schema.json",
        &schema::generate_single::<json::report::ReportOutput>("report"),
    );
    compare(
        "output/status.schema.json",
        &schema::generate_single::<json::status::StatusOutput>("status"),
    );
}
