//! What a page asks for as a whole: how often, which clauses, what must be refused, and that nothing is left over.

use super::Scenario;
use super::cells::{one, rows, word};
use ismsctl::records::activity::Activity;
use ismsctl::records::kpi::Kpi;
use ismsctl::records::{Cadence, Kind};
use std::collections::{BTreeMap, BTreeSet};

impl Scenario {
    /// How often something is asked for: `area | what | id | cadence`, of a KPI, an activity, a type of audit or review, or a
    /// report. `each` for KPIs over records; the interval of a policy's own review.
    pub fn cadences(&mut self, table: &str) {
        let config = self.snapshot.config();
        let mut all: BTreeMap<String, Option<Cadence>> = BTreeMap::new();
        for (entry, kpi) in self.snapshot.typed::<Kpi>(Kind::Kpi) {
            all.insert(entry.id().to_owned(), Some(kpi.cadence));
        }
        for (entry, activity) in self.snapshot.typed::<Activity>(Kind::Activity) {
            all.insert(entry.id().to_owned(), activity.cadence);
        }
        let audits = config.audits.iter().map(|(id, it)| (id, it.cadence));
        let reviews = config.reviews.iter().map(|(id, it)| (id, it.cadence));
        let reports = config.reports.iter().map(|(id, it)| (id, Some(it.cadence)));
        let declared = audits.chain(reviews).chain(reports);
        for (id, cadence) in declared {
            all.insert(id.to_string(), cadence);
        }
        for row in rows(table) {
            self.named.insert(row[2].clone());
            let mut real = vec![String::new(); 4];
            if let Some(cadence) = all.get(&row[2]) {
                real[3] = cadence.map_or("-".to_owned(), |cadence| cadence.to_string());
            }
            self.compare(&row, &real, 3);
        }
    }

    /// Requirements of the standard: `area | what | clause | state | records that show it | records of which something is
    /// missing`. Of the first, all that are named must be there; of the second, all and no others.
    pub fn clauses(&mut self, table: &str) {
        let found = self.json("clauses");
        for row in rows(table) {
            let mut real = vec![String::new(); 6];
            if let Some(clause) = one(&found["clauses"], |it| it["clause"] == row[2]) {
                let records = |key: &str| -> Vec<String> {
                    let list = clause[key].as_array().unwrap().iter();
                    list.map(|it| word(&it["record"])).collect()
                };
                let (evidence, missing) = (records("evidence"), records("missing"));
                real[3] = word(&clause["state"]);
                let shown = row[4]
                    .split(", ")
                    .all(|id| evidence.iter().any(|it| it == id));
                real[4] = if shown {
                    row[4].clone()
                } else {
                    evidence.join(", ")
                };
                real[5] = if missing.is_empty() {
                    "-".to_owned()
                } else {
                    missing.join(", ")
                };
            }
            self.compare(&row, &real, 3);
        }
    }

    /// Changes of the records that must be told, all made at once. Each is a paragraph: what the page says; the rule, the
    /// record and the file; the lines as a diff. None of them is told before.
    pub fn refuses(&mut self, changes: &str) {
        let told = |scenario: &Self| -> BTreeSet<(String, String)> {
            let found = scenario.json("check --timely");
            let found = found["diagnostics"].as_array().unwrap().iter();
            found
                .map(|it| (word(&it["rule"]), word(&it["record"])))
                .collect()
        };
        let before = told(self);
        let mut expected = Vec::new();
        for change in changes.trim().split("\n\n") {
            let (what, rest) = change.split_once('\n').unwrap();
            let (place, diff) = rest.split_once('\n').unwrap();
            let [rule, record, file] = place.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{what}: `{place}` is no rule, record and file");
            };
            let side = |left_out: char| -> String {
                let lines = diff.lines().filter(|line| !line.starts_with(left_out));
                lines.map(|line| format!("{}\n", &line[1..])).collect()
            };
            self.change(file, &side('+'), &side('-'));
            expected.push((what, rule.to_owned(), record.to_owned()));
        }
        let after = told(self);
        for (what, rule, record) in expected {
            let key = (rule, record);
            if before.contains(&key) || !after.contains(&key) {
                let news: Vec<_> = after.difference(&before).collect();
                self.wrong
                    .push(format!("{what}: no new {key:?}, but {news:?}"));
            }
        }
    }

    /// Every KPI, activity, type of audit or review, and report has had a row, or is one of those listed as extra.
    pub fn nothing_else(&mut self, extra: &[&str]) {
        let config = self.snapshot.config();
        let records = [Kind::Kpi, Kind::Activity]
            .into_iter()
            .flat_map(|kind| self.snapshot.kind(kind))
            .map(|entry| entry.id().to_owned());
        let declared = config
            .audits
            .keys()
            .chain(config.reviews.keys())
            .chain(config.reports.keys());
        let mut all: BTreeSet<String> = declared.map(|name| name.to_string()).collect();
        all.extend(records);
        let extra: BTreeSet<String> = extra.iter().map(|name| (*name).to_owned()).collect();
        for name in all.difference(&self.named) {
            if !extra.contains(name) {
                self.wrong.push(format!("no row asks for `{name}`"));
            }
        }
        for name in extra
            .iter()
            .filter(|name| !all.contains(*name) || self.named.contains(*name))
        {
            self.wrong
                .push(format!("`{name}` is not there, or has a row"));
        }
    }
}
