//! Writes the JavaScript glue and the type declarations of a WebAssembly build.
//!
//! It is a separate member, because the generator is twenty times the size of the rest of `xtask`,
//! and because the library builds in a minute, where the `wasm-bindgen` program takes seven.

use std::{env, path::Path, process::ExitCode};

use wasm_bindgen_cli_support::Bindgen;

/// `xtask-bindgen INPUT.wasm OUT_DIR`: one `web` build that browsers, bundlers and Node all load,
/// because its loader takes the bytes of the module from its caller.
fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [input, out_dir] = arguments.as_slice() else {
        eprintln!("usage: xtask-bindgen INPUT.wasm OUT_DIR");
        return ExitCode::FAILURE;
    };
    match generate(Path::new(input), Path::new(out_dir)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn generate(input: &Path, out_dir: &Path) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    bindgen
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .input_path(input)
                .out_name("pocket_kms")
                .typescript(true)
                .omit_default_module_path(true)
                .generate(out_dir)
        })
        .map_err(|error| format!("{error:?}"))
}
