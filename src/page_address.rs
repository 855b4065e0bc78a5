//! Where the page is that shows the program in a browser: what links begin with.

/// The name of the variable that tells it, while the program is built and while it runs.
const VARIABLE: &str = "THALWEG_PAGE";

/// The address of the page: what the environment says, else what it said when the program was built; empty where
/// neither does. Thalweg itself opens a link without an address, too.
pub fn page_address() -> String {
    let told = std::env::var(VARIABLE).ok().filter(|address| !address.trim().is_empty());
    told.unwrap_or_else(|| option_env!("THALWEG_PAGE").unwrap_or_default().to_owned()).trim().to_owned()
}
