/** The few pages that the bridge itself writes: they stand alone, without script, so that any policy lets them be. */

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title} · Tearsheet</title>
<style>
  body {font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 18vh auto; padding: 0 1.5rem}
  h1 {font-size: 1.25rem; margin: 0 0 .5rem}
  p {margin: 0; overflow-wrap: anywhere}
  progress {width: 100%; margin: 1rem 0}
</style>
<main>${body}</main>
</html>
`;

/** Says what is wrong and where the token is. */
export const lockedPage = (sentence: string) =>
  page("Locked", `<h1>Tearsheet</h1><p>${escapeHtml(sentence)}</p>`);

/** Says how far the start is; the `Refresh` header sent with it asks again. */
export const startingPage = (step: string) =>
  page(
    "Starting",
    `<h1>Tearsheet is starting</h1><progress aria-label="starting"></progress><p>${escapeHtml(step)}</p>`
  );

/** Says that there is no such page. */
export const missingPage = () =>
  page("Not found", '<h1>Not found</h1><p>There is no page here. <a href="/">To the desk</a></p>');

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
};
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
