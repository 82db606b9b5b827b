/** Drawings of 20 x 20, stroked in the text's colour; drawn for this site. */
const PATHS = {
  portfolio: "M10 2.8a7.2 7.2 0 1 0 7.2 7.2H10z M12.8 2.5a7.2 7.2 0 0 1 4.7 4.7h-4.7z",
  performance: "M2.5 17.5h15 M3.5 13.5l4-4 3 2.5 6-7 M12.5 5h4v4",
  positions: "M2.8 4h14.4 M2.8 8h14.4 M2.8 12h14.4 M2.8 16h14.4 M7.5 4v12",
  history: "M3.2 10a6.8 6.8 0 1 0 2-4.8L3 7.4 M3 3.4v4h4 M10 6.2V10l2.8 1.8",
  markets: "M5 3v14 M3.4 6h3.2v6H3.4z M10 5v12 M8.4 8h3.2v5H8.4z M15 2v12 M13.4 4.5h3.2v5h-3.2z",
  backtest: "M3 17h14 M3.5 13l4-5 3.5 3 2-3 M13 3v14 M13 8l4-4",
  notebook: "M5 2.8h11v14.4H5z M3 5.5h3.5 M3 10h3.5 M3 14.5h3.5 M9 6.5h4.5 M9 9.5h4.5",
  data: "M4 5.2c0-3.2 12-3.2 12 0s-12 3.2-12 0z M4 5.2v9.6c0 3.2 12 3.2 12 0V5.2 M4 10c0 3.2 12 3.2 12 0",
  campaigns: "M4.5 17.5v-15 M4.5 3.5h10.5l-2.5 3.5 2.5 3.5H4.5",
  gallery: "M3 3h6v6H3z M11 3h6v6h-6z M3 11h6v6H3z M11 11h6v6h-6z",
  search: "M8.8 3.2a5.6 5.6 0 1 0 0 11.2 5.6 5.6 0 0 0 0-11.2z M13 13l4 4",
  auto: "M10 3a7 7 0 1 0 0 14z M10 3a7 7 0 0 1 0 14",
  light:
    "M10 6.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8z M10 1.8v1.8 M10 16.4v1.8 M1.8 10h1.8 M16.4 10h1.8 M4.2 4.2l1.3 1.3 M14.5 14.5l1.3 1.3 M4.2 15.8l1.3-1.3 M14.5 5.5l1.3-1.3",
  dark: "M16.8 11.6A7 7 0 0 1 8.4 3.2a7 7 0 1 0 8.4 8.4z",
  shown:
    "M1.8 10S4.8 4.6 10 4.6 18.2 10 18.2 10 15.2 15.4 10 15.4 1.8 10 1.8 10z M10 7.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8z",
  hidden:
    "M3 3l14 14 M8 4.9a8.6 8.6 0 0 1 2-.3c5.2 0 8.2 5.4 8.2 5.4a15 15 0 0 1-2.3 2.9 M5 6.5A14.5 14.5 0 0 0 1.8 10S4.8 15.4 10 15.4c1.5 0 2.8-.4 3.9-1",
  help: "M7.4 7.4A2.7 2.7 0 1 1 10.9 10c-.7.4-.9.9-.9 1.8 M10 14.7v.1 M10 2.4a7.6 7.6 0 1 0 0 15.2 7.6 7.6 0 0 0 0-15.2z",
  info: "M10 9.2v4.6 M10 6.3v.1 M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4z",
  more: "M3.8 10a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0z M9.3 10a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0z M14.8 10a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0z",
  close: "M5 5l10 10 M15 5L5 15",
  add: "M10 4v12 M4 10h12",
  risk: "M10 2.5l7 2.5v5c0 4.2-3 6.6-7 7.8-4-1.2-7-3.6-7-7.8V5z M10 6.5v4.5 M10 13.5v.1",
  optimize: "M3 17V3 M3 17h14 M5 14.5c1-6 4.5-9 11-9.5 M9 8.5a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6z",
  collapse: "M11.5 5.5L7 10l4.5 4.5 M16 5.5L11.5 10l4.5 4.5",
  table: "M3 4h14v12H3z M3 8h14 M8 8v8",
  chart: "M3 3v14h14 M6 13l3.5-4 3 2L17 5.5",
  download: "M10 3v9.5 M6 9l4 4 4-4 M3.5 16.5h13",
  upload: "M10 13V3.5 M6 7.5l4-4 4 4 M3.5 16.5h13",
  columns: "M3 4h14v12H3z M7.7 4v12 M12.3 4v12",
  filter: "M3 4.5h14l-5.5 6.5v5l-3-1.5V11z",
  copy: "M7 7h9.5v9.5H7z M13 7V3.5H3.5V13H7",
  up: "M10 4.5l6 10.5H4z",
  down: "M10 15.5L4 5h12z",
  calendar: "M3 4.5h14v12.5H3z M3 8.5h14 M7 2.5v4 M13 2.5v4",
  stop: "M7 2.8h6L17.2 7v6L13 17.2H7L2.8 13V7z M7 10h6",
  desk: "M3 4.5h14v8.5H3z M7 17h6 M10 13v4 M6 9.5l2.5-2 2 1.5 3.5-3",
  caret: "M6 8l4 4 4-4",
  warning: "M10 3.2l7.4 13H2.6z M10 8v4 M10 14.2v.1"
} as const;

export type IconName = keyof typeof PATHS;

/** Returns an icon as markup; it is decoration, so its button needs a name of its own. */
export function iconMarkup(name: IconName, size = 20): string {
  return `<svg class="icon" viewBox="0 0 20 20" width="${size}" height="${size}" aria-hidden="true"><path d="${PATHS[name]}"/></svg>`;
}

export function icon(name: IconName, size = 20): SVGElement {
  const holder = document.createElement("template");
  holder.innerHTML = iconMarkup(name, size);
  return holder.content.firstElementChild as SVGElement; // the markup above is one svg
}
