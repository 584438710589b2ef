import { useSyncExternalStore } from "react";

/** The keys a person chose instead of the usual ones, by command. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

/** Who is signed in decides; the shell writes it, the registry and every key cap read it. */
export class OwnKeysStore {
  private current: OwnKeys = {};
  private readonly listeners = new Set<() => void>();

  snapshot = (): OwnKeys => this.current;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(own: OwnKeys): void {
    if (JSON.stringify(own) === JSON.stringify(this.current)) return;
    this.current = own;
    this.listeners.forEach((listener) => listener());
  }
}

export const ownKeysStore = new OwnKeysStore();

export function useOwnKeys(): OwnKeys {
  return useSyncExternalStore(ownKeysStore.subscribe, ownKeysStore.snapshot);
}
