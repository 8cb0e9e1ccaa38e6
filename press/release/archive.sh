#!/usr/bin/env bash
# Makes the archive of a release in target/dist: the program, its licences, its manual, its completions.
# Arguments: the program, the command cargo-about, the options by which cargo builds the app. The shell is in dist/, the
# packages of js/ are installed.
set -euo pipefail
press=$1 about=$2
shift 2
version=$("$press" --version | cut -d' ' -f2)
target=$(rustc -vV | sed -n 's/^host: //p')
name=press-$version-$target
out=target/dist/$name
rm -rf "$out" "$out.tar.gz"
mkdir -p "$out/completions"

strip -o "$out/press" "$press"
cp LICENSE-MIT LICENSE-APACHE "$out"
"$press" man "$out/man"
"$press" completions bash >"$out/completions/press.bash"
"$press" completions zsh >"$out/completions/_press"
"$press" completions fish >"$out/completions/press.fish"
# The newest symbols of the C library that it asks for.
glibc=$(objdump -T "$out/press" 2>/dev/null | grep -o 'GLIBC_[0-9.]*' | sed 's/.*_//' | sort -uV | tail -n 1 || true)
sed "s/@version@/$version/; s/@target@/$target/; s/@needs@/${glibc:+, with glibc $glibc or newer}/" \
	press/release/README.md >"$out/README.md"

# Crates for systems that this is not built for have a place in the lock file, too.
cargo fetch --quiet --locked

accepted() { sed -n "/^$1 = \\[\$/,/^\\]/p" "$2" | grep -o '"[^"]*"' | sort; }
diff <(accepted allow deny.toml) <(accepted accepted press/release/about.toml) >&2 ||
	{ echo "error: deny.toml and press/release/about.toml accept other licences" >&2; exit 1; }

# licences TITLE TARGET MANIFEST [OPTION…]: the texts for all crates that a package is compiled from.
licences() {
	local title=$1 target=$2 manifest=$3 list=target/dist/licences.txt crate
	shift 3
	# It warns of exceptions that only the other program needs.
	"$about" generate --offline --locked --fail --config press/release/about.toml --manifest-path "$manifest" \
		--target "$target" "$@" press/release/third-party.hbs --output-file "$list" 2>"$list.log" ||
		{ cat "$list.log" >&2; exit 1; }
	# Cargo itself says which crates there are, without macros, which only compile; each needs its place in the list.
	cargo tree --quiet --offline --locked --manifest-path "$manifest" --target "$target" "$@" \
		--edges normal,no-proc-macro --prefix none --format '{p}' | sort -u |
		while read -r crate crate_version path; do
			# A crate with a path is one of this repository, under its licence.
			case $path in "($PWD"*) continue ;; esac
			grep -qF "  $crate ${crate_version#v}" "$list" ||
				{ echo "error: no licence text of $crate $crate_version" >&2; exit 1; }
		done
	printf '%s\n\n' "================ $title ================"
	cat "$list"
	rm "$list" "$list.log"
}

# The packages that are bundled are the dependencies; what only builds and checks is none.
packages() {
	local folder text
	printf '%s\n\n' "================ Packages in the scripts that readers load ================"
	npm ls --prefix js --omit=dev --all --parseable | tail -n +2 | while read -r folder; do
		text=$(find "$folder" -maxdepth 1 -iname 'licen[cs]e*' -type f | sort | head -n 1)
		[ -s "$text" ] || { echo "error: no licence text in $folder" >&2; exit 1; }
		printf -- '--------------------------------------------------------------------------------\n%s\n\n' \
			"$(basename "$folder")"
		cat "$text"
		echo
	done
}

# Parts of the standard library are in both programs. The compiler's documentation has its texts.
standard_library() {
	local file
	printf '%s\n\n' "================ The standard library of Rust ================"
	for file in "$(rustc --print sysroot)"/share/doc/rust/COPYRIGHT-library.html \
		/usr/share/doc/libstd-rust-web-dev/copyright /usr/share/doc/libstd-rust-dev/copyright; do
		[ -s "$file" ] || continue
		sed 's/<[^>]*>//g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#x27;/'"'"'/g; s/&amp;/\&/g' "$file" | cat -s
		return
	done
	echo "error: the toolchain brings no licences of the standard library" >&2
	return 1
}

{
	licences "Crates in the program press" "$target" press/Cargo.toml --features embedded-shell
	licences "Crates in the app that readers load" wasm32-unknown-unknown Cargo.toml "$@"
	packages
	standard_library
} >"$out/THIRD-PARTY.txt"

# The same bytes for the same files: sorted, nobody's, as old as the commit.
chmod -R u=rwX,go=rX "$out"
tar --create --directory target/dist --sort=name --format=gnu --owner=0 --group=0 --numeric-owner \
	--mtime="@$(git log -1 --format=%ct)" "$name" | gzip -n9 >"$out.tar.gz"
echo "$out.tar.gz ($(stat -c %s "$out.tar.gz") bytes)"
echo "sha256 $(sha256sum "$out.tar.gz" | cut -d' ' -f1)"
