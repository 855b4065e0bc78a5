//! Where the page is that shows the program in a browser: what links begin with.

/// The name of the variable that tells it, while the program is built and while it runs.
#[cfg(not(target_arch = "wasm32"))]
const VARIABLE: &str = "THALWEG_PAGE";

/// The address of the page: of the program in a browser its own.
#[cfg(target_arch = "wasm32")]
pub fn page_address() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    address.split_once('#').map_or(&*address, |(address, _)| address).to_owned()
}

/// The address of the page: what the environment says, else what it said when the program was built; empty where
/// neither does. Thalweg itself opens a link without an address, too.
#[cfg(not(target_arch = "wasm32"))]
pub fn page_address() -> String {
    let told = std::env::var(VARIABLE).ok().filter(|address| !address.trim().is_empty());
    told.unwrap_or_else(|| option_env!("THALWEG_PAGE").unwrap_or_default().to_owned()).trim().to_owned()
}
