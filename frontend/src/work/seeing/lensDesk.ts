import { freshLens, type Lens } from "./lens";

/** Where the lens is; kept from one part to the next, so that a hand finds it as it left it. */
export class LensDesk {
  private lens = freshLens;
  private readonly listeners = new Set<() => void>();

  snapshot = (): Lens => this.lens;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set = (lens: Lens): void => {
    this.lens = lens;
    this.listeners.forEach((listener) => listener());
  };
}
