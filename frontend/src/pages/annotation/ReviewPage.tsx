export { default } from "./review/ReviewRoom";
