//! What the tests need besides Rust: Chromium, and axe-core from npm.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The Chromium on PATH, installed where that is possible.
pub fn chromium() -> &'static str {
    static FOUND: OnceLock<&str> = OnceLock::new();
    FOUND.get_or_init(|| {
        let on_path = || NAMES.into_iter().find(|name| runs(name));
        on_path().unwrap_or_else(|| {
            // Fonts, or a page has no letters.
            let why = install(&["chromium", "fonts-dejavu-core"]);
            on_path().unwrap_or_else(|| {
                panic!(
                    "the browser tests need Chromium on PATH (one of {}); {why}",
                    NAMES.join(", ")
                )
            })
        })
    })
}

/// The text of axe-core.
pub fn axe() -> String {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let folder = FOLDER.get_or_init(fetched);
    let path = folder.join("node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A folder with what package-lock.json names, checked against its digests.
fn fetched() -> PathBuf {
    if !runs("npm") {
        let why = install(&["npm"]);
        assert!(runs("npm"), "the browser tests need npm on PATH; {why}");
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("axe");
    std::fs::create_dir_all(&folder).unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    for name in ["package.json", "package-lock.json"] {
        std::fs::copy(source.join(name), folder.join(name)).unwrap();
    }
    let run = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(
        run.status.success(),
        "npm ci failed in {}:\n{said}",
        folder.display()
    );
    folder
}

fn runs(name: &str) -> bool {
    let run = Command::new(name)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    run.is_ok_and(|status| status.success())
}

/// Whether this is the superuser, who may install and whom Chromium's sandbox does not take.
pub fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|run| run.stdout.trim_ascii() == b"0")
}

/// Installs Debian packages; says in a sentence why that was not possible or not enough.
fn install(packages: &[&str]) -> String {
    let list = packages.join(" ");
    if !runs("apt-get") {
        return format!("this is no Debian, so install it yourself (Debian calls it {list})");
    }
    if !is_root() {
        return format!("run `apt-get install --no-install-recommends {list}` as root");
    }
    let apt = |arguments: &[&str]| {
        let run = Command::new("apt-get")
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        run.status.success().then_some(()).ok_or(said)
    };
    let options = [
        "install",
        "-y",
        "--no-install-recommends",
        "-o",
        "DPkg::Lock::Timeout=120",
    ];
    let done = apt(&["update"]).and_then(|()| apt(&[options.as_slice(), packages].concat()));
    match done {
        Ok(()) => format!("{list} was installed, and still it does not start"),
        Err(said) => format!("`apt-get install {list}` failed: {said}"),
    }
}
