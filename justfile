# The habits of this project, by name: `just` lists them. Each line works by itself, too.

# List what there is.
default:
    @just --list

# Open the window.
run *PRESET:
    cargo run --release -- {{PRESET}}

# Everything that must hold before a change lands; what CI runs.
ci:
    .ci/run

# All tests.
test:
    cargo test

# The tests of one crate alone: core, analysis, scenario, figure, session.
test-crate CRATE:
    cargo test -p thalweg-{{CRATE}}

# Format everything.
fmt:
    tools/fmt

# Lints, warnings denied.
lint:
    cargo clippy --all-targets -- -D warnings

# The library's documentation, with its examples.
doc:
    cargo doc --no-deps --open

# Write anew what is generated or held by snapshots, after a change that was meant: look at the difference.
update:
    UPDATE=1 cargo test
    git diff --stat

# Speed, as ratios within one run.
bench *NAME:
    cargo bench {{NAME}}

# Licences, sources and advisories of the dependencies (needs `cargo install cargo-deny`).
deny:
    cargo deny check

# The real window under Xvfb: does it draw, and does Space play?
smoke:
    tools/smoke

# The program as it is given away: no path of this machine stands in it.
release:
    tools/release

# Make the pictures of the README anew.
pictures:
    tools/pictures
