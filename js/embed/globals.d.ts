declare global {
  /** The press puts an object in the place of this name. */
  const PRESS_EMBED: {
    /** The name of the custom element. */
    element: string;
    /** The base path of the newspaper. */
    base: string;
    /** The absolute URL of the newspaper. */
    site: string;
  };
}

export {};
