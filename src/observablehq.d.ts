declare module "observablehq:stdlib" {
  export function FileAttachment(path: string): {url(): Promise<string>; json(): Promise<unknown>};
}
