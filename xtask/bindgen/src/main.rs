//! Writes the JavaScript glue and the type declarations of a WebAssembly build, makes a module for wide arithmetic of its
//! own, and divides modules in two.
//!
//! It is a separate member, because the generator is twenty times the size of the rest of `xtask`,
//! and because the library builds in a minute, where the `wasm-bindgen` program takes seven.

mod halves;
mod wide;

use std::{env, fs, path::Path, process::ExitCode};

use wasm_bindgen_cli_support::Bindgen;

const USAGE: &str = "usage: xtask-bindgen bind INPUT.wasm OUT_DIR
       xtask-bindgen widen MODULE.wasm WIDE.wasm
       xtask-bindgen watch MODULE.wasm WATCHED.wasm NAMES.txt
       xtask-bindgen divide MODULE.wasm NAMES_OF_FIRST.txt REST.wasm";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["bind", input, out_dir] => bind(Path::new(input), Path::new(out_dir)),
        ["widen", module, wide] => read(module).and_then(|bytes| write(wide, &wide::widened(&bytes)?)),
        ["watch", module, watched, names] => watch(module, watched, names),
        ["divide", module, first, rest] => divide(module, first, rest),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// One `web` build that browsers, bundlers and Node all load, because its loader takes the bytes of the module from its
/// caller. Functions keep their full names, which are the same in every build of the same sources.
fn bind(input: &Path, out_dir: &Path) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    bindgen
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .input_path(input)
                .out_name("pocket_kms")
                .typescript(true)
                .demangle(false)
                .omit_default_module_path(true)
                .generate(out_dir)
        })
        .map_err(|error| format!("{error:?}"))
}

/// Writes a module that tells which of its functions run, and the names of the functions, a line each.
fn watch(module: &str, watched: &str, names: &str) -> Result<(), String> {
    let (bytes, found) = halves::watched(&read(module)?)?;
    write(watched, &bytes)?;
    write(names, found.join("\n").as_bytes())
}

/// Leaves the functions that are named in `first`, a line each, in the module, and writes the rest.
fn divide(module: &str, first: &str, rest: &str) -> Result<(), String> {
    let names = String::from_utf8(read(first)?).map_err(|error| format!("{first}: {error}"))?;
    let names = names.lines().map(ToOwned::to_owned).collect();
    let (first, second) = halves::divided(&read(module)?, &names)?;
    write(module, &first)?;
    write(rest, &second)
}

fn read(path: &str) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{path}: {error}"))
}

fn write(path: &str, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|error| format!("{path}: {error}"))
}
