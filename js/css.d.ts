/** The text of a style sheet: esbuild puts it into the script (`--loader:.css=text`). */
declare module "*.css" {
  const text: string;
  export default text;
}
