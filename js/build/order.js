// Order: functions that resemble each other stand together, because Brotli then says "as just now, but
// for this byte" in fewer bits.
//
// Alike are bodies with many runs of bytes in common. The pairs are taken from the most alike on, and each joins
// two chains at their ends, so that every function gets at most two neighbours: Kruskal's algorithm for paths, as
// it is used for the travelling salesman ("greedy edge").

/** The length of the runs: with 3 and with 5 bytes the file is larger. */
const RUN = 4;
/** How many of its most similar functions are looked at for each. */
const NEIGHBOURS = 60;

/** The runs of bytes of a body, each once, as numbers. @param {Uint8Array} body */
function runs(body) {
  const found = new Set();
  for (let end = RUN; end <= body.length; end++) {
    let run = 0;
    for (const byte of body.subarray(end - RUN, end)) run = run * 256 + byte;
    found.add(run);
  }
  return found;
}

/**
 * The pairs of bodies that have runs in common, the most alike first: by the share of the runs that both have in
 * those that either has (Jaccard index).
 * @param {Uint8Array[]} bodies
 */
function pairs(bodies) {
  const sets = bodies.map(runs);
  /** @type {Map<number, number[]>} */
  const owners = new Map();
  for (const [place, set] of sets.entries()) {
    for (const run of set) {
      const list = owners.get(run);
      if (list) list.push(place);
      else owners.set(run, [place]);
    }
  }
  const shared = new Uint32Array(bodies.length);
  return sets
    .flatMap((set, place) => {
      /** @type {number[]} */
      const others = [];
      for (const run of set) {
        for (const other of owners.get(run) ?? []) {
          if (other <= place) continue;
          const both = shared[other] ?? 0;
          if (!both) others.push(other);
          shared[other] = both + 1;
        }
      }
      const found = others.map((other) => {
        const both = shared[other] ?? 0;
        shared[other] = 0;
        const either = set.size + (sets[other]?.size ?? 0) - both;
        return { place, other, alike: both / either };
      });
      return found.sort((a, b) => b.alike - a.alike).slice(0, NEIGHBOURS);
    })
    .sort((a, b) => b.alike - a.alike);
}

/**
 * The order in which bodies should stand, as their present places: chains of similar ones, the longest chain first.
 * @param {Uint8Array[]} bodies
 * @returns {number[]}
 */
export function order(bodies) {
  // The chain of a body; each chain is one list that its members share.
  const chains = bodies.map((_, place) => [place]);
  for (const { place, other } of pairs(bodies)) {
    const [one, two] = [chains[place], chains[other]];
    if (!one || !two || one === two) continue;
    const ends = (/** @type {number[]} */ chain, /** @type {number} */ it) =>
      chain[0] === it || chain.at(-1) === it;
    if (!ends(one, place) || !ends(two, other)) continue;
    if (one.at(-1) !== place) one.reverse();
    if (two[0] !== other) two.reverse();
    one.push(...two);
    for (const moved of two) chains[moved] = one;
  }
  const length = (/** @type {number[]} */ chain) =>
    chain.reduce((sum, place) => sum + (bodies[place]?.length ?? 0), 0);
  const weighed = [...new Set(chains)].map((chain) => ({ chain, bytes: length(chain) }));
  return weighed.sort((a, b) => b.bytes - a.bytes).flatMap(({ chain }) => chain);
}
