// What the viewer says, in the language of the newspaper.

const VIETNAMESE = {
  close: "Đóng",
  previous: "Ảnh trước",
  next: "Ảnh sau",
  zoom: "Phóng to",
  /** @param {number} number @param {number} total */
  place: (number, total) => `Ảnh ${number} trên ${total}`,
};

/** @type {typeof VIETNAMESE} */
const ENGLISH = {
  close: "Close",
  previous: "Previous picture",
  next: "Next picture",
  zoom: "Zoom in",
  place: (number, total) => `Picture ${number} of ${total}`,
};

/** @param {string} language a language tag */
export const phrasesOf = (language) => (/^vi\b/.test(language) ? VIETNAMESE : ENGLISH);
