//! Serves the files of the playground, and no file outside of their folder.

use std::{
    fs::File,
    io,
    path::{Component, Path, PathBuf},
    thread::{self, JoinHandle},
};

use tiny_http::{Header, Method, Request, Response, Server};

/// The content type of a file, by its ending.
const KINDS: [(&str, &str); 12] = [
    ("css", "text/css; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("map", "application/json"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
    ("woff2", "font/woff2"),
];

/// Answers requests for files of `folder` until the process ends.
pub(crate) fn serve(server: Server, folder: PathBuf) -> JoinHandle<()> {
    thread::spawn(move || {
        for request in server.incoming_requests() {
            // A browser may close the connection early.
            let _ = answer(request, &folder);
        }
    })
}

fn answer(request: Request, folder: &Path) -> io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(405));
    }
    let Some(path) = inside(folder, request.url()) else {
        return request.respond(Response::empty(404));
    };
    match File::open(&path) {
        Ok(file) => {
            let mut response = Response::from_file(file);
            if let Some(header) = kind(&path) {
                response.add_header(header);
            }
            request.respond(response)
        }
        Err(_) => request.respond(Response::empty(404)),
    }
}

/// The file that a URL names. A name without an ending is a page of the playground, which has its own router.
fn inside(folder: &Path, url: &str) -> Option<PathBuf> {
    let name = url.split(['?', '#']).next().unwrap_or_default();
    let name = Path::new(name.trim_start_matches('/'));
    let stays = name.components().all(|part| matches!(part, Component::Normal(_)));
    match name.extension() {
        _ if !stays => None,
        Some(_) => Some(folder.join(name)),
        None => Some(folder.join("index.html")),
    }
}

fn kind(path: &Path) -> Option<Header> {
    let ending = path.extension()?.to_str()?;
    let (_, kind) = KINDS.iter().find(|(known, _)| *known == ending)?;
    Header::from_bytes("Content-Type", *kind).ok()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::inside;

    fn file(url: &str) -> Option<PathBuf> {
        inside(Path::new("site"), url)
    }

    #[test]
    fn files_are_found_by_their_names() {
        assert_eq!(file("/assets/a.wasm?v=1"), Some(PathBuf::from("site/assets/a.wasm")));
    }

    #[test]
    fn pages_are_all_the_same_file() {
        assert_eq!(file("/"), Some(PathBuf::from("site/index.html")));
        assert_eq!(file("/keys/1234#top"), Some(PathBuf::from("site/index.html")));
    }

    #[test]
    fn nothing_outside_of_the_folder_is_served() {
        assert_eq!(file("/../Cargo.toml"), None);
        assert_eq!(file("/assets/../../Cargo.toml"), None);
        assert_eq!(file("//etc/hosts.txt"), Some(PathBuf::from("site/etc/hosts.txt")));
    }
}
