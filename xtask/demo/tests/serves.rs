//! Starts, uses and stops the demo's server, as a person would.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

/// A server on free ports, killed when a test ends early.
struct Demo {
    server: Child,
    page: String,
    api: String,
    said: BufReader<std::process::ChildStdout>,
}

impl Demo {
    fn start(name: &str) -> Demo {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(folder.join("assets")).expect("a folder");
        fs::write(folder.join("index.html"), "<title>playground</title>").expect("a page");
        fs::write(folder.join("assets/core.wasm"), "\0asm").expect("a module");
        let mut server = Command::new(env!("CARGO_BIN_EXE_xtask-demo"))
            .arg(folder)
            .args(["--port=0", "--page-port=0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut said = BufReader::new(server.stdout.take().expect("its output"));
        let (page, api) = (address(&mut said, "playground"), address(&mut said, "KMS API"));
        address(&mut said, "ready;");
        Demo { server, page, api, said }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // The server of a test that stopped it itself is gone already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Reads to the line that begins with `name`, and returns the address in it.
fn address(said: &mut impl BufRead, name: &str) -> String {
    let mut lines = said.lines().map_while(Result::ok);
    let line = lines.find(|line| line.starts_with(name)).expect("the server prints its addresses");
    line.rsplit("http://").next().unwrap_or_default().to_owned()
}

/// Sends one request and returns the whole response.
fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("somebody listens");
    stream.write_all(request.as_bytes()).expect("it is sent");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("it is answered");
    response
}

fn page(demo: &Demo, path: &str) -> String {
    ask(&demo.page, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
}

fn create_key(demo: &Demo) -> String {
    let credential = "AWS4-HMAC-SHA256 Credential=111122223333/20261122/eu-west-1/kms/aws4_request, SignedHeaders=host, Signature=00";
    ask(
        &demo.api,
        &format!(
            "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: {credential}\r\n\
             X-Amz-Target: TrentService.CreateKey\r\nContent-Type: application/x-amz-json-1.1\r\n\
             Content-Length: 2\r\n\r\n{{}}"
        ),
    )
}

#[test]
fn the_playground_and_its_module_are_served() {
    let demo = Demo::start("pages");
    assert!(page(&demo, "/").contains("<title>playground</title>"));
    assert!(page(&demo, "/keys/1").contains("<title>playground</title>"));
    assert!(page(&demo, "/assets/core.wasm").contains("Content-Type: application/wasm"));
    assert!(page(&demo, "/assets/none.js").starts_with("HTTP/1.1 404"));
}

#[test]
fn a_key_is_created_at_the_printed_address() {
    let demo = Demo::start("api");
    let response = create_key(&demo);
    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
    assert!(response.contains("arn:aws:kms:eu-west-1:111122223333:key/"), "{response}");
}

#[cfg(unix)]
#[test]
fn it_stops_cleanly_when_it_is_told_to() {
    let mut demo = Demo::start("stop");
    let told = Command::new("kill").args(["-TERM", &demo.server.id().to_string()]).status().unwrap();
    assert!(told.success());
    let mut last = String::new();
    demo.said.read_to_string(&mut last).unwrap();
    assert_eq!(last, "stopped\n");
    assert!(demo.server.wait().unwrap().success());
}
