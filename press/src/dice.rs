//! For tests: inputs that look random.

/// A small generator: the same inputs on every machine (a linear congruence with Knuth's constants for MMIX).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below another one.
    pub(crate) fn roll(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
}
