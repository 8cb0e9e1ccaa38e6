//! The elements and attributes that an SVG picture may have: those of SVG 1.1 and 2 that draw. No scripts, no
//! foreign content, no handlers of events.

use xml::attribute::OwnedAttribute;

/// Elements, in SVG's namespace.
#[rustfmt::skip]
pub(crate) const ELEMENTS: [&str; 65] = [
    "a", "animate", "animateMotion", "animateTransform", "circle", "clipPath", "defs", "desc", "ellipse",
    "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix",
    "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA",
    "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feImage", "feMerge", "feMergeNode", "feMorphology",
    "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter", "g",
    "image", "line", "linearGradient", "marker", "mask", "mpath", "path", "pattern", "polygon", "polyline",
    "radialGradient", "rect", "set", "solidColor", "solidcolor", "stop", "style", "svg", "switch", "symbol",
    "text", "textPath", "title", "tref", "tspan", "use", "view", "hatch", "hatchpath",
];

/// Attributes without a namespace, beside `href` and those that hold [text](is_text). What they hold is CSS,
/// or nothing that CSS would take for a function.
#[rustfmt::skip]
pub(crate) const ATTRIBUTES: [&str; 208] = [
    "accumulate", "additive", "alignment-baseline", "amplitude", "attributeName", "attributeType", "azimuth",
    "baseFrequency", "baseline-shift", "begin", "bias", "by", "calcMode", "clip", "clip-path", "clip-rule",
    "clipPathUnits", "color", "color-interpolation", "color-interpolation-filters", "color-rendering",
    "cursor", "cx", "cy", "d", "diffuseConstant", "direction", "display", "divisor", "dominant-baseline",
    "dur", "dx", "dy", "edgeMode", "elevation", "enable-background", "end", "exponent", "fill",
    "fill-opacity", "fill-rule", "filter", "filterRes", "filterUnits", "flood-color", "flood-opacity",
    "font", "font-family", "font-feature-settings", "font-kerning", "font-size", "font-size-adjust",
    "font-stretch", "font-style", "font-variant", "font-variation-settings", "font-weight", "fr", "from",
    "fx", "fy", "glyph-orientation-horizontal", "glyph-orientation-vertical", "gradientTransform",
    "gradientUnits", "height", "image-rendering", "in", "in2", "inline-size", "intercept", "isolation", "k1",
    "k2", "k3", "k4", "kernelMatrix", "kernelUnitLength", "kerning", "keyPoints", "keySplines", "keyTimes",
    "lengthAdjust", "letter-spacing", "lighting-color", "limitingConeAngle", "line-height", "marker",
    "marker-end", "marker-mid", "marker-start", "markerHeight", "markerUnits", "markerWidth", "mask",
    "mask-type", "maskContentUnits", "maskUnits", "max", "media", "method", "min", "mix-blend-mode", "mode",
    "numOctaves", "offset", "opacity", "operator", "order", "orient", "origin", "overflow", "paint-order",
    "path", "pathLength", "patternContentUnits", "patternTransform", "patternUnits", "pitch",
    "pointer-events", "points", "pointsAtX", "pointsAtY", "pointsAtZ", "preserveAlpha",
    "preserveAspectRatio", "primitiveUnits", "r", "radius", "refX", "refY", "repeatCount", "repeatDur",
    "requiredExtensions", "requiredFeatures", "restart", "result", "rotate", "rx", "ry", "scale", "seed",
    "shape-inside", "shape-rendering", "side", "slope", "solid-color", "solid-opacity", "spacing",
    "specularConstant", "specularExponent", "spreadMethod", "startOffset", "stdDeviation", "stitchTiles",
    "stop-color", "stop-opacity", "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width", "style", "surfaceScale",
    "systemLanguage", "tableValues", "targetX", "targetY", "text-align", "text-anchor", "text-decoration",
    "text-decoration-color", "text-decoration-line", "text-decoration-style", "text-indent",
    "text-orientation", "text-overflow", "text-rendering", "text-transform", "textLength", "to", "transform",
    "transform-box", "transform-origin", "type", "unicode-bidi", "values", "vector-effect", "version",
    "viewBox", "visibility", "white-space", "width", "word-spacing", "writing-mode", "x", "x1", "x2",
    "xChannelSelector", "y", "y1", "y2", "yChannelSelector", "z", "zoomAndPan",
];

/// What an animation must not change: a target, a name, or a whole style.
const NOT_ANIMATED: [&str; 2] = ["attributeName", "style"];

/// Whether an attribute holds a name or a text, which is printed as it is.
pub(crate) fn is_text(name: &str) -> bool {
    matches!(name, "class" | "id" | "lang" | "role" | "tabindex") || name.starts_with("aria-")
}

/// Whether an element is an animation of anything but a look: of a target, a handler, or of what is unknown.
pub(crate) fn changes_more_than_looks(name: &str, attributes: &[OwnedAttribute]) -> bool {
    let looks =
        |attribute: &str| ATTRIBUTES.contains(&attribute) && !NOT_ANIMATED.contains(&attribute);
    let mut changed = attributes.iter().filter(|it| it.name.local_name == "attributeName");
    matches!(name, "animate" | "animateMotion" | "animateTransform" | "set")
        && changed.any(|it| it.name.namespace.is_some() || !looks(it.value.trim()))
}
