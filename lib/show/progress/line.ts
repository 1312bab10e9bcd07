/** Progress in a line of words. */
import type { Progress } from "../../base/progress";
import { count } from "../style/numbers";

/**
 * @example progressLine({ label: "Book 1342", done: 250_000, total: 1_000_000, unit: "bytes" }) // "Book 1342: 0.3 of 1.0 MB"
 * @example progressLine({ label: "Books", done: 2, total: 2, unit: "books" }) // "Books: 2 books"
 */
export function progressLine({ label, done, total, unit }: Progress): string {
  const [amount, of] = unit === "bytes" ? [megabytes, "MB"] : [count, unit];
  return total !== undefined && done < total
    ? `${label}: ${amount(done)} of ${amount(total)} ${of}`
    : `${label}: ${amount(done)} ${of}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

export function isDone({ done, total }: Progress): boolean {
  return total !== undefined && done >= total;
}
