//! The WebAssembly builds: compile, write the bindings, make them small, and bundle them for programs of one file.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::UNIX_EPOCH,
};

use crate::{
    command::{Failure, Log, cargo, inside_root},
    machine, node, repository,
};

/// Where the optimizer and the bundler are installed.
const TOOLS: &str = "xtask/node";
const MODULE: &str = "pocket_kms_bg.wasm";
/// What the first calls do not need of a module of the core.
const REST: &str = "pocket_kms_rest.wasm";
/// Plays the first calls.
const WATCH: &str = "wasm/first/watch.mjs";
/// Rooms of the core that no call needs, as names of functions have them: what policies are asked, and what is made of
/// records. They stand in the rest: what they add to the module that is loaded first is 0 bytes.
const ANALYSIS: [&str; 6] =
    ["6access9questions", "5audit6alarms", "5audit4diff", "5audit8imported", "5audit7pattern", "5audit9privilege"];
/// A module that has nothing in it.
const EMPTY: &[u8] = b"\0asm\x01\0\0\0";

/// A module, and the WebAssembly features that the engine must support.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Variant {
    /// The features that all engines of recent years support.
    Baseline,
    /// Also 128-bit products, with which RSA is up to twice as fast: made of the baseline.
    Wide,
    /// What reads and writes templates of infrastructure: few programs need it, so that it is loaded by itself.
    Templates,
}

impl Variant {
    /// Where the npm package expects the module.
    fn folder(self) -> &'static str {
        match self {
            Variant::Baseline => "wasm/npm/pkg",
            Variant::Wide => "wasm/npm/pkg/wide",
            Variant::Templates => "wasm/npm/pkg/templates",
        }
    }

    /// The module, or where it is divided its first part.
    fn module(self) -> PathBuf {
        repository::path(self.folder()).join(MODULE)
    }

    fn rest(self) -> PathBuf {
        repository::path(self.folder()).join(REST)
    }

    /// Where it is compiled: two that are compiled at once do not wait for each other.
    fn target(self) -> &'static str {
        match self {
            Variant::Baseline | Variant::Wide => "target",
            Variant::Templates => "target/templates",
        }
    }

    /// The crate.
    fn package(self) -> &'static str {
        match self {
            Variant::Baseline | Variant::Wide => CRATES[0],
            Variant::Templates => CRATES[1],
        }
    }

    /// What differs from the profile: the core is built to be fast, because a page loads first what the first calls run, and
    /// a call takes a quarter less; so are the crates that read and write its bodies. The module of the templates needs little of it, and that small.
    fn config(self) -> &'static [&'static str] {
        match self {
            Variant::Baseline | Variant::Wide => &[
                "--config",
                "profile.wasm.package.pocket-kms.opt-level=2",
                "--config",
                "profile.wasm.package.base64.opt-level=3",
                "--config",
                "profile.wasm.package.httparse.opt-level=3",
                "--config",
                "profile.wasm.package.memchr.opt-level=3",
                "--config",
                "profile.wasm.package.serde_json.opt-level=3",
            ],
            Variant::Templates => &[],
        }
    }

    /// A function as short as this many instructions is inlined: what that repeats compresses better than the calls do.
    fn inlining(self) -> &'static [&'static str] {
        match self {
            Variant::Baseline | Variant::Wide => &["-Cllvm-args=-inline-threshold=15"],
            Variant::Templates => &["-Cllvm-args=-inline-threshold=5"],
        }
    }
}

/// How a module is built.
#[derive(Clone, Copy)]
struct Build {
    package: &'static str,
    profile: &'static str,
    target: &'static str,
    rustflags: &'static [&'static str],
    config: &'static [&'static str],
}

impl Build {
    fn finished(variant: Variant) -> Build {
        let (package, target, config) = (variant.package(), variant.target(), variant.config());
        Build { package, profile: "wasm", target, rustflags: variant.inlining(), config }
    }

    /// In a folder of its own, where it need not wait for what is built meanwhile.
    fn quick(variant: Variant) -> Build {
        Build { package: variant.package(), profile: "wasm-demo", target: "target/demo", rustflags: &[], config: &[] }
    }

    fn compiled(self) -> PathBuf {
        let file = format!("{}.wasm", self.package.replace('-', "_"));
        repository::path(self.target).join(TARGET).join(self.profile).join(file)
    }
}

