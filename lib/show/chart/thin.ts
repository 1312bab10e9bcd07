/** Fewer points with the same look. */
import type { Point } from "./panel";

/**
 * At most `limit` points (3 or more): largest triangle three buckets (Steinarsson 2013, "Downsampling time series for
 * visual representation", section 4.2). The first and the last point stay, and of each bucket between them the one that
 * makes the largest triangle with the one kept before and the mean of the bucket behind.
 */
export function thin(points: readonly Point[], limit: number): readonly Point[] {
  if (points.length <= limit) return points;
  const size = (points.length - 2) / (limit - 2);
  const bucket = (index: number) =>
    points.slice(Math.floor(index * size) + 1, Math.min(Math.floor((index + 1) * size) + 1, points.length));
  const kept = [points[0]];
  for (let index = 0; index < limit - 2; index++) {
    kept.push(farthest(bucket(index), kept[index], mean(bucket(index + 1))));
  }
  return [...kept, points[points.length - 1]];
}

/** The candidate that makes the largest triangle with two other points. */
function farthest(candidates: readonly Point[], a: Point, b: Point): Point {
  const area = ({ x, y }: Point) => Math.abs((a.x - b.x) * (y - a.y) - (a.x - x) * (b.y - a.y));
  return candidates.reduce((best, point) => (area(point) > area(best) ? point : best));
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
