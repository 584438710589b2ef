import { decimal } from "@/ui";

/** Money in whatever currency the endpoint's prices are told in. */
export function moneyWords(money: number | null): string {
  if (money === null) return "—";
  return money < 1 ? decimal(money, 4) : decimal(money, 2);
}