/// The crates of all modules, and their target.
pub(crate) const CRATES: [&str; 2] = ["pocket-kms-wasm", "pocket-kms-wasm-templates"];
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The modules that a page needs.
const OF_PAGES: [Variant; 2] = [Variant::Baseline, Variant::Templates];
/// The modules of the core, each of which is divided in two.
const OF_CORE: [Variant; 2] = [Variant::Baseline, Variant::Wide];

/// Builds the modules for the demo, which are ready in a third of the time, and neither small nor fast, nor divided.
pub(crate) fn quick(log: &Log) -> Result<(), Failure> {
    machine::wasm_target(log)?;
    thread::scope(|scope| {
        let generator = scope.spawn(|| log.run(&mut generator("build")).map(drop));
        let module = OF_PAGES.iter().try_for_each(|variant| compile(log, Build::quick(*variant)));
        let generator = generator.join().unwrap_or_else(|_| Err(Failure("the generator's build broke off".to_owned())));
        module.and(generator)
    })?;
    OF_PAGES.iter().try_for_each(|variant| {
        let folder = repository::path(variant.folder());
        bind(log, &Build::quick(*variant).compiled(), &folder)?;
        // Bundlers look for the file.
        fs::write(folder.join(REST), EMPTY).map_err(|error| format!("{}: {error}", folder.display()))?;
        // So old a module is not taken for a finished one.
        let written = fs::File::options().append(true).open(folder.join(MODULE));
        written
            .and_then(|file| file.set_modified(UNIX_EPOCH))
            .map_err(|error| Failure(format!("{}: {error}", folder.display())))
    })
}

/// Builds the modules into the npm package, as many as there can be in parallel: each build uses only one core for much of its
/// time.
pub(crate) fn build(log: &Log) -> Result<(), Failure> {
    machine::wasm_target(log)?;
    node::install(log, &repository::path(TOOLS))?;
    together(&OF_PAGES, |variant| compile(log, Build::finished(*variant)))?;
    if is_finished(Variant::Templates) {
        log.say("the module of templates is newer than what was compiled");
    } else {
        templates(log)?;
    }
    if OF_CORE.into_iter().all(is_finished) {
        log.say("the modules of the core are newer than what was compiled");
    } else {
        core(log)?;
    }
    bundle(log)
}

/// Does something for each of a few, at the same time.
fn together<T: Sync>(of: &[T], act: impl Fn(&T) -> Result<(), Failure> + Sync) -> Result<(), Failure> {
    thread::scope(|scope| {
        let threads: Vec<_> = of.iter().map(|one| scope.spawn(|| act(one))).collect();
        let broken = || Err(Failure("a thread of the build broke off".to_owned()));
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|_| broken()))
    })
}

/// Whether a module is newer than everything that it is made of.
fn is_finished(variant: Variant) -> bool {
    let first = variant.module();
    let calls = repository::files(&repository::path("wasm/first"), &[".js", ".mjs"]);
    node::is_newer(&first, &Build::finished(variant).compiled())
        && (variant == Variant::Templates
            || node::is_newer(&variant.rest(), &first) && calls.iter().all(|file| node::is_newer(&first, file)))
}

fn templates(log: &Log) -> Result<(), Failure> {
    let module = Variant::Templates.module();
    bind(log, &Build::finished(Variant::Templates).compiled(), &repository::path(Variant::Templates.folder()))?;
    // The next run must not take a module that was not finished for one that was.
    shrink(log, &module, &SMALL).inspect_err(|_| fs::remove_file(&module).unwrap_or_default())
}

/// Binds the module of the core, makes the other one of it, divides both, and makes the parts small. The glue is that of
/// both.
fn core(log: &Log) -> Result<(), Failure> {
    let [module, wide] = OF_CORE.map(Variant::module);
    bind(log, &Build::finished(Variant::Baseline).compiled(), &repository::path(Variant::Baseline.folder()))?;
    widen(log, &module, &wide)?;
    // Nor modules that were not.
    divide_and_shrink(log).inspect_err(|_| OF_CORE.iter().for_each(|of| fs::remove_file(of.rest()).unwrap_or_default()))
}

