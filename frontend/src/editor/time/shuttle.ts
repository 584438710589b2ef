/** J/K/L: back, stop, forward; again is faster. Speeds of zero mean paused. */
export const speeds: readonly number[] = [0.1, 0.25, 0.5, 1, 1.5, 2, 4];
const shuttleSpeeds: readonly number[] = [1, 2, 4];

export function shuttled(speed: number, key: "j" | "k" | "l"): number {
  if (key === "k") return 0;
  const direction = key === "l" ? 1 : -1;
  if (Math.sign(speed) !== direction) return direction;
  const next = shuttleSpeeds.find((candidate) => candidate > Math.abs(speed));
  return direction * (next ?? shuttleSpeeds.at(-1) ?? 1);
}

export function fasterThan(speed: number): number {
  return speeds.find((candidate) => candidate > speed) ?? speed;
}

export function slowerThan(speed: number): number {
  return speeds.findLast((candidate) => candidate < speed) ?? speed;
}
