//! The definitions of the examples, as they stand in `examples/`. The list is written by a test:
//! `ISMSCTL_UPDATE=1 cargo test --lib template`.

/// One example without its history.
pub struct Example {
    /// Name of its folder.
    pub name: &'static str,
    /// Paths and texts.
    pub files: &'static [(&'static str, &'static str)],
}

macro_rules! examples {
    ($($name:literal { $($path:literal)* })*) => {
        pub const EXAMPLES: &[Example] = &[$(Example {
            name: $name,
            files: &[$(($path, include_str!(concat!("../../../examples/", $name, "/", $path)))),*],
        }),*];
    };
}

// The list begins here.
examples! {
    "audit-directive" {
        "activities/directive.yaml"
        "activities/measurements.yaml"
        "activities/risks.yaml"
        "activities/signals.yaml"
        "controls/privacy-and-ai.yaml"
        "controls/security.yaml"
        "isms.toml"
        "kpis/ai.yaml"
        "kpis/nis2.yaml"
        "kpis/privacy.yaml"
        "kpis/security.yaml"
        "policies/directive.yaml"
        "schemas/ai-systems.schema.json"
        "schemas/assets.schema.json"
        "schemas/audit-custom.schema.json"
        "schemas/breaches.schema.json"
        "schemas/dsars.schema.json"
        "schemas/employees.schema.json"
        "schemas/processing-activities.schema.json"
        "schemas/processors.schema.json"
        "schemas/risk-custom.schema.json"
        "schemas/tools.schema.json"
        "schemas/vulnerabilities.schema.json"
        "templates/compliance-status.md.j2"
    }
    "control-monitoring" {
        "activities/controls.yaml"
        "controls/access-security.yaml"
        "controls/availability.yaml"
        "controls/change-management.yaml"
        "controls/communications.yaml"
        "controls/confidentiality.yaml"
        "controls/incident-response.yaml"
        "controls/internal.yaml"
        "controls/network-security.yaml"
        "controls/organisational-management.yaml"
        "controls/physical-security.yaml"
        "controls/risk-assessment.yaml"
        "controls/vulnerability-management.yaml"
        "isms.toml"
        "kpis/controls.yaml"
        "objectives/2026.yaml"
        "policies/all.yaml"
        "schemas/changes.schema.json"
        "schemas/disposal-requests.schema.json"
        "schemas/joiners.schema.json"
        "schemas/leavers.schema.json"
        "schemas/vulnerabilities.schema.json"
    }
    "management-review" {
        "activities/access-reviews.yaml"
        "activities/backup-verify.yaml"
        "activities/restore-test.yaml"
        "activities/scans-and-logs.yaml"
        "activities/training-report.yaml"
        "controls/access.yaml"
        "controls/engineering.yaml"
        "controls/operations.yaml"
        "controls/people-and-suppliers.yaml"
        "isms.toml"
        "kpis/access-review.yaml"
        "kpis/audit-nc-90d.yaml"
        "kpis/backup.yaml"
        "kpis/breach-notice.yaml"
        "kpis/critical-risks.yaml"
        "kpis/customer-incidents.yaml"
        "kpis/mttr-sev1.yaml"
        "kpis/training.yaml"
        "kpis/vuln-high.yaml"
        "objectives/2026.yaml"
        "policies/access.yaml"
        "policies/isms.yaml"
        "policies/operations.yaml"
        "policies/people-and-suppliers.yaml"
        "schemas/vendors.schema.json"
        "schemas/vulnerabilities.schema.json"
    }
    "monitoring-framework" {
        "activities/by-the-calendar.yaml"
        "activities/continuous.yaml"
        "activities/per-person.yaml"
        "controls/areas.yaml"
        "isms.toml"
        "kpis/access-control.yaml"
        "kpis/asset-management.yaml"
        "kpis/business-continuity.yaml"
        "kpis/hr-security.yaml"
        "kpis/incident-response.yaml"
        "kpis/internal-audit.yaml"
        "kpis/logging.yaml"
        "kpis/secure-development.yaml"
        "kpis/vendor-risk.yaml"
        "kpis/vulnerability-management.yaml"
        "objectives/2026.yaml"
        "policies/areas.yaml"
        "policies/framework.yaml"
        "schemas/alerts.schema.json"
        "schemas/assets.schema.json"
        "schemas/joiners.schema.json"
        "schemas/leavers.schema.json"
        "schemas/releases.schema.json"
        "schemas/systems.schema.json"
        "schemas/vendors.schema.json"
        "schemas/vulnerabilities.schema.json"
    }
    "monitoring-phase" {
        "activities/automated.yaml"
        "activities/manual.yaml"
        "controls/all.yaml"
        "isms.toml"
        "kpis/five.yaml"
        "objectives/2026.yaml"
        "policies/all.yaml"
        "schemas/survey.schema.json"
    }
    "starter" {
        "README.md"
        "actions/ACT-001.yaml"
        "activities/routine.yaml"
        "context/customers.yaml"
        "controls/access.yaml"
        "incidents/README.md"
        "isms.toml"
        "kpis/access-reviews.yaml"
        "kpis/backups.yaml"
        "kpis/incident-time.yaml"
        "kpis/open-actions.yaml"
        "kpis/training.yaml"
        "objectives/keep-running.yaml"
        "policies/information-security.yaml"
        "results/README.md"
        "reviews/first.yaml"
        "risks/RISK-001.yaml"
    }
}
