// Steady: functions keep the order that they had in earlier builds, so that what a reader downloads of a new build is
// little: a patch. The order by similarity alone is another one after each change of the code, because one pair that
// is a little more alike turns whole chains around.
//
// The list `order.txt` has a line for each function, in order: a hash of its name. What is not on it stands where
// similarity puts it: behind the function that would be before it. `make order` writes the list anew; readers then
// download most of the app once.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { argv, stdout } from "node:process";
import { pathToFileURL } from "node:url";

/** Digits of a line: of 3,000 functions two have one line in one of 4 lists, and then only a patch is larger. */
const DIGITS = 6;

/**
 * The line of each function: its name without the hashes of crates, which change with versions of the compiler.
 * @param {string[]} names
 */
export function lines(names) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return names.map((name) => {
    const plain = name.replace(/\[[0-9a-f]+\]/g, "");
    const count = seen.get(plain) ?? 0;
    seen.set(plain, count + 1);
    return createHash("sha256").update(`${plain} ${count}`).digest("hex").slice(0, DIGITS);
  });
}

/**
 * An order with the functions of a list in the order of the list.
 * @param {number[]} places the order by similarity
 * @param {string[]} names of the functions, by their places
 * @param {string[]} list
 * @returns {number[]}
 */
export function steady(places, names, list) {
  const ranks = new Map(list.map((line, rank) => [line, rank]));
  const own = lines(names);
  /** Each listed function with those that follow it and are not listed. @type {{ rank: number, group: number[] }[]} */
  const groups = [{ rank: -1, group: [] }];
  for (const place of places) {
    const rank = ranks.get(own[place] ?? "");
    if (rank === undefined) groups.at(-1)?.group.push(place);
    else groups.push({ rank, group: [place] });
  }
  return groups.sort((a, b) => a.rank - b.rank).flatMap(({ group }) => group);
}

// As a program: the list for the names of the functions in a file, in their order.
if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  const names = readFileSync(argv[2] ?? "", "utf8").split("\n");
  stdout.write(`${lines(names).join("\n")}\n`);
}
