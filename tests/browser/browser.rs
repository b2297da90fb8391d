//! Headless Chromium, spoken to over its debugging pipe (Chrome DevTools Protocol): messages are JSON, each ended by a
//! zero byte. The browser ends with the pipe.

use super::tools;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long the browser may think about one thing.
const PATIENCE: Duration = Duration::from_secs(120);

/// How a page is looked at.
#[derive(Clone, Copy)]
pub struct View {
    pub name: &'static str,
    pub width: u32,
    pub dark: bool,
}

/// A running browser.
pub struct Browser {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    profile: PathBuf,
    last: u64,
    /// Events nobody has looked at yet.
    events: Vec<Value>,
}

/// A page in the browser.
pub struct Tab<'b> {
    browser: &'b mut Browser,
    session: String,
    target: String,
    width: u32,
}

impl Browser {
    /// Starts one.
    pub fn start() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("profile-{}-{number}", std::process::id());
        let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let mut command = Command::new("sh");
        // The pipe is on descriptors 3 and 4.
        command.args(["-c", "exec \"$@\" 3<&0 4>&1 0</dev/null 1>&2", "sh"]);
        command.arg(tools::chromium());
        command.args([
            "--headless=new",
            "--remote-debugging-pipe",
            "--disable-gpu",
            "--no-first-run",
        ]);
        command.args([
            "--hide-scrollbars",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
        ]);
        command.arg(format!("--user-data-dir={}", profile.display()));
        if tools::is_root() {
            command.arg("--no-sandbox");
        }
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(output).split(0).map_while(Result::ok) {
                let Ok(message) = serde_json::from_slice(&message) else {
                    continue;
                };
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            input,
            messages,
            profile,
            last: 0,
            events: Vec::new(),
        }
    }

    /// Opens a file and waits until it is loaded.
    pub fn open(&mut self, path: &Path, view: View) -> Tab<'_> {
        self.events.clear();
        let blank = self.ask(None, "Target.createTarget", json!({"url": "about:blank"}));
        let target = text(&blank["targetId"]);
        let attach = json!({"targetId": target, "flatten": true});
        let attached = self.ask(None, "Target.attachToTarget", attach);
        let mut tab = Tab {
            session: text(&attached["sessionId"]),
            target,
            width: view.width,
            browser: self,
        };
        for domain in ["Page", "Runtime", "Log", "Network"] {
            tab.ask(&format!("{domain}.enable"), json!({}));
        }
        let size =
            json!({"width": view.width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        tab.ask("Emulation.setDeviceMetricsOverride", size);
        let scheme = if view.dark { "dark" } else { "light" };
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        tab.ask("Emulation.setEmulatedMedia", features);
        tab.ask(
            "Page.navigate",
            json!({"url": format!("file://{}", path.display())}),
        );
        tab.browser.wait_for("Page.loadEventFired");
        tab
    }

    /// Asks and waits for the answer.
    fn ask(&mut self, session: Option<&str>, method: &str, parameters: Value) -> Value {
        self.last += 1;
        let mut message = json!({"id": self.last, "method": method, "params": parameters});
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.input.write_all(&bytes).unwrap();
        loop {
            let mut answer = self.next(method);
            if answer["id"] == self.last {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].take();
            }
            self.events.push(answer);
        }
    }

    fn wait_for(&mut self, method: &str) {
        while !self.events.iter().any(|event| event["method"] == method) {
            let event = self.next(method);
            self.events.push(event);
        }
    }

    fn next(&mut self, what: &str) -> Value {
        let message = self.messages.recv_timeout(PATIENCE);
        message.unwrap_or_else(|error| panic!("Chromium does not answer to {what}: {error}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

impl Tab<'_> {
    fn ask(&mut self, method: &str, parameters: Value) -> Value {
        self.browser.ask(Some(&self.session), method, parameters)
    }

    /// The value of an expression; promises are waited for.
    pub fn evaluate(&mut self, expression: &str) -> Value {
        let parameters =
            json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let mut answer = self.ask("Runtime.evaluate", parameters);
        let thrown = &answer["exceptionDetails"];
        assert!(thrown.is_null(), "{thrown}");
        answer["result"]["value"].take()
    }

    /// Shows it as it is printed, as wide as the text of an A4 page: 180 mm.
    pub fn on_paper(&mut self) {
        self.ask("Emulation.setEmulatedMedia", json!({"media": "print"}));
        let size = json!({"width": 680, "height": 1009, "deviceScaleFactor": 1, "mobile": false});
        self.ask("Emulation.setDeviceMetricsOverride", size);
    }

    /// The whole page as PNG.
    pub fn picture(&mut self) -> Vec<u8> {
        let height = self.evaluate("document.documentElement.scrollHeight");
        // Beyond this Chromium repeats itself.
        let height = height.as_f64().unwrap().min(16_000.0);
        let clip = json!({"x": 0, "y": 0, "width": self.width, "height": height, "scale": 1});
        let parameters = json!({"captureBeyondViewport": true, "clip": clip});
        decoded(&self.ask("Page.captureScreenshot", parameters))
    }

    /// The page on paper, as PDF.
    pub fn print(&mut self) -> Vec<u8> {
        let parameters = json!({"preferCSSPageSize": true, "printBackground": true});
        decoded(&self.ask("Page.printToPDF", parameters))
    }

    /// Closes it, and tells what it complained about and asked for.
    pub fn close(mut self) -> Vec<String> {
        // What was said before an answer is said by then.
        self.evaluate("null");
        let events = std::mem::take(&mut self.browser.events);
        let own = events
            .iter()
            .filter(|event| event["sessionId"] == self.session.as_str());
        let complaints = own.filter_map(complaint).collect();
        let target = json!({"targetId": self.target});
        self.browser.ask(None, "Target.closeTarget", target);
        complaints
    }
}

/// What an event has to say against a page.
fn complaint(event: &Value) -> Option<String> {
    let what = &event["params"];
    match event["method"].as_str()? {
        "Runtime.exceptionThrown" => Some(format!("exception: {}", what["exceptionDetails"])),
        "Runtime.consoleAPICalled" => Some(format!("console: {}", what["args"])),
        "Log.entryAdded" => Some(format!("log: {}", what["entry"]["text"])),
        "Network.requestWillBeSent" if what["type"] != "Document" => {
            Some(format!("request: {}", what["request"]["url"]))
        }
        _ => None,
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value}"))
        .to_owned()
}

fn decoded(answer: &Value) -> Vec<u8> {
    STANDARD.decode(text(&answer["data"])).unwrap()
}
