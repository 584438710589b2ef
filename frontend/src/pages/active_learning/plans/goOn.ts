/** What the form asks of rounds that go on by themselves. */
export interface GoOn {
  readonly isOn: boolean;
  /** What the next round waits for. */
  readonly by: "answers" | "hours";
  readonly answers: number;
  readonly hours: number;
  /** Of the last round's posts, so many per cent must be answered first. */
  readonly answeredPercent: number;
  readonly endsByBudget: boolean;
  readonly mostAnswers: number;
  readonly endsByPlateau: boolean;
  readonly plateauRounds: number;
  readonly endsByRecall: boolean;
  readonly recallPercent: number;
}

export const goOnFirst: GoOn = {
  isOn: false,
  by: "answers",
  answers: 40,
  hours: 24,
  answeredPercent: 80,
  endsByBudget: true,
  mostAnswers: 1000,
  endsByPlateau: false,
  plateauRounds: 3,
  endsByRecall: false,
  recallPercent: 90,
};

/** What the server is sent of it; a rule that is off is null. */
export function goOnBody(goOn: GoOn) {
  return {
    after_answers: goOn.by === "answers" ? goOn.answers : null,
    every_hours: goOn.by === "hours" ? goOn.hours : null,
    answered_share: goOn.answeredPercent / 100,
    most_answers: goOn.endsByBudget ? goOn.mostAnswers : null,
    // None is stated: whether any gain shows is what counts.
    least_gain: 0,
    plateau_rounds: goOn.endsByPlateau ? goOn.plateauRounds : null,
    recall_target: goOn.endsByRecall ? goOn.recallPercent / 100 : null,
  };
}
