export { default } from "./review/PairReviewRoom";
