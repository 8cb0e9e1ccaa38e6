// What html-validate checks in the documents that the press prints (tests/markup).

export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // The house writes it as the HTML standard does.
    "doctype-style": ["error", { style: "lowercase" }],
    // WAI-ARIA lets a list be named: the tags of an article are one.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // A group of checkboxes is one choice with several values.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "button", "reset"] }],
    // The box in which a wide table scrolls is a region for the keyboard, but no section of the article.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // Without a value or with an empty one is the same HTML; the sanitizer and Leptos write one each.
    "attribute-boolean-style": "off",
    // An aside of an article is no landmark unless it is named (HTML-AAM, "aside"), so it needs no name.
    "unique-landmark": "off",
    // How long a headline is, is for the newsroom to say.
    "long-title": "off",
    // An id may begin with a digit (HTML, "The id attribute"), as headings do.
    "valid-id": ["error", { relaxed: true }],
    // How the text of an article is set, is for its author to say.
    "no-trailing-whitespace": "off",
    "tel-non-breaking": "off",
  },
};
