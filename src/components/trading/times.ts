/** Returns a time of today as a clock shows it, of another day with its day; in the person's own zone. */
export function clock(at: number, now: number = Date.now()): string {
  const time = new Date(at);
  const isToday = time.toDateString() === new Date(now).toDateString();
  const hours = time.toLocaleTimeString("en-GB");
  return isToday ? hours : `${time.toLocaleDateString("en-GB", {day: "numeric", month: "short"})} ${hours}`;
}
