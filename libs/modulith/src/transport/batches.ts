/** Splits items for one destination into frames of bounded size. An item is never split. */
export function batchesOf<T extends { readonly body: string }>(
  items: readonly T[],
  maxItems: number,
  maxLength: number,
): T[][] {
  const batches: T[][] = [];
  let batch: T[] = [];
  let length = 0;
  for (const item of items) {
    if (batch.length > 0 && (batch.length >= maxItems || length + item.body.length > maxLength)) {
      batches.push(batch);
      batch = [];
      length = 0;
    }
    batch.push(item);
    length += item.body.length;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
