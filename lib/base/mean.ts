/** A mean of numbers that come one by one, but for those that are not known (NaN). */
export class Mean {
  count = 0;
  private sum = 0;

  add(value: number): void {
    if (Number.isNaN(value)) return;
    this.sum += value;
    this.count++;
  }

  get value(): number {
    return this.sum / this.count;
  }
}