fn divide_and_shrink(log: &Log) -> Result<(), Failure> {
    let first = first_functions(log)?;
    for variant in OF_CORE {
        log.run(generator("run").args(["--", "divide"]).arg(variant.module()).arg(&first).arg(variant.rest()))?;
    }
    together(&OF_CORE, |variant| {
        let level = if *variant == Variant::Wide { &[FAST, "--enable-wide-arithmetic"][..] } else { &[FAST] };
        shrink(log, &variant.module(), level)?;
        shrink(log, &variant.rest(), level)
    })
}

/// The names of the functions that the first calls run. They are the same in both builds.
fn first_functions(log: &Log) -> Result<PathBuf, Failure> {
    let [watched, names, first] =
        ["watched.wasm", "functions.txt", "first.txt"].map(|name| repository::path("target").join(name));
    let module = Variant::Baseline.module();
    log.run(generator("run").args(["--", "watch"]).arg(module).arg(&watched).arg(&names))?;
    log.run(inside_root(machine::node()?).arg(repository::path(WATCH)).arg(&watched).arg(&names).arg(&first))?;
    without_analysis(&read(&names)?, &read(&first)?)?;
    Ok(first)
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure(format!("{}: {error}", path.display())))
}

/// Analysis is in the module, and none of it in its first part.
fn without_analysis(all: &str, first: &str) -> Result<(), Failure> {
    for room in ANALYSIS {
        if !all.contains(room) {
            return Err(Failure(format!("the module has no function of {room}: ANALYSIS names a room that has moved")));
        }
        if let Some(function) = first.lines().find(|name| name.contains(room)) {
            return Err(Failure(format!("the first calls run {function}: analysis belongs into the rest")));
        }
    }
    Ok(())
}

/// Makes the module for wide arithmetic of the one for all engines.
fn widen(log: &Log, module: &Path, wide: &Path) -> Result<(), Failure> {
    let folder = wide.parent().unwrap_or(wide);
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    log.run(generator("run").args(["--", "widen"]).arg(module).arg(wide)).map(drop)
}

/// `strip` stays off: it would remove the `target_features` section that `wasm-opt` reads.
fn compile(log: &Log, build: Build) -> Result<(), Failure> {
    let mut command = cargo(&["build", "--profile", build.profile, "--locked", "--package", build.package]);
    command.args(["--target", TARGET, "--target-dir", build.target]).args(build.config);
    let flags = build.rustflags.iter().map(ToString::to_string).chain(short_paths());
    command.env("CARGO_ENCODED_RUSTFLAGS", flags.collect::<Vec<_>>().join("\u{1f}"));
    log.run(&mut command).map(drop)
}

/// Has the module name its sources without their folders on this machine: it has the name of each that may panic.
fn short_paths() -> Vec<String> {
    let registries = fs::read_dir(machine::cargo_home().join("registry/src")).into_iter().flatten().flatten();
    let folders = registries.map(|registry| registry.path()).chain([repository::root()]);
    folders.map(|folder| format!("--remap-path-prefix={}=", folder.join("").display())).collect()
}

fn bind(log: &Log, compiled: &Path, folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    log.run(generator("run").args(["--", "bind"]).arg(compiled).arg(folder)).map(drop)
}

/// The generator of the bindings, to be built or run.
fn generator(action: &str) -> Command {
    cargo(&[action, "--locked", "--package", "xtask-bindgen"])
}

/// What `wasm-opt` does with modules that are to be fast, and with one that is to be small when it is compressed: what the
/// compiler has inlined is enough there, and locals and data that stay as the compiler has them repeat more. Nothing uses the
/// lowest KiB of its memory, the far end of the stack.
const FAST: &str = "-O3";
const SMALL: [&str; 5] = [
    "-O3",
    "--low-memory-unused",
    "--skip-pass=inlining-optimizing",
    "--skip-pass=memory-packing",
    "--skip-pass=simplify-locals",
];

fn shrink(log: &Log, module: &Path, level: &[&str]) -> Result<(), Failure> {
    let tools = repository::path(TOOLS);
    let mut command = inside_root(machine::node()?);
    command.arg(tools.join("node_modules/binaryen/bin/wasm-opt"));
    command.args(level).args(["--strip-debug", "--strip-producers"]);
    log.run(command.arg(module).arg("-o").arg(module)).map(drop)
}

/// For CommonJS, which loads nothing but files of its own kind, and for programs that carry the module inside.
fn bundle(log: &Log) -> Result<(), Failure> {
    let mut command = inside_root(machine::node()?);
    log.run(command.arg(repository::path(TOOLS).join("bundle.mjs"))).map(drop)
}
