/** The server's clock, as far as its heartbeats tell: ages are right on machines whose own clock is not. */
let ahead = 0;

export const now = (): number => Date.now() + ahead;

export function serverSays(time: string | undefined): void {
  const at = time ? Date.parse(time) : NaN;
  if (!Number.isNaN(at)) {
    ahead = at - Date.now();
  }
}

const ticks = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Calls back once a second until the returned function is called. */
export function everySecond(callback: () => void): () => void {
  ticks.add(callback);
  timer ??= setInterval(() => ticks.forEach((tick) => tick()), 1000);
  return () => {
    ticks.delete(callback);
    if (ticks.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}
