//! Pixels: rows as decoders give them become a picture, reduced on the way where it is very large.

/// What the samples of a pixel mean, 8 bits each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Model {
    Rgb,
    /// With transparency that is not multiplied in.
    Rgba,
    /// 255 is all ink.
    Cmyk,
}

impl Model {
    pub(super) fn samples(self) -> usize {
        match self {
            Self::Rgb => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }
}

/// A picture in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) model: Model,
    /// Row by row, without gaps.
    pub(super) data: Vec<u8>,
}

impl Pixels {
    /// The same without transparency, if no pixel has any.
    pub(super) fn opaque(self) -> Self {
        if self.model != Model::Rgba || self.data.chunks_exact(4).any(|it| it[3] != 255) {
            return self;
        }
        let data = self.data.chunks_exact(4).flat_map(|it| [it[0], it[1], it[2]]).collect();
        Self { model: Model::Rgb, data, ..self }
    }
}

/// Gathers rows; where the picture is much wider than needed, each square of pixels becomes one, its mean.
pub(super) struct Rows {
    width: usize,
    height: usize,
    model: Model,
    /// The side of such a square.
    factor: usize,
    /// The sums of a row of squares, and how many rows are in them.
    sums: Vec<u32>,
    summed: usize,
    data: Vec<u8>,
}

impl Rows {
    pub(super) fn new(width: u32, height: u32, model: Model, factor: u32) -> Self {
        let (width, height) = (width as usize, height as usize);
        let factor = factor.max(1) as usize;
        let columns = width.div_ceil(factor);
        let sums = if factor > 1 { vec![0; columns * (model.samples() + 1)] } else { Vec::new() };
        let data = Vec::with_capacity(columns * height.div_ceil(factor) * model.samples());
        Self { width, height, model, factor, sums, summed: 0, data }
    }

    /// How much a picture is reduced while it is read: as far as its rows stay at least twice as wide as the widest
    /// that is published, and further where it would not fit into `memory` bytes.
    pub(super) fn factor(width: u32, height: u32, widest: u32, memory: u64) -> u32 {
        let mut factor = (width / (2 * widest)).max(1);
        let size = |factor: u32| {
            u64::from(width.div_ceil(factor)) * u64::from(height.div_ceil(factor)) * 4
        };
        while size(factor) > memory {
            factor += 1;
        }
        factor
    }

    /// Adds a row of all samples.
    pub(super) fn push(&mut self, row: &[u8]) {
        if self.factor == 1 {
            self.data.extend_from_slice(row);
            return;
        }
        let samples = self.model.samples();
        let sums = self.sums.chunks_exact_mut(samples + 1);
        for (sums, square) in sums.zip(row.chunks(self.factor * samples)) {
            for pixel in square.chunks_exact(samples) {
                // A transparent pixel has no colour to give.
                let weight = if self.model == Model::Rgba { u32::from(pixel[3]) } else { 1 };
                for (sum, sample) in sums.iter_mut().zip(pixel) {
                    *sum += u32::from(*sample) * weight;
                }
                sums[samples] += weight;
            }
        }
        self.summed += 1;
        if self.summed == self.factor {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let samples = self.model.samples();
        for (column, sums) in self.sums.chunks_exact_mut(samples + 1).enumerate() {
            let weight = sums[samples].max(1);
            let mut pixel = [0_u8; 4];
            for (value, sum) in pixel.iter_mut().zip(&*sums) {
                *value = ((*sum + weight / 2) / weight).min(255) as u8;
            }
            if self.model == Model::Rgba {
                let columns = self.factor.min(self.width - column * self.factor);
                pixel[3] = (sums[samples] / (columns * self.summed).max(1) as u32).min(255) as u8;
            }
            self.data.extend_from_slice(&pixel[..samples]);
            sums.fill(0);
        }
        self.summed = 0;
    }

    /// How many rows of the source have come.
    pub(super) fn is_empty(&self) -> bool {
        self.data.is_empty() && self.summed == 0
    }

    /// The picture. Rows that never came are white, or transparent.
    pub(super) fn finish(mut self) -> Pixels {
        if self.summed > 0 {
            self.flush();
        }
        let (width, height) = (self.width.div_ceil(self.factor), self.height.div_ceil(self.factor));
        let blank = match self.model {
            Model::Rgb => 255,
            Model::Rgba | Model::Cmyk => 0,
        };
        self.data.resize(width * height * self.model.samples(), blank);
        Pixels { width: width as u32, height: height as u32, model: self.model, data: self.data }
    }
}
