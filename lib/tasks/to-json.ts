/** Returns a value as JSON text: columns as lists, numbers that are not finite as null. */
export function toJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, each: unknown) => (ArrayBuffer.isView(each) ? Array.from(each as Float64Array) : each) // or another column of numbers
  );
}
