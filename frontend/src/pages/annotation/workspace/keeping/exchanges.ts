/** What a page holds, and how many posts it wants besides. */
export interface Wish {
  readonly holding: readonly string[];
  readonly take: number;
}

/** An exchange as it is sent; what is begun before the app is there has the very same words. */
export function exchangeOf(projectId: string, answer: object | null, { holding, take }: Wish): { path: string; body: object } {
  return { path: `/api/projects/${projectId}/label/exchange/`, body: { answer, holding: [...holding], take } };
}
