/**
 * Starts a module worker that obeys the page's content security policy. A worker of its own address takes its policy
 * from that address's headers, and a static host sends none; one made of a blob has the policy of the page.
 */
export function startWorker(href: string): Worker {
  const source = `import ${JSON.stringify(new URL(href, location.href).href)};`;
  const blob = URL.createObjectURL(new Blob([source], {type: "text/javascript"}));
  const worker = new Worker(blob, {type: "module"});
  worker.addEventListener("message", () => URL.revokeObjectURL(blob), {once: true});
  return worker;
}
