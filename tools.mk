# The tools: pinned, installed into .tools/ only if missing, each with a word on how long it takes.
#
# Two toolchains build the WASM. With rustup and a network, the target and the std sources come from
# rustup. Where rustup can download nothing, Debian's rustc-web brings both. Either way std is built
# along, for size: 9 kB less (brotli) than with the std that is shipped.

TOOLS := $(CURDIR)/.tools
NPM   := $(TOOLS)/npm/node_modules

TRUNK_VERSION    := 0.21.14
BINARYEN_VERSION := 132.0.0
ESBUILD_VERSION  := 0.28.2
AXE_VERSION      := 4.14.1
# The command must be of the version that the code is linked with.
BINDGEN_VERSION  := $(shell awk '/^name = "wasm-bindgen"$$/ { getline; gsub(/[^0-9.]/, ""); print }' Cargo.lock)
LLD              := wasm-ld-22
DEBIAN_RUST      := rustc-web cargo-web rust-web-src lld-22 rust-web-clippy rustfmt-web

SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
APT  := DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get -qq

# Runs a command, and shows what it printed only if it failed.
quietly = log=$$(mktemp); if ( $(1) ) >"$$log" 2>&1; then rm -f "$$log"; \
  else cat "$$log"; rm -f "$$log"; exit 1; fi

# ---- The toolchain ------------------------------------------------------------------------------

# `make` builds this file first if it is missing, reads it, and starts over.
TOOLCHAIN_READY := $(TOOLS)/toolchain$(if $(TOOLCHAIN),-$(TOOLCHAIN)).mk
include $(TOOLCHAIN_READY)

$(TOOLCHAIN_READY):
	@mkdir -p $(TOOLS)
	@new_enough() { [ "$$(printf '%s\n' 1.95.0 "$$(rustc --version 2>/dev/null | cut -d' ' -f2)" | sort -V | head -n 1)" = 1.95.0 ]; }; \
	rustup_works() { \
	  command -v rustup >/dev/null || return 1; \
	  rustc --version >/dev/null 2>&1 || { echo "Installing Rust with rustup (about 1 minute)"; \
	    rustup -q toolchain install stable --profile minimal -c clippy -c rustfmt && rustup -q default stable; } >/dev/null 2>&1 || return 1; \
	  new_enough && rustup -q target add wasm32-unknown-unknown >/dev/null 2>&1 && rustup -q component add rust-src clippy rustfmt >/dev/null 2>&1; \
	}; \
	if [ "$(TOOLCHAIN)" != debian ] && rustup_works; then \
	  echo "Rust: rustup's $$(rustc --version | cut -d' ' -f2), with the sources of std"; \
	  printf 'WASM_LINKER :=\n' > $@.new; \
	elif [ "$(TOOLCHAIN)" = rustup ]; then \
	  echo "rustup cannot provide Rust 1.95, wasm32-unknown-unknown and rust-src here; try TOOLCHAIN=debian"; exit 1; \
	else \
	  echo "Rust: Debian's packages, since rustup cannot download here (about 1 minute)"; \
	  for package in $(DEBIAN_RUST); do dpkg -s $$package >/dev/null 2>&1 || missing=1; done; \
	  [ -z "$${missing:-}" ] || { $(APT) update && $(APT) install -y --no-install-recommends $(DEBIAN_RUST) gcc libc6-dev >/dev/null; }; \
	  printf 'export PATH := /usr/bin:$$(PATH)\nWASM_LINKER := CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(LLD)\n' > $@.new; \
	fi; \
	mv $@.new $@

export PATH := $(TOOLS)/bin:$(NPM)/.bin:$(PATH)

# std is built along, without the words of panics. Never for native code: Leptos prints pages with
# `{:?}`, which fmt-debug=none would empty.
BUILD_STD := RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort \
  CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size $(WASM_LINKER)
WASM_ENV  := $(BUILD_STD) CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options \
  -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none"
DEV_ENV   := $(BUILD_STD)

# ---- Trunk, wasm-bindgen, wasm-opt, esbuild, axe ------------------------------------------------

# Nobody waits for these programs, so they are compiled for the least compile time.
LIGHT := CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 CARGO_PROFILE_RELEASE_DEBUG=0 \
  CARGO_TARGET_DIR=$(TOOLS)/target

TRUNK   := $(TOOLS)/trunk-$(TRUNK_VERSION)
BINDGEN := $(TOOLS)/wasm-bindgen-$(BINDGEN_VERSION)
NODE    := $(TOOLS)/npm-$(BINARYEN_VERSION)-$(ESBUILD_VERSION)-$(AXE_VERSION)

WASM_TOOLS := $(TOOLCHAIN_READY) $(TRUNK) $(BINDGEN) $(NODE)

tools: $(WASM_TOOLS) $(TEST_TOOLS) ## Install the tools that are missing

# Without TLS: it never downloads anything here.
$(TRUNK): $(TOOLCHAIN_READY)
	@if [ "$$(trunk --version 2>/dev/null)" != "trunk $(TRUNK_VERSION)" ]; then \
	  echo "Installing Trunk $(TRUNK_VERSION) into .tools (about 3 minutes, once)"; \
	  $(call quietly,$(LIGHT) cargo install trunk --version $(TRUNK_VERSION) --locked --no-default-features --features rustls --root $(TOOLS) --force); \
	fi; touch $@

$(BINDGEN): $(TOOLCHAIN_READY) $(TRUNK)
	@if [ "$$(wasm-bindgen --version 2>/dev/null)" != "wasm-bindgen $(BINDGEN_VERSION)" ]; then \
	  echo "Installing wasm-bindgen $(BINDGEN_VERSION) into .tools (about 2 minutes, once)"; \
	  $(call quietly,$(LIGHT) cargo install wasm-bindgen-cli --version $(BINDGEN_VERSION) --root $(TOOLS) --force); \
	fi; rm -rf $(TOOLS)/target; touch $@

$(NODE):
	@command -v npm >/dev/null || { echo "Installing npm (about 1 minute, once)"; \
	  $(APT) update && $(APT) install -y --no-install-recommends npm >/dev/null; }
	@echo "Installing wasm-opt, esbuild and axe into .tools (about 10 seconds, once)"
	@$(call quietly,npm install --prefix $(TOOLS)/npm --no-save --no-audit --no-fund binaryen@$(BINARYEN_VERSION) \
	  esbuild@$(ESBUILD_VERSION) axe-core@$(AXE_VERSION))
	@touch $@

# ---- The browser --------------------------------------------------------------------------------

BROWSER    := $(TOOLS)/browser
TEST_TOOLS := $(NODE) $(BROWSER)
TEST_ENV    = SHELL_DIR=$(CURDIR)/dist AXE_JS=$(NPM)/axe-core/axe.min.js \
  CHROMIUM=$$(command -v chromium) CHROMEDRIVER=$$(command -v chromedriver)

# The fonts have every Vietnamese letter, so that pictures of pages look as they do for readers.
$(BROWSER):
	@if ! command -v chromium >/dev/null || ! command -v chromedriver >/dev/null \
	  || ! dpkg -s fonts-liberation2 procps >/dev/null 2>&1; then \
	  echo "Installing Chromium for the tests (about 1 minute, once)"; \
	  $(APT) update; \
	  $(APT) install -y --no-install-recommends chromium chromium-driver fonts-liberation2 procps >/dev/null; \
	fi; touch $@
