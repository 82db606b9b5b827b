import {s} from "./dom.js";

/** What a chart shows, as rows: cells are exact texts or plain numbers. */
export interface Rows {
  columns: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

/** Returns CSV by RFC 4180; what the rows are stands before them as comments. */
export function toCsv(
  {columns, rows}: Rows,
  about: readonly (readonly [name: string, value: string])[] = []
): string {
  const comments = about.map(([name, value]) => `# ${name}: ${value.replace(/\s+/g, " ")}`);
  const lines = [columns, ...rows].map((cells) => cells.map(quote).join(","));
  return [...comments, ...lines, ""].join("\r\n");
}

/** Returns rows for a spreadsheet's clipboard. */
export function toTsv({columns, rows}: Rows): string {
  return [columns, ...rows]
    .map((cells) => cells.map((cell) => String(cell ?? "").replace(/\s+/g, " ")).join("\t"))
    .join("\n");
}

function quote(cell: string | number | null): string {
  const text = String(cell ?? "");
  return /[",\r\n]/.test(text) || text.startsWith("#") ? `"${text.replaceAll('"', '""')}"` : text;
}

const LOOKS = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-variant-numeric",
  "text-anchor",
  "paint-order",
  "visibility"
];

const PAD = 16;
const HEAD = 44;
const FOOT = 28;

/** Returns the drawing as a file of its own: title above, origin below, colours as they are on the screen. */
export function toSvg(drawing: SVGSVGElement, title: string, origin: string): string {
  const {width, height} = drawing.getBoundingClientRect();
  const copy = freeze(drawing);
  for (const [name, value] of Object.entries({x: PAD, y: HEAD, width, height}))
    copy.setAttribute(name, String(value));
  const look = getComputedStyle(document.documentElement);
  const text = getComputedStyle(document.body);
  const picture = s(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: width + 2 * PAD,
      height: height + HEAD + FOOT,
      "font-family": text.fontFamily
    },
    s("rect", {width: "100%", height: "100%", fill: look.backgroundColor}),
    s("text", {x: PAD, y: 28, "font-size": 15, "font-weight": 650, fill: text.color}, title),
    copy,
    s("text", {x: PAD, y: height + HEAD + 16, "font-size": 12, fill: text.color}, origin)
  );
  return new XMLSerializer().serializeToString(picture);
}

function freeze(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement; // a clone is of the same class
  const from = [drawing, ...drawing.querySelectorAll<SVGElement>("*")];
  const into = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  for (const [i, element] of from.entries()) {
    const style = getComputedStyle(element);
    into[i].removeAttribute("class");
    for (const name of LOOKS) into[i].style.setProperty(name, style.getPropertyValue(name));
  }
  return copy;
}

/** Returns a picture of the drawing file at twice its size. */
export async function toPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], {type: "image/svg+xml"}));
  try {
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * image.naturalWidth;
    canvas.height = 2 * image.naturalHeight;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) =>
        blob ? resolve(blob) : reject(new Error("this browser cannot draw the picture: take SVG"))
      );
    });
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

/** Hands a file to the browser's downloads. */
export function download(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Returns a file name from a title: "Growth of 100" is "growth-of-100". */
export function fileName(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
