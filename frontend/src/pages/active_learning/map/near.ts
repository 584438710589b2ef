/** How many neighbours of a post are chosen at once. */
export const NEAR = 50;
