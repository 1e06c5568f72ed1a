//! The rest of this module: what the first calls do not need is a module of its own, which the host loads.
//!
//! The build divides the linked module (`xtask/bindgen/src/halves`), and has what is called in the rest begin with `load`.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What loads the rest.
    #[derive(Clone)]
    pub type Loader;
    /// Loads it before it returns, or throws: nobody here hears of that, and the host undoes the call.
    #[wasm_bindgen(method, structural)]
    fn load(this: &Loader);
}

thread_local! {
    static LOADER: RefCell<Option<Loader>> = const { RefCell::new(None) };
}

/// Takes what loads the rest.
pub(crate) fn take(loader: Loader) {
    LOADER.set(Some(loader));
}

/// Has the rest loaded.
pub(crate) fn load() {
    if let Some(loader) = LOADER.with_borrow(Clone::clone) {
        loader.load();
    }
}
