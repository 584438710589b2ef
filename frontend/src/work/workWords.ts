/** What the pieces that every kind of work shares call the work they stand around. */
export interface WorkWords {
  /** The page's name. */
  readonly title: string;
  /** What a person has in front of them: "post". */
  readonly thing: string;
  /** What a person gives: "answer". */
  readonly answer: string;
  /** What a person has done with it: "answered". */
  readonly done: string;
}
