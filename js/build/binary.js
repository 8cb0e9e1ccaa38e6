// Binary: what the build reads of a WASM module and writes into it (WebAssembly Core Specification,
// "Binary Format").

const CUSTOM = 0;
const CODE = 10;
/** The length of what comes before the sections: magic number and version. */
const PREAMBLE = 8;
/** The subsection of the section "name" that names functions (appendix "Custom Sections"). */
const FUNCTION_NAMES = 1;

/** Reads bytes one after the other. */
class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.rest = bytes;
  }

  /** @param {number} length */
  bytes(length) {
    if (length > this.rest.length) throw new Error("the module ends too early");
    const taken = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return taken;
  }

  byte() {
    return this.bytes(1)[0] ?? 0;
  }

  /** An unsigned number, LEB128. */
  number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  }

  text() {
    return new TextDecoder().decode(this.bytes(this.number()));
  }
}

/** An unsigned number, LEB128. @param {number} value */
function number(value) {
  const bytes = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return [...bytes, value];
}

/** Bytes after their length. @param {Uint8Array | number[]} bytes */
const measured = (bytes) => Buffer.concat([Buffer.from(number(bytes.length)), Buffer.from(bytes)]);

/** @param {string} text */
const text = (text) => measured(Buffer.from(text));

/**
 * The sections of a module.
 * @param {Uint8Array} module
 */
export function sections(module) {
  const reader = new Reader(module.subarray(PREAMBLE));
  const found = [];
  while (reader.rest.length) {
    const id = reader.byte();
    const content = reader.bytes(reader.number());
    found.push({ id, name: id === CUSTOM ? new Reader(content).text() : "", content });
  }
  return found;
}

/** The bodies of the functions that a module defines. @param {Uint8Array} module */
export function bodies(module) {
  const code = sections(module).find((section) => section.id === CODE);
  if (!code) return [];
  const reader = new Reader(code.content);
  return Array.from({ length: reader.number() }, () => reader.bytes(reader.number()));
}

/** How many functions a module imports. They come first in its numbering. @param {Uint8Array} module */
function importedFunctions(module) {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(Uint8Array.from(module)));
  return imports.filter(({ kind }) => kind === "function").length;
}

/** The names of the functions that a module defines, empty where it has none. @param {Uint8Array} module */
export function names(module) {
  const imported = importedFunctions(module);
  const found = bodies(module).map(() => "");
  const section = sections(module).find(({ name }) => name === "name");
  const reader = new Reader(section?.content ?? new Uint8Array());
  if (section) reader.text();
  while (reader.rest.length) {
    const id = reader.byte();
    const subsection = new Reader(reader.bytes(reader.number()));
    if (id !== FUNCTION_NAMES) continue;
    for (let left = subsection.number(); left > 0; left--) {
      const index = subsection.number() - imported;
      const name = subsection.text();
      if (index >= 0 && index < found.length) found[index] = name;
    }
  }
  return found;
}

/**
 * The module with these names for the functions that it defines, and no other names.
 * @param {Uint8Array} module
 * @param {string[]} names
 */
export function withNames(module, names) {
  const imported = importedFunctions(module);
  const entries = names.map((name, place) =>
    Buffer.concat([Buffer.from(number(imported + place)), text(name)]),
  );
  const list = Buffer.concat([Buffer.from(number(names.length)), ...entries]);
  const content = Buffer.concat([text("name"), Buffer.from([FUNCTION_NAMES]), measured(list)]);
  const kept = sections(module).filter(({ name }) => name !== "name");
  const all = [...kept, { id: CUSTOM, content }];
  return Buffer.concat([
    module.subarray(0, PREAMBLE),
    ...all.map(({ id, content }) => Buffer.concat([Buffer.from([id]), measured(content)])),
  ]);
}
