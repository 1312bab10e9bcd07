/** Requests to a host: few at once, with a rest between them. */
import { setTimeout as sleep } from "node:timers/promises";
import pLimit, { type LimitFunction } from "p-limit";

const CONNECTIONS_PER_HOST = 2;

interface Queue {
  readonly limit: LimitFunction;
  /** When the next request may start, in milliseconds since 1970. */
  next: number;
}

const queues = new Map<string, Queue>();

/** Runs a request once its host has had `gap` milliseconds of rest since the last one began. */
export function politely<Result>(url: string, gap: number, request: () => Promise<Result>): Promise<Result> {
  const queue = queueOf(url);
  return queue.limit(async () => {
    const start = Math.max(Date.now(), queue.next);
    queue.next = start + gap;
    if (start > Date.now()) await sleep(start - Date.now());
    return request();
  });
}

/** Leaves the host of `url` alone for so many milliseconds. */
export function rest(url: string, milliseconds: number): void {
  const queue = queueOf(url);
  queue.next = Math.max(queue.next, Date.now() + milliseconds);
}

/** Takes back the rest of a host that no request has reached. */
export function skipRest(url: string): void {
  queueOf(url).next = 0;
}

function queueOf(url: string): Queue {
  const { host } = new URL(url);
  const queue = queues.get(host) ?? { limit: pLimit(CONNECTIONS_PER_HOST), next: 0 };
  queues.set(host, queue);
  return queue;
}
