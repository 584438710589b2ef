export { AskDialog } from "./AskDialog";
export { EndpointField } from "./EndpointField";
export { Estimate } from "./Estimate";
export { type Limits, LimitFields, noLimits } from "./LimitFields";
export { type Endpoint, endpointsQuery } from "./queries";
export { Stopped } from "./Stopped";
export { moneyWords } from "./words";
export { default as askingClasses } from "./asking.module.css";
